'use strict';

// Tokens of jsonwebtoken, jose and fast-jwt verify here and ours verify there, with every algorithm and every form of a key
// that the two share; and what is refused as a key.

const assert = require('node:assert');
const { createSecretKey, generateKeyPairSync } = require('node:crypto');
const { before, describe, it } = require('node:test');

const fastJwt = require('fast-jwt');
const jsonwebtoken = require('jsonwebtoken');
const { createKeyRing, createSigner, createVerifier } = require('portcullis');

const { publicKeys } = require('../../lib/jwt/key-lists');
const { certificate, pem } = require('../support/certificate');
const { ALGORITHMS, MACS, PAIRS, SECRET, pairOf } = require('../support/forge');

const CLAIMS = {
  iss: 'https://issuer.example',
  aud: ['api', 'other'],
  sub: 'Zo\u00eb \ud83d\ude00 \u2028',
  iat: 1_700_000_000,
  exp: 4_000_000_000,
  jti: 'a.b-c_d',
  deep: { list: [1, -0.5, 1e21, true, null, { '': '"\\/\b' }] },
};
const PASSPHRASE = 'a passphrase for tests';

/** jose is a module of ECMAScript alone. */
let jose;
before(async () => {
  jose = await import('jose');
});

const verifiesHere = (token, key, algorithm) => {
  assert.deepStrictEqual(createVerifier({ key, algorithms: [algorithm] }).verify(token), CLAIMS);
};
const keyObject = (key) => (typeof key === 'string' ? createSecretKey(Buffer.from(key)) : key);

/** What the peers do with KeyObjects, or with a secret's text. */
const PEERS = {
  jsonwebtoken: {
    has: (algorithm) => algorithm !== 'EdDSA',
    sign: (key, algorithm) => jsonwebtoken.sign(CLAIMS, key, { algorithm }),
    verify: (token, key, algorithm) => jsonwebtoken.verify(token, key, { algorithms: [algorithm] }),
  },
  jose: {
    has: () => true,
    sign: (key, algorithm) => new jose.SignJWT(CLAIMS).setProtectedHeader({ alg: algorithm }).sign(keyObject(key)),
    verify: async (token, key, algorithm) =>
      (await jose.jwtVerify(token, keyObject(key), { algorithms: [algorithm] })).payload,
  },
  'fast-jwt': {
    has: () => true,
    sign: (key, algorithm) => fastJwt.createSigner({ key: text(key, 'pkcs8'), algorithm })(CLAIMS),
    verify: (token, key, algorithm) =>
      fastJwt.createVerifier({ key: text(key, 'spki'), algorithms: [algorithm] })(token),
  },
};

function text(key, type) {
  return typeof key === 'string' ? key : key.export({ type, format: 'pem' });
}

describe('jwt interoperation: algorithms', () => {
  for (const algorithm of ALGORITHMS) {
    const { privateKey, publicKey } = pairOf(algorithm);
    for (const [name, peer] of Object.entries(PEERS)) {
      if (!peer.has(algorithm)) continue;
      it(`verifies the ${algorithm} of ${name}`, async () => {
        const token = await peer.sign(privateKey, algorithm);
        verifiesHere(token, publicKey, algorithm);
        assert.deepStrictEqual(
          await createVerifier({ key: publicKey, algorithms: [algorithm] }).verifyAsync(token),
          CLAIMS,
        );
      });

      it(`signs ${algorithm} that ${name} verifies`, async () => {
        const signer = createSigner({ key: privateKey, algorithm });
        for (const token of [signer.sign(CLAIMS), await signer.signAsync(CLAIMS)]) {
          assert.deepStrictEqual(await peer.verify(token, publicKey, algorithm), CLAIMS);
        }
      });
    }
  }
});

/** The algorithm to test each pair with. */
const FAMILIES = { rsa: 'RS256', p256: 'ES256', p384: 'ES384', p521: 'ES512', ed25519: 'EdDSA' };

