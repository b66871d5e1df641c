// @ts-check
'use strict';

// A verifier whose keys come from a real endpoint: what a token meets on the way, and that issuers never mix.

const assert = require('node:assert/strict');
const { generateKeyPairSync } = require('node:crypto');
const { after, before, beforeEach, describe, it } = require('node:test');

const { createSigner, createVerifier } = require('../..');
const remote = require('../support/jwks-server');

const COOLDOWN_MS = 30_000;

/** @param {string} kid */
function pair(kid) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' }, sign: signerOf(privateKey, kid) };
}

/** @param {import('node:crypto').KeyObject} key @param {string} keyId */
const signerOf = (key, keyId) => createSigner({ key, keyId }).sign;

const [FIRST, SECOND, OTHER] = [pair('first'), pair('second'), pair('other')];
const refused = (/** @type {string} */ code, status = 401) => ({ name: 'PortcullisError', code, status });

describe('jwt with remote keys', () => {
  /** @type {remote.JwksServer} */
  let server;
  /** @type {number} */
  let now;
  /** @type {any[]} */
  let open = [];

  before(async () => {
    server = await new remote.JwksServer().listen();
  });
  after(() => server.close());
  beforeEach(() => {
    for (const verifier of open) verifier.close();
    open = [];
    now = 0;
    server.requests = 0;
    serve(FIRST);
  });

  /** @param {Array<{ jwk: any }>} pairs */
  function serve(...pairs) {
    server.answer = remote.text(JSON.stringify({ keys: pairs.map(({ jwk }) => jwk) }));
  }

  /** @param {Record<string, any>} [jwks] @param {Record<string, any>} [options] */
  function verifierOf(jwks = {}, options = {}) {
    const verifier = createVerifier({ jwks: { url: server.url, monotonic: () => now, ...jwks }, ...options });
    open.push(verifier);
    return verifier;
  }

  it('verifies at once when the keys are there, and tells 503 before that', async () => {
    const verifier = verifierOf({ prefetch: false });
    const token = FIRST.sign({ sub: 'ada' });
    assert.equal(verifier.isRemote, true);
    assert.throws(() => verifier.verify(token), refused('ERR_JWT_KEYS_UNAVAILABLE', 503));
    await verifier.ready();
    assert.equal(verifier.verify(token).sub, 'ada');
    assert.equal(server.requests, 1);
  });

  it('tells why there are no keys, whether the caller waits or not', async () => {
    server.answer = (_req, res) => res.writeHead(500).end();
    const verifier = verifierOf();
    const unavailable = {
      ...refused('ERR_JWT_KEYS_UNAVAILABLE', 503),
      reason: 'status',
      message: /^the keys of http.* are not available: the response has status 500, not 200$/,
    };
    await assert.rejects(verifier.verifyAsync(FIRST.sign({})), unavailable);
    assert.throws(() => verifier.verify(FIRST.sign({})), unavailable);
  });

  it('counts a key once that a set holds twice', async () => {
    serve(FIRST, SECOND, FIRST);
    const verifier = verifierOf();
    await verifier.ready();
    for (const one of [FIRST, SECOND]) assert.equal(verifier.verify(one.sign({ sub: 'ada' })).sub, 'ada');
  });

  it('serves the other keys of a set where two different keys share an id', async () => {
    const twin = pair('first');
    serve(FIRST, SECOND, twin);
    const verifier = verifierOf();
    await verifier.ready();
    assert.equal(verifier.verify(SECOND.sign({ sub: 'ada' })).sub, 'ada');
    for (const one of [FIRST, twin]) {
      assert.throws(() => verifier.verify(one.sign({ sub: 'ada' })), refused('ERR_JWT_KEY_UNKNOWN'));
    }
  });

  it('serves the key with an id beside two keys without one', async () => {
    const [a, b] = [pair('a'), pair('b')];
    for (const one of [a, b]) delete one.jwk.kid;
    serve(a, FIRST, b);
    const verifier = verifierOf();
    await verifier.ready();
    assert.equal(verifier.verify(FIRST.sign({ sub: 'ada' })).sub, 'ada');
    assert.throws(() => verifier.verify(a.sign({ sub: 'ada' })), refused('ERR_JWT_KEY_UNKNOWN'));
  });

  it('says so where no key of a set can be told apart', async () => {
    serve(FIRST, pair('first'));
    const verifier = verifierOf({ prefetch: false });
    await assert.rejects(verifier.ready(), (/** @type {any} */ error) => {
      assert.match(error.cause.cause.message, /share one "kid"/);
      return error.code === 'ERR_JWT_KEYS_UNAVAILABLE';
    });
  });

  it('reads a set behind a byte order mark', async () => {
    server.answer = remote.text(`\ufeff${JSON.stringify({ keys: [FIRST.jwk] })}`);
    const verifier = verifierOf();
    await verifier.ready();
    assert.equal(verifier.verify(FIRST.sign({ sub: 'ada' })).sub, 'ada');
  });

  it('names "jwks_uri" where the address is that of an OpenID discovery document', async () => {
    const discovery = { issuer: 'https://id.example', jwks_uri: 'https://id.example/keys?token=secret' };
    server.answer = remote.text(JSON.stringify(discovery));
    const verifier = verifierOf({ prefetch: false });
    await assert.rejects(verifier.ready(), {
      ...refused('ERR_JWT_KEYS_UNAVAILABLE', 503),
      message: /discovery document.*pass its "jwks_uri" \(https:\/\/id\.example\/keys\) as "url"/,
    });
  });

  it('waits for the keys where it may', async () => {
    const verifier = verifierOf({ prefetch: false });
    const tokens = [FIRST.sign({ sub: 'a' }), 'x.y.z', FIRST.sign({ sub: 'b' })];
    assert.equal((await verifier.verifyAsync(tokens[0])).sub, 'a');
    const fresh = verifierOf({ prefetch: false });
    const results = await fresh.verifyMany(tokens);
    assert.deepEqual(
      results.map((result) => (result.ok ? result.claims.sub : result.error.code)),
      ['a', 'ERR_JWT_MALFORMED', 'b'],
    );
    assert.equal(server.requests, 2);
  });

  it('finds a new key once the cooldown has passed, and refuses the one that is gone', async () => {
    const verifier = verifierOf();
    await verifier.ready();
    serve(SECOND);
    const token = SECOND.sign({});
    await assert.rejects(verifier.verifyAsync(token), refused('ERR_JWT_KEY_UNKNOWN'));
    assert.equal(server.requests, 1);
    const old = FIRST.sign({});
    assert.ok(verifier.verify(old));
    now = COOLDOWN_MS;
    assert.ok(await verifier.verifyAsync(token));
    assert.equal(server.requests, 2);
    // It was cached under the old keys.
    assert.throws(() => verifier.verify(old), refused('ERR_JWT_KEY_UNKNOWN'));
  });

  it('looks for a new key in the background when a token was refused without waiting', async () => {
    const verifier = verifierOf();
    await verifier.ready();
    serve(FIRST, SECOND);
    now = COOLDOWN_MS;
    const token = SECOND.sign({});
    const rotated = new Promise((resolve) => verifier.on('rotate', resolve));
    assert.throws(() => verifier.verify(token), refused('ERR_JWT_KEY_UNKNOWN'));
    assert.deepEqual(/** @type {any} */ (await rotated).added, ['second']);
    assert.ok(verifier.verify(token));
  });

  it('fetches once per cooldown however many unknown key ids come, and serves the known meanwhile', async () => {
    const verifier = verifierOf();
    await verifier.ready();
    now = COOLDOWN_MS;
    const flood = Array.from({ length: 300 }, (_, at) => `${header(`kid-${at}`)}.e30.AAAA`);
    const results = await verifier.verifyMany([...flood, FIRST.sign({})]);
    assert.equal(results.filter((result) => result.ok).length, 1);
    assert.equal(server.requests, 2);
  });

  /** @param {string} kid */
  const header = (kid) => Buffer.from(JSON.stringify({ alg: 'ES256', kid })).toString('base64url');

  it('keeps what it verified when the same set comes again', async () => {
    const verifier = verifierOf();
    await verifier.ready();
    const token = FIRST.sign({ sub: 'ada' });
    const claims = verifier.verify(token);
    now = 601_000;
    const refreshed = new Promise((resolve) => verifier.on('refresh', resolve));
    assert.equal(verifier.verify(token), claims);
    await refreshed;
    assert.equal(verifier.verify(token), claims);
  });

  describe('of several issuers', () => {
    /** @type {remote.JwksServer} */
    let second;
    before(async () => {
      second = await new remote.JwksServer().listen();
      second.answer = remote.text(JSON.stringify({ keys: [OTHER.jwk, { ...FIRST.jwk, kid: 'unused' }] }));
    });
    after(() => second.close());

    /** @returns {any} */
    function both() {
      const clocked = { monotonic: () => now };
      const jwks = [
        { issuer: 'https://a.example', url: server.url, ...clocked },
        { issuer: 'https://b.example', url: /** @type {string} */ (second.url), ...clocked },
      ];
      const verifier = createVerifier({ jwks });
      open.push(verifier);
      return verifier;
    }

    it('uses the keys of the issuer that the token names, and of no other', async () => {
      const verifier = both();
      await verifier.ready();
      assert.ok(verifier.verify(FIRST.sign({ iss: 'https://a.example' })));
      assert.ok(await verifier.verifyAsync(OTHER.sign({ iss: 'https://b.example' })));
      const crossed = [
        [FIRST.sign({ iss: 'https://b.example' }), 'ERR_JWT_KEY_UNKNOWN'],
        [OTHER.sign({ iss: 'https://a.example' }), 'ERR_JWT_KEY_UNKNOWN'],
        [FIRST.sign({ iss: 'https://c.example' }), 'ERR_JWT_ISSUER'],
        [FIRST.sign({ iss: '__proto__' }), 'ERR_JWT_ISSUER'],
        [FIRST.sign({ iss: 'https://a.example/' }), 'ERR_JWT_ISSUER'],
        [FIRST.sign({}), 'ERR_JWT_ISSUER'],
        ['.'.repeat(9000), 'ERR_JWT_TOO_LARGE'],
        ['a.b.c', 'ERR_JWT_MALFORMED'],
      ];
      for (const [token, code] of crossed) assert.throws(() => verifier.verify(token), refused(code), token);
      const results = await verifier.verifyMany(crossed.map(([token]) => token));
      assert.deepEqual(
        results.map((/** @type {any} */ result) => result.error.code),
        crossed.map(([, code]) => code),
      );
    });

    it('goes on with one issuer while the other is down', async () => {
      const verifier = both();
      await verifier.ready();
      const healthy = second.answer;
      second.answer = remote.status(500);
      now = 900_000;
      assert.ok(await verifier.verifyAsync(FIRST.sign({ iss: 'https://a.example' })));
      assert.ok(await verifier.verifyAsync(OTHER.sign({ iss: 'https://b.example' })));
      second.answer = healthy;
    });
  });

  describe('set-up', () => {
    const REFUSED_OPTIONS = {
      'an address that is no URL': [{ jwks: 'nowhere' }, 'ERR_JWT_OPTION'],
      'plain HTTP to another host': [{ jwks: 'http://id.example/keys' }, 'ERR_JWT_OPTION'],
      'an algorithm of secrets': [{ jwks: 'https://id.example/keys', algorithms: ['HS256'] }, 'ERR_JWT_KEY_ALGORITHM'],
      'an unknown algorithm': [{ jwks: 'https://id.example/keys', algorithms: ['RS1'] }, 'ERR_JWT_KEY_ALGORITHM'],
      'a bad policy': [{ jwks: 'https://id.example/keys', clockToleranceSeconds: -1 }, 'ERR_JWT_OPTION_RANGE'],
      'a pattern that is not anchored': [{ jwks: 'https://id.example/keys', audience: /x/ }, 'ERR_JWT_OPTION'],
      'an issuer beside a list of issuers': [
        { jwks: [{ issuer: 'a', url: 'https://id.example/keys' }], issuer: 'a' },
        'ERR_JWT_OPTION',
      ],
      'an empty list of issuers': [{ jwks: [] }, 'ERR_JWT_OPTION'],
      'a key beside it': [{ jwks: 'https://id.example/keys', key: FIRST.jwk }, 'ERR_JWT_OPTION'],
      'a set of shared secrets': [
        { jwks: { keys: [{ kty: 'oct', k: Buffer.alloc(32).toString('base64url') }] } },
        'ERR_JWT_KEY',
      ],
      'a set with a private key': [{ jwks: { keys: [{ ...FIRST.jwk, d: 'AQAB' }] } }, 'ERR_JWT_KEY'],
      'a set of keys for encryption': [{ jwks: { keys: [{ ...FIRST.jwk, use: 'enc' }] } }, 'ERR_JWT_KEY'],
    };
    for (const [name, [options, code]] of Object.entries(REFUSED_OPTIONS)) {
      it(`refuses ${name}`, () => {
        assert.throws(
          () => createVerifier(/** @type {any} */ (options)),
          (/** @type {any} */ error) => error.code === code,
        );
      });
    }

    it('takes a set that stands in the options, and passes over keys for other work', () => {
      const keys = [{ ...OTHER.jwk, use: 'enc' }, FIRST.jwk, { kty: 'unknown' }, { ...SECOND.jwk, alg: 'ECDH-ES' }];
      const verifier = createVerifier({ jwks: { keys } });
      assert.equal(verifier.isRemote, false);
      assert.ok(verifier.verify(FIRST.sign({})));
      assert.throws(() => verifier.verify(OTHER.sign({})), refused('ERR_JWT_KEY_UNKNOWN'));
      assert.throws(() => verifier.verify(SECOND.sign({})), refused('ERR_JWT_KEY_UNKNOWN'));
    });
  });
});
