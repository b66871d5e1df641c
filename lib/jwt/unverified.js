// @ts-check
'use strict';

// What a token says before anything of it is verified: enough to choose who judges it, and never more.

const native = require('../support/native');
const { PortcullisError, rejection } = require('../support/errors');

/**
 * The `kid` of a token of which nothing is verified: to choose which key judges it, and for nothing else.
 * @param {string} token @param {{ maxTokenBytes: number, lenientPadding: boolean }} policy @returns {unknown}
 */
function keyIdOf(token, { maxTokenBytes, lenientPadding }) {
  return JSON.parse(decoded(token, maxTokenBytes, lenientPadding)[0]).kid;
}

/**
 * The `iss` of a token of which nothing is verified: to choose whose keys judge it, and for nothing else.
 * @param {string} token @param {number} maxTokenBytes @returns {unknown}
 */
function issuerOf(token, maxTokenBytes) {
  return JSON.parse(decoded(token, maxTokenBytes, false)[1]).iss;
}

/** @param {string} token @param {number} maxTokenBytes @param {boolean} lenientPadding @returns {[header: string, payload: string]} */
function decoded(token, maxTokenBytes, lenientPadding) {
  // Longer in bytes than in characters, if it differs; the judge counts again.
  if (typeof token === 'string' && token.length > maxTokenBytes) {
    throw new PortcullisError('ERR_JWT_TOO_LARGE', 'the token is too large');
  }
  const verdict = native.jwtDecode(token, lenientPadding);
  if (!Array.isArray(verdict)) throw rejection(verdict);
  return /** @type {[string, string]} */ (verdict);
}

module.exports = { issuerOf, keyIdOf };