const der = (key, type, locks = {}) => key.export({ type, format: 'der', ...locks });
const pemOf = (key, type, locks = {}) => key.export({ type, format: 'pem', ...locks });
const LOCKED = { cipher: 'aes-256-cbc', passphrase: PASSPHRASE };

/** Every form of a public key, and how a peer reads the same one. */
function publicForms(pair, algorithm) {
  const { publicKey } = pair;
  const x509 = certificate(pair);
  const spki = pemOf(publicKey, 'spki');
  const jwk = publicKey.export({ format: 'jwk' });
  const forms = {
    'SPKI PEM': { key: spki, jose: () => jose.importSPKI(spki, algorithm), jsonwebtoken: spki, fastJwt: spki },
    'SPKI PEM with CRLF': { key: spki.replace(/\n/g, '\r\n'), jsonwebtoken: spki, fastJwt: spki },
    'SPKI PEM in a Buffer': { key: Buffer.from(spki), jsonwebtoken: Buffer.from(spki), fastJwt: Buffer.from(spki) },
    'SPKI DER': { key: der(publicKey, 'spki') },
    'SPKI DER in a Uint8Array': { key: new Uint8Array(der(publicKey, 'spki')) },
    'an X.509 certificate as PEM': {
      key: pem(x509, 'CERTIFICATE'),
      jose: () => jose.importX509(pem(x509, 'CERTIFICATE'), algorithm),
      jsonwebtoken: pem(x509, 'CERTIFICATE'),
    },
    'an X.509 certificate as DER': { key: x509 },
    'a JWK': { key: jwk, jose: () => jose.importJWK(jwk, algorithm) },
    'a JWK with its alg and use': { key: { ...jwk, alg: algorithm, use: 'sig', key_ops: ['verify'] } },
    'a KeyObject': { key: publicKey, jose: () => publicKey, jsonwebtoken: publicKey },
  };
  if (publicKey.asymmetricKeyType !== 'rsa') return forms;
  const pkcs1 = pemOf(publicKey, 'pkcs1');
  return {
    ...forms,
    'PKCS1 PEM': { key: pkcs1, jsonwebtoken: pkcs1, fastJwt: pkcs1 },
    'PKCS1 DER': { key: der(publicKey, 'pkcs1') },
  };
}

/** Every form of a private key, and how a peer reads the same one. */
function privateForms({ privateKey }, algorithm) {
  const pkcs8 = pemOf(privateKey, 'pkcs8');
  const locked = pemOf(privateKey, 'pkcs8', LOCKED);
  const jwk = privateKey.export({ format: 'jwk' });
  const forms = {
    'PKCS8 PEM': { key: pkcs8, jose: () => jose.importPKCS8(pkcs8, algorithm), jsonwebtoken: pkcs8, fastJwt: pkcs8 },
    'PKCS8 PEM in a Buffer': { key: Buffer.from(pkcs8), jsonwebtoken: Buffer.from(pkcs8) },
    'encrypted PKCS8 PEM': {
      key: locked,
      passphrase: PASSPHRASE,
      jsonwebtoken: { key: locked, passphrase: PASSPHRASE },
      fastJwt: algorithm === 'EdDSA' ? undefined : { key: locked, passphrase: PASSPHRASE },
    },
    'PKCS8 DER': { key: der(privateKey, 'pkcs8') },
    'encrypted PKCS8 DER': { key: der(privateKey, 'pkcs8', LOCKED), passphrase: PASSPHRASE },
    'a JWK': { key: jwk, jose: () => jose.importJWK(jwk, algorithm) },
    'a JWK with its alg and use': { key: { ...jwk, alg: algorithm, use: 'sig', key_ops: ['sign'] } },
    'a KeyObject': { key: privateKey, jose: () => privateKey, jsonwebtoken: privateKey },
  };
  const own = { rsa: 'pkcs1', ec: 'sec1' }[privateKey.asymmetricKeyType];
  if (own === undefined) return forms;
  const plain = pemOf(privateKey, own);
  const legacy = pemOf(privateKey, own, LOCKED);
  assert.match(legacy, /^DEK-Info: AES-256-CBC/m);
  const name = own.toUpperCase();
  return {
    ...forms,
    [`${name} PEM`]: { key: plain, jsonwebtoken: plain, fastJwt: plain },
    [`encrypted ${name} PEM of the old kind`]: {
      key: legacy,
      passphrase: PASSPHRASE,
      jsonwebtoken: { key: legacy, passphrase: PASSPHRASE },
      fastJwt: own === 'pkcs1' ? { key: legacy, passphrase: PASSPHRASE } : undefined,
    },
    [`${name} DER`]: { key: der(privateKey, own) },
  };
}

