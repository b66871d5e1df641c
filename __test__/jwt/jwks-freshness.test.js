// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { Lifetime } = require('../../lib/jwt/jwks/lifetime');
const { readMaxAgeMs } = require('../../lib/jwt/jwks/max-age');
const { COOLDOWN_MS, FRESH_MS, STALE_MS, UNAVAILABLE, kidsOf, landed, useRig } = require('../support/jwks-rig');
const remote = require('../support/jwks-server');

const rig = useRig();

describe('jwks freshness', () => {
  it('fetches nothing while the keys are fresh', async () => {
    const { source } = await rig.loaded();
    rig.now += FRESH_MS - 1;
    for (let i = 0; i < 100; i += 1) source.current();
    assert.equal(await source.refresh('missing'), source.current());
    assert.equal(rig.server.requests, 1);
  });

  it('goes on with the keys while one refresh runs, then replaces them whole', async () => {
    const { source, events } = await rig.loaded();
    const held = source.current();
    rig.server.answer = remote.keys('first', 'second');
    rig.now += FRESH_MS;
    for (let i = 0; i < 100; i += 1) assert.equal(source.current(), held);
    await landed(source);
    assert.deepEqual(kidsOf(source.current()), ['first', 'second']);
    assert.equal(rig.server.requests, 2);
    assert.deepEqual(
      events.slice(1).map(([name, { added, removed }]) => [name, added, removed]),
      [
        ['refresh', ['second'], []],
        ['rotate', ['second'], []],
      ],
    );
  });

  it('no longer has a key that was removed from the set', async () => {
    rig.server.answer = remote.keys('first', 'leaked');
    const { source, events } = await rig.loaded();
    rig.server.answer = remote.keys('first');
    rig.now += FRESH_MS;
    source.current();
    await landed(source);
    assert.deepEqual(kidsOf(source.current()), ['first']);
    assert.deepEqual(events.at(-1)?.slice(0, 1), ['rotate']);
    assert.deepEqual(events.at(-1)?.[1].removed, ['leaked']);
    assert.deepEqual(kidsOf(await source.refresh('unknown-kid', 'leaked')), ['first']);
  });

  it('tells of no rotation when the ids are the same', async () => {
    const { source, events } = await rig.loaded();
    rig.now += FRESH_MS;
    source.current();
    await landed(source);
    assert.deepEqual(
      events.map(([name]) => name),
      ['refresh', 'refresh'],
    );
  });

  it('asks before it uses keys that nobody asked for in a long time', async () => {
    rig.server.answer = remote.keys('first', 'leaked');
    const { source } = await rig.loaded();
    rig.server.answer = remote.keys('first');
    rig.now += 2 * FRESH_MS;
    assert.equal(source.current(), undefined);
    assert.deepEqual(kidsOf(await source.refresh('missing')), ['first']);
    assert.equal(rig.server.requests, 2);
  });

  it('uses them after all when it asked in vain', async () => {
    const { source } = await rig.loaded();
    rig.server.answer = remote.status(503);
    rig.now += STALE_MS;
    assert.equal(source.current(), undefined);
    assert.deepEqual(kidsOf(await source.refresh('missing')), ['first']);
    assert.deepEqual(kidsOf(source.current()), ['first']);
  });

  it('keeps stale keys for staleForMs while every refresh fails, drops them then, and recovers', async () => {
    const { source, events } = await rig.loaded();
    const end = rig.now + FRESH_MS + STALE_MS;
    rig.server.answer = remote.status(500);
    while (rig.now < end - 60_000) {
      rig.now += 60_000;
      const failures = rig.server.requests;
      assert.deepEqual(kidsOf(source.current()), ['first'], 'nobody ever waits');
      await source.refresh('unknown-kid', `kid-${rig.now}`);
      assert.ok(rig.server.requests - failures <= 1);
    }
    assert.ok(events.slice(1).every(([name]) => name === 'refresh-failed'));
    assert.ok(events.at(-1)?.[1].isStale);
    // Some 1,450 minutes at one attempt in five, not one a minute.
    assert.ok(rig.server.requests < 320, `${rig.server.requests} requests`);
    rig.now = end - 1;
    assert.notEqual(source.current(), undefined);
    rig.now = end;
    assert.equal(source.current(), undefined);
    await assert.rejects(source.refresh('missing'), { ...UNAVAILABLE, reason: 'status' });
    rig.server.answer = remote.keys('second');
    rig.now += 5 * 60_000;
    assert.deepEqual(kidsOf(await source.refresh('missing')), ['second']);
    assert.deepEqual(events.at(-1)?.[1].removed, ['first']);
  });

  it('does not use keys whose end came while a refresh failed', async () => {
    const { source } = await rig.loaded({
      prefetch: false,
      fetch: async (/** @type {string} */ url, /** @type {any} */ init) => {
        if (rig.server.requests === 0) return fetch(url, init);
        rig.now += 2;
        throw new Error('gone');
      },
    });
    rig.now += FRESH_MS + STALE_MS - 1;
    await assert.rejects(source.refresh('missing'), { ...UNAVAILABLE, reason: 'network' });
  });

  it('drops keys at the end of their freshness where staleForMs is 0', async () => {
    const { source } = await rig.loaded({ staleForMs: 0 });
    rig.server.answer = remote.status(500);
    rig.now += FRESH_MS - 1;
    assert.notEqual(source.current(), undefined);
    rig.now += 1;
    assert.equal(source.current(), undefined);
    await assert.rejects(source.refresh('missing'), UNAVAILABLE);
  });

  it('takes no notice of a wall clock that is set', async (t) => {
    const { source } = await rig.loaded({ monotonic: undefined });
    for (const wall of [0, Date.now() + 10 * STALE_MS]) {
      t.mock.method(Date, 'now', () => wall);
      assert.deepEqual(kidsOf(source.current()), ['first']);
    }
    assert.equal(rig.server.requests, 1);
  });

  it('has neither keys nor a fetch where its clock answers no number', async () => {
    const { source } = await rig.loaded();
    rig.now = NaN;
    for (let i = 0; i < 10; i += 1) assert.equal(source.current(), undefined);
    await assert.rejects(source.refresh('unknown-kid', 'other'), UNAVAILABLE);
    assert.equal(rig.server.requests, 1);
  });

  const MINUTE = 60_000;
  /** @type {Record<string, [headers: Record<string, string>, freshMs: number]>} */
  const CACHE_HEADERS = {
    'shortens it by max-age': [{ 'cache-control': 'public, max-age=60' }, MINUTE],
    'shortens it by max-age less Age': [{ 'cache-control': 'max-age=300', age: '120' }, 3 * MINUTE],
    'shortens it to 30 s at least': [{ 'cache-control': 'max-age=15' }, 30_000],
    'shortens it to 30 s for no-store': [{ 'cache-control': 'no-store, max-age=300' }, 30_000],
    'never lengthens it': [{ 'cache-control': 'max-age=5184000' }, FRESH_MS],
    'leaves it for nonsense': [{ 'cache-control': 'max-age=-1, max-age=1e1, max-age' }, FRESH_MS],
  };
  for (const [name, [headers, freshMs]] of Object.entries(CACHE_HEADERS)) {
    it(`${name}`, async () => {
      rig.server.answer = remote.text('{"keys":[{"kid":"first"}]}', headers);
      let fetches = 0;
      const counted = (/** @type {string} */ url, /** @type {any} */ init) => {
        fetches += 1;
        return fetch(url, init);
      };
      const { source } = await rig.loaded({ cooldownMs: 1_000, fetch: counted });
      rig.now += freshMs - 1;
      source.current();
      assert.equal(fetches, 1);
      rig.now += 1;
      source.current();
      assert.equal(fetches, 2);
      await landed(source);
    });
  }

  it('reads Cache-Control in any case, and the shortest of several ages', () => {
    const read = (/** @type {string} */ value) => readMaxAgeMs(new Headers({ 'cache-control': value }));
    assert.equal(read('Public, MAX-AGE="90" , s-maxage=5'), 90_000);
    assert.equal(read('max-age=90, max-age=40'), 40_000);
    assert.equal(read('x-max-age=5'), Infinity);
    assert.equal(readMaxAgeMs(new Headers()), Infinity);
  });
});

