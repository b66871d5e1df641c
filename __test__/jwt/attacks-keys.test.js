'use strict';

// The attacks of the field on algorithms and keys, one by one: points 1 to 8 of the checklist. Its other points are in
// jwt-checklist-tokens.test.js and jwt-checklist-state.test.js. Each forgery has one flaw; what it was made from passes.

const assert = require('node:assert');
const { createECDH, createHash, generateKeyPairSync } = require('node:crypto');
const { describe, it } = require('node:test');

const { createKeyRing, createSigner, createVerifier } = require('portcullis');

const { publicKeys } = require('../../lib/jwt/key-lists');
const { certificate, pem } = require('../support/certificate');
const { ALGORITHMS, MACS, PAIRS, SECRET, encode, forge, pairOf } = require('../support/forge');

const CLAIMS = { sub: 'user-1', iat: 1 };

/** A verifier of each algorithm, with the key that forge signs with. */
const VERIFIERS = Object.fromEntries(
  ALGORITHMS.map((name) => [name, createVerifier({ key: pairOf(name).publicKey, algorithms: [name], cache: false })]),
);

function refuses(verifier, token, code, message = token.slice(0, 200)) {
  assert.throws(() => verifier.verify(token), { name: 'PortcullisError', code, status: 401 }, message);
}

function refusesOption(make, code) {
  assert.throws(make, (error) => error.code === code && (error instanceof TypeError || error instanceof RangeError));
}

