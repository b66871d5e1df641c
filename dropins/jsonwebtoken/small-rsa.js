// @ts-check
'use strict';

// The engine verifies with RSA keys of 1024 to 2047 bits but does not sign with them. Callers who allow such keys sign with
// Node.js.

const { sign } = require('node:crypto');
const { FULL_RSA_BITS, rsaBits } = require('./rsa-bits');

const LEAST_BITS = 1024;

/** @param {import('./keys').Key} key */
function isSmallRsa({ type, key }) {
  const bits = rsaBits(key) ?? 0;
  return type === 'private' && bits >= LEAST_BITS && bits < FULL_RSA_BITS;
}

/** @param {import('./keys').Key} key @param {string} algorithm RS256 or RS512 */
function smallRsaSigner({ key }, algorithm) {
  const hash = `sha${algorithm.slice(2)}`;
  return (/** @type {string} */ header, /** @type {Uint8Array} */ payload) => {
    const message = [Buffer.from(header), Buffer.from(payload)].map((part) => part.toString('base64url')).join('.');
    return `${message}.${sign(hash, Buffer.from(message), /** @type {any} */ (key)).toString('base64url')}`;
  };
}

module.exports = { isSmallRsa, smallRsaSigner };
