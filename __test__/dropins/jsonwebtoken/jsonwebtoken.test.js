'use strict';

// Every call of the tables is made on both packages, at the same time of the clock, and must come to the same.

const assert = require('node:assert/strict');
const { createSecretKey, generateKeyPairSync, randomBytes } = require('node:crypto');
const { describe, it } = require('node:test');
const { inherits } = require('node:util');
const { inspect, isDeepStrictEqual, promisify } = require('node:util');

const reference = require('jsonwebtoken');
const ours = require('portcullis/jsonwebtoken');

const { NOW, PAIRS, SECRET, ec256, locked, passphrase, rsa, rsa1024 } = require('./keys');
const { outcome, outcomeOfCallback } = require('./outcome');
const { SIGN_CALLS } = require('./sign-calls');
const { DECODE_CALLS, VERIFY_CALLS } = require('./verify-calls');

/** The clock stands, and weak keys are not told of. */
function freeze(t) {
  t.mock.timers.enable({ apis: ['Date'], now: NOW * 1000 + 500 });
  t.mock.method(process, 'emitWarning', () => {});
}

/** @param {any} t @param {Array<[name: string, call: (jwt: any, callback?: any) => any]>} calls */
async function same(t, calls, come = outcome) {
  freeze(t);
  const wrong = [];
  for (const [name, call] of calls) {
    const [expected, actual] = [await come(reference, call), await come(ours, call)];
    if (!isDeepStrictEqual(actual, expected)) wrong.push(`${name}: ${inspect(actual)} is not ${inspect(expected)}`);
  }
  assert.deepEqual(wrong, []);
}

const token = reference.sign({ sub: 'ada' }, SECRET);
const find =
  (key, error = null) =>
  (_header, callback) =>
    callback(error, key);
const findLater = (key) => (_header, callback) => void setImmediate(callback, null, key);

/** @type {Array<[name: string, call: (jwt: any, callback: any) => any]>} */
const CALLBACK_CALLS = [
  ['sign', (jwt, callback) => jwt.sign({ a: 1 }, SECRET, callback)],
  ['sign with options', (jwt, callback) => jwt.sign({ a: 1 }, SECRET, { expiresIn: 5 }, callback)],
  ['sign without options', (jwt, callback) => jwt.sign({ a: 1 }, SECRET, undefined, callback)],
  ['sign with a wrong option', (jwt, callback) => jwt.sign({ a: 1 }, SECRET, { foo: 5 }, callback)],
  ['sign without a key', (jwt, callback) => jwt.sign({ a: 1 }, undefined, callback)],
  ['sign with a wrong claim', (jwt, callback) => jwt.sign({ exp: 'x' }, SECRET, callback)],
  ['sign with a wrong span', (jwt, callback) => jwt.sign({}, SECRET, { expiresIn: 'soon' }, callback)],
  ['sign a BigInt', (jwt, callback) => jwt.sign({ a: 1n }, SECRET, callback)],
  ['sign text', (jwt, callback) => jwt.sign('text', SECRET, callback)],
  ['sign in an unknown encoding', (jwt, callback) => jwt.sign('a', SECRET, { encoding: 'klingon' }, callback)],
  ['sign by RS256', (jwt, callback) => jwt.sign({ a: 1 }, rsa.privateKey, { algorithm: 'RS256' }, callback)],
  ['sign by a small key', (jwt, callback) => jwt.sign({}, rsa1024.privateKey, { algorithm: 'RS256' }, callback)],
  ['verify', (jwt, callback) => jwt.verify(token, SECRET, callback)],
  ['verify with options', (jwt, callback) => jwt.verify(token, SECRET, { complete: true }, callback)],
  ['verify without options', (jwt, callback) => jwt.verify(token, SECRET, undefined, callback)],
  ['verify by another secret', (jwt, callback) => jwt.verify(token, 'x', callback)],
  ['verify no text', (jwt, callback) => jwt.verify(5, SECRET, callback)],
  ['verify a wrong subject', (jwt, callback) => jwt.verify(token, SECRET, { subject: 'x' }, callback)],
  ['verify with a wrong option', (jwt, callback) => jwt.verify(token, SECRET, { nonce: '' }, callback)],
  ['verify by a found key', (jwt, callback) => jwt.verify(token, find(SECRET), callback)],
  ['verify by a key found later', (jwt, callback) => jwt.verify(token, findLater(SECRET), callback)],
  ['verify by a key found, complete', (jwt, callback) => jwt.verify(token, find(SECRET), { complete: true }, callback)],
  ['verify by a wrong key found', (jwt, callback) => jwt.verify(token, find('x'), callback)],
  ['verify by no key found', (jwt, callback) => jwt.verify(token, find(undefined), callback)],
  ['verify by a failure', (jwt, callback) => jwt.verify(token, find(undefined, new Error('no kid')), callback)],
  ['verify by a function of a malformed token', (jwt, callback) => jwt.verify('a.b', find(SECRET), callback)],
  ['verify by a function of no token', (jwt, callback) => jwt.verify('a.b.c', find(SECRET), callback)],
  ['verify by a function of nothing', (jwt, callback) => jwt.verify('', find(SECRET), callback)],
  ['verify by a function, wrong option', (jwt, callback) => jwt.verify(token, find(1), { nonce: 5 }, callback)],
];

