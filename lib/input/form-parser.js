// @ts-check
'use strict';

const native = require('../support/native');
const { refused } = require('./parse');

/** @type {(slot: number, body: Uint8Array) => string | number} */
const readForm = native.inputReadFormFunction();

/**
 * Returns a parser of forms: the guard checks the bytes and writes them as JSON in one pass, and `JSON.parse` makes the object of
 * it, which is faster than to build it key by key. It throws a `PortcullisError` that contains no value of the form.
 * @param {{ limit: number, [option: string]: unknown }} policy as the native guard takes it
 */
function createFormParser(policy) {
  const guard = new native.InputFormGuard(policy);
  const { slot } = guard;
  /** @param {Buffer} body @returns {unknown} */
  function parse(body) {
    const json = readForm(slot, body);
    if (typeof json === 'string') return JSON.parse(json);
    throw refused(guard, json, policy.limit, body);
  }
  // The slot is freed when the guard is garbage-collected, so the parser keeps a reference to the guard.
  parse.guard = guard;
  return parse;
}

module.exports = { createFormParser };
