// @ts-check
'use strict';

// Errors of input. Besides our code, those of a body have the fields by which users of express.json distinguish errors: `type`,
// and `limit`, `length`, `expected`, `received`, `charset` or `encoding`. Where a key or value is at fault, `source` and
// `pointer` tell where it stands. None contains a value.

const { PortcullisError, tellClient } = require('../support/errors');

/** @typedef {InstanceType<typeof PortcullisError>} Refusal */
/** @typedef {'body' | 'query' | 'params' | 'cookies'} Source */

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

/** Why a parsed value is rejected. @type {Readonly<Record<string, string>>} */
const REASONS = Object.freeze({
  ERR_INPUT_OPERATOR_KEY: 'a key starts with "$"',
  ERR_INPUT_DOTTED_KEY: 'a key contains a dot',
  ERR_INPUT_PROTOTYPE_KEY: 'a key names a prototype',
  ERR_INPUT_DEPTH: 'it is nested deeper than `maxDepth`',
  ERR_INPUT_KEYS: 'it has more than `maxKeys` keys',
  ERR_INPUT_KEY_LENGTH: 'a key is longer than `maxKeyLength`',
  ERR_INPUT_REPEATED: 'a name is repeated, and `arrays` does not list it',
  ERR_INPUT_KEY_CLASH: 'a key cannot be replaced: its new name is taken, or breaks a rule itself',
});

/** Adds the fields of express.json to an error. @param {Refusal} error @param {object} [fields] @returns {Refusal} */
function described(error, fields) {
  const type = Object.hasOwn(TYPES, error.code) ? TYPES[error.code] : PARSE_FAILED;
  return Object.assign(error, type && { type }, fields);
}

/** @param {string} code @param {string} message @param {{ cause?: unknown, [field: string]: unknown }} [fields] @returns {Refusal} */
function refusal(code, message, { cause, ...fields } = {}) {
  return described(new PortcullisError(code, message, cause === undefined ? undefined : { cause }), fields);
}

/** The error for a value that another parser made. @param {string} code @param {Source} source @param {string} pointer @returns {Refusal} */
function rejected(code, source, pointer) {
  const error = new PortcullisError(code, `${source}: ${REASONS[code]}`);
  return located(source === 'body' ? described(error) : error, source, pointer);
}

/** Says where the fault stands, to logs and to the client. @param {Refusal} error @param {Source} source @param {string | undefined} pointer @returns {Refusal} */
function located(error, source, pointer) {
  const place = { source, ...(pointer !== undefined && { pointer }) };
  return tellClient(Object.assign(error, place), { code: error.code, ...place });
}

module.exports = { described, located, refusal, rejected };
