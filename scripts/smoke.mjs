// Installs the published package beside the app in __test__/project/smoke, and runs that app on any runtime.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './consumers.mjs';
import { lastCount, run } from './run.mjs';

const APP = fileURLToPath(new URL('../__test__/project/smoke', import.meta.url));
// Argon2 under an emulator takes most of it.
const TIMEOUT_MS = 5 * 60_000;

/** @param {string} triple the one platform that npm must choose, where npmArgs name it */
export function installSmoke(folder, tarballs, triple, npmArgs = []) {
  install(APP, folder, tarballs, npmArgs);
  assert.deepEqual(readdirSync(join(folder, 'node_modules', '@portcullis')), [triple]);
}

/**
 * Throws with the whole output unless every check passed and the process, which exits with work in flight, succeeded.
 * @param {string[]} command the runtime and its arguments
 */
export function runSmoke(folder, command) {
  const output = run(command[0], [...command.slice(1), 'main.js'], { cwd: folder, timeout: TIMEOUT_MS });
  const count = lastCount(output);
  if (count === undefined || count.passed === 0 || count.failed > 0)
    throw new Error(`did not pass every check\n${output}`);
}
