// @ts-check
'use strict';

const { checkClaims } = require('./claims');
const { check } = require('./engine');
const { JsonWebTokenError } = require('./errors');
const { verifyKeys } = require('./keys');
const { refusal } = require('./refusal');
const { declaresJson, readPayload, readToken } = require('./token');
const { verifierFor } = require('./verifiers');
const { readVerifyOptions } = require('./verify-options');

/** @typedef {import('./token').Parts} Parts */
/** @typedef {{ options: Record<string, any>, now: number }} Policy `now` in seconds */

const SECOND_MS = 1000;

/**
 * Verifies a token. With a callback, the callback receives the outcome, before this function returns unless the key arrives
 * later. Without one, the outcome is returned or thrown.
 * @param {any} token @param {any} key @param {any} [options] @param {any} [callback]
 */
function verify(token, key, options, callback) {
  if (typeof options === 'function' && !callback) return verify(token, key, undefined, options);
  if (!callback) return verified(token, key, options);
  if (typeof key === 'function') return resolved(token, key, options, callback);
  return answer(callback, () => verified(token, key, options));
}

/** The callback is called once, even if it throws. @param {(...args: any[]) => any} callback @param {() => unknown} work */
function answer(callback, work) {
  let outcome;
  try {
    outcome = work();
  } catch (error) {
    return callback(error);
  }
  return callback(null, outcome);
}

/** @param {any} token @param {any} key @param {any} given */
function verified(token, key, given) {
  const policy = readPolicy(given);
  checkText(token);
  if (typeof key !== 'function') return judge(token, key, policy);
  readParts(token);
  throw new JsonWebTokenError('verify must be called asynchronous if secret or public key is provided as a callback');
}

/** @param {any} token @param {any} resolve @param {any} given @param {any} callback */
function resolved(token, resolve, given, callback) {
  /** @type {Policy} */ let policy;
  /** @type {Parts} */ let parts;
  try {
    policy = readPolicy(given);
    checkText(token);
    parts = readParts(token);
  } catch (error) {
    return callback(error);
  }
  return resolve(parts.header, (/** @type {any} */ error, /** @type {any} */ key) =>
    answer(callback, () => {
      if (error) throw new JsonWebTokenError(`error in secret or public key callback: ${error.message}`);
      return judge(token, key, policy);
    }),
  );
}

/** @param {any} given @returns {Policy} */
function readPolicy(given) {
  const options = readVerifyOptions(given);
  return { options, now: options.clockTimestamp || Math.floor(Date.now() / SECOND_MS) };
}

/** @param {any} token */
function checkText(token) {
  if (!token) throw new JsonWebTokenError('jwt must be provided');
  if (typeof token !== 'string') throw new JsonWebTokenError('jwt must be a string');
}

/** @param {string} token @returns {Parts} */
function readParts(token) {
  if (token.split('.', 4).length !== 3) throw new JsonWebTokenError('jwt malformed');
  const parts = readToken(token);
  if (parts === null) throw new JsonWebTokenError('invalid token');
  return parts;
}

/** @param {string} token @param {any} value what was given as the key @param {Policy} policy */
function judge(token, value, { options, now }) {
  const key = value ? verifyKeys.find(value) : undefined;
  const verifier = key && verifierFor(key, options.algorithms);
  const verdict = verifier && check(verifier, token);
  if (verdict !== true && !isUnsigned(token, value, options.algorithms)) {
    throw refusal(token, value, key, options.algorithms, verdict);
  }
  const complete = options.complete === true ? readParts(token) : undefined;
  const payload = complete === undefined ? payloadOf(token) : complete.payload;
  checkClaims(payload, options, now);
  return complete ?? payload;
}

/** @param {string} token of three parts @returns {any} */
function payloadOf(token) {
  const [start, end] = [token.indexOf('.'), token.lastIndexOf('.')];
  if (end === start + 1) throw new JsonWebTokenError('invalid token');
  return readPayload(token.slice(start + 1, end), declaresJson(token.slice(0, start)));
}

/**
 * Whether the caller accepts a token without a signature: there is no key, and "none" is the only allowed algorithm. If
 * others were allowed too, a key that got lost would let unsigned tokens in.
 * @param {string} token @param {any} value @param {any} algorithms
 */
function isUnsigned(token, value, algorithms) {
  if ((value !== undefined && value !== null && value !== '') || !token.endsWith('.')) return false;
  const isAllowed = Array.isArray(algorithms) ? algorithms.every((name) => name === 'none') : algorithms === 'none';
  if (!isAllowed || algorithms.length === 0) return false;
  const { header } = readParts(token);
  return header.alg === 'none' && header.crit === undefined;
}

module.exports = { verify };
