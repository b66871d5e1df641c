// npm test: runs the Rust, Node and type tests, and proves that every suite of the tree really ran. With CI=true a
// skipped test is a failure, because a check that does not run is not a check; scripts/allowances.mjs names the two exceptions.
// npm run test:node -- --file=<end of a path>: runs the Node tests of these files only; may be repeated.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hasChromium, needsChromium } from './chromium.mjs';
import { ensureRedis, needsRedis } from './redis.mjs';
import { collect } from './run.mjs';
import { isAllowed, NO_VECTORS, testWithoutVectors } from './allowances.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SUITES = { rust, node, types };
const TEST_FILES = '__test__';
const TYPE_FILES = '__test__/types';
const TEST_TIMEOUT_MS = 120_000;

process.chdir(ROOT);
const { values, positionals: wanted } = parseArgs({
  options: { file: { type: 'string', multiple: true, default: [''] } },
  allowPositionals: true,
});
const unknown = wanted.find((name) => !SUITES[name]);
if (unknown) stop(`There is no suite "${unknown}"; there are: ${Object.keys(SUITES).join(', ')}`);
summarise(await runAll(wanted.length > 0 ? wanted : Object.keys(SUITES)));

async function runAll(names) {
  const results = [];
  for (const name of names) {
    console.log(`\n> ${name}`);
    results.push({ name, ...(await SUITES[name]()) });
  }
  return results;
}

function summarise(results) {
  const total = { passed: 0, failed: 0 };
  console.log('');
  for (const { name, passed, failed, skipped, allowed, problems } of results) {
    for (const problem of problems) console.log(`${name}: ${problem}`);
    console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
    total.passed += passed;
    total.failed += problems.length + failed + (process.env.CI === 'true' ? skipped - allowed : 0);
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/** Cargo's tests. Every source file with a test in it must show at least one among the results. */
async function rust() {
  const left = testWithoutVectors();
  if (left) console.log(`skipped: ${left}: ${NO_VECTORS}`);
  const skips = left ? ['--', '--skip', left] : [];
  const { output, code } = await run('cargo', ['test', '--workspace', '--locked', ...skips]);
  const sum = (word) =>
    [...output.matchAll(new RegExp(`^test result:.* (\\d+) ${word}`, 'gm'))].reduce((n, m) => n + Number(m[1]), 0);
  const missing = rustModules().filter((module) => !output.includes(`\ntest ${module}::`));
  const skipped = sum('ignored') + (left ? 1 : 0);
  const allowed = left && isAllowed(NO_VECTORS) ? 1 : 0;
  const counts = { passed: sum('passed'), failed: sum('failed'), skipped, allowed };
  return { ...counts, problems: problems(missing, code !== 0 && counts.failed === 0 && 'cargo test did not finish') };
}

function rustModules() {
  return filesUnder('core/src', '.rs')
    .filter((path) => /#\[test\]|proptest!/.test(readFileSync(path, 'utf8')))
    .map((path) =>
      path
        .slice('core/src/'.length, -'.rs'.length)
        .split(sep)
        .filter((part) => part !== 'mod')
        .join('::'),
    );
}

/** The tests in JavaScript. Every file must show at least one among the results. */
async function node() {
  const files = filesUnder(TEST_FILES, '.test.js').filter((name) => values.file.some((end) => name.endsWith(end)));
  if (files.length === 0) stop(`No test file ends with ${values.file.join(' or ')}`);
  const withoutRedis = ensureRedis() ? [] : files.filter(needsRedis);
  const withoutChromium = hasChromium() ? [] : files.filter(needsChromium);
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-test-'));
  const log = join(folder, 'counts.jsonl');
  const reporters = ['spec', 'stdout', './scripts/test-counts.mjs', log];
  const flags = reporters.map((value, i) => `--test-reporter${i % 2 === 1 ? '-destination' : ''}=${value}`);
  const { code } = await run(process.execPath, ['--test', `--test-timeout=${TEST_TIMEOUT_MS}`, ...flags, ...files]);
  const rows = readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  rmSync(folder, { recursive: true });
  const count = (outcome) => rows.filter((row) => row.outcome === outcome).length;
  const skipped = rows.filter(({ outcome }) => outcome === 'skipped');
  for (const { name } of skipped) console.log(`skipped: ${name}`);
  for (const name of withoutRedis) console.log(`skipped in ${name}: the suites that need redis-server`);
  for (const name of withoutChromium) console.log(`skipped in ${name}: the suites that need Chromium`);
  const hasRun = (name) =>
    rows.some((row) => row.file === name && (row.outcome !== 'skipped' || row.reason === NO_VECTORS));
  const mayBeIdle = [...withoutRedis, ...withoutChromium];
  const missing = files.filter((name) => !hasRun(name) && !mayBeIdle.includes(name));
  const allowed = skipped.filter(({ reason }) => isAllowed(reason)).length;
  const counts = { passed: count('passed'), failed: count('failed'), skipped: skipped.length, allowed };
  return { ...counts, problems: problems(missing, code !== 0 && counts.failed === 0 && 'node --test did not finish') };
}

/** The contract in index.d.ts as its users see it: each file, and each line that must not compile, is one test. */
async function types() {
  const { output, code } = await run(
    process.execPath,
    [join('node_modules', 'typescript', 'bin', 'tsc'), '--project', 'tsconfig.json', '--listFiles'],
    false,
  );
  const files = filesUnder(TYPE_FILES, '.ts').filter((path) => !path.endsWith('.d.ts'));
  const checks = files.reduce((n, path) => n + 1 + readFileSync(path, 'utf8').split('@ts-expect-error').length - 1, 0);
  const failed = [...output.matchAll(/error TS\d+/g)].length;
  if (code !== 0) console.log(output);
  const seen = new Set(output.split(/\r?\n/).map((line) => relative('', line)));
  const missing = files.length === 0 ? [TYPE_FILES] : files.filter((path) => !seen.has(path));
  const counts = { passed: Math.max(0, checks - failed), failed, skipped: 0, allowed: 0 };
  return { ...counts, problems: problems(missing, code !== 0 && failed === 0 && 'tsc did not finish') };
}

function problems(missing, unfinished) {
  return [...missing.map((name) => `no test of ${name} ran`), ...(unfinished ? [unfinished] : [])];
}

/** Runs a command; what it prints is shown as it comes, where `echo` is not false, and kept. */
async function run(command, args, echo = true) {
  // Node marks the children of a test run by this variable, and a run inside one would report nothing.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout, code } = await collect(command, args, { env, echo });
  return { output: `\n${stdout}`, code };
}

function filesUnder(folder, ending) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
