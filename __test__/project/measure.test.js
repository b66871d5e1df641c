// @ts-check
'use strict';

// How a benchmark's subject is timed: a slow one must not take minutes, and V8 must not drop the work.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const measure = () => /** @type {Promise<any>} */ (import('../../bench/support/measure.mjs'));

/** Keeps the CPU busy, so that CPU time and elapsed time both see it. */
function spin(/** @type {number} */ milliseconds) {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe('measure', () => {
  it('calls slow work a few times, not 4,096 times per sample', async () => {
    const { time } = await measure();
    let calls = 0;
    const slow = () => {
      calls++;
      spin(0.05);
    };
    const { slow: nsPerOp } = await time({ slow }, { quick: true });
    assert.ok(calls < 4_096, `${calls} calls`);
    assert.ok(nsPerOp > 0);
  });

  it('measures work that takes longer than a sample, call by call', async () => {
    const { time } = await measure();
    let calls = 0;
    const slow = () => {
      calls++;
      spin(20);
    };
    const { slow: nsPerOp } = await time({ slow }, { quick: true, clock: 'elapsed' });
    assert.ok(calls < 20, `${calls} calls`);
    assert.ok(nsPerOp >= 20e6, `${nsPerOp} ns`);
  });

  it('waits for work that returns a promise', async () => {
    const { time } = await measure();
    const waiting = () => new Promise((resolve) => setTimeout(resolve, 5));
    const { waiting: nsPerOp } = await time({ waiting }, { quick: true, clock: 'elapsed' });
    // A timer may fire up to a millisecond early.
    assert.ok(nsPerOp >= 4e6, `${nsPerOp} ns`);
  });

  it('returns the middle one of an unsorted list', async () => {
    const { median } = await measure();
    assert.equal(median([9, 1, 100, 2, 10]), 9);
  });
});
