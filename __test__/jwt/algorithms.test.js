'use strict';

// Attacks on the choice of the algorithm: a header may choose among what the verifier allows, and never widen it.

const assert = require('node:assert');
const { generateKeyPairSync } = require('node:crypto');
const { describe, it } = require('node:test');
const { createKeyRing, createSigner, createVerifier } = require('portcullis');
const { ALGORITHMS, PAIRS, SECRET, encode, forge } = require('../support/forge');
const { CLAIMS, VERIFIERS, everywhere, refuses, refusesOption } = require('../support/attack');

const { rsa: RSA, p256: P256 } = PAIRS;

describe('jwt algorithms: what each forgery is made from', () => {
  for (const algorithm of ALGORITHMS) {
    it(`passes with ${algorithm}`, () => {
      assert.deepStrictEqual(VERIFIERS[algorithm].verify(forge({ alg: algorithm }, CLAIMS, algorithm)), CLAIMS);
    });
  }
});

describe('jwt algorithms: the one in the header', () => {
  const NAMES = {
    none: 'none',
    None: 'None',
    NONE: 'NONE',
    nOnE: 'nOnE',
    'an empty text': '',
    'an unknown algorithm': 'XS256',
    ES256K: 'ES256K',
  };
  for (const [name, alg] of Object.entries(NAMES)) {
    it(`rejects ${name}, unsigned, and signed with the right key`, () => {
      everywhere((algorithm, verifier) => {
        refuses(verifier, `${encode({ alg })}.${encode(CLAIMS)}.`, 'ERR_JWT_ALGORITHM');
        refuses(verifier, forge({ alg }, CLAIMS, algorithm), 'ERR_JWT_ALGORITHM');
      });
    });
  }

  const SPELLINGS = {
    'in lower case': (name) => name.toLowerCase(),
    'with a space behind it': (name) => `${name} `,
    'with a space before it': (name) => ` ${name}`,
    'with NUL behind it': (name) => `${name}\0`,
    'with a line end behind it': (name) => `${name}\n`,
    'in full-width letters': (name) => name.replace(/S/, '\uff33'),
    'with a dotless letter': (name) => name.replace(/S/, '\u017f'),
  };
  for (const [name, spell] of Object.entries(SPELLINGS)) {
    it(`rejects the right algorithm ${name}`, () => {
      everywhere((algorithm, verifier) => {
        const alg = spell(algorithm);
        if (alg !== algorithm) refuses(verifier, forge({ alg }, CLAIMS, algorithm), 'ERR_JWT_ALGORITHM');
      });
    });
  }

  it('rejects a header without an algorithm', () => {
    everywhere((algorithm, verifier) => {
      refuses(verifier, forge({}, CLAIMS, algorithm), 'ERR_JWT_ALGORITHM');
      refuses(verifier, forge({ typ: 'JWT' }, CLAIMS, algorithm), 'ERR_JWT_ALGORITHM');
    });
  });

  const OTHER_TYPES = {
    'a list': (name) => [name],
    'an empty list': () => [],
    'an object': (name) => ({ name }),
    'a number': () => 256,
    null: () => null,
    true: () => true,
  };
  for (const [name, write] of Object.entries(OTHER_TYPES)) {
    it(`rejects an algorithm that is ${name}`, () => {
      everywhere((algorithm, verifier) => {
        refuses(verifier, forge({ alg: write(algorithm) }, CLAIMS, algorithm), 'ERR_JWT_MALFORMED');
      });
    });
  }

  it('rejects every algorithm but the one that is allowed, each with a right signature', () => {
    everywhere((algorithm, verifier) => {
      for (const other of ALGORITHMS.filter((one) => one !== algorithm)) {
        refuses(verifier, forge({ alg: other }, CLAIMS, other), 'ERR_JWT_ALGORITHM');
        refuses(verifier, forge({ alg: algorithm }, CLAIMS, other), 'ERR_JWT_SIGNATURE');
      }
    });
  });

  it('refuses "none" as an allowed algorithm and to sign with', () => {
    for (const name of ['none', 'None', 'NONE', 'nOnE']) {
      refusesOption(() => createVerifier({ key: SECRET, algorithms: [name] }), 'ERR_JWT_KEY_ALGORITHM');
      refusesOption(() => createSigner({ key: SECRET, algorithm: name }), 'ERR_JWT_KEY_ALGORITHM');
    }
  });
});