describe('jwt interoperation: public keys', () => {
  for (const [family, algorithm] of Object.entries(FAMILIES)) {
    const pair = PAIRS[family];
    for (const [name, form] of Object.entries(publicForms(pair, algorithm))) {
      it(`verifies ${algorithm} with ${name}, as the peers do that take it`, async () => {
        const token = createSigner({ key: pair.privateKey, algorithm }).sign(CLAIMS);
        verifiesHere(token, form.key, algorithm);
        assert.deepStrictEqual(createVerifier({ key: form.key }).verify(token), CLAIMS);
        assert.deepStrictEqual(createVerifier({ keys: [form.key] }).verify(token), CLAIMS);
        if (form.jsonwebtoken && algorithm !== 'EdDSA') {
          const verified = jsonwebtoken.verify(token, form.jsonwebtoken, { algorithms: [algorithm] });
          assert.deepStrictEqual(verified, CLAIMS);
        }
        if (form.fastJwt) {
          assert.deepStrictEqual(fastJwt.createVerifier({ key: form.fastJwt, algorithms: [algorithm] })(token), CLAIMS);
        }
        if (form.jose) assert.deepStrictEqual((await jose.jwtVerify(token, await form.jose())).payload, CLAIMS);
      });
    }
  }

  it('chooses from the JWK set that jose chooses from', async () => {
    const set = {
      keys: Object.entries(FAMILIES).map(([family, alg]) => ({
        ...PAIRS[family].publicKey.export({ format: 'jwk' }),
        kid: family,
        use: 'sig',
        alg,
      })),
    };
    const verifier = createVerifier({ keys: set });
    const theirs = jose.createLocalJWKSet(set);
    for (const [family, algorithm] of Object.entries(FAMILIES)) {
      const ours = createSigner({ key: PAIRS[family].privateKey, algorithm, keyId: family }).sign(CLAIMS);
      assert.deepStrictEqual((await jose.jwtVerify(ours, theirs)).payload, CLAIMS);
      const header = { alg: algorithm, kid: family };
      const token = await new jose.SignJWT(CLAIMS).setProtectedHeader(header).sign(PAIRS[family].privateKey);
      assert.deepStrictEqual(verifier.verify(token), CLAIMS);
      assert.deepStrictEqual(verifier.verify(ours), CLAIMS);
    }
  });

  it('publishes a set that jose verifies with', async () => {
    const ring = createKeyRing({
      current: PAIRS.p256.privateKey,
      previous: [PAIRS.rsa.publicKey, PAIRS.ed25519.privateKey],
    });
    const token = createSigner({ keys: ring }).sign(CLAIMS);
    const theirs = jose.createLocalJWKSet(ring.jwks());
    assert.deepStrictEqual((await jose.jwtVerify(token, theirs)).payload, CLAIMS);
    for (const jwk of ring.jwks().keys) assert.strictEqual(jwk.kid, await jose.calculateJwkThumbprint(jwk));
  });
});

