// @ts-check
'use strict';

// Errors of a body. Besides our code, each has the fields by which users of express.json distinguish errors: `type`, and
// `limit`, `length`, `expected`, `received`, `charset` or `encoding`. None contains the body.

const { PortcullisError } = require('../support/errors');

/** @typedef {InstanceType<typeof PortcullisError>} Refusal */

const PARSE_FAILED = 'entity.parse.failed';

/** The `type` that body-parser and raw-body use. @type {Readonly<Record<string, string | undefined>>} */
const TYPES = Object.freeze({
  ERR_INPUT_TOO_LARGE: 'entity.too.large',
  ERR_INPUT_LENGTH: 'request.size.invalid',
  ERR_INPUT_ABORTED: 'request.aborted',
  ERR_INPUT_CHARSET: 'charset.unsupported',
  ERR_INPUT_ENCODING: 'encoding.unsupported',
  ERR_INPUT_VERIFY: 'entity.verify.failed',
  ERR_INPUT_STREAM: 'stream.not.readable',
  // body-parser passes on zlib's error, which has no type.
  ERR_INPUT_INFLATE: undefined,
});

/** Adds the fields of express.json to an error. @param {Refusal} error @param {object} [fields] @returns {Refusal} */
function described(error, fields) {
  const type = Object.hasOwn(TYPES, error.code) ? TYPES[error.code] : PARSE_FAILED;
  return Object.assign(error, type && { type }, fields);
}

/** @param {string} code @param {string} message @param {{ cause?: unknown, [field: string]: unknown }} [fields] @returns {Refusal} */
function refusal(code, message, { cause, ...fields } = {}) {
  return described(new PortcullisError(code, `json: ${message}`, cause === undefined ? undefined : { cause }), fields);
}

module.exports = { described, refusal };
