// npm run bench:instructions [-- --update]: counts the instructions of one call of each native function under callgrind, and
// fails if one needs 3 % more than bench/record/instructions.json records. `--update` writes the counts there. Times on a
// shared machine vary by tens of percent; these counts repeat.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareCounts, environmentKey, hasFailed, TOLERANCE_PERCENT } from './instruction-counts.mjs';
import { rustProblem } from './requirements.mjs';

const RECORD = 'bench/record/instructions.json';
const UPDATE = 'npm run bench:instructions -- --update';
const BUILD = ['bench', '--no-run', '--locked', '--package', 'portcullis-core', '--bench', 'instructions'];
// Each is a multiple of the number of inputs that the calls cycle through (64 addresses, 4,096 ids). Both runs include the
// set-up, so the difference between the two is the work alone.
const FEWER = 4_096;
const MORE = 3 * FEWER;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const unknown = process.argv.slice(2).find((arg) => arg !== '--update');
if (unknown) stop(`Unknown argument "${unknown}". Usage: ${UPDATE.replace('-- --update', '[-- --update]')}`);
if (hasValgrind()) main(process.argv.includes('--update'));

function main(update) {
  const { counts, key } = measure(build());
  const recorded = existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, 'utf8')) : {};
  if (update) {
    const sorted = Object.entries({ ...recorded, [key]: counts }).sort(([a], [b]) => (a < b ? -1 : 1));
    writeFileSync(RECORD, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
    for (const [door, count] of Object.entries(counts)) console.log(`${door}: ${count}`);
    console.log(`Wrote ${RECORD} for ${key}`);
  } else if (recorded[key] === undefined) {
    for (const [door, count] of Object.entries(counts)) console.log(`${door}: ${count}`);
    console.log(`skip  bench:instructions: no counts for ${key} in ${RECORD}; to record them, run "${UPDATE}"`);
    console.log('0 passed, 0 failed');
  } else {
    report(compareCounts(recorded[key], counts), key);
  }
}

function report(verdicts, key) {
  console.log(`Instructions per call, ${key}`);
  for (const { door, verdict, text } of verdicts) console.log(`${verdict.padEnd(5)} ${door}: ${text}`);
  if (verdicts.some(({ verdict }) => verdict === 'fell')) console.log(`Run "${UPDATE}" to keep the lower counts.`);
  const failed = verdicts.filter((one) => hasFailed([one])).length;
  console.log(`${verdicts.length - failed} passed, ${failed} failed`);
  if (failed === 0) return;
  stop(
    `A door differs from ${RECORD} by more than ${TOLERANCE_PERCENT} %, or is missing there. ` +
      `If that is intended, run "${UPDATE}" and commit the file with the change that causes it.`,
  );
}

/** A missing tool must not stop anyone's work, except in CI: there a check that does not run is a failure. */
function hasValgrind() {
  if (spawnSync('valgrind', ['--version']).status === 0) return true;
  const cure = 'bench:instructions needs valgrind. Install it (Debian: apt-get install valgrind)';
  if (process.env.CI === 'true') stop(`${cure}.`);
  console.log(`Skipped: ${cure} and run this again.`);
  return false;
}

function build() {
  const problem = rustProblem(spawnSync('cargo', ['--version'], { encoding: 'utf8' }));
  if (problem) stop(problem);
  const messages = run('cargo', [...BUILD, '--message-format', 'json-render-diagnostics']);
  const built = messages
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .find(({ executable, target }) => executable && target.name === 'instructions');
  if (!built) stop('cargo reported no executable for the bench "instructions".');
  return built.executable;
}

function measure(executable) {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-instructions-'));
  try {
    const doors = run(executable, []).trim().split('\n');
    const runs = doors.map((door) => {
      const [less, more] = [FEWER, MORE].map((repetitions) => callgrind(folder, executable, door, repetitions));
      return { door, count: Math.round((more.total - less.total) / (MORE - FEWER)), features: less.features };
    });
    const counts = Object.fromEntries(runs.map(({ door, count }) => [door, count]));
    return { counts, key: environmentKey({ ...toolchain(), features: runs[0].features }) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function callgrind(folder, executable, door, repetitions) {
  const file = join(folder, 'callgrind.out');
  const flags = ['--tool=callgrind', '--quiet', `--callgrind-out-file=${file}`];
  const features = run('valgrind', [...flags, executable, door, String(repetitions)]).trim();
  const total = /^(?:totals|summary): (\d+)$/m.exec(readFileSync(file, 'utf8'))?.[1];
  if (total === undefined) stop(`callgrind wrote no total for "${door}".`);
  return { total: Number(total), features };
}

function toolchain() {
  const verbose = run('rustc', ['--version', '--verbose']);
  const field = (name) => new RegExp(`^${name}: (.+)$`, 'm').exec(verbose)?.[1];
  const glibc = process.report.getReport().header.glibcVersionRuntime;
  return { rustc: `rustc ${field('release')}`, host: field('host'), libc: glibc ? `glibc ${glibc}` : 'another libc' };
}

function run(command, args) {
  const { status, stdout, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) stop(`"${command} ${args.join(' ')}" failed${error ? `: ${error.message}` : ''}.`);
  return stdout;
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
