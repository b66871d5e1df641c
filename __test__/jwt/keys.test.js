'use strict';

// Attacks on which key verifies a token: key ids, keys that a token brings along, keys that are unfit.

const assert = require('node:assert');
const { createECDH, createHash, generateKeyPairSync } = require('node:crypto');
const { describe, it } = require('node:test');
const { createKeyRing, createSigner, createVerifier } = require('portcullis');
const { publicKeys } = require('../../lib/jwt/key-lists');
const { certificate } = require('../support/certificate');
const { ALGORITHMS, PAIRS, SECRET, forge } = require('../support/forge');
const { CLAIMS, VERIFIERS, refuses, refusesOption } = require('../support/attack');

const { rsa: RSA, p256: P256, ed25519: ED25519 } = PAIRS;

describe('jwt keys: ids', () => {
  const named = (pair, kid) => ({ ...pair.publicKey.export({ format: 'jwk' }), kid });
  const second = generateKeyPairSync('ed25519');
  const two = createVerifier({ keys: [named(ED25519, 'a'), named(second, 'b')] });
  const one = createVerifier({ keys: [named(ED25519, 'a')] });

  const UNKNOWN_IDS = {
    'a path': '../../../../dev/null',
    SQL: "a' UNION SELECT 'key",
    __proto__: '__proto__',
    constructor: 'constructor',
    hasOwnProperty: 'hasOwnProperty',
    toString: 'toString',
    length: 'length',
    'an index': '0',
    'an empty text': '',
    'NUL behind the right one': 'a\0',
    'a space behind the right one': 'a ',
    'another case': 'A',
  };
  for (const [name, kid] of Object.entries(UNKNOWN_IDS)) {
    it(`rejects a kid that is ${name}, though the signature is right`, () => {
      for (const verifier of [one, two]) {
        refuses(verifier, forge({ alg: 'EdDSA', kid }, CLAIMS, 'EdDSA'), 'ERR_JWT_KEY_UNKNOWN');
      }
    });
  }

  for (const [name, kid] of Object.entries({
    'a number': 1,
    'an object': { a: 1 },
    null: null,
    'a list': ['a'],
    true: true,
  })) {
    it(`rejects a kid that is ${name}`, () => {
      refuses(two, forge({ alg: 'EdDSA', kid }, CLAIMS, 'EdDSA'), 'ERR_JWT_MALFORMED');
      refuses(VERIFIERS.EdDSA, forge({ alg: 'EdDSA', kid }, CLAIMS, 'EdDSA'), 'ERR_JWT_MALFORMED');
    });
  }

  it('rejects a kid of 1 MB', () => {
    refuses(two, forge({ alg: 'EdDSA', kid: 'a'.repeat(1e6) }, CLAIMS, 'EdDSA'), 'ERR_JWT_TOO_LARGE');
  });

  it('takes the only key without a kid, and rejects where there are two', () => {
    assert.ok(one.verify(forge({ alg: 'EdDSA' }, CLAIMS, 'EdDSA')));
    refuses(two, forge({ alg: 'EdDSA' }, CLAIMS, 'EdDSA'), 'ERR_JWT_KEY_UNKNOWN');
  });

  it('tries no other key than the one that is named', () => {
    refuses(two, forge({ alg: 'EdDSA', kid: 'b' }, CLAIMS, 'EdDSA'), 'ERR_JWT_SIGNATURE');
    assert.ok(two.verify(forge({ alg: 'EdDSA', kid: 'b' }, CLAIMS, 'EdDSA', second.privateKey)));
  });

  it('refuses two keys of one id in a list, and two without any', () => {
    refusesOption(() => createVerifier({ keys: [named(ED25519, 'a'), named(second, 'a')] }), 'ERR_JWT_KEY');
    refusesOption(() => createVerifier({ keys: [ED25519.publicKey, second.publicKey] }), 'ERR_JWT_KEY');
    for (const kid of ['', 5, null, {}]) {
      refusesOption(() => createVerifier({ keys: [named(ED25519, kid)] }), 'ERR_JWT_KEY');
    }
  });
});

describe('jwt keys: brought along by the token', () => {
  const attacker = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = attacker.publicKey.export({ format: 'jwk' });
  const x5c = [certificate(attacker).toString('base64')];
  const HEADERS = {
    jwk: { jwk },
    'jwk with its kid': { jwk: { ...jwk, kid: 'x' }, kid: 'x' },
    'jwk of a secret': { jwk: { kty: 'oct', k: 'c2VjcmV0' } },
    jku: { jku: 'http://127.0.0.1:9/keys' },
    x5u: { x5u: 'http://127.0.0.1:9/cert' },
    x5c: { x5c },
    x5t: { x5t: createHash('sha1').update(Buffer.from(x5c[0], 'base64')).digest('base64url') },
    'all of them': { jwk, jku: 'http://127.0.0.1:9/keys', x5u: 'http://127.0.0.1:9/cert', x5c },
  };
  for (const [name, members] of Object.entries(HEADERS)) {
    it(`never uses ${name}`, (t) => {
      const fetched = t.mock.method(globalThis, 'fetch', async () => new Response('{}'));
      for (const algorithm of ['RS256', 'PS512']) {
        const header = { alg: algorithm, ...members };
        refuses(VERIFIERS[algorithm], forge(header, CLAIMS, algorithm, attacker.privateKey), 'ERR_JWT_SIGNATURE');
        assert.ok(VERIFIERS[algorithm].verify(forge(header, CLAIMS, algorithm)));
      }
      refuses(VERIFIERS.HS256, forge({ alg: 'HS256', ...members }, CLAIMS, 'HS256', 'secret'), 'ERR_JWT_SIGNATURE');
      assert.strictEqual(fetched.mock.callCount(), 0);
    });
  }
});

