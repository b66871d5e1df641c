'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { checkedMs, checkedSeconds, wallClock } = require('../../lib/support/clock');

/** What a broken clock may return. */
const NO_TIMES = [null, undefined, [], ['1'], '0', '1', true, false, {}, 0, -0, -1, Infinity, -Infinity, NaN, 1n];

describe('clock', () => {
  it('returns a reading that is a time', () => {
    assert.equal(checkedMs(1, 'JWT', 'createVerifier'), 1);
    assert.equal(checkedMs(0.5, 'JWT', 'createVerifier'), 0.5);
    assert.equal(checkedSeconds(1500, 'JWT', 'createVerifier'), 1.5);
  });

  for (const value of NO_TIMES) {
    it(`throws for a reading of ${typeof value} ${Array.isArray(value) ? JSON.stringify(value) : String(value)}`, () => {
      for (const check of [checkedMs, checkedSeconds]) {
        assert.throws(() => check(value, 'JWT', 'createVerifier'), {
          name: 'TypeError',
          code: 'ERR_JWT_OPTION',
          message: /^createVerifier: option "clock" must return milliseconds since 1970, a finite number above 0, not /,
        });
      }
    });
  }

  it('hints at fake timers for a reading of 0', () => {
    assert.throws(() => checkedMs(0, 'JWT', 'createVerifier'), /fake timers that start at 0/);
  });

  it('reads a fake Date that was installed after it was loaded', (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 1234 });
    assert.equal(wallClock(), 1234);
  });
});
