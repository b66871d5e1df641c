// @ts-check
'use strict';

/**
 * Whether a value can be awaited: a promise of any realm or library.
 * @param {unknown} value @returns {value is PromiseLike<unknown>}
 */
const isPromise = (value) => typeof (/** @type {{ then?: unknown } | null | undefined} */ (value)?.then) === 'function';

module.exports = { isPromise };
