// @ts-check
'use strict';

// The promise form of sign and verify. The work is done within the call, as in the other forms. The promise only delivers
// the result later, and every failure rejects it.

const { isPromise } = require('../../lib/support/promise');
const { sign: signAtOnce } = require('./sign');
const { verify: verifyAtOnce } = require('./verify');

/** @param {any} payload @param {any} key @param {any} [options] @returns {Promise<string>} */
async function sign(payload, key, options) {
  return signAtOnce(payload, key, options ?? {});
}

/**
 * `key` may be a function that passes the key to its callback, as for verify, or returns a promise of it.
 * @param {any} token @param {any} key @param {any} [options] @returns {Promise<any>}
 */
async function verify(token, key, options) {
  if (typeof key !== 'function') return verifyAtOnce(token, key, options ?? {});
  return new Promise((resolve, reject) => {
    const resolver = (/** @type {any} */ header, /** @type {any} */ answer) => {
      const later = key(header, answer);
      if (!isPromise(later)) return;
      // An async function with two parameters may still use its callback.
      const isAnswer = (/** @type {unknown} */ found) => found !== undefined || key.length < 2;
      later.then((/** @type {unknown} */ found) => isAnswer(found) && answer(null, found), answer);
    };
    verifyAtOnce(token, resolver, options ?? {}, (/** @type {any} */ error, /** @type {any} */ outcome) =>
      error ? reject(error) : resolve(outcome),
    );
  });
}

module.exports = { promises: Object.freeze({ sign, verify }) };