/** Bytes whose memory another thread has now. */
function handedAway() {
  const bytes = new Uint8Array(Buffer.from(SECRET));
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

/** The same forgery against every family. */
function everywhere(act) {
  for (const algorithm of ALGORITHMS) act(algorithm, VERIFIERS[algorithm]);
}

describe('jwt checklist: what each forgery is made from', () => {
  for (const algorithm of ALGORITHMS) {
    it(`passes with ${algorithm}`, () => {
      assert.deepStrictEqual(VERIFIERS[algorithm].verify(forge({ alg: algorithm }, CLAIMS, algorithm)), CLAIMS);
    });
  }
});

describe('jwt checklist: point 1: the algorithm in the header', () => {
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

describe('jwt checklist: point 2: empty signatures and empty keys', () => {
  it('rejects an empty signature', () => {
    everywhere((algorithm, verifier) => {
      const [header, payload] = forge({ alg: algorithm }, CLAIMS, algorithm).split('.');
      refuses(verifier, `${header}.${payload}.`, 'ERR_JWT_SIGNATURE');
      refuses(verifier, `${header}.${payload}`, 'ERR_JWT_MALFORMED');
    });
  });

  it('rejects a MAC of the empty key, of one zero byte, and of zeros', () => {
    for (const algorithm of MACS) {
      for (const key of ['', Buffer.alloc(1), Buffer.alloc(64)]) {
        refuses(VERIFIERS[algorithm], forge({ alg: algorithm }, CLAIMS, algorithm, key), 'ERR_JWT_SIGNATURE');
      }
    }
  });

  const EMPTY_KEYS = {
    null: [null, 'ERR_JWT_OPTION'],
    undefined: [undefined, 'ERR_JWT_OPTION'],
    'an empty text': ['', 'ERR_JWT_KEY'],
    'an empty Buffer': [Buffer.alloc(0), 'ERR_JWT_KEY'],
    'an empty Uint8Array': [new Uint8Array(0), 'ERR_JWT_KEY'],
    'a Uint8Array that was handed away': [handedAway(), 'ERR_JWT_KEY'],
    'a number': [0, 'ERR_JWT_OPTION'],
    false: [false, 'ERR_JWT_OPTION'],
    'an object': [{}, 'ERR_JWT_OPTION'],
    'a promise': [Promise.resolve(SECRET), 'ERR_JWT_OPTION'],
    'a function': [() => SECRET, 'ERR_JWT_OPTION'],
    'an ArrayBuffer': [new ArrayBuffer(64), 'ERR_JWT_OPTION'],
    'an oct JWK without k': [{ kty: 'oct' }, 'ERR_JWT_KEY'],
    'an oct JWK with an empty k': [{ kty: 'oct', k: '' }, 'ERR_JWT_KEY'],
  };
  for (const [name, [key, code]] of Object.entries(EMPTY_KEYS)) {
    it(`refuses a key that is ${name}`, () => {
      refusesOption(() => createVerifier({ key }), code);
      refusesOption(() => createVerifier({ key, algorithms: ['HS256'] }), code);
      refusesOption(() => createSigner({ key }), code);
      refusesOption(() => createVerifier({ keys: [key] }), 'ERR_JWT_KEY');
      assert.throws(() => createKeyRing({ current: { key, keyId: 'a' } }), { code: /^ERR_JWT_(KEY|OPTION)$/ });
    });
  }

  it('refuses a list of keys that is empty, and one with a hole', () => {
    refusesOption(() => createVerifier({ keys: [] }), 'ERR_JWT_KEY');
    refusesOption(() => createVerifier({ keys: { keys: [] } }), 'ERR_JWT_KEY');
    refusesOption(() => createVerifier({ keys: new Array(1) }), 'ERR_JWT_KEY');
  });
});

const { rsa: RSA, p256: P256, ed25519: ED25519 } = PAIRS;

/** What an attacker knows of a public key, in every spelling of it. @returns {Record<string, string | Buffer>} */
function knownTexts({ publicKey, privateKey }) {
  const spki = publicKey.export({ type: 'spki', format: 'pem' });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const x509 = certificate({ publicKey, privateKey });
  const jwk = publicKey.export({ format: 'jwk' });
  const texts = {
    'its PEM': spki,
    'its PEM behind a byte order mark': `\ufeff${spki}`,
    'its PEM behind spaces': `  \t${spki}`,
    'its PEM behind a line end': `\r\n${spki}`,
    'its PEM behind a comment': `# the key\n${spki}`,
    'its PEM behind NUL': `\0${spki}`,
    'its PEM with CRLF': spki.replace(/\n/g, '\r\n'),
    'its PEM behind junk PEM': `-----BEGIN JUNK-----\nAAAA\n-----END JUNK-----\n${spki}`,
    'its PEM without the last line end': spki.trimEnd(),
    'its PEM with escaped line ends': spki.replace(/\n/g, '\\n'),
    'its PEM in base64': Buffer.from(spki).toString('base64'),
    'its PEM in base64url': Buffer.from(spki).toString('base64url'),
    'its PEM in hex': Buffer.from(spki).toString('hex'),
    'its PEM in UTF-16': Buffer.from(spki, 'utf16le'),
    'its PEM in lower case': spki.toLowerCase(),
    'its PEM without its first line': spki.slice(spki.indexOf('\n') + 1),
    'its certificate as PEM': pem(x509, 'CERTIFICATE'),
    'its certificate as DER': x509,
    'its DER': der,
    'its DER with a line end': Buffer.concat([der, Buffer.from('\n')]),
    'its DER in base64': der.toString('base64'),
    'its DER in base64, in lines': der.toString('base64').replace(/.{64}/g, '$&\n'),
    'its DER in base64url': der.toString('base64url'),
    'its DER in hex': der.toString('hex'),
    'its JWK': JSON.stringify(jwk),
    'its JWK behind a byte order mark': `\ufeff${JSON.stringify(jwk)}`,
    'its JWK with white space': ` \n${JSON.stringify(jwk, null, 2)}\n`,
    'its JWK in base64url': Buffer.from(JSON.stringify(jwk)).toString('base64url'),
    'its JWK set': JSON.stringify({ keys: [jwk] }),
    'a list of its JWK': JSON.stringify([jwk]),
  };
  if (publicKey.asymmetricKeyType !== 'rsa') return texts;
  return {
    ...texts,
    'its PKCS1 PEM': publicKey.export({ type: 'pkcs1', format: 'pem' }),
    'its PKCS1 PEM behind junk': `junk\n${publicKey.export({ type: 'pkcs1', format: 'pem' })}`,
    'its PKCS1 DER': publicKey.export({ type: 'pkcs1', format: 'der' }),
    'its PKCS1 DER in base64': publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64'),
  };
}

describe('jwt checklist: point 3: key confusion', () => {
  for (const [algorithm, pair] of [
    ['RS256', RSA],
    ['ES256', P256],
    ['EdDSA', ED25519],
  ]) {
    for (const [name, text] of Object.entries(knownTexts(pair))) {
      it(`rejects HS* under ${algorithm} signed with the public key: ${name}`, () => {
        for (const mac of MACS) {
          refuses(VERIFIERS[algorithm], forge({ alg: mac }, CLAIMS, mac, text), 'ERR_JWT_ALGORITHM');
          refuses(VERIFIERS[algorithm], forge({ alg: algorithm }, CLAIMS, mac, text), 'ERR_JWT_SIGNATURE');
        }
      });

      it(`never makes a secret of an ${algorithm} key: ${name}`, () => {
        for (const key of [text, Buffer.from(text), new Uint8Array(Buffer.from(text))]) {
          for (const mac of MACS) {
            assert.throws(() => createVerifier({ key, algorithms: [mac] }), { code: /^ERR_JWT_KEY/ });
            assert.throws(() => createVerifier({ keys: [key], algorithms: [mac] }), { code: /^ERR_JWT_KEY/ });
            assert.throws(() => createSigner({ key, algorithm: mac }), { code: /^ERR_JWT_KEY/ });
          }
          assert.throws(() => createSigner({ key }), { code: /^ERR_JWT_KEY/ });
          neverTakesMacs(key, text);
        }
      });
    }
  }

  it('rejects HS* signed with the bytes or the text of a modulus', () => {
    const { n } = RSA.publicKey.export({ format: 'jwk' });
    for (const key of [n, Buffer.from(n, 'base64url')]) {
      for (const mac of MACS) refuses(VERIFIERS.RS256, forge({ alg: mac }, CLAIMS, mac, key), 'ERR_JWT_ALGORITHM');
    }
  });

  it('rejects HS* signed with the bytes of a point', () => {
    const { x } = ED25519.publicKey.export({ format: 'jwk' });
    for (const mac of MACS) {
      refuses(VERIFIERS.EdDSA, forge({ alg: mac }, CLAIMS, mac, Buffer.from(x, 'base64url')), 'ERR_JWT_ALGORITHM');
    }
  });

  it('never makes a secret of a KeyObject or a JWK of a public key', () => {
    for (const { publicKey } of Object.values(PAIRS)) {
      for (const key of [publicKey, publicKey.export({ format: 'jwk' })]) {
        for (const mac of MACS)
          refusesOption(() => createVerifier({ key, algorithms: [mac] }), 'ERR_JWT_KEY_ALGORITHM');
      }
    }
  });

  it('refuses a JWK that calls its public key oct, and an oct key whose bytes are a PEM', () => {
    const jwk = RSA.publicKey.export({ format: 'jwk' });
    refusesOption(() => createVerifier({ key: { ...jwk, kty: 'oct' } }), 'ERR_JWT_KEY');
    const k = Buffer.from(RSA.publicKey.export({ type: 'spki', format: 'pem' })).toString('base64url');
    refusesOption(() => createVerifier({ key: { kty: 'oct', k } }), 'ERR_JWT_KEY');
  });
});

/** Left to its default a verifier of this key is for public keys, or is none. */
function neverTakesMacs(key, text) {
  let verifier;
  try {
    verifier = createVerifier({ key });
  } catch (error) {
    assert.strictEqual(error.code, 'ERR_JWT_KEY');
    return;
  }
  for (const mac of MACS) refuses(verifier, forge({ alg: mac }, CLAIMS, mac, text), 'ERR_JWT_ALGORITHM');
}

describe('jwt checklist: point 4: an algorithm of another scheme, curve or half', () => {
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

describe('jwt checklist: point 5: mixed families', () => {
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

describe('jwt checklist: point 6: key ids', () => {
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

describe('jwt checklist: point 7: keys that a token brings along', () => {
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

describe('jwt checklist: point 8: keys that are unfit', () => {
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
