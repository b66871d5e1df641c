// Every check, the cheapest first. The last line is the sum of what the steps counted.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const COUNT = /(\d+) (?:passed|held), (\d+) (?:failed|breached)/g;
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
  { name: 'bench:instructions', args: ['bench:instructions'], counts: false },
];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const total = { passed: 0, failed: 0 };
for (const step of STEPS) {
  console.log(`\n=== ${step.name}`);
  const start = performance.now();
  const { passed, failed } = await check(step);
  console.log(
    `=== ${step.name}: ${passed} passed, ${failed} failed (${((performance.now() - start) / 1000).toFixed(1)} s)`,
  );
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
  const { output, code } = await run('npm', ['run', ...args]);
  const last = [...output.matchAll(COUNT)].at(-1);
  const passed = counts ? Number(last?.[1] ?? 0) : Number(code === 0);
  const failed = counts ? Number(last?.[2] ?? 0) : 0;
  const isIdle = counts && passed + failed === 0 && !(maySkip && /^skip {2}/m.test(output));
  const broken = code !== 0 || (counts && !last) || isIdle;
  return { passed, failed: broken ? Math.max(1, failed) : failed };
}

function run(command, args) {
  return new Promise((resolve) => {
    let output = '';
    const env = { ...process.env, CI: 'true' };
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env,
      shell: process.platform === 'win32',
    });
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      process.stdout.write(text);
    });
    child.on('error', (error) => resolve({ output: String(error), code: 1 }));
    child.on('close', (code) => resolve({ output, code }));
  });
}
