// npm run bench [-- area ...] [--node <version>] [--quick] [--json]: ours beside the packages it replaces, in one process,
// on the same input. Every case checks that all subjects give equal results before anything is timed.
import { deepStrictEqual } from 'node:assert';
import { readdirSync } from 'node:fs';
import { onWantedNode } from '../scripts/node-runtime.mjs';
import { time } from './support/measure.mjs';

const NOT_AREAS = new Set(['run', 'record', 'stack', 'stack-server']);

const args = onWantedNode();
const wanted = args.filter((arg) => !arg.startsWith('--'));
const quick = args.includes('--quick');
const json = args.includes('--json');

const areas = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => name.slice(0, -4))
  .filter((name) => !NOT_AREAS.has(name))
  .sort();
const unknown = wanted.find((area) => !areas.includes(area));
if (unknown) {
  console.error(`Unknown area "${unknown}"; the areas are: ${areas.join(', ')}`);
  process.exit(1);
}
if (!json) console.log(`Node.js ${process.versions.node}`);
for (const area of wanted.length > 0 ? wanted : areas) await run(area);

async function run(area) {
  const { cases } = await import(`./${area}.mjs`);
  for (const { name, subjects, equal = deepStrictEqual, target, clock, teardown } of await cases()) {
    await check(area, name, subjects, equal);
    report(area, name, await time(subjects, { quick, clock }), target);
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
      throw new Error(`${area}/${name}: the result of ${subject} differs from the first subject's`, { cause: error });
    }
  }
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
    console.log(`  ${subject.padEnd(38)} ${nsPerOp.toFixed(1).padStart(12)} ns${ratio}`);
  }
}
