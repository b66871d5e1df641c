// @ts-check
'use strict';

// One key of a ring: what signs, what verifies, and what the world may see of it.

const { createHash, createPublicKey } = require('node:crypto');

const { misuse } = require('../support/errors');
const { Options } = require('../support/options');
const { readKeyForm } = require('./key-forms');
const { readEntry } = require('./key-entry');
const { unfit } = require('./jwk');
const { nativeKey, signingAlgorithm } = require('./keys');

/** @typedef {import('./keys').KeyInput} KeyInput */
/** @typedef {{ keyId: string, sign?: KeyInput, verify: KeyInput, jwk?: Record<string, any> }} RingKey a secret has no `jwk` */

// RFC 7638 section 3.2: the members that a thumbprint is made of, in their order.
/** @type {Record<string, string[]>} */
const THUMBPRINT_MEMBERS = { EC: ['crv', 'kty', 'x', 'y'], OKP: ['crv', 'kty', 'x'], RSA: ['e', 'kty', 'n'] };
// readRingKey judges each entry.
/** @type {import('../support/options/list').Kind<any>} */
const RING_KEYS = { one: 'a key', many: 'keys', read: (entry) => entry };
const ENTRY_MEMBERS = /** @type {const} */ (['keyId', 'algorithm', 'passphrase']);

const openEntry = (/** @type {object} */ entry) => new Options('JWT', 'createKeyRing', entry);

/** @param {unknown} given a key, or `{ key, keyId, algorithm, passphrase }` @returns {RingKey} */
function readRingKey(given) {
  const { key: form, keyId, algorithm, passphrase } = readEntry(given, openEntry, ENTRY_MEMBERS);
  const key = readKeyForm(form, 'sign', passphrase) ?? failed();
  const own = nativeKey(key);
  const chosen = signingAlgorithm(key, own, algorithm);
  if (key.kind === 'secret') return secretKey(own, keyId ?? key.keyId, chosen);
  const visible = key.kind === 'private' ? createPublicKey(key.object) : key.object;
  const jwk = published(visible);
  const id = keyId ?? key.keyId ?? thumbprint(jwk);
  const named = { algorithms: [chosen], keyId: id };
  const isPrivate = key.kind === 'private';
  return {
    keyId: id,
    sign: isPrivate ? { key: own, ...named } : undefined,
    verify: { key: isPrivate ? nativeKey({ kind: 'public', object: visible }) : own, ...named },
    jwk: { ...jwk, kid: id, use: 'sig', alg: chosen },
  };
}

/** @param {import('./keys').NativeKey} key @param {string | undefined} keyId @param {string} algorithm @returns {RingKey} */
function secretKey(key, keyId, algorithm) {
  // An id that is derived from the secret would leak information about it.
  if (keyId === undefined) throw unfit('is a shared secret without an id; pass { key, keyId }');
  const input = { key, algorithms: [algorithm], keyId };
  return { keyId, sign: input, verify: input };
}

/** @returns {never} */
function failed() {
  throw misuse(
    'ERR_JWT_OPTION',
    'createKeyRing: a key must be a private key (PEM, DER, JWK or KeyObject) or { key, keyId }; of a key pair, pass `privateKey`',
  );
}

/** @param {import('node:crypto').KeyObject} key @returns {Record<string, any>} */
function published(key) {
  try {
    return key.export({ format: 'jwk' });
  } catch {
    // RFC 7518 section 6 has no form for them, RSA-PSS among them.
    throw unfit('cannot be exported as a JWK; use RSA (which supports PS256 too), P-256, P-384, P-521 or Ed25519');
  }
}

/** @param {Record<string, any>} jwk */
function thumbprint(jwk) {
  const members = THUMBPRINT_MEMBERS[jwk.kty] ?? [];
  const canonical = JSON.stringify(Object.fromEntries(members.map((name) => [name, jwk[name]])));
  return createHash('sha256').update(canonical).digest('base64url');
}

/** @param {Pick<RingKey, 'verify'>} one @param {Pick<RingKey, 'verify'>} other */
function isSame({ verify: one }, { verify: other }) {
  return one.algorithms.join() === other.algorithms.join() && one.key.equals(other.key);
}

module.exports = { RING_KEYS, isSame, readRingKey };
