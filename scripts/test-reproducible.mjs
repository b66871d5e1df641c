// npm run test:reproducible: builds the addon twice, from copies of the sources in two folders whose paths differ in
// length, and compares the results byte by byte. Each build starts from nothing, so this takes minutes.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createChecks } from './checks.mjs';
import { remapFlags } from './remap.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['Cargo.toml', 'Cargo.lock', 'build.rs', 'src', 'core/Cargo.toml', 'core/src', 'core/benches'];
const ADDON = { linux: 'libportcullis.so', darwin: 'libportcullis.dylib', win32: 'portcullis.dll' };

const { check, finish } = createChecks();
const work = mkdtempSync(join(tmpdir(), 'portcullis-reproducible-'));
let built = [];
try {
  // Both at once: the linker, which takes half of the time, uses one core.
  await check('build in two folders', async () => {
    built = await Promise.all(['a', 'another-folder'].map((name) => build(join(work, name))));
  });
  await check('the addons are equal', () => assert.equal(sha256(built[0]), sha256(built[1])));
  await check('the addon holds no path of this machine', () => checkPaths(built[0].toString('latin1')));
} finally {
  rmSync(work, { recursive: true, force: true });
}
finish();

/** Returns the bytes of the addon. */
async function build(folder) {
  mkdirSync(join(folder, 'core'), { recursive: true });
  for (const name of SOURCES) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  await promisify(execFile)('cargo', ['build', '--release', '--locked', '--quiet'], {
    cwd: folder,
    env: { ...process.env, CARGO_TARGET_DIR: join(folder, 'target'), ...remapFlags(folder) },
  });
  return readFileSync(join(folder, 'target', 'release', ADDON[process.platform]));
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

function checkPaths(text) {
  for (const path of [work, homedir()]) assert.ok(!text.includes(path), `it holds ${path}`);
}
