// @ts-check
'use strict';

// What a token says before anything of it is verified: for logs and routing, and to choose who judges it. Never for trust.

const native = require('../support/native');
const { PortcullisError, rejection } = require('../support/errors');
const { Options } = require('../support/options');

/**
 * Reads a token without verifying anything.
 * @param {string} token @param {unknown} [options]
 */
function decode(token, options) {
  const read = new Options('JWT', 'decode', options);
  const lenientPadding = read.boolean('lenientPadding', false);
  read.done();
  const [header, payload] = decoded(token, lenientPadding);
  return { header: JSON.parse(header), payload: JSON.parse(payload) };
}

/**
 * The `kid` of a token of which nothing is verified: to choose which key judges it, and for nothing else.
 * @param {string} token @param {{ maxTokenBytes: number, lenientPadding: boolean }} policy @returns {unknown}
 */
function keyIdOf(token, { maxTokenBytes, lenientPadding }) {
  assertNotTooLong(token, maxTokenBytes);
  return JSON.parse(decoded(token, lenientPadding)[0]).kid;
}

/**
 * The `iss` of a token of which nothing is verified: to choose whose keys judge it, and for nothing else.
 * @param {string} token @param {number} maxTokenBytes @returns {unknown}
 */
function issuerOf(token, maxTokenBytes) {
  assertNotTooLong(token, maxTokenBytes);
  return JSON.parse(decoded(token, false)[1]).iss;
}

/** Longer in bytes than in characters, if it differs; the judge counts again. @param {string} token @param {number} maxTokenBytes */
function assertNotTooLong(token, maxTokenBytes) {
  if (typeof token === 'string' && token.length > maxTokenBytes) {
    throw new PortcullisError('ERR_JWT_TOO_LARGE', 'the token is too large');
  }
}

/** @param {string} token @param {boolean} lenientPadding @returns {[header: string, payload: string]} */
function decoded(token, lenientPadding) {
  const verdict = native.jwtDecode(token, lenientPadding);
  if (!Array.isArray(verdict)) throw rejection(verdict);
  return /** @type {[string, string]} */ (verdict);
}

module.exports = { decode, issuerOf, keyIdOf };
