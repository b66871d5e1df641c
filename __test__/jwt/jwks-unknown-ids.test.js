// @ts-check
'use strict';

const assert = require('node:assert/strict');
const fc = require('fast-check');
const { describe, it } = require('node:test');

const { UnknownKids } = require('../../lib/jwt/jwks/unknown-kids');
const { COOLDOWN_MS, FRESH_MS, STALE_MS, kidsOf, useRig } = require('../support/jwks-rig');
const remote = require('../support/jwks-server');

const rig = useRig();

describe('jwks unknown key ids', () => {
  it('makes at most one fetch per cooldown of a flood of 2,000 random ids', async () => {
    const { source } = await rig.loaded();
    const held = source.current();
    const step = 100;
    const flood = Array.from({ length: 2_000 }, (_, i) => `random-${i}-${Math.random()}`);
    for (const kid of flood) {
      rig.now += step;
      await source.refresh('unknown-kid', kid);
    }
    const most = Math.floor((flood.length * step) / COOLDOWN_MS) + 1;
    assert.ok(
      rig.server.requests <= most && rig.server.requests >= most - 1,
      `${rig.server.requests} fetches, not ${most}`,
    );
    assert.deepEqual(kidsOf(source.current()), kidsOf(held));
  });

  it('makes one fetch of 2,000 random ids at once', async () => {
    const { source } = await rig.loaded();
    rig.now += COOLDOWN_MS;
    await Promise.all(Array.from({ length: 2_000 }, (_, i) => source.refresh('unknown-kid', `random-${i}`)));
    assert.equal(rig.server.requests, 2);
  });

  it('keeps nobody with a known id waiting while the flood waits for an endpoint that stalls', async () => {
    const { source, events } = await rig.loaded({ timeoutMs: 300 });
    rig.server.answer = remote.stall;
    rig.now += COOLDOWN_MS;
    const flood = Array.from({ length: 2_000 }, (_, i) => source.refresh('unknown-kid', `random-${i}`));
    assert.deepEqual(kidsOf(source.current()), ['first']);
    assert.deepEqual(kidsOf(await source.refresh('unknown-kid', 'first')), ['first']);
    assert.equal(events.length, 1, 'the fetch is still running');
    await Promise.all(flood);
    assert.equal(rig.server.requests, 2);
  });

  it('asks once for an id that a fetch did not bring, until its entry ends', async () => {
    const { source } = await rig.loaded();
    rig.now += COOLDOWN_MS;
    await source.refresh('unknown-kid', 'retired');
    assert.equal(rig.server.requests, 2);
    rig.now += 59_999;
    await source.refresh('unknown-kid', 'retired');
    assert.equal(rig.server.requests, 2);
    rig.now += 1;
    await source.refresh('unknown-kid', 'retired');
    assert.equal(rig.server.requests, 3);
  });

  it('does not keep an id out once a set brings it, though it was asked for too early', async () => {
    const { source } = await rig.loaded();
    rig.now += COOLDOWN_MS;
    await source.refresh('unknown-kid', 'next');
    rig.server.answer = remote.keys('first', 'next');
    rig.now += COOLDOWN_MS;
    await source.refresh('unknown-kid', 'another');
    assert.deepEqual(kidsOf(source.current()), ['first', 'next']);
  });

  it('does not remember an id that a failed fetch could not bring', async () => {
    const { source } = await rig.loaded();
    rig.server.answer = remote.status(500);
    rig.now += COOLDOWN_MS;
    await source.refresh('unknown-kid', 'second');
    rig.server.answer = remote.keys('second');
    rig.now += COOLDOWN_MS;
    assert.deepEqual(kidsOf(await source.refresh('unknown-kid', 'second')), ['second']);
  });

  it('keeps ids apart whatever they hold', () => {
    const unknown = new UnknownKids(1_000);
    const KIDS = [
      'a',
      'a:b',
      'a\0b',
      'a\nb',
      ' a',
      '',
      '__proto__',
      'constructor',
      'toString',
      'Ä',
      'A\u0308',
      '\ud800',
    ];
    for (const [i, kid] of KIDS.entries()) {
      for (const other of KIDS.slice(i)) assert.equal(unknown.has(other, 0), false);
      unknown.add(kid, 0);
    }
    assert.equal(unknown.size, KIDS.length);
  });

  it('bounds the table, and lets go of the oldest first', () => {
    const unknown = new UnknownKids(1_000);
    for (let i = 0; i < 5_000; i += 1) unknown.add(`kid-${i}`, i / 100);
    assert.equal(unknown.size, 1_000);
    assert.deepEqual(
      [unknown.has('kid-3999', 50), unknown.has('kid-4000', 50), unknown.has('kid-4999', 50)],
      [false, true, true],
    );
  });

  it('prolongs no entry, however often it is asked for', () => {
    const unknown = new UnknownKids(1_000);
    for (let at = 0; at < 1_000; at += 100) unknown.add('early', at);
    assert.deepEqual([unknown.has('early', 999), unknown.has('early', 1_000)], [true, false]);
  });

  it('neither fetches for an id above 1,024 bytes nor keeps it', async () => {
    const { source } = await rig.loaded();
    rig.now += COOLDOWN_MS;
    for (const kid of ['k'.repeat(1_025), 'é'.repeat(513), 'k'.repeat(1024 * 1024)]) {
      assert.deepEqual(kidsOf(await source.refresh('unknown-kid', kid)), ['first']);
      const unknown = new UnknownKids(1_000);
      unknown.add(kid, 0);
      assert.equal(unknown.size, 0);
    }
    assert.equal(rig.server.requests, 1);
    await source.refresh('unknown-kid', 'k'.repeat(1_024));
    assert.equal(rig.server.requests, 2);
  });

  it('fetches for a token without an id, once per cooldown', async () => {
    const { source } = await rig.loaded();
    for (let i = 0; i < 10; i += 1) {
      rig.now += COOLDOWN_MS / 5;
      await source.refresh('unknown-kid');
    }
    assert.equal(rig.server.requests, 3);
  });
});

