'use strict';

const assert = require('node:assert');
const { once } = require('node:events');
const { describe, it, mock } = require('node:test');
const { Worker } = require('node:worker_threads');

const { fakeClock } = require('../support/fake-clock');
const { code } = require('../support/limited');
const { createLimiter } = require('../../lib/rate-limit');

describe('rate-limit: createLimiter', () => {
  it('returns the documented decision', () => {
    const clock = fakeClock();
    const limiter = createLimiter({ limit: 2, windowMs: 1000, clock });
    assert.deepStrictEqual(limiter.peek('a'), { allowed: true, limit: 2, remaining: 2, resetMs: 0, retryAfterMs: 0 });
    assert.deepStrictEqual(limiter.consume('a'), {
      allowed: true,
      limit: 2,
      remaining: 1,
      resetMs: 1000,
      retryAfterMs: 0,
    });
    clock.now += 400;
    assert.deepStrictEqual(limiter.consume('a'), {
      allowed: true,
      limit: 2,
      remaining: 0,
      resetMs: 600,
      retryAfterMs: 0,
    });
    assert.deepStrictEqual(limiter.consume('a'), {
      allowed: false,
      limit: 2,
      remaining: 0,
      resetMs: 600,
      retryAfterMs: 600,
    });
    clock.now += 600;
    assert.strictEqual(limiter.consume('a').allowed, true);
  });

  it('refunds, blocks and resets a key', () => {
    const limiter = createLimiter({ limit: 2, windowMs: 1000, clock: fakeClock() });
    limiter.consume('a', 2);
    limiter.refund('a');
    assert.strictEqual(limiter.peek('a').remaining, 1);
    limiter.block('a', 5000);
    assert.strictEqual(limiter.consume('a').retryAfterMs, 5000);
    limiter.reset('a');
    assert.strictEqual(limiter.consume('a').allowed, true);
  });

  it('refills one hit per interval under gcra', () => {
    const clock = fakeClock();
    const limiter = createLimiter({ limit: 2, windowMs: 1000, algorithm: 'gcra', clock });
    assert.ok(limiter.consume('a').allowed && limiter.consume('a').allowed);
    assert.deepStrictEqual(limiter.consume('a'), {
      allowed: false,
      limit: 2,
      remaining: 0,
      resetMs: 1000,
      retryAfterMs: 500,
    });
    clock.now += 500;
    assert.ok(limiter.consume('a').allowed);
  });

  it('uses a monotonic clock by default: a step of the wall clock frees no client', () => {
    const limiter = createLimiter({ limit: 1, windowMs: 60_000 });
    limiter.consume('a');
    const date = mock.method(Date, 'now', () => 0);
    assert.strictEqual(limiter.consume('a').allowed, false);
    date.mock.restore();
    assert.strictEqual(limiter.consume('a').allowed, false);
  });

  const BAD_OPTIONS = [
    undefined,
    null,
    5,
    'x',
    [],
    {},
    { limit: 5 },
    { windowMs: 1 },
    ...[Number.NaN, Infinity, -1, 1.5, 2 ** 24, 2 ** 53, '5', null, {}].map((limit) => ({ limit, windowMs: 1000 })),
    ...[Number.NaN, Infinity, -1, 0, 0.5, 2 ** 31, 2 ** 53, '5', null].map((windowMs) => ({ limit: 1, windowMs })),
    ...['sliding', 'strict', 'x', null, 1].map((algorithm) => ({ limit: 1, windowMs: 1, algorithm })),
    ...[0, 1024, 2 ** 31, Number.NaN, '1'].map((maxBytes) => ({ limit: 1, windowMs: 1, maxBytes })),
    ...[31, 129, 56.5, true, '56', Number.NaN].map((ipv6Subnet) => ({
      limit: 1,
      windowMs: 1,
      keys: 'address',
      ipv6Subnet,
    })),
    { limit: 1, windowMs: 1, ipv6Subnet: 56 },
    { limit: 1, windowMs: 1, name: '' },
    { limit: 1, windowMs: 1, name: 7 },
    { limit: 1, windowMs: 1, clock: 7 },
    { limit: 1, windowMs: 1, clock: () => Number.NaN },
    { limit: 1, windowMs: 1, clock: () => '5' },
    { limit: 1, windowMs: 1, keys: 'x' },
    { limit: 1, windowMs: 1, store: {} },
    { limit: 1, windowMs: 1, limmit: 1 },
  ];
  for (const [index, row] of BAD_OPTIONS.entries()) {
    it(`rejects the wrong options of row ${index}`, () => {
      assert.throws(
        () => createLimiter(row),
        (error) => /^ERR_RATE_LIMIT_OPTION(_RANGE)?$/.test(error.code),
      );
    });
  }

  it('rejects keys that are not text of 1 to 1024 bytes', () => {
    const limiter = createLimiter({ limit: 1, windowMs: 1000 });
    for (const key of [
      undefined,
      null,
      5,
      Number.NaN,
      {},
      [],
      Symbol('x'),
      '',
      'x'.repeat(1025),
      'é'.repeat(513),
      '\ud800',
      'a\udfffb',
      'x'.repeat(1 << 20),
    ]) {
      for (const method of ['consume', 'peek', 'refund', 'reset']) {
        assert.throws(() => limiter[method](key), code('ERR_RATE_LIMIT_KEY'), `${method} ${typeof key}`);
      }
    }
  });

  it('never joins two keys that differ', () => {
    const limiter = createLimiter({ limit: 1, windowMs: 60_000 });
    const keys = [
      '__proto__',
      'constructor',
      'a\0b',
      'a',
      'a\0',
      '\ufffd',
      'é',
      'e\u0301',
      'x'.repeat(1024),
      `${'x'.repeat(1023)}y`,
    ];
    for (const key of keys) assert.strictEqual(limiter.consume(key).allowed, true, key);
    for (const key of keys) assert.strictEqual(limiter.consume(key).allowed, false, key);
    assert.strictEqual(limiter.stats().keys, keys.length);
  });

  it('rejects costs that are not a whole number from 1 to the limit', () => {
    const limiter = createLimiter({ limit: 3, windowMs: 1000 });
    for (const cost of [0, -1, 1.5, Number.NaN, Infinity, 4, 2 ** 32 + 1, '1', null]) {
      assert.throws(() => limiter.consume('a', cost), code('ERR_RATE_LIMIT_COST'));
      if (cost !== 4) assert.throws(() => limiter.refund('a', cost), code('ERR_RATE_LIMIT_COST'));
    }
    assert.strictEqual(limiter.peek('a').remaining, 3);
  });

  it('rejects a hit when the clock returns anything but a finite number', () => {
    const clock = fakeClock();
    const limiter = createLimiter({ limit: 3, windowMs: 1000, clock });
    for (const now of [Number.NaN, Infinity, undefined, '5']) {
      clock.now = now;
      assert.throws(() => limiter.consume('a'), code('ERR_RATE_LIMIT_OPTION'));
    }
  });

  it('shares a limiter by name and refuses the name with other options', () => {
    const options = { limit: 2, windowMs: 60_000, name: 'shared in a test' };
    createLimiter(options).consume('a');
    assert.strictEqual(createLimiter(options).consume('a').remaining, 0);
    assert.strictEqual(createLimiter({ limit: 2, windowMs: 60_000 }).consume('a').remaining, 1);
    for (const other of [
      { limit: 3 },
      { windowMs: 1 },
      { algorithm: 'gcra' },
      { keys: 'address' },
      { clock: fakeClock() },
      { maxBytes: 65536 },
    ]) {
      assert.throws(() => createLimiter({ ...options, ...other }), code('ERR_RATE_LIMIT_CONFLICT'));
    }
  });

  it('lets exactly the limit pass over worker threads that share a name', async () => {
    const source = `
      const { parentPort } = require('node:worker_threads');
      const { createLimiter } = require(${JSON.stringify(require.resolve('../../lib/rate-limit'))});
      const limiter = createLimiter({ limit: 1000, windowMs: 600_000, name: 'workers' });
      let passed = 0;
      for (let index = 0; index < 2000; index++) passed += limiter.consume('a').allowed ? 1 : 0;
      parentPort.postMessage(passed);`;
    const workers = [1, 2, 3].map(() => new Worker(source, { eval: true }));
    const counts = await Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0]));
    assert.strictEqual(
      counts.reduce((sum, count) => sum + count, 0),
      1000,
    );
    assert.strictEqual(createLimiter({ limit: 1000, windowMs: 600_000, name: 'workers' }).peek('a').allowed, false);
  });

  it('counts in each worker thread separately without a name', async () => {
    const source = `
      const { parentPort } = require('node:worker_threads');
      const { createLimiter } = require(${JSON.stringify(require.resolve('../../lib/rate-limit'))});
      const limiter = createLimiter({ limit: 2, windowMs: 600_000 });
      parentPort.postMessage([1, 2, 3].map(() => limiter.consume('a').allowed));`;
    const workers = [1, 2].map(() => new Worker(source, { eval: true }));
    const passed = await Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0]));
    assert.deepStrictEqual(passed, [
      [true, true, false],
      [true, true, false],
    ]);
  });
});
