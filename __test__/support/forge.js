// @ts-check
'use strict';

// Makes tokens by hand, with node:crypto alone, so that each can have exactly one flaw; and the keys to make them with.

const { constants, createHmac, generateKeyPairSync, sign } = require('node:crypto');

const { SECRET } = require('./secret');

/** @typedef {import('node:crypto').KeyObject} KeyObject */

const MACS = ['HS256', 'HS384', 'HS512'];
const ALGORITHMS = [
  ...MACS,
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA'],
];

const PAIRS = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  p521: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  ed25519: generateKeyPairSync('ed25519'),
};

/** @param {string} algorithm @returns {{ privateKey: any, publicKey: any }} for a MAC both are the secret */
function pairOf(algorithm) {
  if (MACS.includes(algorithm)) return { privateKey: SECRET, publicKey: SECRET };
  if (algorithm.startsWith('ES')) {
    return { ES256: PAIRS.p256, ES384: PAIRS.p384, ES512: PAIRS.p521 }[algorithm] ?? PAIRS.p256;
  }
  return algorithm === 'EdDSA' ? PAIRS.ed25519 : PAIRS.rsa;
}

/** Text and bytes go in as they are, anything else as JSON. @param {unknown} part @returns {string} */
function encode(part) {
  if (part instanceof Uint8Array) return Buffer.from(part).toString('base64url');
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
}

/** The signature's bytes. @param {string} algorithm @param {string | Uint8Array} message @param {any} key @returns {Buffer} */
function signature(algorithm, message, key) {
  const [scheme, bits] = [algorithm.slice(0, 2), algorithm.slice(2)];
  const bytes = Buffer.from(message);
  if (scheme === 'HS') return createHmac(`sha${bits}`, key).update(bytes).digest();
  if (scheme === 'RS') return sign(`sha${bits}`, bytes, key);
  if (scheme === 'ES') return sign(`sha${bits}`, bytes, { key, dsaEncoding: 'ieee-p1363' });
  if (scheme === 'Ed') return sign(null, bytes, key);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return sign(`sha${bits}`, bytes, { key, padding, saltLength: Number(bits) / 8 });
}

/**
 * A token of this header and payload whose signature is right for the algorithm and the key, whatever the header says.
 * @param {unknown} header @param {unknown} payload @param {string} algorithm @param {any} [key] default: the one of pairOf
 */
function forge(header, payload, algorithm, key = pairOf(algorithm).privateKey) {
  const message = `${encode(header)}.${encode(payload)}`;
  return `${message}.${signature(algorithm, message, key).toString('base64url')}`;
}

module.exports = { ALGORITHMS, MACS, PAIRS, SECRET, encode, forge, pairOf, signature };
