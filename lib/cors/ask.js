// @ts-check
'use strict';

// An `origin` function of the app, called as the cors package calls it: (origin, callback).

const { isPromise } = require('../support/promise');
const { isRegExp } = require('node:util').types;

/** @typedef {true | false | '*'} Verdict true: reflect the origin; '*': any origin, without credentials */
/** @typedef {(origin: string | undefined, callback: (error: unknown, answer?: unknown) => void) => unknown} OriginFunction */
/** @typedef {(origin: string | undefined, done: (error: unknown, verdict: Verdict) => void) => void} Ask */

/**
 * The function may pass true, false, an origin, a RegExp or an array of these to its callback, once; errors and what it
 * throws go to next().
 * @param {OriginFunction} judge @param {boolean} credentials @returns {Ask}
 */
function askWith(judge, credentials) {
  return function ask(origin, done) {
    let isPending = true;
    const settle = (/** @type {unknown} */ error, /** @type {unknown} */ answer) => {
      if (!isPending) return;
      isPending = false;
      done(error, matches(origin, answer, credentials));
    };
    try {
      const pending = /** @type {PromiseLike<unknown> | undefined} */ (judge(origin, settle));
      // An async function reports its result through the callback too; its rejection would otherwise be lost.
      if (isPromise(pending)) pending.then(undefined, (error) => settle(error, false));
    } catch (error) {
      // The function called back already: what failed came after it, in the rest of the app.
      if (!isPending) throw error;
      settle(error, false);
    }
  };
}

/** @param {string | undefined} origin @param {unknown} answer @param {boolean} credentials @returns {Verdict} */
function matches(origin, answer, credentials) {
  if (answer === '*') return credentials ? false : '*';
  if (Array.isArray(answer)) return answer.some((one) => matches(origin, one, true));
  if (isRegExp(answer)) {
    return origin !== undefined && new RegExp(answer.source, answer.flags.replace(/[gy]/g, '')).test(origin);
  }
  if (typeof answer === 'string') return origin === answer;
  // Every promise is truthy, even one that resolves to false, so an object never allows an origin.
  return typeof answer === 'object' || typeof answer === 'function' ? false : Boolean(answer);
}

module.exports = { askWith };
