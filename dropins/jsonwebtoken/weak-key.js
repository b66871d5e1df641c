// @ts-check
'use strict';

// A weak key still works, but a warning is emitted once for each.

const { createHmac, createPublicKey, randomBytes } = require('node:crypto');
const { FULL_RSA_BITS, rsaBits } = require('./rsa-bits');

/** @typedef {import('./keys').Key} Key */

/** The minimum length of a secret in bytes (RFC 7518 section 3.2). @type {Record<string, number>} */
const HASH_BYTES = { HS256: 32, HS384: 48, HS512: 64 };

// If each user has a secret, all may be weak; this many warnings are enough.
const MAX_WARNINGS = 100;

/** Salted digests of the keys that a warning was emitted for. @type {Set<string>} */
const warned = new Set();
const salt = randomBytes(32);

/**
 * Warns if a key is too weak for every algorithm that it is used with.
 * @param {Key} key @param {readonly string[]} algorithms
 */
function warnOfWeakKey(key, algorithms) {
  const advice = key.type === 'secret' ? adviseSecret(key, algorithms) : adviseRsa(key);
  if (advice === undefined || warned.size >= MAX_WARNINGS) return;
  const digest = createHmac('sha256', salt).update(bytesOf(key)).digest('base64');
  if (warned.has(digest)) return;
  warned.add(digest);
  process.emitWarning(`portcullis/jsonwebtoken: ${advice}`, { type: 'SecurityWarning', code: 'PORTCULLIS_WEAK_KEY' });
}

/** For an RSA key, the public half, so that signing and verifying with one key pair warn once. @param {Key} key @returns {Buffer} */
function bytesOf({ secret, type, key }) {
  if (secret !== undefined) return secret;
  const half = type === 'private' ? createPublicKey(/** @type {any} */ (key)) : /** @type {any} */ (key);
  return half.export({ type: 'spki', format: 'der' });
}

/** @param {Key} key @param {readonly string[]} algorithms */
function adviseSecret({ secret }, algorithms) {
  const [algorithm, wanted] = algorithms
    .map((name) => /** @type {const} */ ([name, HASH_BYTES[name]]))
    .reduce((least, one) => (one[1] < least[1] ? one : least));
  if (secret === undefined || secret.length >= wanted) return undefined;
  return `a secret is shorter than the ${wanted} bytes that ${algorithm} requires; create one with crypto.randomBytes(${wanted})`;
}

/** @param {Key} key */
function adviseRsa({ key }) {
  const bits = rsaBits(key) ?? FULL_RSA_BITS;
  return bits < FULL_RSA_BITS ? `an RSA key has fewer than ${FULL_RSA_BITS} bits; create a longer one` : undefined;
}

module.exports = { warnOfWeakKey };
