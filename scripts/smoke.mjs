// Installs the published package beside the app in __test__/project/smoke, and runs that app on any runtime.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './consumers.mjs';

const APP = fileURLToPath(new URL('../__test__/project/smoke', import.meta.url));
const COUNT = /^(\d+) passed, (\d+) failed$/m;
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
  const { status, signal, error, stdout, stderr } = spawnSync(command[0], [...command.slice(1), 'main.js'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
  });
  const [, passed, failed] = (COUNT.exec(stdout ?? '') ?? []).map(Number);
  if (status === 0 && passed > 0 && failed === 0) return;
  throw new Error(`ended with ${error?.message ?? signal ?? status}\n${stdout}${stderr}`);
}
