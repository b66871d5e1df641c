// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { createJwksSource } = require('../../lib/jwt/jwks/source');
const { UNAVAILABLE, kidsOf, landed, prepare, useRig } = require('../support/jwks-rig');
const remote = require('../support/jwks-server');

const rig = useRig();

describe('jwks options', () => {
  const REFUSED_URLS = {
    'no URL': undefined,
    'a relative URL': '/keys',
    'plain HTTP': 'http://issuer.example/keys',
    'plain HTTP to a host that only starts as the loopback': 'http://127.0.0.1.issuer.example/',
    'plain HTTP to a name below localhost': 'http://evil.localhost/',
    'another scheme': 'data:application/json,{"keys":[]}',
    'a file': 'file:///etc/keys.json',
    'a user name': 'https://ada@issuer.example/keys',
    'a password': 'https://:word@issuer.example/keys',
    'a list': ['https://issuer.example/keys'],
  };
  for (const [name, url] of Object.entries(REFUSED_URLS)) {
    it(`rejects ${name} as its URL`, () => {
      assert.throws(() => createJwksSource({ url }, prepare), { name: 'TypeError', code: 'ERR_JWT_OPTION' });
    });
  }

  it('accepts https, and http on the loopback', () => {
    for (const url of [
      'https://issuer.example/keys',
      'http://localhost/',
      'http://[::1]:8080/',
      new URL(rig.server.url),
    ]) {
      createJwksSource({ url, prefetch: false }, prepare);
    }
  });

  const REFUSED_OPTIONS = {
    'a freshness below 30 s': { freshForMs: 29_999 },
    'a freshness above a day': { freshForMs: 86_400_001 },
    'a staleness that is no number': { staleForMs: '1d' },
    'a staleness of NaN': { staleForMs: NaN },
    'no cooldown': { cooldownMs: 0 },
    'an unbounded time': { timeoutMs: Infinity },
    'unbounded bytes': { maxBytes: Infinity },
    'no keys': { maxKeys: 0 },
    'a header that HTTP does not allow': { headers: { 'x-key': 'a\r\nb: c' } },
    'a header that is no text': { headers: { 'x-key': 5 } },
    'headers as a list': { headers: ['x-key', 'a'] },
    'a fetch that is no function': { fetch: {} },
    'a clock that answers no number': { monotonic: () => 'now' },
    'a misspelt name': { timeout: 5 },
  };
  for (const [name, options] of Object.entries(REFUSED_OPTIONS)) {
    it(`rejects ${name}`, () => {
      const make = () => createJwksSource({ url: rig.server.url, ...options }, prepare);
      assert.throws(make, (/** @type {any} */ error) => {
        assert.match(error.code, /^ERR_JWT_OPTION(_RANGE)?$/);
        assert.match(error.message, new RegExp(`^createVerifier: .*option "jwks\\.${Object.keys(options)[0]}"`));
        return true;
      });
      assert.equal(rig.server.requests, 0);
    });
  }

  it('never shows a header that it refuses', () => {
    const make = () => createJwksSource({ url: rig.server.url, headers: { 'x-key': 'hidden\n' + 'value\0' } }, prepare);
    assert.throws(make, (/** @type {any} */ error) => !/hidden/.test(String(error.stack)) && error.cause === undefined);
  });
});

describe('jwks first load', () => {
  it('begins when the source is made, and current() has the keys', async () => {
    const { source, events } = rig.open({ prefetch: true });
    assert.equal(source.current(), undefined);
    await source.ready();
    assert.deepEqual(kidsOf(source.current()), ['first']);
    assert.equal(rig.server.requests, 1);
    const [[name, { url, keyIds, added, removed, durationMs }], ...more] = events;
    assert.deepEqual([name, url, keyIds, added, removed], ['refresh', rig.server.url, ['first'], ['first'], []]);
    assert.equal(typeof durationMs, 'number');
    assert.deepEqual(more, []);
  });

  it('waits for the first use where prefetch is off', async () => {
    const { source } = rig.open();
    assert.equal(rig.server.requests, 0);
    assert.deepEqual(kidsOf(await source.refresh('missing')), ['first']);
    assert.equal(rig.server.requests, 1);
  });

  it('tells of a failed prefetch by an event alone', async () => {
    rig.server.answer = remote.status(500);
    const { source, events } = rig.open({ prefetch: true });
    await landed(source);
    assert.equal(events[0][1].isStale, false);
    await assert.rejects(source.ready(), { ...UNAVAILABLE, reason: 'status' });
    assert.equal(rig.server.requests, 1);
  });

  it('fetches once for a hundred that wait', async () => {
    const { source } = rig.open();
    const all = await Promise.all(Array.from({ length: 100 }, (_, i) => source.refresh('unknown-kid', `kid-${i}`)));
    assert.equal(new Set(all).size, 1);
    assert.equal(rig.server.requests, 1);
  });

  it('gives each of those who wait in vain an error of its own', async () => {
    rig.server.answer = remote.status(500);
    const { source } = rig.open();
    const outcomes = await Promise.allSettled([source.refresh('missing'), source.refresh('missing')]);
    const [one, two] = outcomes.map((outcome) => /** @type {any} */ (outcome).reason);
    assert.deepEqual([one.code, two.code, one === two], [UNAVAILABLE.code, UNAVAILABLE.code, false]);
    assert.equal(rig.server.requests, 1);
  });

  it('sends the headers that it was given, and what it accepts', async () => {
    await rig.loaded({ headers: { 'X-Key': 'abc' } });
    assert.equal(rig.server.headers[0]['x-key'], 'abc');
    assert.match(String(rig.server.headers[0].accept), /application\/jwk-set\+json/);
  });

  it('looks the global fetch up at each fetch', async (t) => {
    const { source } = rig.open();
    t.mock.method(globalThis, 'fetch', async () => new Response('{"keys":[{"kid":"faked"}]}'));
    await source.ready();
    assert.deepEqual(kidsOf(source.current()), ['faked']);
  });

  it('takes a fetch whose body is a stream of Node.js', async () => {
    const { Readable } = require('node:stream');
    const body = Readable.from([Buffer.from('{"keys":[{"kid"'), Buffer.from(':"piped"}]}')]);
    const { source } = await rig.loaded({ fetch: async () => ({ status: 200, headers: new Headers(), body }) });
    assert.deepEqual(kidsOf(source.current()), ['piped']);
  });

  it('ends in time with a fetch that never settles and ignores its signal', async () => {
    const { source } = rig.open({ timeoutMs: 100, fetch: () => new Promise(() => {}) });
    const keepAlive = setTimeout(() => {}, 5_000);
    await assert.rejects(source.ready(), { ...UNAVAILABLE, reason: 'timeout' });
    clearTimeout(keepAlive);
  });
});
