'use strict';

// What the verified-token cache must not change.

const assert = require('node:assert');
const { describe, it } = require('node:test');
const { createKeyRing, createRevocations, createSigner, createVerifier } = require('portcullis');
const { TokenCache } = require('../../lib/jwt/cache');
const { MACS, PAIRS, SECRET, forge } = require('../support/forge');
const { random } = require('../support/random');

const NOW = 1_700_000_000;

function refuses(verifier, token, code, status = 401) {
  assert.throws(() => verifier.verify(token), { name: 'PortcullisError', code, status }, token);
}

/** A token that passes for itself alone, with no claim but these. */
const mint = (claims, header = {}) => forge({ alg: 'HS256', ...header }, claims, 'HS256');

/** A verifier whose clock can be set, in seconds. */
function clocked(options = {}) {
  const time = { now: NOW };
  return { time, verifier: createVerifier({ key: SECRET, ...options, clock: () => time.now * 1000 }) };
}

function verdict(judge) {
  try {
    return JSON.stringify(judge());
  } catch (error) {
    return error.code;
  }
}

describe('jwt cache: what it must not change', () => {
  const CACHES = {
    'as by default': {},
    'with copies': { cache: { copies: true } },
    'of two': { cache: { maxEntries: 2 } },
    off: { cache: false },
  };

  it('isolates callers: what one does to its claims no other sees', async () => {
    const token = mint({ roles: ['user'], deep: { list: [{ a: 1 }], '': [] }, text: 'x' });
    for (const options of Object.values(CACHES)) {
      const { verifier } = clocked(options);
      for (let call = 0; call < 3; call++) {
        const [{ claims }] = await verifier.verifyMany([token]);
        for (const got of [verifier.verify(token), await verifier.verifyAsync(token), claims]) {
          for (const harm of [
            () => got.roles.push('admin'),
            () => (got.roles[0] = 'admin'),
            () => (got.roles.length = 0),
            () => (got.admin = true),
            () => delete got.text,
            () => (got.deep.list[0].a = 2),
            () => got.deep[''].push(1),
            () => Object.setPrototypeOf(got, { admin: true }),
            () => Object.defineProperty(got, 'roles', { value: ['admin'] }),
          ]) {
            try {
              harm();
            } catch (error) {
              assert.ok(error instanceof TypeError);
            }
          }
        }
      }
      const clean = verifier.verify(token);
      assert.deepStrictEqual(clean, { roles: ['user'], deep: { list: [{ a: 1 }], '': [] }, text: 'x' });
      assert.strictEqual(clean.admin, undefined);
    }
  });

  for (const [name, options] of Object.entries(CACHES)) {
    it(`ends a token at its exp, though it has no iat (cache ${name})`, async () => {
      const { time, verifier } = clocked(options);
      const token = mint({ exp: NOW + 10 });
      for (const now of [NOW, NOW + 9.999]) {
        time.now = now;
        assert.ok(verifier.verify(token));
      }
      for (const now of [NOW + 10, NOW + 1e6]) {
        time.now = now;
        refuses(verifier, token, 'ERR_JWT_EXPIRED');
        await assert.rejects(verifier.verifyAsync(token), { code: 'ERR_JWT_EXPIRED' });
        assert.strictEqual((await verifier.verifyMany([token]))[0].error.code, 'ERR_JWT_EXPIRED');
      }
    });

    it(`ends a token at its greatest age, though its exp lies far ahead (cache ${name})`, () => {
      const { time, verifier } = clocked({ ...options, maxAgeSeconds: 60 });
      const token = mint({ iat: NOW, exp: NOW + 1e6 });
      assert.ok(verifier.verify(token));
      time.now = NOW + 60;
      assert.ok(verifier.verify(token));
      time.now = NOW + 60.001;
      refuses(verifier, token, 'ERR_JWT_TOO_OLD');
      refuses(verifier, mint({ exp: NOW + 1e6 }), 'ERR_JWT_CLAIM_MISSING');
    });

    it(`accepts a token once its nbf has come, though it was refused before (cache ${name})`, () => {
      const { time, verifier } = clocked(options);
      const token = mint({ nbf: NOW + 10 });
      for (let call = 0; call < 3; call++) refuses(verifier, token, 'ERR_JWT_NOT_YET_VALID');
      time.now = NOW + 10;
      assert.ok(verifier.verify(token));
    });

    it(`judges by a clock that jumps back (cache ${name})`, () => {
      const { time, verifier } = clocked({ ...options, maxAgeSeconds: 100 });
      const token = mint({ nbf: NOW, iat: NOW, exp: NOW + 50 });
      assert.ok(verifier.verify(token));
      time.now = NOW - 1;
      refuses(verifier, token, 'ERR_JWT_NOT_YET_VALID');
      time.now = NOW + 50;
      refuses(verifier, token, 'ERR_JWT_EXPIRED');
      time.now = NOW + 1;
      assert.ok(verifier.verify(token));
    });

    it(`accepts nothing on a clock that returns no time (cache ${name})`, () => {
      const { time, verifier } = clocked(options);
      const token = mint({ exp: NOW + 10, nbf: NOW - 10 });
      assert.ok(verifier.verify(token));
      for (const now of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        time.now = now;
        assert.throws(() => verifier.verify(token), { code: 'ERR_JWT_OPTION' });
      }
    });

    it(`never takes a token for another that shares its beginning or its end (cache ${name})`, () => {
      const { verifier } = clocked(options);
      const token = mint({ sub: 'user' });
      assert.ok(verifier.verify(token));
      const [header, payload, mac] = token.split('.');
      const evil = Buffer.from('{"sub":"admin"}').toString('base64url');
      for (const forged of [
        `${header}.${evil}.${mac}`,
        `${header}.${evil}.${'A'.repeat(mac.length - 12)}${mac.slice(-12)}`,
        `${header}.${payload}.${'A'.repeat(mac.length - 12)}${mac.slice(-12)}`,
        `A${token}`,
        `${token}.`,
        `.${token}`,
        token.slice(1),
        token.slice(-12),
        mac,
      ]) {
        assert.throws(() => verifier.verify(forged), { status: 401 });
        assert.strictEqual(verifier.verify(token).sub, 'user');
      }
      for (let at = 0; at < token.length; at++) {
        const forged = token.slice(0, at) + (token[at] === 'B' ? 'C' : 'B') + token.slice(at + 1);
        assert.throws(() => verifier.verify(forged), { status: 401 }, forged);
      }
    });
  }

  it('judges as a verifier without a cache does, at any time, for any claims', () => {
    const seed = Date.now() % 2 ** 32;
    const next = random(seed);
    for (let round = 0; round < 300; round++) {
      const policy = {
        clockToleranceSeconds: next.of([0, 0, 1, 5]),
        ...(next.chance(0.5) && { maxAgeSeconds: next.of([1, 5, 20]) }),
      };
      const { time, verifier } = clocked(policy);
      const bare = createVerifier({ key: SECRET, ...policy, cache: false, clock: () => time.now * 1000 });
      const claims = {};
      for (const name of ['exp', 'nbf', 'iat']) if (next.chance(0.7)) claims[name] = NOW + next.below(41) - 20;
      const token = mint(claims);
      for (let step = 0; step < 20; step++) {
        time.now = NOW + next.below(121) / 2 - 30;
        const [ours, theirs] = [verifier, bare].map((one) => verdict(() => one.verify(token)));
        assert.strictEqual(ours, theirs, `seed ${seed}: ${JSON.stringify({ policy, claims, at: time.now - NOW })}`);
      }
    }
  });

  it('forgets what a key verified when the key is retired, and takes what a new one signs', () => {
    const [first, second] = [PAIRS.p256.privateKey, PAIRS.ed25519.privateKey];
    const ring = createKeyRing({ current: { key: first, keyId: 'first' } });
    const [signer, verifier] = [createSigner({ keys: ring }), createVerifier({ keys: ring })];
    const old = signer.sign({ sub: 'a' });
    assert.ok(verifier.verify(old));
    ring.rotate({ key: second, keyId: 'second' });
    const recent = signer.sign({ sub: 'b' });
    assert.ok(verifier.verify(old) && verifier.verify(recent));
    ring.retire('first');
    assert.throws(() => verifier.verify(old), { code: /^ERR_JWT_(ALGORITHM|KEY_UNKNOWN)$/ });
    assert.ok(verifier.verify(recent));
  });

  it('remembers no refusal: a key that is announced cures it', () => {
    const ring = createKeyRing({ current: { key: PAIRS.p256.privateKey, keyId: 'first' } });
    const verifier = createVerifier({ keys: ring });
    const token = createSigner({ key: PAIRS.p384.privateKey, keyId: 'late' }).sign({});
    for (let call = 0; call < 3; call++) assert.throws(() => verifier.verify(token), { status: 401 });
    ring.announce({ key: PAIRS.p384.publicKey, keyId: 'late' });
    assert.ok(verifier.verify(token));
  });

  it('shares nothing between two verifiers, whatever differs between them', () => {
    const token = mint({ iss: 'me', aud: 'api', sub: 'user', jti: 'id', iat: NOW, nonce: 'n' }, { typ: 'at+jwt' });
    const other = 'another secret for tests, 64 bytes long, as many as HS512 asks..';
    const OTHERS = {
      ERR_JWT_SIGNATURE: { key: other },
      ERR_JWT_ALGORITHM: { algorithms: ['HS512'] },
      ERR_JWT_ISSUER: { issuer: 'you' },
      ERR_JWT_AUDIENCE: { audience: 'admin' },
      ERR_JWT_SUBJECT: { subject: 'admin' },
      ERR_JWT_ID: { jwtId: 'other' },
      ERR_JWT_NONCE: { nonce: 'other' },
      ERR_JWT_TYP: { typ: 'JWT' },
      ERR_JWT_CLAIM_MISSING: { requiredClaims: ['exp'] },
      ERR_JWT_TOO_OLD: { maxAgeSeconds: 1, clock: () => (NOW + 2) * 1000 },
      ERR_JWT_TOO_LARGE: { maxTokenBytes: 100 },
    };
    const clock = () => NOW * 1000;
    const lax = createVerifier({ key: SECRET, algorithms: MACS, clock });
    for (const [code, options] of Object.entries(OTHERS)) {
      const strict = createVerifier({ key: SECRET, clock, ...options });
      for (let call = 0; call < 2; call++) {
        assert.ok(lax.verify(token));
        refuses(strict, token, code);
      }
    }
  });

  it('judges what a call expects each time, cached or not', () => {
    const { verifier } = clocked();
    const token = mint({ nonce: 'n', jti: 'i', sub: 's' });
    for (let call = 0; call < 2; call++) {
      assert.ok(verifier.verify(token, { nonce: 'n', jwtId: 'i', subject: 's' }));
      assert.throws(() => verifier.verify(token, { nonce: 'm' }), { code: 'ERR_JWT_NONCE' });
      assert.throws(() => verifier.verify(token, { jwtId: 'j' }), { code: 'ERR_JWT_ID' });
      assert.throws(() => verifier.verify(token, { subject: 't' }), { code: 'ERR_JWT_SUBJECT' });
    }
  });

  for (const [name, revoke] of Object.entries({
    'its jti': (revocations, { jti }) => revocations.revokeId(jti),
    'its subject': (revocations, { sub }) => revocations.revokeSubject(sub),
    'its session': (revocations, { sid }) => revocations.revokeSession(sid),
    'its key': (revocations) => revocations.revokeKey('k'),
  })) {
    it(`refuses a token that is revoked after it was cached, by ${name}, and all its spellings`, async () => {
      const clock = () => NOW * 1000;
      const revocations = createRevocations({ name: `checklist ${name}`, clock });
      const claims = { jti: 'j', sub: 'u', sid: 's', iat: NOW, exp: NOW + 60 };
      const verifier = createVerifier({ key: PAIRS.p256.publicKey, revocations, clock });
      const spellings = [1, 2].map(() => forge({ alg: 'ES256', kid: 'k' }, claims, 'ES256'));
      for (const token of spellings) assert.ok(verifier.verify(token));
      await revoke(revocations, claims);
      for (const token of [...spellings, forge({ alg: 'ES256', kid: 'k' }, claims, 'ES256')]) {
        refuses(verifier, token, 'ERR_JWT_REVOKED');
        await assert.rejects(verifier.verifyAsync(token), { code: 'ERR_JWT_REVOKED' });
      }
      await revocations.close();
    });
  }

  describe('a flood of valid tokens', () => {
    const entry = (token) => ({ token, claims: {}, notBefore: 0, expires: 1, epoch: 0 });
    const tokenOf = (at) => `header.payload.${String(at).padStart(43, 'x')}`;

    for (const maxEntries of [2, 3, 10, 1000]) {
      it(`keeps at most ${maxEntries} of 20,000, and finds the newest`, () => {
        const cache = new TokenCache(maxEntries);
        for (let at = 0; at < 20_000; at++) {
          cache.set(entry(tokenOf(at)));
          assert.ok(cache.size <= maxEntries);
          assert.strictEqual(cache.get(tokenOf(at))?.token, tokenOf(at));
        }
        assert.strictEqual(cache.get(tokenOf(0)), undefined);
      });
    }

    it('holds its bound when tokens are also read, deleted, and share their ends', () => {
      const next = random(1);
      const cache = new TokenCache(100);
      for (let round = 0; round < 50_000; round++) {
        const token = next.chance(0.1) ? `${next.below(9)}${tokenOf(7)}` : tokenOf(next.below(400));
        const found = cache.get(token);
        assert.ok(found === undefined || found.token === token);
        if (next.chance(0.5)) cache.set(entry(token));
        if (next.chance(0.05)) cache.delete(token);
        assert.ok(cache.size <= 100);
      }
      cache.clear();
      assert.strictEqual(cache.size, 0);
    });

    it('keeps a token that is in use through it', () => {
      const cache = new TokenCache(100);
      cache.set(entry('used'));
      for (let at = 0; at < 10_000; at++) {
        cache.set(entry(tokenOf(at)));
        if (at % 20 === 0) assert.ok(cache.get('used'), String(at));
      }
    });
  });
});
