// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { execFileSync, spawn } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');
const fc = require('fast-check');
const { after, afterEach, before, beforeEach, describe, it } = require('node:test');

const { createIssuers } = require('../../lib/jwt/jwks/issuers');
const { Lifetime } = require('../../lib/jwt/jwks/lifetime');
const { readMaxAgeMs } = require('../../lib/jwt/jwks/max-age');
const { createJwksSource } = require('../../lib/jwt/jwks/source');
const { UnknownKids } = require('../../lib/jwt/jwks/unknown-kids');
const remote = require('../support/jwks-server');

const FRESH_MS = 600_000;
const COOLDOWN_MS = 30_000;
const STALE_MS = 86_400_000;
/** For what happens at once, or a test has failed. */
const DEADLINE_MS = 5_000;
const UNAVAILABLE = { name: 'PortcullisError', code: 'ERR_JWT_KEYS_UNAVAILABLE', status: 503 };

/** What the verifier would make of a set; here its key ids are enough. */
const prepare = (/** @type {{ keys: any[] }} */ { keys }) => ({ keyIds: new Set(keys.map(({ kid }) => kid)) });

const kidsOf = (/** @type {any} */ prepared) => [...prepared.keyIds].sort();

/** @type {remote.JwksServer} */
let server;
/** Milliseconds on the sources' clock. @type {number} */
let now;
/** @type {any[]} */
let sources = [];

/** @param {Record<string, any>} [options] @param {any} [make] */
function open(options = {}, make = prepare) {
  const source = createJwksSource({ url: server.url, monotonic: () => now, prefetch: false, ...options }, make);
  sources.push(source);
  /** @type {Array<[string, any]>} */
  const events = [];
  for (const name of ['refresh', 'rotate', 'refresh-failed']) {
    source.on(name, (/** @type {any} */ event) => events.push([name, event]));
  }
  return { source, events };
}

/** A source that holds the first set. @param {Record<string, any>} [options] @param {any} [make] */
async function loaded(options, make) {
  const opened = open(options, make);
  await opened.source.ready();
  return opened;
}

/** Waits until the fetch in the background has landed. @param {any} source */
const landed = (source) => {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  return Promise.race(['refresh', 'refresh-failed'].map((name) => once(source, name, { signal })));
};

