// @ts-check
'use strict';

const { PortcullisError, rejection } = require('../errors');
const native = require('../native');

/**
 * A parser that lets the guard see the bytes before `JSON.parse` does. It throws a `PortcullisError` that holds
 * neither the body nor the parser's text, which quotes it.
 * @param {object} policy as the native guard takes it
 * @returns {(body: Buffer) => any}
 */
function createParser(policy) {
  const check = native.createJsonGuard(policy);
  return function parse(body) {
    const verdict = check(body);
    if (typeof verdict === 'number') throw rejection(verdict);
    return parseText(body.toString(verdict ? 'latin1' : 'utf8'));
  };
}

/** @param {string} text accepted by the guard */
function parseText(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new PortcullisError('ERR_SANITIZE_SYNTAX', 'json: the body was refused by the parser');
  }
}

module.exports = { createParser };