describe('jwks cooldown', () => {
  it('fetches for an unknown id once it is over, and finds what was rotated in', async () => {
    const { source } = await rig.loaded();
    rig.server.answer = remote.keys('second');
    rig.now += COOLDOWN_MS - 1;
    assert.deepEqual(kidsOf(await source.refresh('unknown-kid', 'second')), ['first']);
    assert.equal(rig.server.requests, 1);
    rig.now += 1;
    assert.deepEqual(kidsOf(await source.refresh('unknown-kid', 'second')), ['second']);
    assert.equal(rig.server.requests, 2);
  });

  it('holds after a failure too', async () => {
    rig.server.answer = remote.status(500);
    const { source } = rig.open();
    await assert.rejects(source.ready(), UNAVAILABLE);
    rig.server.answer = remote.keys('first');
    rig.now += COOLDOWN_MS - 1;
    for (let i = 0; i < 50; i += 1) {
      assert.equal(source.current(), undefined);
      await assert.rejects(source.refresh('missing'), { ...UNAVAILABLE, reason: 'status' });
    }
    assert.equal(rig.server.requests, 1);
    rig.now += 1;
    assert.deepEqual(kidsOf(await source.refresh('missing')), ['first']);
  });

  it('recovers after an outage, at the address where it was', async () => {
    const own = await new remote.JwksServer().listen();
    const { source, events } = await rig.loaded({ url: own.url });
    await own.close();
    rig.now += FRESH_MS;
    source.current();
    await landed(source);
    assert.equal(events.at(-1)?.[1].error.reason, 'network');
    const back = new remote.JwksServer();
    back.answer = remote.keys('second');
    await back.listen(own.port);
    rig.now += COOLDOWN_MS;
    source.current();
    await landed(source);
    assert.deepEqual(kidsOf(source.current()), ['second']);
    await back.close();
  });

  it('doubles after failures up to five minutes, and ends with a success', () => {
    const lifetime = new Lifetime({ freshForMs: FRESH_MS, staleForMs: STALE_MS, cooldownMs: COOLDOWN_MS });
    lifetime.succeed(0, Infinity);
    const pauses = [0, 1, 2, 3, 4, 5].map((i) => {
      lifetime.fail(i);
      return lifetime.allowedAt - i;
    });
    assert.deepEqual(pauses, [30_000, 60_000, 120_000, 240_000, 300_000, 300_000]);
    lifetime.succeed(6, Infinity);
    assert.equal(lifetime.allowedAt, 6 + COOLDOWN_MS);
  });

  it('stays as it is after failures while there are no keys', () => {
    const lifetime = new Lifetime({ freshForMs: FRESH_MS, staleForMs: STALE_MS, cooldownMs: COOLDOWN_MS });
    for (const at of [0, 30_000, 60_000, 90_000]) {
      lifetime.fail(at);
      assert.equal(lifetime.allowedAt, at + COOLDOWN_MS);
    }
  });

  it('never leaves a gap without keys between the end of freshness and of a long cooldown', async () => {
    rig.server.answer = remote.text('{"keys":[{"kid":"first"}]}', { 'cache-control': 'max-age=30' });
    const { source } = await rig.loaded({ staleForMs: 0, cooldownMs: 120_000 });
    rig.now += 119_999;
    assert.notEqual(source.current(), undefined);
  });
});