/** @param {() => boolean} isSo */
async function until(isSo) {
  for (const end = performance.now() + DEADLINE_MS; !isSo(); ) {
    assert.ok(performance.now() < end, `still not so: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

before(async () => {
  server = await new remote.JwksServer().listen();
});
beforeEach(() => {
  now = 1_000_000;
  server.requests = 0;
  server.headers = [];
  server.bytesSent = 0;
  server.cutShort = 0;
  server.answer = remote.keys('first');
});
afterEach(() => {
  for (const source of sources) source.close();
  sources = [];
});
after(() => server.close());

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
    for (const url of ['https://issuer.example/keys', 'http://localhost/', 'http://[::1]:8080/', new URL(server.url)]) {
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
      const make = () => createJwksSource({ url: server.url, ...options }, prepare);
      assert.throws(make, (/** @type {any} */ error) => {
        assert.match(error.code, /^ERR_JWT_OPTION(_RANGE)?$/);
        assert.match(error.message, new RegExp(`^createVerifier: jwks: .*"${Object.keys(options)[0]}"`));
        return true;
      });
      assert.equal(server.requests, 0);
    });
  }

  it('never shows a header that it refuses', () => {
    const make = () => createJwksSource({ url: server.url, headers: { 'x-key': 'hidden\n' + 'value\0' } }, prepare);
    assert.throws(make, (/** @type {any} */ error) => !/hidden/.test(String(error.stack)) && error.cause === undefined);
  });
});

describe('jwks first load', () => {
  it('begins when the source is made, and current() has the keys', async () => {
    const { source, events } = open({ prefetch: true });
    assert.equal(source.current(), undefined);
    await source.ready();
    assert.deepEqual(kidsOf(source.current()), ['first']);
    assert.equal(server.requests, 1);
    const [[name, { url, keyIds, added, removed, durationMs }], ...more] = events;
    assert.deepEqual([name, url, keyIds, added, removed], ['refresh', server.url, ['first'], ['first'], []]);
    assert.equal(typeof durationMs, 'number');
    assert.deepEqual(more, []);
  });

  it('waits for the first use where prefetch is off', async () => {
    const { source } = open();
    assert.equal(server.requests, 0);
    assert.deepEqual(kidsOf(await source.refresh('missing')), ['first']);
    assert.equal(server.requests, 1);
  });

  it('tells of a failed prefetch by an event alone', async () => {
    server.answer = remote.status(500);
    const { source, events } = open({ prefetch: true });
    await landed(source);
    assert.equal(events[0][1].isStale, false);
    await assert.rejects(source.ready(), { ...UNAVAILABLE, reason: 'status' });
    assert.equal(server.requests, 1);
  });

  it('fetches once for a hundred that wait', async () => {
    const { source } = open();
    const all = await Promise.all(Array.from({ length: 100 }, (_, i) => source.refresh('unknown-kid', `kid-${i}`)));
    assert.equal(new Set(all).size, 1);
    assert.equal(server.requests, 1);
  });

  it('gives each of those who wait in vain an error of its own', async () => {
    server.answer = remote.status(500);
    const { source } = open();
    const outcomes = await Promise.allSettled([source.refresh('missing'), source.refresh('missing')]);
    const [one, two] = outcomes.map((outcome) => /** @type {any} */ (outcome).reason);
    assert.deepEqual([one.code, two.code, one === two], [UNAVAILABLE.code, UNAVAILABLE.code, false]);
    assert.equal(server.requests, 1);
  });

  it('sends the headers that it was given, and what it accepts', async () => {
    await loaded({ headers: { 'X-Key': 'abc' } });
    assert.equal(server.headers[0]['x-key'], 'abc');
    assert.match(String(server.headers[0].accept), /application\/jwk-set\+json/);
  });

  it('looks the global fetch up at each fetch', async (t) => {
    const { source } = open();
    t.mock.method(globalThis, 'fetch', async () => new Response('{"keys":[{"kid":"faked"}]}'));
    await source.ready();
    assert.deepEqual(kidsOf(source.current()), ['faked']);
  });

  it('takes a fetch whose body is a stream of Node.js', async () => {
    const { Readable } = require('node:stream');
    const body = Readable.from([Buffer.from('{"keys":[{"kid"'), Buffer.from(':"piped"}]}')]);
    const { source } = await loaded({ fetch: async () => ({ status: 200, headers: new Headers(), body }) });
    assert.deepEqual(kidsOf(source.current()), ['piped']);
  });

  it('ends in time with a fetch that never settles and ignores its signal', async () => {
    const { source } = open({ timeoutMs: 100, fetch: () => new Promise(() => {}) });
    const keepAlive = setTimeout(() => {}, 5_000);
    await assert.rejects(source.ready(), { ...UNAVAILABLE, reason: 'timeout' });
    clearTimeout(keepAlive);
  });
});

describe('jwks faults', () => {
  const other = 'http://localhost';
  const set = (/** @type {unknown} */ value) => remote.text(JSON.stringify(value));
  /** @type {Record<string, [reason: string, answer: remote.Answer]>} */
  const FAULTS = {
    'never answers': ['timeout', remote.stall],
    'stalls after its headers': ['timeout', remote.stallAfterHeaders],
    'drips bytes': ['timeout', remote.drip],
    'resets the connection': ['network', remote.reset],
    'resets it within the body': ['network', remote.resetInBody],
    'answers 500': ['status', remote.status(500)],
    'answers 404': ['status', remote.status(404)],
    'answers 201': ['status', remote.status(201)],
    'answers 304': ['status', (_req, res) => res.writeHead(304).end()],
    'answers nothing': ['not-json', remote.text('')],
    'answers half a document': ['not-json', remote.text('{"keys":[{"kid":"a"}')],
    'answers HTML': ['not-json', remote.text('<!doctype html><title>Sign in</title>')],
    'answers invalid UTF-8': ['not-json', remote.text(Buffer.from('{"keys":[{"kid":"\xff"}]}', 'latin1'))],
    'answers UTF-16': ['not-json', remote.text(Buffer.from('{"keys":[{"kid":"a"}]}', 'utf16le'))],
    'answers with a byte order mark': ['not-json', remote.text('\ufeff{"keys":[{"kid":"a"}]}')],
    'answers a list': ['not-a-set', set([{ kid: 'a' }])],
    'answers null': ['not-a-set', set(null)],
    'answers a single key': ['not-a-set', set({ kty: 'OKP', kid: 'a' })],
    'answers keys that are no list': ['not-a-set', set({ keys: { 0: { kid: 'a' }, length: 1 } })],
    'answers keys that are no objects': ['not-a-set', set({ keys: [{ kid: 'a' }, null] })],
    'answers keys that are lists': ['not-a-set', set({ keys: [[]] })],
    'answers keys below __proto__': ['not-a-set', remote.text('{"__proto__":{"keys":[{"kid":"a"}]}}')],
    'answers an empty set': ['no-keys', set({ keys: [] })],
    'answers 101 keys': ['too-many-keys', remote.keys(...Array.from({ length: 101 }, (_, i) => `k${i}`))],
    'answers 10,000 keys': ['too-many-keys', set({ keys: Array.from({ length: 10_000 }, () => ({ kid: 'a' })) })],
    'redirects to another host': ['redirect', remote.redirect((path) => `${other}:${server.port}${path}`)],
    'redirects to another port': ['redirect', remote.redirect(() => 'http://127.0.0.1:9/keys')],
    'redirects to another scheme': ['redirect', remote.redirect((path) => `https://127.0.0.1:${server.port}${path}`)],
    'redirects to a host without a scheme': ['redirect', remote.redirect(() => `//localhost:${server.port}/keys`)],
    'redirects to credentials': ['redirect', remote.redirect(() => `http://ada:word@127.0.0.1:${server.port}/keys`)],
    'redirects to a data URL': ['redirect', remote.redirect(() => 'data:application/json,{"keys":[{"kid":"a"}]}')],
    'redirects to nowhere': ['redirect', (_req, res) => res.writeHead(302).end()],
    'redirects to no URL': ['redirect', remote.redirect(() => 'http://[')],
    'redirects in a loop': ['redirect', remote.redirect((path) => path)],
  };
  for (const [name, [reason, answer]] of Object.entries(FAULTS)) {
    it(`keeps the keys and tells why when the endpoint ${name}`, { timeout: 10_000 }, async () => {
      const { source, events } = await loaded({ timeoutMs: 2_000 });
      const held = source.current();
      server.answer = answer;
      now += FRESH_MS;
      assert.equal(source.current(), held, 'nobody waits for the refresh');
      await landed(source);
      const [event, { url, error, isStale }] = events.at(-1) ?? [];
      assert.deepEqual(
        [event, url, error.code, error.reason, isStale],
        ['refresh-failed', server.url, UNAVAILABLE.code, reason, true],
      );
      assert.equal(source.current(), held);
      assert.ok(server.requests <= 4);
    });
  }

  it('names what refused the connection', async () => {
    const gone = await new remote.JwksServer().listen();
    await gone.close();
    const { source } = open({ url: gone.url });
    await assert.rejects(source.ready(), { ...UNAVAILABLE, reason: 'network', message: /ECONNREFUSED/ });
  });

  it('keeps the keys when the new ones cannot be prepared', async () => {
    const fault = new Error('RSA keys need 2,048 bits');
    const { source, events } = await loaded({}, (/** @type {any} */ jwks) => {
      if (jwks.keys[0].kid === 'weak') throw fault;
      return prepare(jwks);
    });
    const held = source.current();
    server.answer = remote.keys('weak');
    now += FRESH_MS;
    source.current();
    await landed(source);
    const { error } = events.at(-1)?.[1] ?? {};
    assert.deepEqual([error.reason, error.cause], ['unusable', fault]);
    assert.equal(source.current(), held);
  });

  it('ends the connection of an endpoint that stalls', async () => {
    server.answer = remote.stallAfterHeaders;
    await assert.rejects(open({ timeoutMs: 100 }).source.ready(), { reason: 'timeout' });
    await until(() => server.cutShort === 1);
  });

  const LARGE = {
    'that is declared': remote.huge({ declared: true }),
    'that is not declared': remote.huge({ declared: false }),
  };
  for (const [name, answer] of Object.entries(LARGE)) {
    it(`does not read a body of 50 MB ${name}`, { timeout: 10_000 }, async () => {
      server.answer = answer;
      await assert.rejects(open().source.ready(), { ...UNAVAILABLE, reason: 'too-large' });
      await until(() => server.cutShort === 1);
      assert.ok(server.bytesSent < remote.HUGE_BYTES / 5, `${server.bytesSent} bytes were sent`);
    });
  }

  it('does not begin to read what is declared as too large', async () => {
    let isRead = false;
    const body = (async function* () {
      isRead = true;
      yield Buffer.from('{}');
    })();
    const headers = new Headers({ 'content-length': '524289' });
    const { source } = open({ fetch: async () => ({ status: 200, headers, body }) });
    await assert.rejects(source.ready(), { reason: 'too-large' });
    assert.equal(isRead, false);
  });

  it('counts bytes after decompression, and does not unpack more than the bound', async () => {
    server.answer = remote.zipped;
    const before = process.memoryUsage().arrayBuffers;
    await assert.rejects(open().source.ready(), { ...UNAVAILABLE, reason: 'too-large' });
    assert.ok(process.memoryUsage().arrayBuffers - before < remote.HUGE_BYTES / 5);
  });

  it('reads a set of exactly maxBytes and not one byte more', async () => {
    const body = JSON.stringify({ keys: [{ kid: 'a' }] }).padEnd(2_000);
    server.answer = remote.text(body);
    await loaded({ maxBytes: 2_000 });
    await assert.rejects(open({ maxBytes: 1_999 }).source.ready(), { reason: 'too-large' });
  });

  it('follows two redirects within the origin, with its headers', async () => {
    server.answer = (req, res) => {
      if (req.url === '/keys') return remote.redirect(() => '/keys/v2', 308)(req, res);
      if (req.url === '/keys/v2') return remote.redirect(() => 'v3', 302)(req, res);
      return remote.keys('moved')(req, res);
    };
    const { source } = await loaded({ headers: { 'x-key': 'abc' } });
    assert.deepEqual(kidsOf(source.current()), ['moved']);
    assert.deepEqual(
      server.headers.map((headers) => headers['x-key']),
      ['abc', 'abc', 'abc'],
    );
  });

  it('shows neither the query nor the headers in what it says', async () => {
    server.answer = remote.status(500);
    const { source, events } = open({ url: `${server.url}?api=hidden`, headers: { 'x-key': 'hidden' } });
    const error = await source.ready().then(undefined, (/** @type {any} */ caught) => caught);
    assert.doesNotMatch(require('node:util').inspect([error, events], { depth: 9 }), /hidden/);
  });
});