describe('jwt interoperation: private keys', () => {
  for (const [family, algorithm] of Object.entries(FAMILIES)) {
    const pair = PAIRS[family];
    for (const [name, { key, passphrase, ...peers }] of Object.entries(privateForms(pair, algorithm))) {
      const locks = passphrase === undefined ? {} : { passphrase };
      it(`signs ${algorithm} with ${name}, as the peers do that take it`, async () => {
        for (const options of [
          { key, ...locks },
          { key, algorithm, ...locks },
        ]) {
          verifiesHere(createSigner(options).sign(CLAIMS), pair.publicKey, algorithm);
        }
        const ring = createKeyRing({ current: passphrase === undefined ? key : { key, passphrase } });
        verifiesHere(createSigner({ keys: ring }).sign(CLAIMS), pair.publicKey, algorithm);
        if (peers.jsonwebtoken && algorithm !== 'EdDSA') {
          verifiesHere(jsonwebtoken.sign(CLAIMS, peers.jsonwebtoken, { algorithm }), pair.publicKey, algorithm);
        }
        if (peers.fastJwt) {
          verifiesHere(fastJwt.createSigner({ key: peers.fastJwt, algorithm })(CLAIMS), pair.publicKey, algorithm);
        }
        if (peers.jose) {
          const token = new jose.SignJWT(CLAIMS).setProtectedHeader({ alg: algorithm });
          verifiesHere(await token.sign(await peers.jose()), pair.publicKey, algorithm);
        }
      });

      if (passphrase === undefined) continue;
      it(`says of ${name} of ${algorithm} that its passphrase is missing or wrong`, () => {
        assert.throws(() => createSigner({ key }), { code: 'ERR_JWT_KEY', name: 'TypeError' });
        assert.throws(
          () => createSigner({ key, passphrase: 'wrong' }),
          (error) => error.code === 'ERR_JWT_KEY' && !error.message.includes('wrong passphrase'),
        );
      });
    }
  }
});

describe('jwt interoperation: secrets', () => {
  const bytes = Buffer.from(SECRET);
  const FORMS = {
    'a text': SECRET,
    'a Buffer': bytes,
    'a Uint8Array': new Uint8Array(bytes),
    'a JWK': { kty: 'oct', k: bytes.toString('base64url') },
    'a KeyObject': createSecretKey(bytes),
  };
  for (const [name, key] of Object.entries(FORMS)) {
    it(`takes ${name} for the same secret as the peers`, async () => {
      for (const algorithm of MACS) {
        const token = createSigner({ key, algorithm }).sign(CLAIMS);
        for (const peer of Object.values(PEERS)) {
          assert.deepStrictEqual(await peer.verify(token, SECRET, algorithm), CLAIMS);
          verifiesHere(await peer.sign(SECRET, algorithm), key, algorithm);
        }
        assert.deepStrictEqual(jsonwebtoken.verify(token, bytes, { algorithms: [algorithm] }), CLAIMS);
        assert.deepStrictEqual(fastJwt.createVerifier({ key: bytes, algorithms: [algorithm] })(token), CLAIMS);
      }
    });
  }

  it('takes a text beyond ASCII as UTF-8, as the peers do', async () => {
    const key = 'gel\u00e4\u00fcfige Schl\u00fcssel f\u00fcr 64 Bytes \ud83d\udd11 und noch ein paar Zeichen mehr';
    const token = createSigner({ key }).sign(CLAIMS);
    for (const peer of Object.values(PEERS)) assert.deepStrictEqual(await peer.verify(token, key, 'HS256'), CLAIMS);
  });
});

