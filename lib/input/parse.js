// @ts-check
'use strict';

const { rejection } = require('../support/errors');
const native = require('../support/native');
const { described, refusal } = require('./refusal');

/** @typedef {(this: unknown, key: string, value: unknown) => unknown} Reviver */

/** @type {(slot: number, body: Uint8Array) => string | number} */
const readJson = native.inputReadJsonFunction();

/**
 * Returns a parser whose guard checks the bytes before `JSON.parse` sees them. It throws a `PortcullisError` that
 * contains neither the body nor the message of JSON.parse, which quotes the body.
 * @param {{ limit: number, [option: string]: unknown }} policy as the native guard takes it
 * @param {Reviver} [reviver]
 */
function createParser(policy, reviver) {
  const guard = new native.InputGuard(policy);
  const { slot } = guard;
  /** @param {Buffer} body @returns {unknown} */
  function parse(body) {
    const text = readJson(slot, body);
    if (typeof text === 'string') return parseText(text, reviver);
    throw refused(rejection(text), policy.limit, body.length);
  }
  // The slot is freed when the guard is garbage-collected, so the parser keeps a reference to the guard.
  parse.guard = guard;
  return parse;
}

/** @param {import('./refusal').Refusal} error @param {number} limit @param {number} received */
function refused(error, limit, received) {
  return described(error, error.code === 'ERR_INPUT_TOO_LARGE' ? { limit, received } : undefined);
}

/** @param {string} text accepted by the guard @param {Reviver} [reviver] */
function parseText(text, reviver) {
  try {
    return JSON.parse(text, reviver);
  } catch (error) {
    if (reviver === undefined) throw refusal('ERR_INPUT_SYNTAX', 'the body is not valid JSON');
    throw refusal('ERR_INPUT_SYNTAX', 'the option "reviver" threw', { cause: error });
  }
}

module.exports = { createParser };
