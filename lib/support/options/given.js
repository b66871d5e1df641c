// @ts-check
'use strict';

// What may be given as options at all, before any of them is read.

const { misuse } = require('../errors');

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
      `${owner}: options must be a plain object, not ${show(given)}; what an object of a class inherits would be passed over`,
    );
  }
}

/** A short, safe picture of a wrong value: its type or class, or the number itself. @param {any} value */
function show(value) {
  if (value === undefined || value === null || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (value === '') return 'an empty string';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value?.then === 'function') return 'a promise: await it first';
  return typeof value === 'object' ? showObject(value) : `a value of type ${typeof value}`;
}

/** @param {object} value */
function showObject(value) {
  const name = isPlain(value) ? undefined : value.constructor?.name;
  return typeof name === 'string' && /^\w{1,40}$/.test(name) ? `an object of class ${name}` : 'a value of type object';
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

/**
 * The name that a wrong one may stand for: other packages' names are often ours without the unit, or cut short.
 * @param {string} name @param {readonly string[]} known
 */
function meant(name, known) {
  const given = name.toLowerCase();
  const near = known.filter((one) => isNear(given, one.toLowerCase()));
  const [nearest] = near.sort((a, b) => Math.abs(a.length - given.length) - Math.abs(b.length - given.length));
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}

/** @param {string} given @param {string} one */
function isNear(given, one) {
  const [short, long] = given.length < one.length ? [given, one] : [one, given];
  return short.length >= 3 && (long.startsWith(short) || long.endsWith(short));
}

module.exports = { checkGiven, isPlain, meant, show };
