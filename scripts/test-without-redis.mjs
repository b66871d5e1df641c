// npm run test:without-redis: proves that the tests pass on a machine without redis-server, and that they name what they
// skip. Runs only the files with a suite that needs it, on a PATH that is empty.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { needsRedis } from './redis.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const files = filesThatNeedRedis();
const { status, stdout } = runWithoutTools(files);
const [, failed, skipped] = (/^node: (\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(stdout) ?? [])
  .slice(1)
  .map(Number);
const namedSuites = stdout.split('\n').filter((line) => line.startsWith('skipped: ')).length;
const checks = [
  ['npm test passes', status === 0 && failed === 0],
  ['it says what is missing', /^redis-server is missing: .+ skipped; install it to run them\.$/m.test(stdout)],
  ['it names every suite that it skips', namedSuites === skipped && skipped >= files.length],
  ...files.map((path) => [`it names ${path}`, stdout.includes(`\nskipped in ${path}: `)]),
];
for (const [name, passed] of checks) console.log(`${passed ? 'pass' : 'FAIL'}  ${name}`);
const failures = checks.filter(([, passed]) => !passed).length;
if (failures > 0) console.log(stdout);
console.log(`${checks.length - failures} passed, ${failures} failed`);
process.exitCode = failures > 0 ? 1 : 0;

function filesThatNeedRedis() {
  const paths = readdirSync('__test__', { recursive: true }).map((path) => join('__test__', path));
  const found = paths.filter((path) => path.endsWith('.test.js') && needsRedis(path));
  if (found.length === 0) throw new Error('no test file calls describeRedis(); this check would prove nothing');
  return found.sort();
}

/** With an empty PATH neither redis-server nor apt-get is found. Without CI=true a skipped suite is no failure. */
function runWithoutTools(paths) {
  const PATH = mkdtempSync(join(tmpdir(), 'portcullis-empty-'));
  try {
    return spawnSync(process.execPath, ['scripts/test.mjs', 'node', ...paths.map((path) => `--file=${path}`)], {
      encoding: 'utf8',
      env: { ...process.env, PATH, Path: PATH, CI: 'false' },
      maxBuffer: 64 * 1024 * 1024,
    });
  } finally {
    rmSync(PATH, { recursive: true });
  }
}
