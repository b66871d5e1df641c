// @ts-check
'use strict';

const native = require('../support/native');
const { checkedBy } = require('./parse');

/** @typedef {{ operators: boolean, dots: boolean, prototypes: boolean }} Switches which rules reject */
/** @typedef {{ limit: number, maxDepth: number, maxKeys?: number, maxKeyLength: number, extended: boolean }} Bounds */

/** @type {(slot: number, body: Uint8Array) => string | number} */
const readForm = native.inputReadFormFunction();
/** As body-parser. */
const MOST_NAMES = 1_000;

/**
 * Returns a parser of forms: the guard checks the bytes and writes them as JSON in one pass, and `JSON.parse` makes the object of
 * it, which is faster than building it key by key. It throws a `PortcullisError` that contains no value of the form.
 * @param {Bounds & Switches} policy
 */
function createFormParser({ maxKeys = MOST_NAMES, ...policy }) {
  const form = { ...policy, parameterLimit: maxKeys };
  const check = checkedBy(new native.InputFormGuard(form), readForm, policy.limit);
  return Object.assign((/** @type {Buffer} */ body) => JSON.parse(check(body)), { guard: check.guard });
}

module.exports = { createFormParser };
