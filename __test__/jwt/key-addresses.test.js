// @ts-check
'use strict';

// Keys that are published at one address each, as the load balancers of a cloud do.

const assert = require('node:assert/strict');
const { generateKeyPairSync, randomUUID, sign } = require('node:crypto');
const { after, afterEach, before, beforeEach, describe, it } = require('node:test');

const { createSigner, createVerifier } = require('../..');
const { JwksServer } = require('../support/jwks-server');

const COOLDOWN_MS = 30_000;
const UNAVAILABLE = { name: 'PortcullisError', code: 'ERR_JWT_KEYS_UNAVAILABLE', status: 503 };
const UNKNOWN = { name: 'PortcullisError', code: 'ERR_JWT_KEY_UNKNOWN', status: 401 };

/** A key of the endpoint. @param {string} [kid] */
function pair(kid = randomUUID()) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = createSigner({ key: privateKey, keyId: kid });
  return { kid, publicKey, privateKey, token: (sub = 'ada') => signer.sign({ sub }) };
}

const pem = (/** @type {import('node:crypto').KeyObject} */ key) => String(key.export({ type: 'spki', format: 'pem' }));

describe('jwt keys at one address each', () => {
  /** @type {JwksServer} */ let server;
  /** @type {number} */ let now;
  /** @type {any} */ let verifier;
  /** The status of every response, unless 0. */ let failing = 0;
  /** What the endpoint has, by key id. @type {Map<string, string>} */ const published = new Map();

  before(async () => {
    server = await new JwksServer().listen();
    server.answer = (req, res) => {
      const body = published.get(/** @type {string} */ (req.url).slice('/keys/'.length));
      res.writeHead(failing || (body === undefined ? 404 : 200)).end(body);
    };
  });
  after(() => server.close());
  beforeEach(() => {
    now = 0;
    server.requests = 0;
    published.clear();
    verifier = open();
  });
  afterEach(() => verifier.close());

  /** @param {Record<string, any>} [jwks] @param {Record<string, any>} [options] */
  function open(jwks = {}, options = {}) {
    return createVerifier({ jwks: { url: `${server.url}/{kid}`, monotonic: () => now, ...jwks }, ...options });
  }

  it('fetches each key by its id, once, in PEM, as a JWK or as a set', async () => {
    const [a, b, c] = [pair(), pair(), pair()];
    const jwkOf = (/** @type {typeof a} */ one) => ({ ...one.publicKey.export({ format: 'jwk' }), kid: one.kid });
    published.set(a.kid, pem(a.publicKey));
    published.set(b.kid, JSON.stringify(jwkOf(b)));
    published.set(c.kid, JSON.stringify({ keys: [jwkOf(c)] }));
    for (const one of [a, b, c]) {
      assert.equal((await verifier.verifyAsync(one.token())).sub, 'ada');
      assert.equal(verifier.verify(one.token('bob')).sub, 'bob');
    }
    assert.equal(server.requests, 3);
  });

  it('accepts the padded tokens of load balancers with lenientPadding', async () => {
    const one = pair();
    published.set(one.kid, pem(one.publicKey));
    const part = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString('base64');
    const message = `${part({ alg: 'ES256', kid: one.kid, signer: 'arn' })}.${part({ sub: 'ada', exp: 4e9, roles: [] })}`;
    assert.match(message, /=/);
    const signature = sign('sha256', Buffer.from(message), { key: one.privateKey, dsaEncoding: 'ieee-p1363' });
    const token = `${message}.${signature.toString('base64').replaceAll('+', '-').replaceAll('/', '_')}`;
    const lenient = open({}, { lenientPadding: true });
    assert.equal((await lenient.verifyAsync(token)).sub, 'ada');
    await assert.rejects(verifier.verifyAsync(token), { code: 'ERR_JWT_MALFORMED' });
    lenient.close();
  });

  it('never verifies with the key of another address', async () => {
    const [a, b] = [pair(), pair()];
    published.set(a.kid, pem(a.publicKey));
    published.set(b.kid, pem(a.publicKey));
    await assert.rejects(verifier.verifyAsync(b.token()), { code: 'ERR_JWT_SIGNATURE' });
  });

  it('rejects an id that the endpoint does not have, and does not ask for it again for a while', async () => {
    const one = pair();
    await assert.rejects(verifier.verifyAsync(one.token()), UNKNOWN);
    published.set(one.kid, pem(one.publicKey));
    for (let i = 0; i < 5; i++) await assert.rejects(verifier.verifyAsync(one.token()), UNKNOWN);
    assert.equal(server.requests, 1);
    now += 60_000;
    assert.equal((await verifier.verifyAsync(one.token())).sub, 'ada');
  });

  it('rejects tokens of an unknown id alike, one by one and many at once', async () => {
    const [one, other] = [pair(), pair()];
    const results = await verifier.verifyMany([one.token(), other.token(), one.token('bob')]);
    assert.deepEqual(
      results.map((/** @type {any} */ { error }) => error.code),
      [UNKNOWN.code, UNKNOWN.code, UNKNOWN.code],
    );
    assert.throws(() => verifier.verify(other.token()), UNKNOWN);
  });

  for (const status of [429, 500, 503]) {
    it(`tries an id again after a response of status ${status}, which says nothing of the key`, async () => {
      const one = pair();
      published.set(one.kid, pem(one.publicKey));
      failing = status;
      await assert.rejects(verifier.verifyAsync(one.token()), { ...UNAVAILABLE, reason: 'status' });
      failing = 0;
      assert.equal((await verifier.verifyAsync(one.token())).sub, 'ada');
    });
  }

  it('starts at most five fetches in a cooldown, however many ids come, and serves the known ones meanwhile', async () => {
    const known = pair();
    published.set(known.kid, pem(known.publicKey));
    await verifier.verifyAsync(known.token());
    const flood = Array.from({ length: 40 }, () => pair());
    await Promise.allSettled(flood.map((one) => verifier.verifyAsync(one.token())));
    assert.equal(server.requests, 5);
    assert.equal(verifier.verify(known.token('still')).sub, 'still');
    now += COOLDOWN_MS;
    await Promise.allSettled(flood.map((one) => verifier.verifyAsync(one.token())));
    assert.equal(server.requests, 10);
  });

  it('holds at most maxKeys keys', async () => {
    verifier.close();
    verifier = open({ maxKeys: 2 });
    const pairs = [pair(), pair(), pair()];
    for (const one of pairs) {
      published.set(one.kid, pem(one.publicKey));
      await verifier.verifyAsync(one.token());
    }
    await verifier.verifyAsync(pairs[0].token('again'));
    assert.equal(server.requests, 4);
  });

  it('never asks for an id that could name another path', async () => {
    for (const kid of ['..', '../admin', 'a/b', 'a%2fb', 'a?b', '', 'é', 'x'.repeat(129), '{kid}', '__proto__/']) {
      const { token } = pair(kid === '' ? undefined : kid);
      if (kid !== '') await assert.rejects(verifier.verifyAsync(token()), UNKNOWN, kid);
    }
    assert.equal(server.requests, 0);
  });

  it('tries again with the next token after a connection that failed', async () => {
    const one = pair();
    const answer = server.answer;
    server.answer = (req) => req.socket.resetAndDestroy();
    await assert.rejects(verifier.verifyAsync(one.token()), { code: 'ERR_JWT_KEYS_UNAVAILABLE', status: 503 });
    server.answer = answer;
    published.set(one.kid, pem(one.publicKey));
    assert.equal((await verifier.verifyAsync(one.token())).sub, 'ada');
  });

  it('tells of refreshes by events, is ready at once, and fetches nothing after close()', async () => {
    const [a, b] = [pair(), pair()];
    for (const one of [a, b]) published.set(one.kid, pem(one.publicKey));
    /** @type {any[]} */ const events = [];
    verifier.on('refresh', (/** @type {any} */ event) => events.push(event));
    await verifier.ready();
    await verifier.verifyAsync(a.token());
    assert.deepEqual([events.length, events[0].keyIds], [1, [a.kid]]);
    verifier.close();
    await assert.rejects(verifier.verifyAsync(b.token()), UNKNOWN);
    assert.equal(server.requests, 1);
  });

  it('rejects a URL with the id in its host, and other options as ever', () => {
    assert.throws(() => createVerifier({ jwks: 'https://{kid}.example/keys' }), {
      code: 'ERR_JWT_OPTION',
      message: /"jwks\.url" must (have "\{kid\}" in its path|be an absolute https)/,
    });
    assert.throws(() => createVerifier({ jwks: 'http://keys.example/{kid}' }), {
      code: 'ERR_JWT_OPTION',
      message: /https/,
    });
    assert.throws(() => open({ maxKeys: 0 }), { code: 'ERR_JWT_OPTION_RANGE' });
  });
});