describe('jwks properties', () => {
  const step = fc.record({
    laterMs: fc.oneof(
      fc.integer({ min: 0, max: 60_000 }),
      fc.integer({ min: 0, max: FRESH_MS * 3 }),
      fc.constant(STALE_MS),
    ),
    works: fc.boolean(),
    takesMs: fc.integer({ min: 0, max: 5_000 }),
    kid: fc.constantFrom(undefined, 'first', 'a', 'b', 'c'),
  });

  it('never fetches within a cooldown, uses keys beyond their end, or old keys that it did not ask for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        rig.now = 0;
        let [succeededAt, endedAt, failedSince] = [-Infinity, -Infinity, false];
        let [works, takesMs, tooEarly] = [true, 0, false];
        const { source } = rig.open({
          fetch: async () => {
            tooEarly ||= rig.now < endedAt + COOLDOWN_MS;
            rig.now += takesMs;
            endedAt = rig.now;
            failedSince = !works;
            if (works) succeededAt = rig.now;
            return works ? new Response('{"keys":[{"kid":"first"}]}') : new Response(null, { status: 500 });
          },
        });
        for (const { laterMs, kid, ...next } of steps) {
          rig.now += laterMs;
          ({ works, takesMs } = next);
          await source.refresh(kid === undefined ? 'missing' : 'unknown-kid', kid).catch(() => {});
          await new Promise((resolve) => setImmediate(resolve));
          const held = source.current();
          assert.equal(tooEarly, false);
          if (held === undefined) continue;
          assert.ok(rig.now < succeededAt + FRESH_MS + STALE_MS);
          assert.ok(failedSince || rig.now < succeededAt + 2 * FRESH_MS);
        }
      }),
      { numRuns: 200 },
    );
  });
});
