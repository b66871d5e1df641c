// @ts-check
'use strict';

const { DESCRIPTIONS, MISUSES, REJECTIONS } = require('./table');
const native = require('../native');

/** A request that was refused. `expose` is false: the message is for logs, the title is for the client. */
class PortcullisError extends Error {
  /** @param {string} code @param {string} message @param {{ cause?: unknown, claim?: string }} [options] `claim`: the one that is missing or wrong */
  constructor(code, message, options) {
    super(message, options);
    this.name = 'PortcullisError';
    this.code = code;
    this.status = REJECTIONS[code]?.status ?? 500;
    this.statusCode = this.status;
    this.expose = false;
    if (options?.claim !== undefined) this.claim = options.claim;
  }
}

/**
 * Adds members to the problem document that the client gets: they say where its input is at fault, and never repeat a value.
 * Not enumerable, so that logs do not hold them twice.
 * @template {object} E @param {E} error @param {object} members @returns {E}
 */
function tellClient(error, members) {
  return Object.defineProperty(error, 'problem', { value: members });
}

/** Codes and messages by the number that the native side returns. @type {readonly string[]} */
const CODES = Object.freeze(native.codes());
/** @type {readonly string[]} */
const TEXTS = Object.freeze(native.texts());

/**
 * @typedef {number | { ordinal: number, message: string, claim?: string, kid?: string }} Refusal what the native side returns
 *   in place of a value: the number of a code, or an object with details
 */

/**
 * The error for a rejection that the native side returned.
 * @param {Refusal} refusal
 */
function rejection(refusal) {
  if (typeof refusal !== 'object') return new PortcullisError(CODES[refusal], TEXTS[refusal]);
  const { ordinal, message, claim, kid } = refusal;
  const error = new PortcullisError(CODES[ordinal], message, { claim });
  // Not enumerable: the value comes from an unverified token, and loggers write enumerable properties.
  if (kid !== undefined) Object.defineProperty(error, 'kid', { value: kid });
  return error;
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

module.exports = { CODES, DESCRIPTIONS, MISUSES, PortcullisError, REJECTIONS, misuse, rejection, tellClient };
