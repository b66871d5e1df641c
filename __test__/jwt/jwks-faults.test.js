// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { FRESH_MS, UNAVAILABLE, kidsOf, landed, prepare, useRig } = require('../support/jwks-rig');
const { until } = require('../support/until');
const remote = require('../support/jwks-server');

const rig = useRig();

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
    'redirects to another host': ['redirect', remote.redirect((path) => `${other}:${rig.server.port}${path}`)],
    'redirects to another port': ['redirect', remote.redirect(() => 'http://127.0.0.1:9/keys')],
    'redirects to another scheme': [
      'redirect',
      remote.redirect((path) => `https://127.0.0.1:${rig.server.port}${path}`),
    ],
    'redirects to a host without a scheme': ['redirect', remote.redirect(() => `//localhost:${rig.server.port}/keys`)],
    'redirects to credentials': [
      'redirect',
      remote.redirect(() => `http://ada:word@127.0.0.1:${rig.server.port}/keys`),
    ],
    'redirects to a data URL': ['redirect', remote.redirect(() => 'data:application/json,{"keys":[{"kid":"a"}]}')],
    'redirects to nowhere': ['redirect', (_req, res) => res.writeHead(302).end()],
    'redirects to no URL': ['redirect', remote.redirect(() => 'http://[')],
    'redirects in a loop': ['redirect', remote.redirect((path) => path)],
  };
  for (const [name, [reason, answer]] of Object.entries(FAULTS)) {
    it(`keeps the keys and tells why when the endpoint ${name}`, { timeout: 10_000 }, async () => {
      const { source, events } = await rig.loaded({ timeoutMs: 2_000 });
      const held = source.current();
      rig.server.answer = answer;
      rig.now += FRESH_MS;
      assert.equal(source.current(), held, 'nobody waits for the refresh');
      await landed(source);
      const [event, { url, error, isStale }] = events.at(-1) ?? [];
      assert.deepEqual(
        [event, url, error.code, error.reason, isStale],
        ['refresh-failed', rig.server.url, UNAVAILABLE.code, reason, true],
      );
      assert.equal(source.current(), held);
      assert.ok(rig.server.requests <= 4);
    });
  }

  it('names what refused the connection', async () => {
    const gone = await new remote.JwksServer().listen();
    await gone.close();
    const { source } = rig.open({ url: gone.url });
    await assert.rejects(source.ready(), { ...UNAVAILABLE, reason: 'network', message: /ECONNREFUSED/ });
  });

  it('keeps the keys when the new ones cannot be prepared', async () => {
    const fault = new Error('RSA keys need 2,048 bits');
    const { source, events } = await rig.loaded({}, (/** @type {any} */ jwks) => {
      if (jwks.keys[0].kid === 'weak') throw fault;
      return prepare(jwks);
    });
    const held = source.current();
    rig.server.answer = remote.keys('weak');
    rig.now += FRESH_MS;
    source.current();
    await landed(source);
    const { error } = events.at(-1)?.[1] ?? {};
    assert.deepEqual([error.reason, error.cause], ['unusable', fault]);
    assert.equal(source.current(), held);
  });

  it('ends the connection of an endpoint that stalls', async () => {
    rig.server.answer = remote.stallAfterHeaders;
    await assert.rejects(rig.open({ timeoutMs: 100 }).source.ready(), { reason: 'timeout' });
    await until(() => rig.server.cutShort === 1);
  });

  const LARGE = {
    'that is declared': remote.huge({ declared: true }),
    'that is not declared': remote.huge({ declared: false }),
  };
  for (const [name, answer] of Object.entries(LARGE)) {
    it(`does not read a body of 50 MB ${name}`, { timeout: 10_000 }, async () => {
      rig.server.answer = answer;
      await assert.rejects(rig.open().source.ready(), { ...UNAVAILABLE, reason: 'too-large' });
      await until(() => rig.server.cutShort === 1);
      assert.ok(rig.server.bytesSent < remote.HUGE_BYTES / 5, `${rig.server.bytesSent} bytes were sent`);
    });
  }

  it('does not begin to read what is declared as too large', async () => {
    let isRead = false;
    const body = (async function* () {
      isRead = true;
      yield Buffer.from('{}');
    })();
    const headers = new Headers({ 'content-length': '524289' });
    const { source } = rig.open({ fetch: async () => ({ status: 200, headers, body }) });
    await assert.rejects(source.ready(), { reason: 'too-large' });
    assert.equal(isRead, false);
  });

  it('counts bytes after decompression, and does not unpack more than the bound', async () => {
    rig.server.answer = remote.zipped;
    const before = process.memoryUsage().arrayBuffers;
    await assert.rejects(rig.open().source.ready(), { ...UNAVAILABLE, reason: 'too-large' });
    assert.ok(process.memoryUsage().arrayBuffers - before < remote.HUGE_BYTES / 5);
  });

  it('reads a set of exactly maxBytes and not one byte more', async () => {
    const body = JSON.stringify({ keys: [{ kid: 'a' }] }).padEnd(2_000);
    rig.server.answer = remote.text(body);
    await rig.loaded({ maxBytes: 2_000 });
    await assert.rejects(rig.open({ maxBytes: 1_999 }).source.ready(), { reason: 'too-large' });
  });

  it('follows two redirects within the origin, with its headers', async () => {
    rig.server.answer = (req, res) => {
      if (req.url === '/keys') return remote.redirect(() => '/keys/v2', 308)(req, res);
      if (req.url === '/keys/v2') return remote.redirect(() => 'v3', 302)(req, res);
      return remote.keys('moved')(req, res);
    };
    const { source } = await rig.loaded({ headers: { 'x-key': 'abc' } });
    assert.deepEqual(kidsOf(source.current()), ['moved']);
    assert.deepEqual(
      rig.server.headers.map((headers) => headers['x-key']),
      ['abc', 'abc', 'abc'],
    );
  });

  it('shows neither the query nor the headers in what it says', async () => {
    rig.server.answer = remote.status(500);
    const { source, events } = rig.open({ url: `${rig.server.url}?api=hidden`, headers: { 'x-key': 'hidden' } });
    const error = await source.ready().then(undefined, (/** @type {any} */ caught) => caught);
    assert.doesNotMatch(require('node:util').inspect([error, events], { depth: 9 }), /hidden/);
  });
});
