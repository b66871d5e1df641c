// @ts-check
'use strict';

// What may be given as options at all, before any of them is read.

const { misuse } = require('./errors');

/** @param {string} area @param {string} owner @param {any} given */
function checkGiven(area, owner, given) {
  if (given !== undefined && (given === null || typeof given !== 'object' || Array.isArray(given))) {
    throw misuse(`ERR_${area}_OPTION`, `${owner}: options must be an object, not ${show(given)}`);
  }
  if (isRequest(given)) {
    throw misuse(
      `ERR_${area}_OPTION`,
      `${owner}: got a request instead of options; write app.use(${owner}(...)), not app.use(${owner})`,
    );
  }
  if (given !== undefined && !isPlain(given)) {
    throw misuse(
      `ERR_${area}_OPTION`,
      `${owner}: options must be a plain object; what an object of a class inherits would be passed over`,
    );
  }
}

/** A short, safe picture of a wrong value: its type, or the number itself. @param {unknown} value */
function show(value) {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return 'an array';
  return `a value of type ${typeof value}`;
}

/** Whether Express called the factory as if it were the middleware. @param {any} given */
function isRequest(given) {
  return typeof given?.method === 'string' && typeof given?.headers === 'object' && given?.socket !== undefined;
}

/** Whether it inherits from Object.prototype, of whichever realm, or from nothing. @param {unknown} given */
function isPlain(given) {
  const prototype = Object.getPrototypeOf(given);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

module.exports = { checkGiven, show };
