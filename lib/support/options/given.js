// @ts-check
'use strict';

// Checks that a value may be options at all, before any option is read, and describes wrong values in messages.

const { misuse } = require('../errors');
const { isPromise } = require('../promise');
const { formOf } = require('./forms');

/** @param {string} area @param {string} owner @param {any} given @param {string} [path] as in Reader */
function checkGiven(area, owner, given, path = '') {
  if (given === undefined) return;
  const subject = path === '' ? 'options' : `option "${path.slice(0, -1)}"`;
  const refuse = (/** @type {string} */ reason) => misuse(`ERR_${area}_OPTION`, `${owner}: ${reason}`);
  if (given === null || typeof given !== 'object' || Array.isArray(given)) {
    throw refuse(`${subject} must be ${contrast(formOf(owner, path), show(given))}`);
  }
  if (isRequest(given)) {
    throw refuse(`expected options but got a request; write app.use(${owner}(...)), not app.use(${owner})`);
  }
  if (!isPlain(given)) {
    throw refuse(`${subject} must be a plain object: inherited properties would be ignored (got ${show(given)})`);
  }
}

/** "a number, not a string; remark": what was sent follows what is wanted. @param {string} cure @param {string} sent */
function contrast(cure, sent) {
  const [form, ...remarks] = cure.split('; ');
  return [`${form}, not ${sent}`, ...remarks].join('; ');
}

/**
 * Describes a wrong value by its type. Strings, numbers and the contents of objects are never shown: they may be secrets
 * that were passed in the wrong place.
 * @param {any} value
 */
function show(value) {
  if (value === undefined || value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return showString(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (isPromise(value)) return 'a promise: await it first';
  return typeof value === 'object' ? showObject(value) : `a ${typeof value}`;
}

/** @param {string} text */
function showString(text) {
  if (text === '') return 'an empty string';
  return text.isWellFormed() ? 'a string' : 'a string with a lone surrogate';
}

/** @param {object} value */
function showObject(value) {
  const name = isPlain(value) ? undefined : value.constructor?.name;
  return typeof name === 'string' && /^\w{1,40}$/.test(name) ? `an instance of ${name}` : 'an object';
}

/** Whether Express called the factory as if it were the middleware. @param {any} given */
function isRequest(given) {
  return typeof given?.method === 'string' && typeof given?.headers === 'object' && given?.socket !== undefined;
}

/** Whether it inherits from nothing, or from the Object.prototype of any realm. @param {unknown} given */
function isPlain(given) {
  const prototype = Object.getPrototypeOf(given);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

module.exports = { checkGiven, contrast, isPlain, show };
