'use strict';

// Keys whose form says less than a JWK does: a PEM in a list, and curves that are written as parameters.

const assert = require('node:assert/strict');
const { createPrivateKey, createPublicKey, generateKeyPairSync } = require('node:crypto');
const { describe, it } = require('node:test');

const jsonwebtoken = require('jsonwebtoken');
const portcullis = require('portcullis');
const dropIn = require('portcullis/jsonwebtoken');

const { createSigner, createVerifier } = portcullis;

/** PEM of a new pair on a curve. @param {string} namedCurve @param {'named' | 'explicit'} paramEncoding */
const pairOf = (namedCurve, paramEncoding) =>
  generateKeyPairSync('ec', {
    namedCurve,
    paramEncoding,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

describe('a PEM with a key id in a list', () => {
  const [a, b] = [pairOf('prime256v1', 'named'), pairOf('prime256v1', 'named')];
  const signed = (pair, keyId) => createSigner({ key: pair.privateKey, keyId }).sign({ sub: keyId });

  it('verifies the tokens of each key by its id', () => {
    const verifier = createVerifier({
      keys: [
        { key: a.publicKey, keyId: 'a' },
        { key: b.publicKey, keyId: 'b' },
      ],
    });
    assert.equal(verifier.verify(signed(a, 'a')).sub, 'a');
    assert.equal(verifier.verify(signed(b, 'b')).sub, 'b');
    assert.throws(() => verifier.verify(signed(a, 'b')), { code: 'ERR_JWT_SIGNATURE' });
    assert.throws(() => verifier.verify(signed(a, 'c')), { code: 'ERR_JWT_KEY_UNKNOWN' });
  });

  it('revokes the tokens of a key by the id that the list gives it', () => {
    const revocations = portcullis.createRevocations({ name: 'key entries' });
    const verifier = createVerifier({ keys: [{ key: a.publicKey, keyId: 'a' }], revocations });
    const token = createSigner({ key: a.privateKey }).sign({ sub: 'ada' });
    assert.equal(verifier.verify(token).sub, 'ada');
    revocations.revokeKey('a');
    assert.throws(() => verifier.verify(token), { code: 'ERR_JWT_REVOKED' });
  });

  /** @type {Array<[string, object, string]>} */
  const WRONG = [
    [
      'another member',
      { key: a.publicKey, kid: 'a' },
      'unknown option "keys[0].kid"; known options: keys[0].key, keys[0].keyId',
    ],
    [
      'an empty id',
      { key: a.publicKey, keyId: '' },
      'option "keys[0].keyId" must be a non-empty string, not an empty string',
    ],
    [
      'an id that is no string',
      { key: a.publicKey, keyId: 1 },
      'option "keys[0].keyId" must be a non-empty string, not a number',
    ],
  ];
  for (const [name, entry, reason] of WRONG) {
    it(`refuses ${name}, and names the function that was called`, () => {
      const options = { keys: [entry] };
      assert.throws(() => createVerifier(options), { code: 'ERR_JWT_OPTION', message: `createVerifier: ${reason}` });
      assert.throws(() => portcullis.authenticate(options), {
        code: 'ERR_AUTH_OPTION',
        message: `authenticate: ${reason}`,
      });
    });
  }
});

describe('a curve that is written as parameters', () => {
  const CURVES = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };
  for (const [curve, algorithm] of Object.entries(CURVES)) {
    const pair = pairOf(curve, 'explicit');

    it(`signs and verifies with ${algorithm}`, () => {
      const token = createSigner({ key: pair.privateKey }).sign({ sub: 'ada' });
      assert.equal(createVerifier({ key: pair.publicKey }).verify(token).sub, 'ada');
      assert.equal(portcullis.decode(token).header.alg, algorithm);
    });

    it(`signs and verifies with ${algorithm} in the drop-in as in jsonwebtoken`, () => {
      for (const [signs, verifies] of [
        [dropIn, jsonwebtoken],
        [jsonwebtoken, dropIn],
        [dropIn, dropIn],
      ]) {
        const token = signs.sign({ sub: 'ada' }, pair.privateKey, { algorithm });
        assert.equal(verifies.verify(token, pair.publicKey, { algorithms: [algorithm] }).sub, 'ada');
      }
    });
  }

  it('refuses one whose base point is another: anybody could sign for the key', () => {
    const der = createPublicKey(pairOf('prime256v1', 'explicit').publicKey).export({ type: 'spki', format: 'der' });
    const base = Buffer.from('6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296', 'hex');
    const at = der.indexOf(base);
    assert.ok(at > 0);
    // The point of the key itself as the base point: its private key is then 1.
    der.copy(der, at, der.length - 64, der.length);
    assert.throws(() => createVerifier({ key: der, algorithms: ['ES256'] }), { code: /^ERR_JWT_KEY/ });
  });
});

describe("base64 of a PEM as a signer's key", () => {
  const text = Buffer.from(pairOf('prime256v1', 'named').privateKey).toString('base64');
  for (const options of [{}, { algorithm: 'ES256' }, { algorithm: 'HS256' }]) {
    it(`says what it is (${JSON.stringify(options)})`, () => {
      const hint = { code: 'ERR_JWT_KEY', message: /decode the base64/ };
      assert.throws(() => createSigner({ key: text, ...options }), hint);
      assert.throws(
        () => createVerifier({ key: text, ...(options.algorithm && { algorithms: [options.algorithm] }) }),
        hint,
      );
    });
  }

  it('signs once it is decoded', () => {
    assert.ok(createSigner({ key: createPrivateKey(Buffer.from(text, 'base64').toString()) }).sign({}));
  });
});
