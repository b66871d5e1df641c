// @ts-check
'use strict';

const { BOUNDS } = require('../support/bounds');
const native = require('../support/native');
const { checkedBy } = require('./parse');
const { ordinaryPart } = require('./pointer');

/** @typedef {{ operators: boolean, dots: boolean, prototypes: boolean }} Switches which rules reject */
/** @typedef {{ limit: number, maxDepth: number, maxKeys?: number, maxKeyLength: number, extended: boolean }} Bounds */

/** @type {(slot: number, body: Uint8Array) => string | number} */
const readForm = native.inputReadFormFunction();
const JSON_START = /^\s*(?:[[{]|%5b|%7b)/i;

/**
 * Returns a parser of forms: the guard checks the bytes and writes them as JSON in one pass, and `JSON.parse` makes the object of
 * it, which is faster than building it key by key. It throws a `PortcullisError` that contains no value of the form.
 * @param {Bounds & Switches} policy
 */
function createFormParser({ maxKeys = BOUNDS.INPUT.parameterLimit.fallback, ...policy }) {
  const form = { ...policy, parameterLimit: maxKeys };
  const guard = new native.InputFormGuard(form);
  const located = { slot: guard.slot, locate: (/** @type {Buffer} */ body) => ordinaryPart(guard.locate(body)) };
  const check = checkedBy(located, readForm, policy.limit);
  function parse(/** @type {Buffer} */ body) {
    try {
      return JSON.parse(check(body));
    } catch (error) {
      throw JSON_START.test(body.toString('latin1', 0, 64)) ? explained(/** @type {Error} */ (error)) : error;
    }
  }
  // The slot is freed when the guard is garbage-collected.
  return Object.assign(parse, { guard });
}

/** Many clients send JSON with the type of forms, which is their default. @param {Error} error */
function explained(error) {
  error.message += '; the form looks like JSON: send it with "Content-Type: application/json"';
  return error;
}

module.exports = { createFormParser };
