// @ts-check
'use strict';

// Checks the claims of a token whose signature is valid. One function per claim, in the order of the checks; the first
// failure is reported.

const { isAudience } = require('./audience');
const { JsonWebTokenError, NotBeforeError, TokenExpiredError } = require('./errors');
const { timeAfter } = require('./timespan');
const { SPAN_MESSAGE } = require('./verify-options');

const SECOND_MS = 1000;

/** The claims that must equal an option. @type {Array<[option: string, claim: string]>} */
const EQUAL = [
  ['subject', 'sub'],
  ['jwtid', 'jti'],
  ['nonce', 'nonce'],
];

/** @typedef {Record<string, any>} Options */

/**
 * @param {any} payload an object, or what else the token held @param {Options} options
 * @param {number} now seconds
 */
function checkClaims(payload, options, now) {
  if (payload === null) throw new JsonWebTokenError('invalid token');
  const tolerance = options.clockTolerance || 0;
  if (payload.nbf !== undefined && !options.ignoreNotBefore) checkNotBefore(payload.nbf, now + tolerance);
  if (payload.exp !== undefined && !options.ignoreExpiration) checkExpiry(payload.exp, now, tolerance);
  if (options.audience && !isAudience(options.audience, payload.aud)) {
    throw unexpected('audience', [options.audience].flat().join(' or '));
  }
  if (options.issuer && ![options.issuer].flat().includes(payload.iss)) throw unexpected('issuer', options.issuer);
  for (const [option, claim] of EQUAL) {
    if (options[option] && payload[claim] !== options[option]) throw unexpected(option, options[option]);
  }
  if (options.maxAge) checkAge(payload.iat, options.maxAge, now, tolerance);
}

/** @param {unknown} nbf @param {number} latest seconds */
function checkNotBefore(nbf, latest) {
  if (typeof nbf !== 'number') throw new JsonWebTokenError('invalid nbf value');
  if (nbf > latest) throw new NotBeforeError('jwt not active', new Date(nbf * SECOND_MS));
}

/** @param {unknown} exp @param {number} now @param {number} tolerance */
function checkExpiry(exp, now, tolerance) {
  if (typeof exp !== 'number') throw new JsonWebTokenError('invalid exp value');
  if (now >= exp + tolerance) throw new TokenExpiredError('jwt expired', new Date(exp * SECOND_MS));
}

/** @param {unknown} iat @param {unknown} maxAge @param {number} now @param {number} tolerance */
function checkAge(iat, maxAge, now, tolerance) {
  if (typeof iat !== 'number') throw new JsonWebTokenError('iat required when maxAge is specified');
  const end = timeAfter(maxAge, iat);
  if (end === undefined) throw new JsonWebTokenError(SPAN_MESSAGE);
  if (now >= end + tolerance) throw new TokenExpiredError('maxAge exceeded', new Date(end * SECOND_MS));
}

/** @param {string} option @param {unknown} expected */
const unexpected = (option, expected) => new JsonWebTokenError(`jwt ${option} invalid. expected: ${expected}`);

module.exports = { checkClaims };