describe('jwks freshness', () => {
  it('fetches nothing while the keys are fresh', async () => {
    const { source } = await loaded();
    now += FRESH_MS - 1;
    for (let i = 0; i < 100; i += 1) source.current();
    assert.equal(await source.refresh('missing'), source.current());
    assert.equal(server.requests, 1);
  });

  it('goes on with the keys while one refresh runs, then replaces them whole', async () => {
    const { source, events } = await loaded();
    const held = source.current();
    server.answer = remote.keys('first', 'second');
    now += FRESH_MS;
    for (let i = 0; i < 100; i += 1) assert.equal(source.current(), held);
    await landed(source);
    assert.deepEqual(kidsOf(source.current()), ['first', 'second']);
    assert.equal(server.requests, 2);
    assert.deepEqual(
      events.slice(1).map(([name, { added, removed }]) => [name, added, removed]),
      [
        ['refresh', ['second'], []],
        ['rotate', ['second'], []],
      ],
    );
  });

  it('no longer has a key that was removed from the set', async () => {
    server.answer = remote.keys('first', 'leaked');
    const { source, events } = await loaded();
    server.answer = remote.keys('first');
    now += FRESH_MS;
    source.current();
    await landed(source);
    assert.deepEqual(kidsOf(source.current()), ['first']);
    assert.deepEqual(events.at(-1)?.slice(0, 1), ['rotate']);
    assert.deepEqual(events.at(-1)?.[1].removed, ['leaked']);
    assert.deepEqual(kidsOf(await source.refresh('unknown-kid', 'leaked')), ['first']);
  });

  it('tells of no rotation when the ids are the same', async () => {
    const { source, events } = await loaded();
    now += FRESH_MS;
    source.current();
    await landed(source);
    assert.deepEqual(
      events.map(([name]) => name),
      ['refresh', 'refresh'],
    );
  });

  it('asks before it uses keys that nobody asked for in a long time', async () => {
    server.answer = remote.keys('first', 'leaked');
    const { source } = await loaded();
    server.answer = remote.keys('first');
    now += 2 * FRESH_MS;
    assert.equal(source.current(), undefined);
    assert.deepEqual(kidsOf(await source.refresh('missing')), ['first']);
    assert.equal(server.requests, 2);
  });

  it('uses them after all when it asked in vain', async () => {
    const { source } = await loaded();
    server.answer = remote.status(503);
    now += STALE_MS;
    assert.equal(source.current(), undefined);
    assert.deepEqual(kidsOf(await source.refresh('missing')), ['first']);
    assert.deepEqual(kidsOf(source.current()), ['first']);
  });

  it('keeps stale keys for staleForMs while every refresh fails, drops them then, and recovers', async () => {
    const { source, events } = await loaded();
    const end = now + FRESH_MS + STALE_MS;
    server.answer = remote.status(500);
    while (now < end - 60_000) {
      now += 60_000;
      const failures = server.requests;
      assert.deepEqual(kidsOf(source.current()), ['first'], 'nobody ever waits');
      await source.refresh('unknown-kid', `kid-${now}`);
      assert.ok(server.requests - failures <= 1);
    }
    assert.ok(events.slice(1).every(([name]) => name === 'refresh-failed'));
    assert.ok(events.at(-1)?.[1].isStale);
    // Some 1,450 minutes at one attempt in five, not one a minute.
    assert.ok(server.requests < 320, `${server.requests} requests`);
    now = end - 1;
    assert.notEqual(source.current(), undefined);
    now = end;
    assert.equal(source.current(), undefined);
    await assert.rejects(source.refresh('missing'), { ...UNAVAILABLE, reason: 'status' });
    server.answer = remote.keys('second');
    now += 5 * 60_000;
    assert.deepEqual(kidsOf(await source.refresh('missing')), ['second']);
    assert.deepEqual(events.at(-1)?.[1].removed, ['first']);
  });

  it('does not use keys whose end came while a refresh failed', async () => {
    const { source } = await loaded({
      prefetch: false,
      fetch: async (/** @type {string} */ url, /** @type {any} */ init) => {
        if (server.requests === 0) return fetch(url, init);
        now += 2;
        throw new Error('gone');
      },
    });
    now += FRESH_MS + STALE_MS - 1;
    await assert.rejects(source.refresh('missing'), { ...UNAVAILABLE, reason: 'network' });
  });

  it('drops keys at the end of their freshness where staleForMs is 0', async () => {
    const { source } = await loaded({ staleForMs: 0 });
    server.answer = remote.status(500);
    now += FRESH_MS - 1;
    assert.notEqual(source.current(), undefined);
    now += 1;
    assert.equal(source.current(), undefined);
    await assert.rejects(source.refresh('missing'), UNAVAILABLE);
  });

  it('takes no notice of a wall clock that is set', async (t) => {
    const { source } = await loaded({ monotonic: undefined });
    for (const wall of [0, Date.now() + 10 * STALE_MS]) {
      t.mock.method(Date, 'now', () => wall);
      assert.deepEqual(kidsOf(source.current()), ['first']);
    }
    assert.equal(server.requests, 1);
  });

  it('has neither keys nor a fetch where its clock answers no number', async () => {
    const { source } = await loaded();
    now = NaN;
    for (let i = 0; i < 10; i += 1) assert.equal(source.current(), undefined);
    await assert.rejects(source.refresh('unknown-kid', 'other'), UNAVAILABLE);
    assert.equal(server.requests, 1);
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
      server.answer = remote.text('{"keys":[{"kid":"first"}]}', headers);
      let fetches = 0;
      const counted = (/** @type {string} */ url, /** @type {any} */ init) => {
        fetches += 1;
        return fetch(url, init);
      };
      const { source } = await loaded({ cooldownMs: 1_000, fetch: counted });
      now += freshMs - 1;
      source.current();
      assert.equal(fetches, 1);
      now += 1;
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
    const { source } = await loaded();
    server.answer = remote.keys('second');
    now += COOLDOWN_MS - 1;
    assert.deepEqual(kidsOf(await source.refresh('unknown-kid', 'second')), ['first']);
    assert.equal(server.requests, 1);
    now += 1;
    assert.deepEqual(kidsOf(await source.refresh('unknown-kid', 'second')), ['second']);
    assert.equal(server.requests, 2);
  });

  it('holds after a failure too', async () => {
    server.answer = remote.status(500);
    const { source } = open();
    await assert.rejects(source.ready(), UNAVAILABLE);
    server.answer = remote.keys('first');
    now += COOLDOWN_MS - 1;
    for (let i = 0; i < 50; i += 1) {
      assert.equal(source.current(), undefined);
      await assert.rejects(source.refresh('missing'), { ...UNAVAILABLE, reason: 'status' });
    }
    assert.equal(server.requests, 1);
    now += 1;
    assert.deepEqual(kidsOf(await source.refresh('missing')), ['first']);
  });

  it('recovers after an outage, at the address where it was', async () => {
    const own = await new remote.JwksServer().listen();
    const { source, events } = await loaded({ url: own.url });
    await own.close();
    now += FRESH_MS;
    source.current();
    await landed(source);
    assert.equal(events.at(-1)?.[1].error.reason, 'network');
    const back = new remote.JwksServer();
    back.answer = remote.keys('second');
    await back.listen(own.port);
    now += COOLDOWN_MS;
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
    server.answer = remote.text('{"keys":[{"kid":"first"}]}', { 'cache-control': 'max-age=30' });
    const { source } = await loaded({ staleForMs: 0, cooldownMs: 120_000 });
    now += 119_999;
    assert.notEqual(source.current(), undefined);
  });
});

