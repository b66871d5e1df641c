// npm run test:without-redis: proves that the tests pass on a machine without redis-server, and that they name what they
// skip. Runs only the files with a suite that needs it, on a PATH that is empty.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createChecks } from './checks.mjs';
import { needsRedis } from './redis.mjs';
import { collect } from './run.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const files = filesThatNeedRedis();
const { code, stdout } = await runWithoutTools(files);
const [, failed, skipped] = (/^node: (\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(stdout) ?? [])
  .slice(1)
  .map(Number);
const namedSuites = stdout.split('\n').filter((line) => line.startsWith('skipped: ')).length;
const { check, finish } = createChecks();
await check('npm test passes', () => assert.deepEqual([code, failed], [0, 0], stdout));
await check('it says what is missing', () =>
  assert.match(stdout, /^redis-server is missing: .+ skipped; install it to run them\.$/m),
);
await check('it names every suite that it skips', () => {
  assert.equal(namedSuites, skipped, stdout);
  assert.ok(skipped >= files.length, stdout);
});
for (const path of files) {
  await check(`it names ${path}`, () => assert.ok(stdout.includes(`\nskipped in ${path}: `), stdout));
}
finish();

function filesThatNeedRedis() {
  const paths = readdirSync('__test__', { recursive: true }).map((path) => join('__test__', path));
  const found = paths.filter((path) => path.endsWith('.test.js') && needsRedis(path));
  if (found.length === 0) throw new Error('no test file calls describeRedis(); this check would prove nothing');
  return found.sort();
}

/** With an empty PATH neither redis-server nor apt-get is found. Without CI=true a skipped suite is no failure. */
async function runWithoutTools(paths) {
  const PATH = mkdtempSync(join(tmpdir(), 'portcullis-empty-'));
  try {
    return await collect(process.execPath, ['scripts/test.mjs', 'node', ...paths.map((path) => `--file=${path}`)], {
      env: { ...process.env, PATH, Path: PATH, CI: 'false' },
    });
  } finally {
    rmSync(PATH, { recursive: true });
  }
}
