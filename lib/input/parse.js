// @ts-check
'use strict';

const { rejection } = require('../support/errors');
const native = require('../support/native');
const { described, located, refusal } = require('./refusal');

/** @typedef {{ limit: number, [option: string]: unknown }} Policy as the native guard takes it */
/** @typedef {{ slot: number, locate(body: Uint8Array): string | null }} Guard */
/** @typedef {(this: unknown, key: string, value: unknown) => unknown} Reviver */

// The first character of a single value.
const SCALAR = /^[ \t\r\n]*[^[{ \t\r\n]/;

/** @type {(slot: number, body: Uint8Array) => string | number} */
const readJson = native.inputReadJsonFunction();

/**
 * Returns a parser whose guard checks the bytes before `JSON.parse` sees them. It throws a `PortcullisError` that
 * contains neither the body nor the message of JSON.parse, which quotes the body.
 * @param {Policy} policy @param {Reviver} [reviver]
 */
function createParser(policy, reviver) {
  const check = createChecker(policy);
  return (/** @type {Buffer} */ body) => parseText(check(body), reviver);
}

/** Returns a function that returns the text of a body that the guard accepts. @param {Policy} policy */
function createChecker(policy) {
  return checkedBy(new native.InputGuard(policy), readJson, policy.limit);
}

/** @param {Guard} guard @param {(slot: number, body: Uint8Array) => string | number} read @param {number} limit */
function checkedBy(guard, read, limit) {
  const { slot } = guard;
  /** @param {Buffer} body @returns {string} */
  function check(body) {
    const text = read(slot, body);
    if (typeof text === 'string') return text;
    throw refused(guard, text, limit, body);
  }
  // The slot is freed when the guard is garbage-collected, so the function keeps a reference to it.
  check.guard = guard;
  return check;
}

/**
 * The error of a body that a guard refused. Its pointer tells where the first offence is; it is made of keys of the body,
 * never of its values.
 * @param {Guard} guard @param {number} verdict @param {number} limit @param {Buffer} body
 */
function refused(guard, verdict, limit, body) {
  const error = rejection(verdict);
  if (error.code === 'ERR_INPUT_SYNTAX' && SCALAR.test(body.toString('latin1', 0, 64))) {
    error.message =
      'the body is neither an object nor an array, or not valid JSON; the option `strict: false` accepts single values';
  }
  const fields = error.code === 'ERR_INPUT_TOO_LARGE' ? { limit, received: body.length } : undefined;
  return located(described(error, fields), 'body', guard.locate(body) ?? undefined);
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

module.exports = { checkedBy, createChecker, createParser };
