// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { once } = require('node:events');
const { join } = require('node:path');
const { Worker } = require('node:worker_threads');

const { fakeClock } = require('../support/fake-clock');
const { RedisStore, createRevocations } = require('../..');

const NOW_MS = 1_793_000_000_500;
const NOW = 1_793_000_000;
const TOLERANCE = 300;

let names = 0;

/** A table of its own for each test. @param {import('../..').RevocationsOptions} [options] */
function fresh(options) {
  names += 1;
  const clock = fakeClock(NOW_MS);
  return { clock, revocations: createRevocations({ name: `test ${names}`, clock, ...options }) };
}

/** @param {string} code @param {RegExp} [message] */
const coded = (code, message) => (/** @type {any} */ error) =>
  error.code === code && (message?.test(error.message) ?? true);

describe('revocations', () => {
  it('rejects a token by its jti until its exp and the longest tolerance have passed', () => {
    const { clock, revocations } = fresh();
    const claims = { jti: 'a', sub: 'ada', iat: NOW - 5, exp: NOW + 10 };
    assert.equal(revocations.isRevoked(claims), false);
    revocations.revoke(claims);
    assert.equal(revocations.isRevoked(claims), true);
    assert.equal(revocations.isRevoked({ ...claims, jti: 'b' }), false);
    clock.now = (NOW + 10 + TOLERANCE) * 1000 - 1;
    assert.equal(revocations.isRevoked(claims), true);
    clock.now += 1;
    assert.equal(revocations.isRevoked(claims), false);
  });

  it('rejects a token without exp for good', () => {
    const { clock, revocations } = fresh();
    revocations.revoke({ jti: 'a' });
    clock.now = 8.6e15;
    assert.equal(revocations.isRevoked({ jti: 'a' }), true);
  });

  it('rejects by id, until expiresAt or for the lifetime of a token', () => {
    const { clock, revocations } = fresh({ tokenLifetimeSeconds: 100 });
    revocations.revokeId('a');
    revocations.revokeId('b', { expiresAt: NOW + 500 });
    const revoked = () => ['a', 'b'].filter((jti) => revocations.isRevoked({ jti }));
    clock.now = (NOW + 100 + TOLERANCE) * 1000;
    assert.deepEqual(revoked(), ['a', 'b']);
    clock.now += 1000;
    assert.deepEqual(revoked(), ['b']);
  });

  it('rejects tokens of a subject of this second and before, and those without iat', () => {
    const { revocations } = fresh();
    revocations.revokeSubject('ada');
    const revoked = (/** @type {any} */ iat, sub = 'ada') => revocations.isRevoked({ sub, iat });
    assert.deepEqual(
      [NOW - 1, NOW, NOW + 0.9, undefined, Number.NaN, 'x'].map((iat) => revoked(iat)),
      Array(6).fill(true),
    );
    assert.deepEqual([revoked(NOW + 1), revoked(NOW, 'bob')], [false, false]);
  });

  it('accepts a token of this second where issuedBefore says so', () => {
    const { revocations } = fresh();
    revocations.revokeSubject('ada', { issuedBefore: NOW });
    assert.equal(revocations.isRevoked({ sub: 'ada', iat: NOW - 1 }), true);
    assert.equal(revocations.isRevoked({ sub: 'ada', iat: NOW }), false);
    // An earlier time takes nothing back.
    revocations.revokeSubject('ada', { issuedBefore: NOW - 100 });
    assert.equal(revocations.isRevoked({ sub: 'ada', iat: NOW - 1 }), true);
  });

  it('rejects by session for the lifetime of a token, and by key for good', () => {
    const { clock, revocations } = fresh();
    revocations.revokeSession('s');
    revocations.revokeKey('k');
    assert.equal(revocations.isRevoked({ sid: 's', iat: NOW + 9 }), true);
    assert.equal(revocations.isRevoked({ jti: 's', sub: 's' }, 's'), false);
    assert.equal(revocations.isRevoked({}, 'k'), true);
    clock.now = 8.6e15;
    assert.equal(revocations.isRevoked({ sid: 's' }), false);
    assert.equal(revocations.isRevoked({}, 'k'), true);
  });

  it('grows its epoch with a change and with nothing else', () => {
    const { revocations } = fresh();
    const epoch = () => /** @type {any} */ (revocations).table.epoch;
    const before = epoch();
    revocations.isRevoked({ jti: 'a' });
    assert.equal(epoch(), before);
    revocations.revokeId('a', { expiresAt: NOW + 10 });
    const after = epoch();
    assert.ok(after > before);
    revocations.revokeId('a', { expiresAt: NOW + 10 });
    assert.equal(epoch(), after);
  });

  it('rejects what it has no room for, keeps what it has, and has room again when one expired', () => {
    const { clock, revocations } = fresh({ maxEntries: 2 });
    revocations.revokeId('a', { expiresAt: NOW + 10 });
    revocations.revokeId('b', { expiresAt: NOW + 99 });
    const full = () => revocations.revokeId('c', { expiresAt: NOW + 99 });
    assert.throws(full, { name: 'PortcullisError', code: 'ERR_REVOCATIONS_FULL', status: 503 });
    assert.deepEqual(
      ['a', 'b', 'c'].map((jti) => revocations.isRevoked({ jti })),
      [true, true, false],
    );
    clock.now += (10 + TOLERANCE) * 1000;
    full();
    assert.deepEqual(
      ['a', 'b', 'c'].map((jti) => revocations.isRevoked({ jti })),
      [false, true, true],
    );
    assert.equal(revocations.size, 2);
  });

  it('finds one table by one name, and refuses another bound for it', () => {
    const one = createRevocations({ name: 'one', maxEntries: 10 });
    createRevocations({ name: 'one', maxEntries: 10 }).revokeId('a');
    assert.equal(one.isRevoked({ jti: 'a' }), true);
    assert.throws(
      () => createRevocations({ name: 'one', maxEntries: 11 }),
      coded('ERR_REVOCATIONS_CONFLICT', /maxEntries/),
    );
  });

  it('shares a table with worker threads, both ways', { timeout: 20_000 }, async () => {
    const main = createRevocations({ name: 'workers' });
    main.revokeId('of main');
    const worker = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       const { createRevocations } = require(workerData);
       const revocations = createRevocations({ name: 'workers' });
       parentPort.postMessage(revocations.isRevoked({ jti: 'of main' }));
       parentPort.once('message', () => {
         revocations.revokeSession('of worker');
         parentPort.postMessage(revocations.isRevoked({ jti: 'later' }));
       });`,
      { eval: true, workerData: join(__dirname, '../..') },
    );
    assert.deepEqual(await once(worker, 'message'), [true]);
    main.revokeId('later');
    worker.postMessage('go on');
    assert.deepEqual(await once(worker, 'message'), [true]);
    assert.equal(main.isRevoked({ sid: 'of worker' }), true);
    await worker.terminate();
    assert.equal(main.isRevoked({ sid: 'of worker' }), true);
  });

  it('is ready at once without a store', async () => {
    const { revocations } = fresh();
    await revocations.ready();
    assert.equal(await revocations.revokeId('a'), undefined);
    await revocations.close();
    assert.equal(revocations.isRevoked({ jti: 'a' }), true);
  });
});

describe('revocations refuse', () => {
  const client = { call: () => {}, status: 'wait', duplicate: () => {}, on: () => {} };
  const store = (/** @type {any} */ onFailure) => new RedisStore({ client, ...(onFailure && { onFailure }) });
  const MISTAKES = /** @type {const} */ ([
    ['an unknown option', { max: 1 }, 'ERR_REVOCATIONS_OPTION', /"max".*maxEntries/],
    ['an empty name', { name: '' }, 'ERR_REVOCATIONS_OPTION', /"name"/],
    ['no entries', { maxEntries: 0 }, 'ERR_REVOCATIONS_OPTION_RANGE', /"maxEntries".*1 to 100000000/],
    ['a lifetime of nothing', { tokenLifetimeSeconds: 0 }, 'ERR_REVOCATIONS_OPTION_RANGE', /"tokenLifetimeSeconds"/],
    ['a store that is none', { store: {} }, 'ERR_REVOCATIONS_OPTION', /RedisStore/],
    ['a store that is undefined', { store: undefined }, 'ERR_REVOCATIONS_OPTION', /`store` is undefined/],
    [
      'a store without a choice',
      () => ({ store: store(undefined) }),
      'ERR_REVOCATIONS_OPTION',
      /"closed".*"open".*not set/,
    ],
    [
      'a store that falls back',
      () => ({ store: store('fallback') }),
      'ERR_REVOCATIONS_OPTION',
      /"closed".*"open".*"fallback"/,
    ],
    [
      'a stale time under two polls',
      { pollMs: 100, maxStaleMs: 199 },
      'ERR_REVOCATIONS_OPTION_RANGE',
      /at least twice `pollMs`, not 199; otherwise/,
    ],
    [
      'the default stale time under two polls',
      { pollMs: 4_000 },
      'ERR_REVOCATIONS_OPTION_RANGE',
      /`pollMs`, not 5000;/,
    ],
    ['a clock that is a number', { clock: 5 }, 'ERR_REVOCATIONS_OPTION', /"clock"/],
  ]);
  for (const [name, options, code, message] of MISTAKES) {
    it(`${name}, at set-up`, () => {
      const given = typeof options === 'function' ? options() : options;
      assert.throws(() => createRevocations(/** @type {any} */ (given)), coded(code, message));
    });
  }

  /** @type {Array<[string, (revocations: any) => unknown, string, RegExp]>} */
  const CALLS = [
    ['claims without jti', (r) => r.revoke({ sub: 'ada' }), 'ERR_REVOCATIONS_TARGET', /jti.*randomUUID.*revokeSubject/],
    ['no claims', (r) => r.revoke(undefined), 'ERR_REVOCATIONS_TARGET', /claims.*not undefined/],
    ['a token in place of claims', (r) => r.revoke('a.b.c'), 'ERR_REVOCATIONS_TARGET', /req\.auth\.claims/],
    [
      'req.auth in place of claims',
      (r) => r.revoke({ token: 'a', claims: {} }),
      'ERR_REVOCATIONS_TARGET',
      /token, claims/,
    ],
    ['a look at a token', (r) => r.isRevoked('a.b.c'), 'ERR_REVOCATIONS_TARGET', /isRevoked.*claims/],
    ['a look at nothing', (r) => r.isRevoked(undefined), 'ERR_REVOCATIONS_TARGET', /isRevoked.*claims/],
    ['an exp that is no number', (r) => r.revoke({ jti: 'a', exp: '1h' }), 'ERR_REVOCATIONS_TARGET', /"exp"/],
    ['an empty subject', (r) => r.revokeSubject(''), 'ERR_REVOCATIONS_TARGET', /revokeSubject.*empty/],
    [
      'a subject that is no text',
      (r) => r.revokeSubject(7),
      'ERR_REVOCATIONS_TARGET',
      /revokeSubject: .* String\(id\)/,
    ],
    ['half a surrogate pair', (r) => r.revokeSession('\ud800'), 'ERR_REVOCATIONS_TARGET', /surrogate/],
    ['a key that is missing', (r) => r.revokeKey(undefined), 'ERR_REVOCATIONS_TARGET', /revokeKey: .* not undefined$/],
    [
      'an expiry in milliseconds',
      (r) => r.revokeId('a', { expiresAt: NOW_MS }),
      'ERR_REVOCATIONS_OPTION_RANGE',
      /seconds/,
    ],
    [
      'an expiry that is NaN',
      (r) => r.revokeId('a', { expiresAt: NaN }),
      'ERR_REVOCATIONS_OPTION_RANGE',
      /"expiresAt"/,
    ],
    [
      'an expiry that is undefined',
      (r) => r.revokeId('a', { expiresAt: undefined }),
      'ERR_REVOCATIONS_OPTION',
      /`expiresAt` is undefined/,
    ],
    ['a misspelt option', (r) => r.revokeSubject('a', { before: 1 }), 'ERR_REVOCATIONS_OPTION', /issuedBefore/],
    [
      'a time far ahead',
      (r) => r.revokeSubject('a', { issuedBefore: NOW + 301 }),
      'ERR_REVOCATIONS_OPTION_RANGE',
      /seconds/,
    ],
  ];
  for (const [name, call, code, message] of CALLS) {
    it(name, () => {
      const { revocations } = fresh();
      assert.throws(() => call(revocations), coded(code, message));
      assert.equal(revocations.size, 0);
    });
  }

  for (const time of [null, [], '0', true, NaN, Infinity, 0, -1]) {
    it(`a clock that returns ${JSON.stringify(time)}`, () => {
      const { clock, revocations } = fresh();
      clock.now = /** @type {any} */ (time);
      assert.throws(() => revocations.isRevoked({ jti: 'a' }), coded('ERR_REVOCATIONS_OPTION', /clock/));
    });
  }
});
