// npm run fuzz -- <target | all> [seconds]: runs a fuzz target with cargo-fuzz where it is installed, else with plain cargo
// and the coverage flags that libFuzzer needs (on a stable toolchain too).
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FUZZ = fileURLToPath(new URL('../core/fuzz', import.meta.url));
const DEFAULT_SECONDS = 60;
const MAX_INPUT_BYTES = 64 * 1024;
const COVERAGE_FLAGS = [
  '--cfg fuzzing',
  '-Cpasses=sancov-module',
  '-Cllvm-args=-sanitizer-coverage-level=4',
  '-Cllvm-args=-sanitizer-coverage-inline-8bit-counters',
  '-Cllvm-args=-sanitizer-coverage-pc-table',
  '-Cllvm-args=-sanitizer-coverage-trace-compares',
  '-Ccodegen-units=1',
];

const [wanted, seconds = String(DEFAULT_SECONDS)] = process.argv.slice(2);
const targets = listed();
if (!wanted || (wanted !== 'all' && !targets.includes(wanted)))
  stop(`Usage: npm run fuzz -- <target> [seconds]; targets: all, ${targets.join(', ')}`);
if (!/^\d+$/.test(seconds)) stop(`"${seconds}" is not a number of seconds`);
const host = hostTriple();
const fuzz = hasCargoFuzz() ? withCargoFuzz : withCargo;
for (const target of wanted === 'all' ? targets : [wanted]) {
  console.log(`> fuzz ${target} for ${seconds} s`);
  const status = fuzz(target, [
    `-max_total_time=${seconds}`,
    `-max_len=${MAX_INPUT_BYTES}`,
    '-rss_limit_mb=2048',
    '-print_final_stats=1',
  ]);
  if (status !== 0)
    stop(`${target} failed. Its input is in core/fuzz/artifacts/${target}/; put it among the tests of its area.`);
}

/** A target that the manifest does not declare would never run, so the folder and the manifest must agree. */
function listed() {
  const declared = [...readFileSync(join(FUZZ, 'Cargo.toml'), 'utf8').matchAll(/^\[\[bin\]\]\nname = "(\w+)"/gm)]
    .map(([, name]) => name)
    .sort();
  const there = readdirSync(join(FUZZ, 'fuzz_targets'))
    .filter((name) => name.endsWith('.rs'))
    .map((name) => name.slice(0, -3))
    .sort();
  if (declared.join() !== there.join())
    stop(`core/fuzz/Cargo.toml declares ${declared.join(', ')}, and fuzz_targets/ holds ${there.join(', ')}`);
  return declared;
}

function withCargoFuzz(target, flags) {
  return run('cargo', ['fuzz', 'run', '--fuzz-dir', FUZZ, target, '--', ...flags]);
}

function withCargo(target, flags) {
  const env = { RUSTFLAGS: COVERAGE_FLAGS.join(' ') };
  // A named host keeps the flags away from build scripts and procedural macros.
  const built = run('cargo', ['build', '--release', '--bin', target, '--target', host], env);
  if (built !== 0)
    stop(`The target ${target} could not be built. It needs a C++ compiler (for libFuzzer) and LLVM's coverage pass.`);
  const corpus = join(FUZZ, 'corpus', target);
  const artifacts = join(FUZZ, 'artifacts', target);
  for (const folder of [corpus, artifacts]) mkdirSync(folder, { recursive: true });
  return run(join(FUZZ, 'target', host, 'release', target), [corpus, `-artifact_prefix=${artifacts}/`, ...flags]);
}

function hasCargoFuzz() {
  return (
    spawnSync('cargo', ['fuzz', '--version']).status === 0 &&
    / nightly|-nightly/.test(spawnSync('rustc', ['--version'], { encoding: 'utf8' }).stdout ?? '')
  );
}

function hostTriple() {
  const { stdout, error } = spawnSync('rustc', ['--version', '--verbose'], { encoding: 'utf8' });
  if (error) stop('Fuzzing needs Rust, and rustc was not found. Install it from https://rustup.rs.');
  return /^host: (.+)$/m.exec(stdout)?.[1];
}

function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, { cwd: FUZZ, stdio: 'inherit', env: { ...process.env, ...env } });
  if (error) stop(String(error));
  return status;
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
