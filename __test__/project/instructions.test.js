// @ts-check
'use strict';

// The rules by which `npm run bench:instructions` fails, and the record that it reads.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '..', '..');
const SCRIPT = join(ROOT, 'scripts', 'instructions.mjs');
const rules = () => /** @type {Promise<any>} */ (import('../../scripts/instruction-counts.mjs'));

describe('instruction counts', () => {
  const VERDICTS = [
    { name: 'the same count', before: 10_000, now: 10_000, verdict: 'same', fails: false },
    { name: 'growth of exactly 3 %', before: 10_000, now: 10_300, verdict: 'same', fails: false },
    { name: 'growth of more than 3 %', before: 10_000, now: 10_301, verdict: 'grew', fails: true },
    { name: 'a fall of more than 3 %', before: 10_000, now: 9_000, verdict: 'fell', fails: false },
    { name: 'a door that was not recorded', before: undefined, now: 5, verdict: 'new', fails: true },
    { name: 'a door that is no longer measured', before: 5, now: undefined, verdict: 'gone', fails: true },
  ];
  for (const { name, before, now, verdict, fails } of VERDICTS) {
    it(`${fails ? 'rejects' : 'accepts'} ${name}`, async () => {
      const { compareCounts, hasFailed } = await rules();
      const counts = (/** @type {number | undefined} */ count) => (count === undefined ? {} : { door: count });
      const verdicts = compareCounts(counts(before), counts(now));
      assert.deepEqual(
        verdicts.map((/** @type {any} */ found) => [found.door, found.verdict]),
        [['door', verdict]],
      );
      assert.equal(hasFailed(verdicts), fails);
    });
  }

  it('rejects a run in which one door of several grew, and names the change', async () => {
    const { compareCounts, hasFailed } = await rules();
    const verdicts = compareCounts({ verify: 28_000, guard: 100 }, { verify: 29_400, guard: 100 });
    assert.equal(hasFailed(verdicts), true);
    assert.equal(verdicts[0].text, '29,400, recorded 28,000 (+5.00 %)');
  });

  it('keeps counts apart by compiler, host, C library and CPU features', async () => {
    const { environmentKey } = await rules();
    const here = { rustc: 'rustc 1.95.0', host: 'x86_64-unknown-linux-gnu', libc: 'glibc 2.36', features: 'avx avx2' };
    assert.equal(environmentKey(here), 'rustc 1.95.0, x86_64-unknown-linux-gnu, glibc 2.36, avx avx2');
    const others = [{ rustc: 'rustc 1.96.0' }, { host: 'aarch64' }, { libc: 'glibc 2.41' }, { features: '' }];
    const keys = others.map((other) => environmentKey({ ...here, ...other }));
    assert.equal(new Set([environmentKey(here), ...keys]).size, others.length + 1);
  });

  it('has a record in which every environment counts the same doors', () => {
    const recorded = JSON.parse(readFileSync(join(ROOT, 'bench', 'record', 'instructions.json'), 'utf8'));
    const source = readFileSync(join(ROOT, 'core', 'benches', 'instructions.rs'), 'utf8');
    const doors = [...source.matchAll(/^ {4}\("(.+)", \w+\),$/gm)].map(([, door]) => door);
    assert.ok(doors.length >= 6);
    assert.ok(Object.keys(recorded).length > 0);
    for (const [environment, counts] of Object.entries(recorded)) {
      assert.deepEqual(Object.keys(counts), doors, environment);
      for (const [door, count] of Object.entries(counts)) assert.ok(Number.isInteger(count) && count > 0, door);
    }
  });

  it('skips by name without valgrind, and fails in CI', () => {
    const run = (/** @type {string} */ CI) =>
      spawnSync(process.execPath, [SCRIPT], { encoding: 'utf8', env: { ...process.env, PATH: '', Path: '', CI } });
    const local = run('');
    assert.deepEqual([local.status, local.stderr], [0, '']);
    assert.match(
      local.stdout,
      /^Skipped: bench:instructions needs valgrind\. Install it \(.+\) and run this again\.\n$/,
    );
    const ci = run('true');
    assert.deepEqual([ci.status, ci.stdout], [1, '']);
    assert.match(ci.stderr, /^bench:instructions needs valgrind\. Install it \(.+\)\.\n$/);
  });
});
