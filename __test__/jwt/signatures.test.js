'use strict';

// Where a token is at fault as text, its signature is right for that very text, so that nothing but the fault is refused.

const assert = require('node:assert');
const { sign } = require('node:crypto');
const { describe, it } = require('node:test');
const { createVerifier } = require('portcullis');
const { PAIRS, SECRET, encode, pairOf, signature } = require('../support/forge');
const { CLAIMS, VERIFIERS, refuses, refusesOption } = require('../support/attack');

const ZERO = Buffer.alloc(1);
/** Shorter or longer by a byte at either end, as parts. @param {Buffer} right */
const resized = (right) => [[right.subarray(1)], [right.subarray(0, -1)], [ZERO, right], [right, ZERO]];

describe('jwt signatures: what is not a signature', () => {
  const CURVES = {
    ES256: [32, 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n],
    ES384: [48, 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n],
    ES512: [
      66,
      0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
    ],
  };
  const bytesOf = (number, size) => Buffer.from(number.toString(16).padStart(size * 2, '0'), 'hex');
  const numberOf = (bytes) => BigInt(`0x${bytes.toString('hex')}`);

  for (const [algorithm, [size, order]] of Object.entries(CURVES)) {
    const verifier = VERIFIERS[algorithm];
    const message = `${encode({ alg: algorithm })}.${encode(CLAIMS)}`;
    const right = signature(algorithm, message, pairOf(algorithm).privateKey);
    const [r, s] = [right.subarray(0, size), right.subarray(size)];
    const withSignature = (...parts) => `${message}.${Buffer.concat(parts).toString('base64url')}`;
    const edge = { 0: 0n, 1: 1n, 'n-1': order - 1n, n: order, 'n+1': order + 1n, max: (1n << BigInt(size * 8)) - 1n };

    for (const [nameOfR, valueOfR] of Object.entries(edge)) {
      for (const [nameOfS, valueOfS] of Object.entries(edge)) {
        it(`rejects ${algorithm} with r = ${nameOfR} and s = ${nameOfS}`, () => {
          refuses(verifier, withSignature(bytesOf(valueOfR, size), bytesOf(valueOfS, size)), 'ERR_JWT_SIGNATURE');
        });
      }
      it(`rejects ${algorithm} with ${nameOfR} in place of r, and in place of s`, () => {
        refuses(verifier, withSignature(bytesOf(valueOfR, size), s), 'ERR_JWT_SIGNATURE');
        refuses(verifier, withSignature(r, bytesOf(valueOfR, size)), 'ERR_JWT_SIGNATURE');
      });
    }

    it(`rejects ${algorithm} whose s or r was increased by the order`, () => {
      for (const number of [numberOf(s) + order, numberOf(r) + order]) {
        const bytes = bytesOf(number, size);
        const forged = number === numberOf(s) + order ? withSignature(r, bytes) : withSignature(bytes, s);
        refuses(verifier, forged, 'ERR_JWT_SIGNATURE');
      }
    });

    it(`rejects ${algorithm} in DER`, () => {
      const der = sign(`sha${algorithm.slice(2)}`, Buffer.from(message), pairOf(algorithm).privateKey);
      refuses(verifier, withSignature(der), 'ERR_JWT_SIGNATURE');
    });

    it(`rejects ${algorithm} that is shorter or longer by one, halved, doubled or turned`, () => {
      for (const parts of [...resized(right), [ZERO, r, ZERO, s], [r, ZERO, s], [r], [right, right], [s, r]]) {
        refuses(verifier, withSignature(...parts), 'ERR_JWT_SIGNATURE');
      }
    });

    // RFC 7518 section 3.4 asks for no smaller of the two; half of what honest signers write has the larger. So a token has two
    // spellings, and nothing may be keyed by its text that must know a token again: revocations go by its claims.
    it(`takes both s and n - s under ${algorithm}, to the same claims`, () => {
      assert.deepStrictEqual(verifier.verify(withSignature(r, s)), CLAIMS);
      assert.deepStrictEqual(verifier.verify(withSignature(r, bytesOf(order - numberOf(s), size))), CLAIMS);
    });
  }

  const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
  const PRIME = 2n ** 255n - 19n;
  const little = (number) => bytesOf(number, 32).reverse();
  const SMALL_POINTS = {
    zero: little(0n),
    one: little(1n),
    'p - 1': little(PRIME - 1n),
    p: little(PRIME),
    'p + 1': little(PRIME + 1n),
    'one with the sign': little(1n | (1n << 255n)),
    'p - 1 with the sign': little((PRIME - 1n) | (1n << 255n)),
    'the first of order eight': Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex'),
    'the first of order eight, with the sign': Buffer.from(
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
      'hex',
    ),
    'the second of order eight': Buffer.from('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', 'hex'),
    'the second of order eight, with the sign': Buffer.from(
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
      'hex',
    ),
  };
  const message = `${encode({ alg: 'EdDSA' })}.${encode(CLAIMS)}`;
  const right = signature('EdDSA', message, PAIRS.ed25519.privateKey);
  const [point, scalar] = [right.subarray(0, 32), right.subarray(32)];
  const withSignature = (...parts) => `${message}.${Buffer.concat(parts).toString('base64url')}`;

  it('rejects an Ed25519 scalar that is not reduced', () => {
    const s = numberOf(Buffer.from(scalar).reverse());
    for (let times = 1n; s + times * ORDER < 1n << 256n && times <= 15n; times++) {
      refuses(VERIFIERS.EdDSA, withSignature(point, little(s + times * ORDER)), 'ERR_JWT_SIGNATURE');
    }
    refuses(VERIFIERS.EdDSA, withSignature(point, little(ORDER)), 'ERR_JWT_SIGNATURE');
    refuses(VERIFIERS.EdDSA, withSignature(point, Buffer.alloc(32, 255)), 'ERR_JWT_SIGNATURE');
  });

  for (const [name, small] of Object.entries(SMALL_POINTS)) {
    it(`rejects Ed25519 with the point ${name} in its signature`, () => {
      for (const other of [scalar, Buffer.alloc(32), little(1n), little(ORDER - 1n)]) {
        refuses(VERIFIERS.EdDSA, withSignature(small, other), 'ERR_JWT_SIGNATURE');
      }
    });

    it(`refuses the Ed25519 key ${name}, under which anybody could sign`, () => {
      const x = small.toString('base64url');
      refusesOption(() => createVerifier({ key: { kty: 'OKP', crv: 'Ed25519', x } }), 'ERR_JWT_KEY');
      const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), small]);
      refusesOption(() => createVerifier({ key: spki }), 'ERR_JWT_KEY');
    });
  }

  it('rejects Ed25519 that is shorter or longer by one, of zeros, or turned', () => {
    for (const parts of [...resized(right), [Buffer.alloc(64)], [scalar, point]]) {
      refuses(VERIFIERS.EdDSA, withSignature(...parts), 'ERR_JWT_SIGNATURE');
    }
  });

  for (const algorithm of ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']) {
    it(`rejects ${algorithm} of 0, 1, n - 1, n, not reduced, with zeros, cut, or longer`, () => {
      const n = numberOf(Buffer.from(PAIRS.rsa.publicKey.export({ format: 'jwk' }).n, 'base64url'));
      const text = `${encode({ alg: algorithm })}.${encode(CLAIMS)}`;
      const bytes = signature(algorithm, text, PAIRS.rsa.privateKey);
      for (const forged of [
        ...[0n, 1n, n - 1n, n, n - numberOf(bytes)].map((number) => bytesOf(number, 256)),
        bytesOf(numberOf(bytes) + n, 257),
        ...resized(bytes).map((parts) => Buffer.concat(parts)),
        Buffer.alloc(1024, 1),
        Buffer.alloc(1025, 1),
      ]) {
        refuses(VERIFIERS[algorithm], `${text}.${forged.toString('base64url')}`, 'ERR_JWT_SIGNATURE');
      }
    });
  }

  it('rejects a MAC that is cut, longer, of zeros, or that of another hash', () => {
    for (const algorithm of ['HS256', 'HS384', 'HS512']) {
      const text = `${encode({ alg: algorithm })}.${encode(CLAIMS)}`;
      const bytes = signature(algorithm, text, SECRET);
      const others = ['HS256', 'HS384', 'HS512'].filter((one) => one !== algorithm);
      for (const forged of [
        bytes.subarray(1),
        bytes.subarray(0, -1),
        bytes.subarray(0, 16),
        Buffer.concat([bytes, Buffer.alloc(1)]),
        Buffer.alloc(bytes.length),
        ...others.map((one) => signature(one, text, SECRET).subarray(0, bytes.length)),
      ]) {
        refuses(VERIFIERS[algorithm], `${text}.${forged.toString('base64url')}`, 'ERR_JWT_SIGNATURE');
      }
    }
  });
});