describe('dropins/jsonwebtoken', () => {
  it('signs, or refuses to, as the reference', (t) => same(t, SIGN_CALLS));
  it('verifies, or refuses to, as the reference', (t) => same(t, VERIFY_CALLS));
  it('decodes as the reference', (t) => same(t, DECODE_CALLS));
  it('calls back as the reference', (t) => same(t, CALLBACK_CALLS, outcomeOfCallback));

  it('compares many calls, of which some succeed and some fail', (t) => {
    freeze(t);
    for (const calls of [SIGN_CALLS, VERIFY_CALLS, DECODE_CALLS]) {
      assert.equal(new Set(calls.map(([name]) => name)).size, calls.length);
      const failed = calls.filter(([, call]) => 'error' in outcome(ours, call)).length;
      assert.ok(calls.length > 100 && failed > 5 && failed < calls.length - 30, `${failed} of ${calls.length}`);
    }
  });

  it('exports what the reference does, and promises', () => {
    assert.deepEqual(Object.keys(ours).sort(), [...Object.keys(reference), 'promises'].sort());
  });

  it('makes errors as the reference', () => {
    for (const [name, ...args] of [
      ['JsonWebTokenError', 'text'],
      ['JsonWebTokenError', 'text', new Error('inner')],
      ['TokenExpiredError', 'text', new Date(5)],
      ['NotBeforeError', 'text', new Date(5)],
    ]) {
      const [expected, actual] = [reference, ours].map((jwt) => new jwt[name](...args));
      assert.deepEqual({ ...actual }, { ...expected });
      assert.equal(String(actual), String(expected));
      assert.equal(JSON.stringify(actual), JSON.stringify(expected));
      assert.ok(actual instanceof ours.JsonWebTokenError && actual instanceof Error);
      assert.equal(actual.constructor.name, name);
    }
  });

  it('reads no asymmetricKeyDetails of an RSA key, which can hang Node.js 20', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    for (const key of [publicKey, privateKey]) {
      Object.defineProperty(key, 'asymmetricKeyDetails', { get: () => assert.fail('was read') });
    }
    const token = ours.sign({ sub: 'ada' }, privateKey, { algorithm: 'PS256' });
    assert.equal(ours.verify(token, publicKey).sub, 'ada');
  });

  it('lets programs extend its errors as ES5 and as ES2015 does', () => {
    [reference, ours].forEach((jwt) => {
      function Old(message) {
        jwt.TokenExpiredError.call(this, message, new Date(5));
        this.name = 'Old';
      }
      inherits(Old, jwt.TokenExpiredError);
      class New extends jwt.JsonWebTokenError {
        code = 'E_NEW';
      }
      for (const [error, name] of [
        [new Old('text'), 'Old'],
        [new New('text'), 'JsonWebTokenError'],
      ]) {
        assert.ok(error instanceof jwt.JsonWebTokenError && error instanceof Error);
        assert.deepEqual([error.name, error.message], [name, 'text']);
        assert.match(error.stack, /jsonwebtoken\.test\.js/);
      }
    });
  });

  it('verifies tokens of the reference and the other way round, with every algorithm', () => {
    for (const [algorithm, privateKey, publicKey] of PAIRS) {
      for (const [signer, verifier] of [
        [reference, ours],
        [ours, reference],
        [ours, ours],
      ]) {
        const signed = signer.sign({ sub: 'ada' }, privateKey, { algorithm });
        assert.equal(verifier.verify(signed, publicKey, { algorithms: [algorithm] }).sub, 'ada');
      }
    }
  });

  it('signs with small RSA keys where that is allowed', () => {
    for (const algorithm of ['RS256', 'RS512']) {
      const signed = ours.sign({ sub: 'ada' }, rsa1024.privateKey, { algorithm, allowInsecureKeySizes: true });
      for (const jwt of [reference, ours]) {
        assert.equal(jwt.verify(signed, rsa1024.publicKey, { algorithms: [algorithm] }).sub, 'ada');
      }
    }
  });

  it('writes the claims into the payload when it is asked to', (t) => {
    freeze(t);
    const [expected, actual, untouched] = [{ a: 1 }, { a: 1 }, { a: 1 }];
    const options = { expiresIn: '1h', issuer: 'me', notBefore: 5, mutatePayload: true };
    reference.sign(expected, SECRET, options);
    ours.sign(actual, SECRET, options);
    assert.deepEqual(actual, expected);
    ours.sign(untouched, SECRET, { ...options, mutatePayload: false });
    assert.deepEqual(untouched, { a: 1 });
  });

  it('leaves the options as they are', () => {
    const options = Object.freeze({ audience: Object.freeze(['x']) });
    assert.throws(() => ours.verify(token, SECRET, options), { message: 'jwt audience invalid. expected: x' });
  });

  it('passes the header to a function that finds the key', async () => {
    const signed = ours.sign({}, SECRET, { keyid: 'k1' });
    const [header] = await new Promise((resolve) =>
      ours.verify(
        signed,
        (...args) => resolve(args),
        () => {},
      ),
    );
    assert.deepEqual(header, { alg: 'HS256', typ: 'JWT', kid: 'k1' });
  });

  it('works with promisify', async () => {
    const signed = await promisify(ours.sign)({ sub: 'ada' }, SECRET, { noTimestamp: true });
    assert.deepEqual(await promisify(ours.verify)(signed, SECRET, {}), { sub: 'ada' });
  });

  describe('promises', () => {
    const { sign, verify } = ours.promises;

    it('resolves to what the other forms return', async () => {
      const signed = await sign({ sub: 'ada' }, SECRET, { noTimestamp: true });
      assert.equal(signed, ours.sign({ sub: 'ada' }, SECRET, { noTimestamp: true }));
      assert.deepEqual(await verify(signed, SECRET), { sub: 'ada' });
      assert.equal((await verify(signed, SECRET, { complete: true })).header.alg, 'HS256');
    });

    it('rejects with the errors of the other forms', async () => {
      await assert.rejects(sign({}, ''), { message: 'secretOrPrivateKey must have a value' });
      await assert.rejects(sign({}, SECRET, { foo: 1 }), { message: '"foo" is not allowed in "options"' });
      await assert.rejects(verify('a.b', SECRET), ours.JsonWebTokenError);
      await assert.rejects(verify(ours.sign({ exp: 1 }, SECRET), SECRET), ours.TokenExpiredError);
      await assert.rejects(
        verify('a.b', () => SECRET),
        { message: 'jwt malformed' },
      );
    });

    it('accepts functions that use a callback or return a promise', async () => {
      for (const key of [
        find(SECRET),
        findLater(SECRET),
        async () => SECRET,
        async (_header, callback) => void setImmediate(callback, null, SECRET),
      ]) {
        assert.equal((await verify(token, key)).sub, 'ada');
      }
      const failed = { message: 'error in secret or public key callback: no kid' };
      await assert.rejects(
        verify(token, () => Promise.reject(new Error('no kid'))),
        failed,
      );
      await assert.rejects(verify(token, find(undefined, new Error('no kid'))), failed);
      await assert.rejects(
        verify(token, async () => undefined),
        { message: 'secret or public key must be provided' },
      );
      await assert.rejects(
        verify(token, () => {
          throw new TypeError('broken');
        }),
        { name: 'TypeError' },
      );
    });
  });

  describe('keys', () => {
    it('sees that the bytes of a secret have changed', () => {
      const secret = Buffer.from(SECRET);
      assert.equal(ours.verify(token, secret).sub, 'ada');
      secret[0] ^= 1;
      assert.throws(() => ours.verify(token, secret), { message: 'invalid signature' });
      secret[0] ^= 1;
      assert.equal(ours.verify(token, new DataView(secret.buffer, secret.byteOffset, secret.length)).sub, 'ada');
    });

    it('sees that a passphrase or a key in an object has changed', () => {
      const key = { key: locked, passphrase };
      const signed = ours.sign({}, key, { algorithm: 'RS256' });
      assert.ok(ours.verify(signed, key));
      key.passphrase = 'wrong';
      assert.throws(() => ours.sign({}, key, { algorithm: 'RS256' }), {
        message: 'secretOrPrivateKey is not valid key material',
      });
      assert.throws(() => ours.verify(signed, key), { message: 'secretOrPublicKey is not valid key material' });
      Object.assign(key, { key: ec256.privateKey, passphrase });
      assert.throws(() => ours.verify(signed, key), { message: 'invalid algorithm' });
    });

    it('does not take a text for the bytes that it describes, nor fields for one another', () => {
      const secret = Buffer.from('x');
      for (const other of ['bytes x', '\0bytes x', 'x ', { key: 'x' }, { key: secret }]) {
        assert.throws(() => ours.verify(ours.sign({}, secret), other), ours.JsonWebTokenError);
      }
    });

    it('uses the right key among more than the cache holds', () => {
      const secrets = Array.from({ length: 600 }, () => randomBytes(32).toString('hex'));
      const signed = secrets.map((secret, number) => ours.sign({ number }, secret));
      for (const round of [1, 2]) {
        for (const [number, secret] of secrets.entries()) {
          assert.equal(ours.verify(signed[number], secret).number, number, String(round));
          assert.throws(() => ours.verify(signed[(number + 1) % 600], secret), { message: 'invalid signature' });
        }
      }
    });

    it('keeps the algorithms of one call out of the next', () => {
      const key = createSecretKey(Buffer.from(SECRET));
      const hs512 = ours.sign({}, key, { algorithm: 'HS512' });
      assert.ok(ours.verify(hs512, key));
      const algorithms = ['HS256'];
      assert.throws(() => ours.verify(hs512, key, { algorithms }), { message: 'invalid algorithm' });
      algorithms[0] = 'HS512';
      assert.ok(ours.verify(hs512, key, { algorithms }));
      for (const none of [[], ['HS256,HS512'], ['x'], [['HS512']]]) {
        assert.throws(() => ours.verify(hs512, key, { algorithms: none }), { message: 'invalid algorithm' });
      }
    });
  });
});
