// @ts-check
'use strict';

const { DESCRIPTIONS, MISUSES, REJECTIONS } = require('./table');
const native = require('../native');

/** A request that was refused. `expose` is false: the message is for logs, the title is for the client. */
class PortcullisError extends Error {
  /** @param {string} code @param {string} message @param {{ cause?: unknown }} [options] */
  constructor(code, message, options) {
    super(message, options);
    this.name = 'PortcullisError';
    this.code = code;
    this.status = REJECTIONS[code]?.status ?? 500;
    this.statusCode = this.status;
    this.expose = false;
  }
}

/** Codes and messages by the number that the native side answers with. @type {readonly string[]} */
const CODES = Object.freeze(native.codes());
/** @type {readonly string[]} */
const TEXTS = Object.freeze(native.texts());

/**
 * The error for a rejection that the native side answered with.
 * @param {number | { ordinal: number, message: string }} refusal
 */
function rejection(refusal) {
  if (typeof refusal === 'object') return new PortcullisError(CODES[refusal.ordinal], refusal.message);
  return new PortcullisError(CODES[refusal], TEXTS[refusal]);
}

/**
 * The error for a mistake of the program.
 * @param {string} code
 * @param {string} message
 */
function misuse(code, message) {
  const ErrorClass = MISUSES.get(code) ?? TypeError;
  return Object.assign(new ErrorClass(message), { code });
}

module.exports = { CODES, DESCRIPTIONS, MISUSES, PortcullisError, REJECTIONS, misuse, rejection };