describe('jwks unknown key ids', () => {
  it('makes at most one fetch per cooldown of a flood of 2,000 random ids', async () => {
    const { source } = await loaded();
    const held = source.current();
    const step = 100;
    const flood = Array.from({ length: 2_000 }, (_, i) => `random-${i}-${Math.random()}`);
    for (const kid of flood) {
      now += step;
      await source.refresh('unknown-kid', kid);
    }
    const most = Math.floor((flood.length * step) / COOLDOWN_MS) + 1;
    assert.ok(server.requests <= most && server.requests >= most - 1, `${server.requests} fetches, not ${most}`);
    assert.deepEqual(kidsOf(source.current()), kidsOf(held));
  });

  it('makes one fetch of 2,000 random ids at once', async () => {
    const { source } = await loaded();
    now += COOLDOWN_MS;
    await Promise.all(Array.from({ length: 2_000 }, (_, i) => source.refresh('unknown-kid', `random-${i}`)));
    assert.equal(server.requests, 2);
  });

  it('keeps nobody with a known id waiting while the flood waits for an endpoint that stalls', async () => {
    const { source, events } = await loaded({ timeoutMs: 300 });
    server.answer = remote.stall;
    now += COOLDOWN_MS;
    const flood = Array.from({ length: 2_000 }, (_, i) => source.refresh('unknown-kid', `random-${i}`));
    assert.deepEqual(kidsOf(source.current()), ['first']);
    assert.deepEqual(kidsOf(await source.refresh('unknown-kid', 'first')), ['first']);
    assert.equal(events.length, 1, 'the fetch is still running');
    await Promise.all(flood);
    assert.equal(server.requests, 2);
  });

  it('asks once for an id that a fetch did not bring, until its entry ends', async () => {
    const { source } = await loaded();
    now += COOLDOWN_MS;
    await source.refresh('unknown-kid', 'retired');
    assert.equal(server.requests, 2);
    now += 59_999;
    await source.refresh('unknown-kid', 'retired');
    assert.equal(server.requests, 2);
    now += 1;
    await source.refresh('unknown-kid', 'retired');
    assert.equal(server.requests, 3);
  });

  it('does not keep an id out once a set brings it, though it was asked for too early', async () => {
    const { source } = await loaded();
    now += COOLDOWN_MS;
    await source.refresh('unknown-kid', 'next');
    server.answer = remote.keys('first', 'next');
    now += COOLDOWN_MS;
    await source.refresh('unknown-kid', 'another');
    assert.deepEqual(kidsOf(source.current()), ['first', 'next']);
  });

  it('does not remember an id that a failed fetch could not bring', async () => {
    const { source } = await loaded();
    server.answer = remote.status(500);
    now += COOLDOWN_MS;
    await source.refresh('unknown-kid', 'second');
    server.answer = remote.keys('second');
    now += COOLDOWN_MS;
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
    const { source } = await loaded();
    now += COOLDOWN_MS;
    for (const kid of ['k'.repeat(1_025), 'é'.repeat(513), 'k'.repeat(1024 * 1024)]) {
      assert.deepEqual(kidsOf(await source.refresh('unknown-kid', kid)), ['first']);
      const unknown = new UnknownKids(1_000);
      unknown.add(kid, 0);
      assert.equal(unknown.size, 0);
    }
    assert.equal(server.requests, 1);
    await source.refresh('unknown-kid', 'k'.repeat(1_024));
    assert.equal(server.requests, 2);
  });

  it('fetches for a token without an id, once per cooldown', async () => {
    const { source } = await loaded();
    for (let i = 0; i < 10; i += 1) {
      now += COOLDOWN_MS / 5;
      await source.refresh('unknown-kid');
    }
    assert.equal(server.requests, 3);
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
        now = 0;
        let [succeededAt, endedAt, failedSince] = [-Infinity, -Infinity, false];
        let [works, takesMs, tooEarly] = [true, 0, false];
        const { source } = open({
          fetch: async () => {
            tooEarly ||= now < endedAt + COOLDOWN_MS;
            now += takesMs;
            endedAt = now;
            failedSince = !works;
            if (works) succeededAt = now;
            return works ? new Response('{"keys":[{"kid":"first"}]}') : new Response(null, { status: 500 });
          },
        });
        for (const { laterMs, kid, ...next } of steps) {
          now += laterMs;
          ({ works, takesMs } = next);
          await source.refresh(kid === undefined ? 'missing' : 'unknown-kid', kid).catch(() => {});
          await new Promise((resolve) => setImmediate(resolve));
          const held = source.current();
          assert.equal(tooEarly, false);
          if (held === undefined) continue;
          assert.ok(now < succeededAt + FRESH_MS + STALE_MS);
          assert.ok(failedSince || now < succeededAt + 2 * FRESH_MS);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('jwks issuers', () => {
  /** @type {remote.JwksServer} */
  let second;
  before(async () => {
    second = await new remote.JwksServer().listen();
  });
  beforeEach(() => {
    second.requests = 0;
    second.answer = remote.keys('of-b');
    server.answer = remote.keys('of-a');
  });
  after(() => second.close());

  const A = 'https://a.example/';
  const B = 'https://b.example/';
  /** @param {any[]} [list] */
  const two = (
    list = [
      { issuer: A, url: server.url },
      { issuer: B, url: second.url },
    ],
  ) => createIssuers(list, (options) => open({ ...options }).source);

  it('gives each issuer a source of its own, and never mixes their keys', async () => {
    const issuers = two();
    for (const source of issuers.sources) await source.ready();
    assert.deepEqual(kidsOf(issuers.of(A).current()), ['of-a']);
    assert.deepEqual(kidsOf(issuers.of(B).current()), ['of-b']);
    now += COOLDOWN_MS;
    assert.deepEqual(kidsOf(await issuers.of(A).refresh('unknown-kid', 'of-b')), ['of-a']);
    assert.deepEqual([server.requests, second.requests], [2, 1]);
  });

  it('lets one whose endpoint fails cost the other nothing', async () => {
    server.answer = remote.stall;
    const issuers = createIssuers(
      [
        { issuer: A, url: server.url, timeoutMs: 200 },
        { issuer: B, url: second.url },
      ],
      (options) => open(options).source,
    );
    const failing = assert.rejects(issuers.of(A).ready(), UNAVAILABLE);
    assert.deepEqual(kidsOf(await issuers.of(B).refresh('missing')), ['of-b']);
    await failing;
  });

  const UNKNOWN = ['', 'https://a.example', `${A} `, `${A}\0`, A.toUpperCase(), `${A}:${B}`, `${A},${B}`, '__proto__'];
  for (const issuer of [...UNKNOWN, 'constructor', undefined, null, 5, [A], { toString: () => A }]) {
    it(`rejects the issuer ${JSON.stringify(issuer)} without a fetch`, () => {
      const issuers = two();
      assert.throws(() => issuers.of(issuer), { name: 'PortcullisError', code: 'ERR_JWT_ISSUER', status: 401 });
      assert.deepEqual([server.requests, second.requests], [0, 0]);
    });
  }

  it('takes __proto__ for an issuer like any other', () => {
    const issuers = two([{ issuer: '__proto__', url: server.url }]);
    assert.equal(issuers.of('__proto__'), issuers.sources[0]);
    assert.throws(() => issuers.of('constructor'), { code: 'ERR_JWT_ISSUER' });
  });

  it('rejects lists that name no issuer, or one twice', () => {
    const url = 'https://a.example/keys';
    const LISTS = [[], {}, 'x', [null], [undefined], [[]], [{ url }], [{ issuer: '', url }], [{ issuer: /a/, url }]];
    for (const list of [
      ...LISTS,
      [{ issuer: '\ud800', url }],
      [
        { issuer: A, url },
        { issuer: A, url: `${url}2` },
      ],
    ]) {
      assert.throws(() => two(/** @type {any} */ (list)), { name: 'TypeError', code: 'ERR_JWT_OPTION' });
    }
  });

  it('closes the sources before a faulty one', () => {
    /** @type {any[]} */
    const made = [];
    const make = (/** @type {any} */ options) => {
      const { source } = open(options);
      made.push(source);
      return source;
    };
    assert.throws(
      () =>
        createIssuers(
          [
            { issuer: A, url: server.url },
            { issuer: B, url: 'http://b.example' },
          ],
          make,
        ),
      {
        code: 'ERR_JWT_OPTION',
      },
    );
    return assert.rejects(made[0].ready(), { ...UNAVAILABLE, reason: 'closed' });
  });
});

describe('jwks close and process', () => {
  it('ends a running fetch, without an event, and begins no other', { timeout: DEADLINE_MS }, async () => {
    server.answer = remote.stall;
    const { source, events } = open({ prefetch: true, timeoutMs: 60_000 });
    const waiting = assert.rejects(source.ready(), { ...UNAVAILABLE, reason: 'closed' });
    await until(() => server.requests === 1);
    source.close();
    await waiting;
    now += STALE_MS;
    await assert.rejects(source.refresh('missing'), { ...UNAVAILABLE, reason: 'closed' });
    assert.deepEqual(events, []);
    assert.equal(server.requests, 1);
  });

  it('goes on with its keys for the requests that are still there', async () => {
    const { source } = await loaded();
    source.close();
    assert.deepEqual(kidsOf(source.current()), ['first']);
    assert.deepEqual(kidsOf(await source.refresh('unknown-kid', 'other')), ['first']);
    now += 2 * FRESH_MS;
    assert.equal(source.current(), undefined);
    assert.equal(server.requests, 1);
  });

  it('keeps the keys when a listener throws, and says so', async () => {
    const { source } = open();
    source.on('refresh', () => {
      throw new Error('the log is full');
    });
    const warned = once(process, 'warning');
    await source.ready();
    const [warning] = await warned;
    assert.equal(warning.code, 'WRN_JWT_JWKS_LISTENER');
    assert.deepEqual(kidsOf(source.current()), ['first']);
  });

  const MODULE = JSON.stringify(join(__dirname, '../../lib/jwt/jwks/source'));
  /** @param {string} code */
  const program = (code) => `
    const { createJwksSource } = require(${MODULE});
    const prepare = ({ keys }) => ({ keyIds: new Set(keys.map(({ kid }) => kid)) });
    ${code}`;

  it('lets the process end with an open source', async () => {
    const code = program(`
      const source = createJwksSource({ url: '${server.url}' }, prepare);
      source.ready().then(() => console.log('loaded'));`);
    const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.on('data', (data) => {
      printed += data;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    const [exitCode, signal] = await once(child, 'close');
    clearTimeout(timer);
    assert.deepEqual([exitCode, signal, printed], [0, null, 'loaded\n']);
  });

  it('lets the process end at once while a fetch of the user never settles', () => {
    const code = program(`
      const fetch = () => new Promise(() => {});
      createJwksSource({ url: 'https://issuer.example/', fetch, timeoutMs: 60_000 }, prepare);`);
    execFileSync(process.execPath, ['-e', code], { timeout: 10_000 });
  });

  it('holds the process no longer than timeoutMs while an endpoint stalls', async () => {
    server.answer = remote.stall;
    const code = program(`createJwksSource({ url: '${server.url}', timeoutMs: 200 }, prepare);`);
    const child = spawn(process.execPath, ['-e', code], { stdio: 'inherit' });
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    assert.deepEqual(await once(child, 'close'), [0, null]);
    clearTimeout(timer);
  });

  it('lets the process end with an endpoint that cannot be reached, and rejects nothing that nobody hears', () => {
    const code = program(`
      createJwksSource({ url: 'http://127.0.0.1:9/' }, prepare);
      const idle = createJwksSource({ url: 'https://issuer.example/', prefetch: false }, prepare);
      idle.close();`);
    execFileSync(process.execPath, ['--unhandled-rejections=strict', '-e', code], { timeout: 10_000 });
  });
});
