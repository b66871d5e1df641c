// npm run lint: runs every linter, even after one has failed, so that one run shows every problem.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = join('node_modules', '.bin');
const LINTERS = [
  ['rustfmt', 'cargo', ['fmt', '--all', '--check']],
  // The addon's exports are compiled out of test targets, so it is checked as the library that it is.
  ['clippy, addon', 'cargo', ['clippy', '--package', 'portcullis', '--locked', '--quiet', '--', '-D', 'warnings']],
  [
    'clippy, core',
    'cargo',
    ['clippy', '--package', 'portcullis-core', '--all-targets', '--locked', '--quiet', '--', '-D', 'warnings'],
  ],
  ['biome', join(BIN, 'biome'), ['ci', '--colors=off', '--error-on-warnings', '.']],
  ['tsc', join(BIN, 'tsc'), ['--project', 'tsconfig.json']],
];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const failed = LINTERS.filter((linter) => !passes(linter)).length;
console.log(`${LINTERS.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function passes([name, command, args]) {
  const start = performance.now();
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const passed = status === 0;
  if (!passed) console.log(error ? String(error) : `${stdout}${stderr}`);
  console.log(`${passed ? 'pass' : 'FAIL'}  ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return passed;
}
