// npm run bench [area ...] [--quick] [--json]: ours beside the packages it replaces, in one process, on the same input.
// Every case checks that all subjects give equal results before anything is timed.
import { deepStrictEqual } from 'node:assert';
import { readdirSync } from 'node:fs';
import { measure } from 'mitata';

// A slow peer gets fewer samples: its spread is small beside its time.
const FULL = { min_cpu_time: 400e6, min_samples: 20 };
const QUICK = { min_cpu_time: 5e6, min_samples: 3, warmup_samples: 1 };
const NOT_AREAS = new Set(['run', 'record', 'stack', 'stack-server']);

const flags = process.argv.slice(2).filter((arg) => arg.startsWith('--'));
const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const quick = flags.includes('--quick');
const json = flags.includes('--json');

const areas = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => name.slice(0, -4))
  .filter((name) => !NOT_AREAS.has(name))
  .sort();
for (const area of wanted.length > 0 ? wanted : areas) {
  if (!areas.includes(area)) {
    console.error(`There is no area "${area}"; there are: ${areas.join(', ')}`);
    process.exit(1);
  }
  await run(area);
}

async function run(area) {
  const { cases } = await import(`./${area}.mjs`);
  for (const { name, subjects, equal = deepStrictEqual, target, teardown } of await cases()) {
    await check(area, name, subjects, equal);
    report(area, name, await time(subjects), target);
    await teardown?.();
  }
}

async function check(area, name, subjects, equal) {
  const [[, first], ...others] = Object.entries(subjects);
  const expected = await first();
  for (const [subject, work] of others) {
    try {
      equal(await work(), expected);
    } catch (error) {
      throw new Error(`${area}/${name}: ${subject} gives another result than the first subject`, { cause: error });
    }
  }
}

/** Several rounds in turn, so that a drift of the machine meets every subject alike; the median round counts. */
async function time(subjects) {
  const rounds = quick ? 1 : 3;
  const samples = Object.fromEntries(Object.keys(subjects).map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [subject, work] of Object.entries(subjects)) {
      const { p50, avg } = await measure(work, quick ? QUICK : FULL);
      samples[subject].push(Math.min(p50, avg));
    }
  }
  return Object.fromEntries(
    Object.entries(samples).map(([subject, list]) => [subject, list.sort((a, b) => a - b)[list.length >> 1]]),
  );
}

function report(area, name, times, target) {
  const [ours] = Object.values(times);
  for (const [subject, nsPerOp] of Object.entries(times)) {
    if (json) console.log(JSON.stringify({ area, case: name, subject, nsPerOp: Number(nsPerOp.toFixed(2)) }));
  }
  if (json) return;
  console.log(`\n${area}: ${name}${target ? `   (target: ${target})` : ''}`);
  for (const [subject, nsPerOp] of Object.entries(times)) {
    const ratio = subject === Object.keys(times)[0] ? '' : `   ours is ${(ours / nsPerOp).toFixed(3)} of it`;
    console.log(`  ${subject.padEnd(34)} ${nsPerOp.toFixed(1).padStart(12)} ns${ratio}`);
  }
}
