// @ts-check
'use strict';

const { PortcullisError, rejection } = require('../support/errors');
const native = require('../support/native');

/** @type {(slot: number, body: Uint8Array) => string | number} */
const readJson = native.inputReadJsonFunction();

/**
 * A parser that lets the guard see the bytes before `JSON.parse` does. It throws a `PortcullisError` that holds
 * neither the body nor the parser's text, which quotes it.
 * @param {object} policy as the native guard takes it
 * @returns {(body: Buffer) => any}
 */
function createParser(policy) {
  const guard = new native.InputGuard(policy);
  const { slot } = guard;
  /** @param {Buffer} body */
  function parse(body) {
    const text = readJson(slot, body);
    if (typeof text === 'string') return parseText(text);
    throw rejection(text);
  }
  // The slot is free again when its guard is collected, so the guard lives as long as the parser.
  parse.guard = guard;
  return parse;
}

/** @param {string} text accepted by the guard */
function parseText(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new PortcullisError('ERR_INPUT_SYNTAX', 'json: the body is not valid JSON');
  }
}

module.exports = { createParser };