describe('jwt algorithms: another scheme, curve or half', () => {
  it('rejects RS* where PS* is pinned, and the reverse, by header and by signature', () => {
    for (const bits of ['256', '384', '512']) {
      for (const [pinned, other] of [
        [`PS${bits}`, `RS${bits}`],
        [`RS${bits}`, `PS${bits}`],
      ]) {
        refuses(VERIFIERS[pinned], forge({ alg: other }, CLAIMS, other), 'ERR_JWT_ALGORITHM');
        refuses(VERIFIERS[pinned], forge({ alg: pinned }, CLAIMS, other), 'ERR_JWT_SIGNATURE');
      }
    }
  });

  it('refuses a curve that is not the algorithm’s', () => {
    for (const [algorithm, curve] of Object.entries({ ES256: 'p256', ES384: 'p384', ES512: 'p521' })) {
      for (const [name, { publicKey, privateKey }] of Object.entries(PAIRS)) {
        if (name === curve) continue;
        refusesOption(() => createVerifier({ key: publicKey, algorithms: [algorithm] }), 'ERR_JWT_KEY_ALGORITHM');
        refusesOption(() => createSigner({ key: privateKey, algorithm }), 'ERR_JWT_KEY_ALGORITHM');
      }
    }
  });

  it('rejects a signature of P-384 under ES256, and ES256 under a P-384 key', () => {
    const long = forge({ alg: 'ES256' }, CLAIMS, 'ES256', PAIRS.p384.privateKey);
    refuses(VERIFIERS.ES256, long, 'ERR_JWT_SIGNATURE');
    refuses(VERIFIERS.ES384, long, 'ERR_JWT_ALGORITHM');
  });

  it('refuses secp256k1 in every form, and rejects its signatures under ES256', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    for (const key of [
      publicKey,
      publicKey.export({ type: 'spki', format: 'pem' }),
      publicKey.export({ format: 'jwk' }),
    ]) {
      refusesOption(() => createVerifier({ key }), 'ERR_JWT_KEY');
      refusesOption(() => createVerifier({ key, algorithms: ['ES256'] }), 'ERR_JWT_KEY');
      refusesOption(() => createVerifier({ key, algorithms: ['ES256K'] }), 'ERR_JWT_KEY_ALGORITHM');
    }
    refusesOption(() => createSigner({ key: privateKey }), 'ERR_JWT_KEY');
    refuses(VERIFIERS.ES256, forge({ alg: 'ES256' }, CLAIMS, 'ES256', privateKey), 'ERR_JWT_SIGNATURE');
  });

  it('refuses keys that are for no signature of a token: X25519, X448, Ed448, DH, DSA', () => {
    const others = [
      generateKeyPairSync('x25519'),
      generateKeyPairSync('x448'),
      generateKeyPairSync('ed448'),
      generateKeyPairSync('dh', { group: 'modp14' }),
      generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }),
      generateKeyPairSync('ec', { namedCurve: 'secp224r1' }),
    ];
    for (const { publicKey, privateKey } of others) {
      refusesOption(() => createVerifier({ key: publicKey }), 'ERR_JWT_KEY');
      refusesOption(() => createVerifier({ key: publicKey, algorithms: ['EdDSA'] }), 'ERR_JWT_KEY');
      refusesOption(() => createSigner({ key: privateKey }), 'ERR_JWT_KEY');
    }
  });

  it('refuses to verify with a private key, and to sign with a public one, in every form', () => {
    for (const { publicKey, privateKey } of Object.values(PAIRS)) {
      const der = { type: 'pkcs8', format: 'der' };
      const text = { type: 'pkcs8', format: 'pem' };
      const both = `${publicKey.export({ type: 'spki', format: 'pem' })}${privateKey.export(text)}`;
      for (const key of [
        privateKey,
        privateKey.export(der),
        privateKey.export(text),
        privateKey.export({ format: 'jwk' }),
        both,
      ]) {
        refusesOption(() => createVerifier({ key }), 'ERR_JWT_KEY');
        refusesOption(() => createVerifier({ keys: [key] }), 'ERR_JWT_KEY');
      }
      for (const key of [
        publicKey,
        publicKey.export({ type: 'spki', format: 'der' }),
        publicKey.export({ format: 'jwk' }),
      ]) {
        refusesOption(() => createSigner({ key }), 'ERR_JWT_KEY');
      }
    }
  });
});

describe('jwt algorithms: mixed families', () => {
  const publicJwk = { ...RSA.publicKey.export({ format: 'jwk' }), kid: 'r' };
  const secretJwk = { kty: 'oct', k: Buffer.from(SECRET).toString('base64url'), kid: 's' };

  it('refuses HS256 beside RS256 for one key, whatever the key', () => {
    const algorithms = ['HS256', 'RS256'];
    refusesOption(() => createVerifier({ key: RSA.publicKey, algorithms }), 'ERR_JWT_KEY_ALGORITHM');
    refusesOption(() => createVerifier({ key: SECRET, algorithms }), 'ERR_JWT_KEY_ALGORITHM');
    refusesOption(() => createVerifier({ key: SECRET, algorithms: ['RS256', 'HS256'] }), 'ERR_JWT_KEY_ALGORITHM');
  });

  it('refuses a secret beside a public key in a list, a set and a ring', () => {
    refusesOption(() => createVerifier({ keys: [secretJwk, publicJwk] }), 'ERR_JWT_KEY');
    refusesOption(() => createVerifier({ keys: { keys: [publicJwk, secretJwk] } }), 'ERR_JWT_KEY');
    refusesOption(
      () => createVerifier({ keys: [publicJwk, secretJwk], algorithms: ['RS256', 'HS256'] }),
      'ERR_JWT_KEY',
    );
    const ring = createKeyRing({ current: RSA.privateKey });
    refusesOption(() => ring.announce({ key: SECRET, keyId: 's' }), 'ERR_JWT_KEY');
  });

  it('rejects a kid that would cross families', () => {
    const keys = [publicJwk, { ...P256.publicKey.export({ format: 'jwk' }), kid: 'e' }];
    const verifier = createVerifier({ keys, algorithms: ['RS256', 'ES256'] });
    assert.ok(verifier.verify(forge({ alg: 'RS256', kid: 'r' }, CLAIMS, 'RS256')));
    assert.ok(verifier.verify(forge({ alg: 'ES256', kid: 'e' }, CLAIMS, 'ES256')));
    refuses(verifier, forge({ alg: 'RS256', kid: 'e' }, CLAIMS, 'RS256'), 'ERR_JWT_KEY_UNKNOWN');
    refuses(verifier, forge({ alg: 'ES256', kid: 'r' }, CLAIMS, 'ES256'), 'ERR_JWT_KEY_UNKNOWN');
    for (const kid of ['r', 'e']) {
      const known = RSA.publicKey.export({ type: 'spki', format: 'pem' });
      refuses(verifier, forge({ alg: 'HS256', kid }, CLAIMS, 'HS256', known), 'ERR_JWT_ALGORITHM');
    }
  });
});
