// @ts-check
'use strict';

// JSON Web Keys (RFC 7517), checked before they are used: what a key states about its use is binding.

const { createPrivateKey, createPublicKey } = require('node:crypto');

const { misuse } = require('../support/errors');

/** @typedef {{ kind: 'secret', bytes: Uint8Array } | { kind: 'public' | 'private', object: import('node:crypto').KeyObject }} Material */
/** @typedef {Material & { algorithm?: string, keyId?: string }} ReadKey */

const ASYMMETRIC = new Set(['RSA', 'EC', 'OKP']);
// A member that only a private key has (RFC 7518 sections 6.2.2, 6.3.2, RFC 8037 section 2).
const PRIVATE_MEMBER = 'd';
// Published keys carry this slip of the name: the curve is P-521, the hash SHA-512.
const MISSPELT = new Map([['ES521', 'ES512']]);

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isJwk(value) {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, 'kty');
}

/**
 * Reads a JWK for one purpose.
 * @param {Record<string, any>} given
 * @param {'verify' | 'sign'} purpose
 * @returns {ReadKey}
 */
function readJwk(given, purpose) {
  // Own members only: a polluted prototype must not lend a key its use.
  const jwk = Object.assign(Object.create(null), given);
  judgeUse(jwk, purpose);
  const named = {
    algorithm: MISSPELT.get(text(jwk, 'alg') ?? '') ?? text(jwk, 'alg'),
    keyId: text(jwk, 'kid'),
  };
  if (jwk.kty === 'oct') return { kind: 'secret', bytes: octets(jwk.k), ...named };
  if (!ASYMMETRIC.has(jwk.kty)) throw unfit('is a JWK with an unknown "kty"; use RSA, EC, OKP or oct');
  const isPrivate = jwk[PRIVATE_MEMBER] !== undefined;
  const kind = isPrivate ? 'private' : 'public';
  return { kind, object: imported({ ...jwk }, isPrivate), ...named };
}

/** @param {Record<string, any>} jwk @param {'verify' | 'sign'} purpose */
function judgeUse(jwk, purpose) {
  if (jwk.use !== undefined && jwk.use !== 'sig') throw unfit('is a JWK for another purpose: "use" must be "sig"');
  const operations = jwk.key_ops;
  if (operations === undefined) return;
  const isList = Array.isArray(operations) && operations.every((one) => typeof one === 'string');
  if (!isList || new Set(operations).size !== operations.length) {
    throw unfit('is a malformed JWK: "key_ops" must be an array of different strings (RFC 7517 section 4.3)');
  }
  if (!operations.includes(purpose)) throw unfit(`is a JWK for another purpose: "key_ops" must contain "${purpose}"`);
}

/** @param {Record<string, any>} jwk @param {string} member @returns {string | undefined} */
function text(jwk, member) {
  const value = jwk[member];
  if (value === undefined || (typeof value === 'string' && value !== '' && value.isWellFormed())) return value;
  throw unfit(`is a malformed JWK: "${member}" must be a string`);
}

/** @param {unknown} k */
function octets(k) {
  const bytes = Buffer.from(typeof k === 'string' ? k : '', 'base64url');
  if (bytes.length > 0 && bytes.toString('base64url') === k) return bytes;
  throw unfit('is a malformed JWK: "k" must be non-empty base64url');
}

/** @param {any} jwk @param {boolean} isPrivate */
function imported(jwk, isPrivate) {
  try {
    return isPrivate ? createPrivateKey({ key: jwk, format: 'jwk' }) : createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    // The engine's own text may quote the key.
    throw unfit('is a JWK that cannot be read: a member is missing or malformed, or is not a point on the curve');
  }
}

/** @param {string} reason */
function unfit(reason) {
  return wrongKey(`the key ${reason}`);
}

/** @param {string} reason */
function wrongKey(reason) {
  return misuse('ERR_JWT_KEY', `jwt: ${reason}`);
}

module.exports = { isJwk, readJwk, unfit, wrongKey };
