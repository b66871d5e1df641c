'use strict';

// Attacks with empty signatures and keys, and with a public key in the place of a secret.

const assert = require('node:assert');
const { describe, it } = require('node:test');
const { createKeyRing, createSigner, createVerifier } = require('portcullis');
const { certificate, pem } = require('../support/certificate');
const { MACS, PAIRS, SECRET, forge } = require('../support/forge');
const { CLAIMS, VERIFIERS, everywhere, refuses, refusesOption } = require('../support/attack');

/** Bytes whose memory another thread has now. */
function handedAway() {
  const bytes = new Uint8Array(Buffer.from(SECRET));
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

describe('jwt keys: empty signatures and empty keys', () => {
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

describe('jwt keys: a public key as a secret', () => {
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
