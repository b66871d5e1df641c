// @ts-check
'use strict';

/**
 * Whether a value can be awaited: a promise of any realm or library.
 * @param {unknown} value @returns {value is PromiseLike<unknown>}
 */
const isPromise = (value) => typeof (/** @type {{ then?: unknown } | null | undefined} */ (value)?.then) === 'function';

/**
 * Whether a function that must return at once returned a promise. Its rejection must not end the process.
 * @param {unknown} value @returns {value is PromiseLike<unknown>}
 */
function discardPromise(value) {
  if (!isPromise(value)) return false;
  value.then(undefined, () => {});
  return true;
}

module.exports = { discardPromise, isPromise };
