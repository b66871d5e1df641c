// @ts-check
'use strict';

// Finds the reason why a token was refused. Every token that comes here has already been refused, so a mistake in this file
// can only lead to a wrong reason.

const { defaultAlgorithms, fitAlgorithms, misfit } = require('./algorithms');
const { JsonWebTokenError } = require('./errors');
const { readToken } = require('./token');

/** @typedef {import('./keys').Key} Key */

const NO_KEY = 'secret or public key must be provided';
const BAD_KEY = 'secretOrPublicKey is not valid key material';
const NO_SIGNATURE = 'jwt signature is required';

/** @type {Record<string, string>} */
const MESSAGES = {
  ERR_JWT_ALGORITHM: 'invalid algorithm',
  ERR_JWT_CRITICAL: 'jwt header has "crit", "b64" or "zip", which ask for extensions that are not supported',
  ERR_JWT_SIGNATURE: 'invalid signature',
  ERR_JWT_TOO_LARGE: 'jwt is too large',
};

/**
 * @param {string} token @param {any} value what was given as the key @param {Key | undefined} key
 * @param {any} algorithms as the caller wrote them @param {string | undefined} code of the engine; undefined if it was not called
 * @returns {Error}
 */
function refusal(token, value, key, algorithms, code) {
  if (token.split('.', 4).length !== 3) return new JsonWebTokenError('jwt malformed');
  const parts = readToken(token);
  if (parts === null) return new JsonWebTokenError('invalid token');
  if (!value) return new JsonWebTokenError(withoutKey(parts, algorithms));
  if (parts.signature === '') return new JsonWebTokenError(NO_SIGNATURE);
  if (key === undefined) return new JsonWebTokenError(BAD_KEY);
  return (
    unfit(parts.header.alg, key, algorithms || defaultAlgorithms(key)) ??
    new JsonWebTokenError(reason(token, key, code))
  );
}

/** @param {import('./token').Parts} parts @param {any} algorithms */
function withoutKey({ header, signature }, algorithms) {
  if (signature !== '') return NO_KEY;
  if (!algorithms) return 'please specify "none" in "algorithms" to verify unsigned tokens';
  if (!isAllowed(header.alg, algorithms)) return 'invalid algorithm';
  return header.alg === 'none' ? NO_SIGNATURE : NO_KEY;
}

/** Why this key cannot have signed with this algorithm. @param {any} algorithm @param {Key} key @param {any} algorithms */
function unfit(algorithm, key, algorithms) {
  if (!isAllowed(algorithm, algorithms)) return new JsonWebTokenError('invalid algorithm');
  if (algorithm.startsWith('HS') && key.type !== 'secret') return wrongFamily('a symmetric', algorithm);
  if (/^(?:RS|PS|ES)/.test(algorithm) && key.type !== 'public') return wrongFamily('an asymmetric', algorithm);
  const message = misfit(algorithm, key);
  if (message !== undefined) return new Error(message);
  const isFit = algorithm === 'none' || fitAlgorithms(key).includes(algorithm);
  return isFit ? undefined : new JsonWebTokenError('invalid algorithm');
}

/** @param {any} algorithm @param {any} algorithms */
const isAllowed = (algorithm, algorithms) => typeof algorithm === 'string' && algorithms.includes(algorithm);

/** @param {string} family @param {string} algorithm */
const wrongFamily = (family, algorithm) =>
  new JsonWebTokenError(`secretOrPublicKey must be ${family} key when using ${algorithm}`);

/** @param {string} token @param {Key} key @param {string | undefined} code */
function reason(token, key, code) {
  if (key.isRefused) return BAD_KEY;
  // No encoder writes such text, so the signer cannot have signed it.
  if (code === undefined || !token.split('.').every(isCanonical)) return MESSAGES.ERR_JWT_SIGNATURE;
  return MESSAGES[code] ?? 'invalid token';
}

/** @param {string} encoded */
const isCanonical = (encoded) => Buffer.from(encoded, 'base64url').toString('base64url') === encoded;

module.exports = { refusal };
