// npm run lint: runs every linter, even after one has failed, so that one run shows every problem.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createChecks } from './checks.mjs';
import { run } from './run.mjs';

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
const { check, finish } = createChecks();
for (const [name, command, args] of LINTERS) await check(name, () => run(command, args));
finish();
