// @ts-check
'use strict';

// The size of an RSA key. It is read from the modulus: on Node.js 20, reading `asymmetricKeyDetails` of an RSA key that was
// just generated can hang the process. RSA-PSS keys have no JWK form, so only theirs are read that way.

const { createPublicKey } = require('node:crypto');

/** @typedef {import('node:crypto').KeyObject} KeyObject */

/** The least size that an RSA key should have, in bits (RFC 7518 section 3.3); core does less with a smaller one. */
const FULL_RSA_BITS = 2048;

/** Signing asks for the size at each call. @type {WeakMap<KeyObject, number>} */
const sizes = new WeakMap();

/** In bits; undefined for a secret and for keys of other types. @param {KeyObject | undefined} key @returns {number | undefined} */
function rsaBits(key) {
  if (key?.asymmetricKeyType === 'rsa-pss') return key.asymmetricKeyDetails?.modulusLength;
  if (key?.asymmetricKeyType !== 'rsa') return undefined;
  let bits = sizes.get(key);
  if (bits === undefined) {
    bits = bitsOf(key);
    sizes.set(key, bits);
  }
  return bits;
}

/** @param {KeyObject} key */
function bitsOf(key) {
  const half = key.type === 'private' ? createPublicKey(/** @type {any} */ (key)) : key;
  const modulus = Buffer.from(String(half.export({ format: 'jwk' }).n), 'base64url');
  return modulus.length * 8 - Math.clz32(modulus[0]) + 24;
}

module.exports = { FULL_RSA_BITS, rsaBits };
