// @ts-check
'use strict';

// The promise form of sign and verify. The work is done in the call, as in the other forms; only the answer comes later, and
// every failure is a rejection.

const { isPromise } = require('../../lib/support/promise');
const { sign: signAtOnce } = require('./sign');
const { verify: verifyAtOnce } = require('./verify');

/** @param {any} payload @param {any} key @param {any} [options] @returns {Promise<string>} */
async function sign(payload, key, options) {
  return signAtOnce(payload, key, options ?? {});
}

/**
 * `key` may be a function that answers by its callback, as for verify, or with a promise.
 * @param {any} token @param {any} key @param {any} [options] @returns {Promise<any>}
 */
async function verify(token, key, options) {
  if (typeof key !== 'function') return verifyAtOnce(token, key, options ?? {});
  return new Promise((resolve, reject) => {
    const resolver = (/** @type {any} */ header, /** @type {any} */ answer) => {
      const later = key(header, answer);
      if (!isPromise(later)) return;
      // A function of two parameters may answer by its callback and be async all the same.
      const isAnswer = (/** @type {unknown} */ found) => found !== undefined || key.length < 2;
      later.then((/** @type {unknown} */ found) => isAnswer(found) && answer(null, found), answer);
    };
    verifyAtOnce(token, resolver, options ?? {}, (/** @type {any} */ error, /** @type {any} */ outcome) =>
      error ? reject(error) : resolve(outcome),
    );
  });
}

module.exports = { promises: Object.freeze({ sign, verify }) };
