// @ts-check
'use strict';

// What of a parsed value holds keys that a client chose.

const { isPlain } = require('../support/options/given');

const INDEX = /^(?:0|[1-9]\d*)$/;

/** Objects of a class, such as buffers and dates, are no data with keys of the client. @param {unknown} value @returns {value is object} */
function isContainer(value) {
  return typeof value === 'object' && value !== null && (Array.isArray(value) || isPlain(value));
}

/**
 * Whether a parser has let the client choose the prototype: it is neither that of objects nor that of a class.
 * @param {unknown} value
 */
function hasForeignPrototype(value) {
  if (typeof value !== 'object' || value === null || isContainer(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return !Object.hasOwn(prototype, 'constructor') || typeof prototype.constructor !== 'function';
}

/** The values of a list. qs makes an object with indexes of a long list, and of one that has other names too. @param {any} value @returns {unknown[] | undefined} */
function listOf(value) {
  if (Array.isArray(value)) return value;
  if (!isContainer(value)) return undefined;
  const keys = Object.keys(value);
  const isList = keys.length > 0 && (keys[0] === '0' || keys.every((key) => INDEX.test(key)));
  return isList ? Object.values(value) : undefined;
}

module.exports = { hasForeignPrototype, isContainer, listOf };
