// @ts-check
'use strict';

// What counts as a plain object, a string or a number in options and claims: values of other realms and wrapped ones
// (new String('a')) are included.

const OBJECT_SOURCE = Function.prototype.toString.call(Object);

/** @param {unknown} value @param {string} tag as Object.prototype.toString names it */
const isTagged = (value, tag) => Object.prototype.toString.call(value) === `[object ${tag}]`;

/** @param {any} value */
function isPlainObject(value) {
  if (value === null || typeof value !== 'object' || !isTagged(value, 'Object')) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null) return true;
  const maker = Object.hasOwn(prototype, 'constructor') ? prototype.constructor : undefined;
  return typeof maker === 'function' && Function.prototype.toString.call(maker) === OBJECT_SOURCE;
}

/** @param {unknown} value */
const isString = (value) => typeof value === 'string' || isTagged(value, 'String');
/** @param {unknown} value */
const isNumber = (value) => typeof value === 'number' || isTagged(value, 'Number');
/** @param {unknown} value */
const isBoolean = (value) => typeof value === 'boolean' || isTagged(value, 'Boolean');

module.exports = { isBoolean, isNumber, isPlainObject, isString };
