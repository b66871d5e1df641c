// @ts-check
'use strict';

// What a token says before anything of it is verified: enough to choose who judges it, and never more.

const native = require('../support/native');
const { PortcullisError, rejection } = require('../support/errors');

/**
 * The `iss` of a token of which nothing is verified: to choose whose keys judge it, and for nothing else.
 * @param {string} token @param {number} maxTokenBytes @returns {unknown}
 */
function issuerOf(token, maxTokenBytes) {
  // Longer in bytes than in characters, if it differs; the judge counts again.
  if (typeof token === 'string' && token.length > maxTokenBytes) {
    throw new PortcullisError('ERR_JWT_TOO_LARGE', 'the token is too large');
  }
  const verdict = native.jwtDecode(token, false);
  if (!Array.isArray(verdict)) throw rejection(verdict);
  return JSON.parse(verdict[1]).iss;
}

module.exports = { issuerOf };
