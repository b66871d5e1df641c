// @ts-check
'use strict';

const { PortcullisError, rejection } = require('../errors');
const { JsonGuard } = require('../native');

/**
 * A parser that lets the guard see the bytes before `JSON.parse` does. It throws a `PortcullisError` that holds
 * neither the body nor the parser's text, which quotes it.
 * @param {object} policy as the guard's constructor takes it
 * @returns {(body: Buffer) => any}
 */
function createParser(policy) {
  const guard = new JsonGuard(policy);
  return function parse(body) {
    const verdict = guard.check(body);
    if (typeof verdict === 'number') throw rejection(verdict, 'json: the body was refused by the guard');
    return parseText(verdict ? body.latin1Slice() : body.utf8Slice());
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
