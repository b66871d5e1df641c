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
    throw refused(guard, text, policy.limit, body);
  }
  // The slot is freed when the guard is garbage-collected, so the parser keeps a reference to the guard.
  parse.guard = guard;
  return parse;
}

/**
 * The error of a body that a guard refused. `pointer`: the JSON Pointer of the first offence; it may be made of keys of the
 * body, never of its values.
 * @param {{ locate(body: Uint8Array): string | null }} guard
 * @param {Parameters<typeof rejection>[0]} verdict what the guard returned
 * @param {number} limit
 * @param {Buffer} body
 */
function refused(guard, verdict, limit, body) {
  const error = rejection(verdict);
  const pointer = guard.locate(body) ?? '';
  if (error.code !== 'ERR_INPUT_TOO_LARGE') return described(error, { pointer });
  return described(error, { limit, received: body.length, pointer });
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

module.exports = { createParser, refused };
