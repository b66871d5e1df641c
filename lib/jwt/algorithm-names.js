// @ts-check
'use strict';

// The names of algorithms in messages. A name that a program gave is shown only if it is a slip in a supported one, or the
// public name of another algorithm: a secret may have been passed in the wrong place.

const native = require('../support/native');
const { misuse } = require('../support/errors');
const { showNear } = require('../support/options/names');

/** Every algorithm that core knows. @type {readonly string[]} */
const ALGORITHMS = Object.freeze(native.jwtAlgorithms(false));
/** @type {readonly string[]} */
const PUBLIC_ALGORITHMS = Object.freeze(native.jwtAlgorithms(true));
// Of the IANA registry "JSON Web Signature and Encryption Algorithms", and known to many users.
const OTHERS = ['none', 'ES256K', 'Ed25519', 'Ed448', 'HS1', 'RS1'];
/** What to use instead, where that is one thing. @type {Record<string, string>} */
const CURES = { ES256K: 'ES256 with a P-256 key, or EdDSA with Ed25519', Ed25519: 'EdDSA' };

/** @param {string} name */
function shownAlgorithm(name) {
  return OTHERS.includes(name) ? `"${name}"` : showNear(name, ALGORITHMS);
}

/** @param {string} owner @param {readonly string[]} names of which each must be supported */
function assertSupported(owner, names) {
  const other = names.find((name) => !ALGORITHMS.includes(name));
  if (other === undefined) return;
  const cure = Object.hasOwn(CURES, other) ? CURES[other] : ALGORITHMS.join(', ');
  const reason = `${shownAlgorithm(other)} is not a supported algorithm; use ${cure}`;
  throw misuse('ERR_JWT_KEY_ALGORITHM', `${owner}: ${reason}`);
}

module.exports = { ALGORITHMS, PUBLIC_ALGORITHMS, assertSupported, shownAlgorithm };