describe('jwt: what is refused as a key when it is made', () => {
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const { publicKey, privateKey } = PAIRS.rsa;
  const jwk = publicKey.export({ format: 'jwk' });
  const oct = { kty: 'oct', k: Buffer.from(SECRET).toString('base64url') };
  const hs = { algorithms: ['HS256'] };

  /** What is tried, and the code that it is refused with. @type {Record<string, [() => unknown, string]>} */
  const REFUSED_KEYS = {
    'RSA below 2,048 bits, to verify': [() => createVerifier({ key: small.publicKey }), 'ERR_JWT_KEY'],
    'RSA below 2,048 bits, to verify PS256': [
      () => createVerifier({ key: pemOf(small.publicKey, 'spki'), algorithms: ['PS256'] }),
      'ERR_JWT_KEY',
    ],
    'RSA below 2,048 bits, to sign': [() => createSigner({ key: small.privateKey }), 'ERR_JWT_KEY'],
    'RSA below 2,048 bits, in a certificate': [() => createVerifier({ key: certificate(small) }), 'ERR_JWT_KEY'],
    'RSA below 2,048 bits, in a list': [() => createVerifier({ keys: [publicKey, small.publicKey] }), 'ERR_JWT_KEY'],
    'RSA below 2,048 bits, in a ring': [() => createKeyRing({ current: small.privateKey }), 'ERR_JWT_KEY'],
    'an HMAC key shorter than SHA-256': [() => createVerifier({ key: SECRET.slice(0, 31) }), 'ERR_JWT_KEY'],
    'an HMAC key shorter than SHA-384': [
      () => createVerifier({ key: SECRET.slice(0, 47), algorithms: ['HS384'] }),
      'ERR_JWT_KEY',
    ],
    'an HMAC key shorter than SHA-512': [
      () => createSigner({ key: SECRET.slice(0, 63), algorithm: 'HS512' }),
      'ERR_JWT_KEY',
    ],
    'an HMAC key shorter than one of its hashes': [
      () => createVerifier({ key: SECRET.slice(0, 48), algorithms: MACS }),
      'ERR_JWT_KEY',
    ],
    'an HMAC KeyObject that is short': [
      () => createVerifier({ key: createSecretKey(Buffer.alloc(31, 1)) }),
      'ERR_JWT_KEY',
    ],
    'an empty HMAC key': [() => createVerifier({ key: '' }), 'ERR_JWT_KEY'],
    'a PEM text as an HMAC secret': [
      () => createVerifier({ key: pemOf(publicKey, 'spki'), ...hs }),
      'ERR_JWT_KEY_ALGORITHM',
    ],
    'a private PEM text as an HMAC secret': [
      () => createVerifier({ key: pemOf(privateKey, 'pkcs8'), ...hs }),
      'ERR_JWT_KEY',
    ],
    'a private PEM text to sign HS256 with': [
      () => createSigner({ key: pemOf(privateKey, 'pkcs8'), algorithm: 'HS256' }),
      'ERR_JWT_KEY_ALGORITHM',
    ],
    'a broken PEM text as an HMAC secret': [
      () => createVerifier({ key: pemOf(publicKey, 'spki').slice(0, 200), ...hs }),
      'ERR_JWT_KEY',
    ],
    'DER as an HMAC secret': [() => createVerifier({ key: der(publicKey, 'spki'), ...hs }), 'ERR_JWT_KEY_ALGORITHM'],
    'a KeyObject of DER as an HMAC secret': [
      () => createVerifier({ key: createSecretKey(der(publicKey, 'spki')) }),
      'ERR_JWT_KEY',
    ],
    'a KeyObject of PEM as an HMAC secret': [
      () => createVerifier({ key: createSecretKey(Buffer.from(pemOf(publicKey, 'spki'))) }),
      'ERR_JWT_KEY',
    ],
    'a JWK text as an HMAC secret': [() => createVerifier({ key: JSON.stringify(jwk) }), 'ERR_JWT_KEY'],
    'a JWK set text as an HMAC secret': [() => createVerifier({ key: JSON.stringify({ keys: [jwk] }) }), 'ERR_JWT_KEY'],
    'an oct JWK text as an HMAC secret': [() => createVerifier({ key: JSON.stringify(oct) }), 'ERR_JWT_KEY'],
    'a JWK whose use forbids signatures': [() => createVerifier({ key: { ...jwk, use: 'enc' } }), 'ERR_JWT_KEY'],
    'a secret JWK whose use forbids signatures': [() => createSigner({ key: { ...oct, use: 'enc' } }), 'ERR_JWT_KEY'],
    'a JWK whose key_ops forbid verifying': [
      () => createVerifier({ key: { ...jwk, key_ops: ['encrypt'] } }),
      'ERR_JWT_KEY',
    ],
    'a JWK whose key_ops forbid signing': [
      () => createSigner({ key: { ...privateKey.export({ format: 'jwk' }), key_ops: ['verify'] } }),
      'ERR_JWT_KEY',
    ],
    'mixed families in algorithms': [
      () => createVerifier({ key: publicKey, algorithms: ['RS256', 'ES256'] }),
      'ERR_JWT_KEY_ALGORITHM',
    ],
    'HS256 beside RS256': [
      () => createVerifier({ key: publicKey, algorithms: ['RS256', 'HS256'] }),
      'ERR_JWT_KEY_ALGORITHM',
    ],
    'a secret beside a public key': [() => createVerifier({ keys: [publicKey, SECRET] }), 'ERR_JWT_KEY'],
    'a secret beside a public key in a set': [
      () =>
        createVerifier({
          keys: {
            keys: [
              { ...jwk, kid: 'a' },
              { ...oct, kid: 'b' },
            ],
          },
        }),
      'ERR_JWT_KEY',
    ],
    'oct keys in the JWKS of an issuer': [() => publicKeys({ keys: [{ ...jwk, kid: 'a' }, oct] }, {}), 'ERR_JWT_KEY'],
    'a private key in the JWKS of an issuer': [
      () => publicKeys({ keys: [privateKey.export({ format: 'jwk' })] }, {}),
      'ERR_JWT_KEY',
    ],
    'a private KeyObject where a public one is meant': [() => createVerifier({ key: privateKey }), 'ERR_JWT_KEY'],
    'a private PEM where a public one is meant': [
      () => createVerifier({ key: pemOf(privateKey, 'pkcs1') }),
      'ERR_JWT_KEY',
    ],
    'a private DER where a public one is meant': [
      () => createVerifier({ key: der(privateKey, 'pkcs8') }),
      'ERR_JWT_KEY',
    ],
    'a private PKCS1 DER where a public one is meant': [
      () => createVerifier({ key: der(privateKey, 'pkcs1') }),
      'ERR_JWT_KEY',
    ],
    'a private SEC1 DER where a public one is meant': [
      () => createVerifier({ key: der(PAIRS.p256.privateKey, 'sec1') }),
      'ERR_JWT_KEY',
    ],
    'a private JWK where a public one is meant': [
      () => createVerifier({ key: privateKey.export({ format: 'jwk' }) }),
      'ERR_JWT_KEY',
    ],
    'a private key behind a certificate': [
      () => createVerifier({ key: pem(certificate(PAIRS.rsa), 'CERTIFICATE') + pemOf(privateKey, 'pkcs8') }),
      'ERR_JWT_KEY',
    ],
    'a public key where a private one is meant': [() => createSigner({ key: publicKey }), 'ERR_JWT_KEY'],
    'a certificate where a private key is meant': [() => createSigner({ key: certificate(PAIRS.rsa) }), 'ERR_JWT_KEY'],
  };
  for (const [name, [make, code]] of Object.entries(REFUSED_KEYS)) {
    it(`refuses ${name}`, () => {
      assert.throws(make, (error) => {
        assert.strictEqual(error.code, code, error.message);
        assert.ok(error instanceof TypeError);
        assert.ok(!error.message.includes(SECRET.slice(0, 16)) && !error.message.includes(jwk.n.slice(0, 16)));
        return true;
      });
    });
  }
});
