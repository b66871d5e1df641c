// @ts-check
'use strict';

// Revocations as a verifier sees them, with the cache and without.

const assert = require('node:assert/strict');
const { generateKeyPairSync } = require('node:crypto');
const { describe, it } = require('node:test');

const { createRevocations, createSigner, createVerifier } = require('../..');

const KEY = 'a secret for tests with at least 32 bytes';
const REVOKED = { name: 'PortcullisError', code: 'ERR_JWT_REVOKED', status: 401 };
const NOW_MS = 1_793_000_000_500;

let names = 0;
const clock = () => NOW_MS;
const fresh = () => createRevocations({ name: `verifier ${++names}`, clock });

/** What is revoked, of a token that says all of it. @type {Record<string, (revocations: any, claims: any) => unknown>} */
const REVOKING = {
  'its jti': (revocations, { jti }) => revocations.revokeId(jti),
  'its claims': (revocations, claims) => revocations.revoke(claims),
  'its subject': (revocations, { sub }) => revocations.revokeSubject(sub),
  'its session': (revocations, { sid }) => revocations.revokeSession(sid),
  'its key': (revocations) => revocations.revokeKey('k1'),
};

describe('jwt with revocations', () => {
  const CLAIMS = { jti: 'j1', sub: 'ada', sid: 's1' };
  const token = createSigner({ key: KEY, keyId: 'k1', expiresInSeconds: 60, clock }).sign(CLAIMS);
  const other = createSigner({ key: KEY, keyId: 'k2', clock }).sign({ jti: 'j2', sub: 'bob', sid: 's2' });

  for (const cache of /** @type {any[]} */ ([undefined, { copies: true }, false])) {
    for (const [what, revoke] of Object.entries(REVOKING)) {
      it(`rejects a token by ${what}, cache ${JSON.stringify(cache) ?? 'as by default'}`, async () => {
        const revocations = fresh();
        const verifier = createVerifier({ key: KEY, revocations, cache, clock });
        assert.equal(verifier.verify(token).sub, 'ada');
        assert.equal(verifier.verify(token).sub, 'ada');
        revoke(revocations, verifier.verify(token));
        assert.throws(() => verifier.verify(token), REVOKED);
        await assert.rejects(verifier.verifyAsync(token), REVOKED);
        const [result] = await verifier.verifyMany([token]);
        assert.equal(!result.ok && result.error.code, 'ERR_JWT_REVOKED');
        assert.equal(verifier.verify(other).sub, 'bob');
        assert.throws(() => createVerifier({ key: KEY, revocations, clock }).verify(token), REVOKED);
        assert.ok(createVerifier({ key: KEY, revocations: fresh(), clock }).verify(token));
      });
    }
  }

  it('rejects on the pool too', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const revocations = fresh();
    const verifier = createVerifier({ key: publicKey, revocations, clock });
    const tokens = ['a', 'b', 'c'].map((jti) => createSigner({ key: privateKey, clock }).sign({ jti }));
    revocations.revokeId('b');
    const results = await verifier.verifyMany(tokens);
    assert.deepEqual(
      results.map(({ ok }) => ok),
      [true, false, true],
    );
    await assert.rejects(verifier.verifyAsync(tokens[1]), REVOKED);
  });

  it('rejects a token that is revoked while the pool is at it', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const revocations = fresh();
    const verifier = createVerifier({ key: publicKey, revocations, clock });
    const signed = createSigner({ key: privateKey, clock }).sign({ jti: 'late' });
    const pending = [verifier.verifyAsync(signed), verifier.verifyMany([signed])];
    revocations.revokeId('late');
    await assert.rejects(/** @type {Promise<any>} */ (pending[0]), REVOKED);
    const [result] = /** @type {any[]} */ (await pending[1]);
    assert.equal(result.error?.code, 'ERR_JWT_REVOKED');
    assert.throws(() => verifier.verify(signed), REVOKED);
  });

  for (const cache of /** @type {any[]} */ ([undefined, false])) {
    it(`rejects by its key a token that does not name it, cache ${cache ?? 'as by default'}`, async () => {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const signed = createSigner({ key: privateKey, clock }).sign({ sub: 'thief' });
      const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'stolen' }];
      for (const given of /** @type {any[]} */ ([{ key: keys[0] }, { keys }, { jwks: { keys } }])) {
        const revocations = fresh();
        const verifier = createVerifier({ ...given, revocations, cache, clock });
        assert.equal(verifier.verify(signed).sub, 'thief');
        revocations.revokeKey('other');
        assert.equal(verifier.verify(signed).sub, 'thief');
        revocations.revokeKey('stolen');
        assert.throws(() => verifier.verify(signed), REVOKED);
        await assert.rejects(verifier.verifyAsync(signed), REVOKED);
        const [result] = await verifier.verifyMany([signed]);
        assert.equal(!result.ok && result.error.code, 'ERR_JWT_REVOKED');
      }
    });
  }

  it('rejects a token of its subject whose time of issue a polluted prototype lends', () => {
    const revocations = fresh();
    const verifier = createVerifier({ key: KEY, revocations, clock });
    const signed = createSigner({ key: KEY, clock }).sign({ sub: 'eve', jti: 'j3' }, { iat: undefined });
    assert.equal(verifier.verify(signed).iat, undefined);
    const prototype = /** @type {any} */ (Object.prototype);
    try {
      prototype.iat = 9e9;
      prototype.exp = 1;
      revocations.revokeSubject('eve');
      assert.throws(() => verifier.verify(signed), REVOKED);
      revocations.revoke({ jti: 'j4' });
      assert.ok(revocations.isRevoked({ jti: 'j4' }));
    } finally {
      delete prototype.iat;
      delete prototype.exp;
    }
  });

  it('refuses what is not made by createRevocations, and one that got lost', () => {
    for (const revocations of /** @type {any[]} */ ([{}, new Map(), undefined, null, 'default'])) {
      assert.throws(() => createVerifier({ key: KEY, revocations }), { code: 'ERR_JWT_OPTION' });
    }
  });
});