describe('jwt keys: unfit', () => {
  const jwk = RSA.publicKey.export({ format: 'jwk' });

  it('takes no algorithm from the header where a JWK has none', () => {
    const verifier = createVerifier({ key: jwk });
    assert.ok(verifier.verify(forge({ alg: 'RS256' }, CLAIMS, 'RS256')));
    for (const alg of ['RS384', 'RS512', 'PS256', 'PS384', 'PS512']) {
      refuses(verifier, forge({ alg }, CLAIMS, alg), 'ERR_JWT_ALGORITHM');
    }
    refuses(verifier, forge({ alg: 'HS256' }, CLAIMS, 'HS256', JSON.stringify(jwk)), 'ERR_JWT_ALGORITHM');
  });

  it('holds a JWK to its alg, but for a longer hash that the program names alone', () => {
    const verifier = createVerifier({ key: { ...jwk, alg: 'PS384' } });
    for (const alg of ['PS256', 'PS512', 'RS384']) refuses(verifier, forge({ alg }, CLAIMS, alg), 'ERR_JWT_ALGORITHM');
    const make = (...algorithms) => createVerifier({ key: { ...jwk, alg: 'PS384' }, algorithms });
    assert.ok(make('PS512').verify(forge({ alg: 'PS512' }, CLAIMS, 'PS512')));
    refuses(make('PS512'), forge({ alg: 'PS384' }, CLAIMS, 'PS384'), 'ERR_JWT_ALGORITHM');
    for (const algorithms of [['PS256'], ['RS384'], ['RS512'], ['HS512'], ['PS384', 'PS512'], ['PS384', 'RS384']]) {
      refusesOption(() => make(...algorithms), 'ERR_JWT_KEY');
    }
  });

  const UNFIT_JWKS = {
    'for encryption': { ...jwk, use: 'enc' },
    'with a use of another type': { ...jwk, use: ['sig'] },
    'whose key_ops lack verify': { ...jwk, key_ops: ['encrypt', 'wrapKey'] },
    'whose key_ops are for signing': { ...jwk, key_ops: ['sign'] },
    'whose key_ops are empty': { ...jwk, key_ops: [] },
    'whose key_ops are a text': { ...jwk, key_ops: 'verify' },
    'with an exponent of 1': { ...jwk, e: 'AQ' },
    'with an exponent of 0': { ...jwk, e: 'AA' },
    'with an even exponent': { ...jwk, e: 'AQAA' },
    'without a modulus': { kty: 'RSA', e: 'AQAB' },
    'of an unknown kty': { ...jwk, kty: 'rsa' },
    'with a kty of another type': { ...jwk, kty: ['RSA'] },
    'with an alg of another type': { ...jwk, alg: ['RS256'] },
    'of 1,024 bits': generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' }),
    'of 2,047 bits': { ...jwk, n: rsaModulus((1n << 2046n) | 1n) },
    'of the faulty generator of CVE-2017-15361': { ...jwk, n: rsaModulus(rocaModulus()) },
    'off its curve': { ...P256.publicKey.export({ format: 'jwk' }), y: Buffer.alloc(32, 1).toString('base64url') },
    'of another curve than it says': { ...P256.publicKey.export({ format: 'jwk' }), crv: 'P-384' },
    'of an Ed25519 point of small order': { kty: 'OKP', crv: 'Ed25519', x: Buffer.alloc(32).toString('base64url') },
    'of X25519': {
      kty: 'OKP',
      crv: 'X25519',
      x: createECDH('prime256v1').generateKeys().subarray(1, 33).toString('base64url'),
    },
  };
  for (const [name, key] of Object.entries(UNFIT_JWKS)) {
    it(`refuses a JWK ${name}`, () => {
      refusesOption(() => createVerifier({ key }), 'ERR_JWT_KEY');
      refusesOption(() => createVerifier({ keys: { keys: [key] } }), 'ERR_JWT_KEY');
      refusesOption(() => createVerifier({ jwks: { keys: [key] } }), 'ERR_JWT_KEY');
    });

    it(`passes over a JWK ${name} in the public set of an issuer`, () => {
      const good = { ...P256.publicKey.export({ format: 'jwk' }), kid: 'good' };
      const verifier = createVerifier({ jwks: { keys: [{ ...key, kid: 'other' }, good] } });
      const signer = createSigner({ key: P256.privateKey, keyId: 'good' });
      assert.ok(verifier.verify(signer.sign({})));
      const alone = createSigner({ key: P256.privateKey, keyId: 'other' }).sign({});
      assert.throws(() => verifier.verify(alone), { code: 'ERR_JWT_KEY_UNKNOWN' });
    });
  }

  it('refuses RSA of 1,024 bits in every form', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    for (const type of ['spki', 'pkcs1']) {
      for (const format of ['pem', 'der'])
        refusesOption(() => createVerifier({ key: publicKey.export({ type, format }) }), 'ERR_JWT_KEY');
    }
    refusesOption(() => createVerifier({ key: publicKey }), 'ERR_JWT_KEY');
    refusesOption(() => createVerifier({ key: certificate({ publicKey, privateKey }) }), 'ERR_JWT_KEY');
    refusesOption(() => createSigner({ key: privateKey }), 'ERR_JWT_KEY');
  });

  const BOUND = {
    'to SHA-256': [{ hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 32 }, ['PS256']],
    'to SHA-512 and any salt': [{ hashAlgorithm: 'sha512', mgf1HashAlgorithm: 'sha512', saltLength: 0 }, ['PS512']],
    'to nothing': [{}, ['PS256', 'PS384', 'PS512']],
    'to SHA-1': [{ hashAlgorithm: 'sha1', mgf1HashAlgorithm: 'sha1', saltLength: 20 }, []],
    'to two hashes': [{ hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha1', saltLength: 20 }, []],
    'to a salt longer than its hash': [{ hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 64 }, []],
  };
  for (const [name, [bounds, able]] of Object.entries(BOUND)) {
    it(`lets an RSA-PSS key that is bound ${name} do ${able.join(', ') || 'nothing'}, and no RS*`, () => {
      const pair = generateKeyPairSync('rsa-pss', { modulusLength: 2048, ...bounds });
      for (const algorithm of [...ALGORITHMS, undefined]) {
        const named = algorithm === undefined ? {} : { algorithm };
        const makes = [
          () => createSigner({ key: pair.privateKey, ...named }),
          () => createVerifier({ key: pair.publicKey, ...(algorithm && { algorithms: [algorithm] }) }),
        ];
        if (able.includes(algorithm ?? able[0])) {
          const token = makes[0]().sign(CLAIMS);
          assert.deepStrictEqual(makes[1]().verify(token), CLAIMS);
        } else {
          for (const make of makes) assert.throws(make, { code: /^ERR_JWT_KEY(_ALGORITHM)?$/, name: 'TypeError' });
        }
      }
      // No JWK can say what it is bound to.
      assert.throws(() => createKeyRing({ current: pair.privateKey }), { code: 'ERR_JWT_KEY', name: 'TypeError' });
    });
  }

  it('refuses HMAC keys that are shorter than their hash, in every form', () => {
    for (const [algorithm, least] of Object.entries({ HS256: 32, HS384: 48, HS512: 64 })) {
      const bytes = Buffer.alloc(least - 1, 'k');
      const forms = [bytes, bytes.toString(), { kty: 'oct', k: bytes.toString('base64url') }];
      for (const key of forms) {
        refusesOption(() => createVerifier({ key, algorithms: [algorithm] }), 'ERR_JWT_KEY');
        refusesOption(() => createSigner({ key, algorithm }), 'ERR_JWT_KEY');
      }
    }
  });

  it('refuses a secret and a private key in the set of an issuer, whole', () => {
    const secret = { kty: 'oct', k: Buffer.from(SECRET).toString('base64url') };
    for (const bad of [secret, RSA.privateKey.export({ format: 'jwk' })]) {
      refusesOption(() => publicKeys({ keys: [jwk, bad] }, {}), 'ERR_JWT_KEY');
      refusesOption(() => publicKeys({ keys: [bad] }, {}), 'ERR_JWT_KEY');
    }
  });

  it('lends a JWK nothing from a polluted prototype', (t) => {
    t.after(() => {
      for (const name of ['use', 'alg', 'd', 'k']) delete Object.prototype[name];
    });
    Object.assign(Object.prototype, { alg: 'PS256', k: Buffer.from(SECRET).toString('base64url') });
    const verifier = createVerifier({ key: jwk });
    assert.ok(verifier.verify(forge({ alg: 'RS256' }, CLAIMS, 'RS256')));
    refusesOption(() => createVerifier({ key: { kty: 'oct' } }), 'ERR_JWT_KEY');
  });
});

/** @param {bigint} modulus */
function rsaModulus(modulus) {
  const hex = modulus.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex').toString('base64url');
}

/** A number of 2,048 bits that is a power of 65537 modulo each of many small primes; no primes hide in it. */
function rocaModulus() {
  const primes = [];
  for (let n = 2n; primes.length < 126; n++) if (primes.every((prime) => n % prime !== 0n)) primes.push(n);
  const primorial = primes.reduce((product, prime) => product * prime, 1n);
  let power = 1n;
  for (let i = 0; i < 1234; i++) power = (power * 65537n) % primorial;
  const blocks = (1n << 2047n) / primorial + 7n;
  return blocks * primorial + power;
}
