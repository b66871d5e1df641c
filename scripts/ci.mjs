// Every check, the cheapest first. The last line is the sum of what the steps counted.
import { fileURLToPath } from 'node:url';
import { collect, lastCount } from './run.mjs';

const STEPS = [
  { name: 'lint', args: ['lint'], counts: true },
  { name: 'test', args: ['test'], counts: true },
  { name: 'test:without-redis', args: ['test:without-redis'], counts: true },
  { name: 'test:runtimes', args: ['test:runtimes'], counts: true },
  { name: 'attacks', args: ['attacks'], counts: true },
  { name: 'pack:check', args: ['pack:check'], counts: true },
  { name: 'bundlers:check', args: ['bundlers:check'], counts: true },
  { name: 'test:platforms', args: ['test:platforms'], counts: true, maySkip: true },
  { name: 'test:reproducible', args: ['test:reproducible'], counts: true },
  { name: 'bench', args: ['bench', '--', '--quick'], counts: false },
  // Counts are recorded for some compilers, C libraries and CPUs only.
  { name: 'bench:instructions', args: ['bench:instructions'], counts: true, maySkip: true },
];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const total = { passed: 0, failed: 0 };
for (const step of STEPS) {
  console.log(`\n=== ${step.name}`);
  const start = performance.now();
  const { passed, failed, isSkipped } = await check(step);
  const verdict = isSkipped ? 'skipped' : `${passed} passed, ${failed} failed`;
  console.log(`=== ${step.name}: ${verdict} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  total.passed += passed;
  total.failed += failed;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/**
 * A step that succeeds without a count has checked nothing, so it fails; a step that fails counts at least one failure. Only
 * a step that needs a certain system may skip all its checks, and it must print that.
 */
async function check({ args, counts, maySkip = false }) {
  const { stdout, code } = await collect('npm', ['run', ...args], { env: { ...process.env, CI: 'true' }, echo: true });
  const count = counts ? lastCount(stdout) : { passed: Number(code === 0), failed: 0 };
  const { passed, failed } = count ?? { passed: 0, failed: 0 };
  const skips = maySkip && /^skip {2}/m.test(stdout);
  const isIdle = passed + failed === 0 && !skips;
  const broken = code !== 0 || count === undefined || isIdle;
  return { passed, failed: broken ? Math.max(1, failed) : failed, isSkipped: skips && passed + failed === 0 };
}
