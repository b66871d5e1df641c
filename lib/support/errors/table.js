// @ts-check
'use strict';

// Every error code: its status and title, or its class, and a description.

const misuses = require('./misuses');
const rejections = require('./rejections');

/** The description of every code, those of the loader included. @type {Readonly<Record<string, string>>} */
const DESCRIPTIONS = Object.freeze({ ...rejections, ...misuses.MISUSES, ...misuses.LOADER });

/**
 * Every rejection of a request: the status of the response, the title that a client may read, and a description for whoever
 * reads the logs. All 401 responses look the same to a client; only the code differs.
 * @type {Readonly<Record<string, Readonly<{ status: number, title: string, description: string }>>>}
 */
const REJECTIONS = Object.freeze(
  // Without a prototype, so that "constructor" is not found as a code.
  Object.setPrototypeOf(
    Object.fromEntries(
      Object.entries({
        ERR_AUTH_MISSING: [401, 'Unauthorized'],
        ERR_JWT_TOO_LARGE: [401, 'Unauthorized'],
        ERR_JWT_MALFORMED: [401, 'Unauthorized'],
        ERR_JWT_ALGORITHM: [401, 'Unauthorized'],
        ERR_JWT_KEY_UNKNOWN: [401, 'Unauthorized'],
        ERR_JWT_CRITICAL: [401, 'Unauthorized'],
        ERR_JWT_SIGNATURE: [401, 'Unauthorized'],
        ERR_JWT_EXPIRED: [401, 'Unauthorized'],
        ERR_JWT_NOT_YET_VALID: [401, 'Unauthorized'],
        ERR_JWT_TOO_OLD: [401, 'Unauthorized'],
        ERR_JWT_CLAIM_TYPE: [401, 'Unauthorized'],
        ERR_JWT_CLAIM_MISSING: [401, 'Unauthorized'],
        ERR_JWT_ISSUER: [401, 'Unauthorized'],
        ERR_JWT_AUDIENCE: [401, 'Unauthorized'],
        ERR_JWT_SUBJECT: [401, 'Unauthorized'],
        ERR_JWT_ID: [401, 'Unauthorized'],
        ERR_JWT_NONCE: [401, 'Unauthorized'],
        ERR_JWT_TYP: [401, 'Unauthorized'],
        ERR_JWT_BUSY: [503, 'Service Unavailable'],
        ERR_JWT_REVOKED: [401, 'Unauthorized'],
        ERR_REVOCATIONS_FULL: [503, 'Service Unavailable'],
        ERR_REVOCATIONS_UNAVAILABLE: [503, 'Service Unavailable'],
        ERR_AUTH_REQUEST: [400, 'Bad Request'],
        ERR_REFRESH_TOKENS_INVALID: [401, 'Unauthorized'],
        ERR_REFRESH_TOKENS_EXPIRED: [401, 'Unauthorized'],
        ERR_REFRESH_TOKENS_REUSED: [401, 'Unauthorized'],
        ERR_REFRESH_TOKENS_REVOKED: [401, 'Unauthorized'],
        ERR_REFRESH_TOKENS_FULL: [503, 'Service Unavailable'],
        ERR_AUTH_FORBIDDEN: [403, 'Forbidden'],
        ERR_CSRF_CROSS_SITE: [403, 'Forbidden'],
        ERR_JWT_KEYS_UNAVAILABLE: [503, 'Service Unavailable'],
        ERR_PASSWORD_INPUT: [400, 'Bad Request'],
        ERR_PASSWORD_HASH_MALFORMED: [500, 'Internal Server Error'],
        ERR_PASSWORD_HASH_COSTLY: [500, 'Internal Server Error'],
        ERR_PASSWORD_BUSY: [503, 'Service Unavailable'],
        ERR_PASSWORD_CLOSED: [503, 'Service Unavailable'],
        ERR_PASSWORD_MEMORY: [503, 'Service Unavailable'],
        ERR_PASSWORD_SALT: [500, 'Internal Server Error'],
        ERR_RATE_LIMIT_EXCEEDED: [429, 'Too Many Requests'],
        ERR_RATE_LIMIT_ADDRESS: [400, 'Bad Request'],
        ERR_INPUT_SYNTAX: [400, 'Bad Request'],
        ERR_INPUT_UTF8: [400, 'Bad Request'],
        ERR_INPUT_BOM: [400, 'Bad Request'],
        ERR_INPUT_SURROGATE: [400, 'Bad Request'],
        ERR_INPUT_TOO_LARGE: [413, 'Content Too Large'],
        ERR_INPUT_DEPTH: [400, 'Bad Request'],
        ERR_INPUT_KEYS: [400, 'Bad Request'],
        ERR_INPUT_KEY_LENGTH: [400, 'Bad Request'],
        ERR_INPUT_OPERATOR_KEY: [400, 'Bad Request'],
        ERR_INPUT_DOTTED_KEY: [400, 'Bad Request'],
        ERR_INPUT_PROTOTYPE_KEY: [400, 'Bad Request'],
        ERR_INPUT_DUPLICATE_KEY: [400, 'Bad Request'],
        ERR_INPUT_FORM: [400, 'Bad Request'],
        ERR_INPUT_MIXED: [400, 'Bad Request'],
        ERR_INPUT_NUMBER: [400, 'Bad Request'],
        ERR_INPUT_REPEATED: [400, 'Bad Request'],
        ERR_INPUT_KEY_CLASH: [400, 'Bad Request'],
        ERR_INPUT_CHARSET: [415, 'Unsupported Media Type'],
        ERR_INPUT_ENCODING: [415, 'Unsupported Media Type'],
        ERR_INPUT_INFLATE: [400, 'Bad Request'],
        ERR_INPUT_LENGTH: [400, 'Bad Request'],
        ERR_INPUT_ABORTED: [400, 'Bad Request'],
        ERR_INPUT_VERIFY: [403, 'Forbidden'],
        ERR_INPUT_STREAM: [500, 'Internal Server Error'],
        ERR_SVG_TOO_LARGE: [413, 'Content Too Large'],
        ERR_SVG_ENCODING: [400, 'Bad Request'],
        ERR_SVG_SYNTAX: [400, 'Bad Request'],
        ERR_SVG_DOCTYPE: [400, 'Bad Request'],
        ERR_SVG_ROOT: [400, 'Bad Request'],
        ERR_SVG_DEPTH: [400, 'Bad Request'],
        ERR_SVG_ELEMENTS: [400, 'Bad Request'],
        ERR_SVG_ATTRIBUTES: [400, 'Bad Request'],
        ERR_SVG_EXPANSION: [400, 'Bad Request'],
        ERR_PATTERNS_TEXT_TOO_LONG: [413, 'Content Too Large'],
        ERR_VALIDATE_INPUT: [400, 'Bad Request'],
        ERR_VALIDATE_SCHEMA: [500, 'Internal Server Error'],
        ERR_HTTPS_REQUIRED: [403, 'Forbidden'],
        ERR_HTTPS_HOST: [400, 'Bad Request'],
        ERR_REDIS_UNAVAILABLE: [503, 'Service Unavailable'],
        ERR_INTERNAL: [500, 'Internal Server Error'],
      }).map(([code, [status, title]]) => [
        code,
        Object.freeze({ status: Number(status), title: String(title), description: String(DESCRIPTIONS[code]) }),
      ]),
    ),
    null,
  ),
);

/**
 * Every misuse: thrown at set-up, or by a call with a wrong argument.
 * @type {ReadonlyMap<string, typeof TypeError | typeof RangeError>}
 */
const MISUSES = new Map([
  ['ERR_JWT_OPTION', TypeError],
  ['ERR_JWT_OPTION_RANGE', RangeError],
  ['ERR_JWT_KEY', TypeError],
  ['ERR_JWT_KEY_ALGORITHM', TypeError],
  ['ERR_JWT_CLAIMS', TypeError],
  ['ERR_AUTH_OPTION', TypeError],
  ['ERR_AUTH_OPTION_RANGE', RangeError],
  ['ERR_AUTH_COOKIE', TypeError],
  ['ERR_REVOCATIONS_OPTION', TypeError],
  ['ERR_REVOCATIONS_OPTION_RANGE', RangeError],
  ['ERR_REVOCATIONS_TARGET', TypeError],
  ['ERR_REVOCATIONS_CONFLICT', TypeError],
  ['ERR_REFRESH_TOKENS_OPTION', TypeError],
  ['ERR_REFRESH_TOKENS_OPTION_RANGE', RangeError],
  ['ERR_PASSWORD_OPTION', TypeError],
  ['ERR_PASSWORD_OPTION_RANGE', RangeError],
  ['ERR_RATE_LIMIT_OPTION', TypeError],
  ['ERR_RATE_LIMIT_OPTION_RANGE', RangeError],
  ['ERR_RATE_LIMIT_KEY', TypeError],
  ['ERR_RATE_LIMIT_COST', RangeError],
  ['ERR_RATE_LIMIT_CONFLICT', TypeError],
  ['ERR_INPUT_OPTION', TypeError],
  ['ERR_INPUT_OPTION_RANGE', RangeError],
  ['ERR_SVG_OPTION', TypeError],
  ['ERR_SVG_OPTION_RANGE', RangeError],
  ['ERR_SVG_INPUT', TypeError],
  ['ERR_VALIDATE_OPTION', TypeError],
  ['ERR_VALIDATE_OPTION_RANGE', RangeError],
  ['ERR_ESCAPE_INPUT', TypeError],
  ['ERR_ESCAPE_OPTION', TypeError],
  ['ERR_ESCAPE_TEMPLATE', TypeError],
  ['ERR_PATTERNS_OPTION', TypeError],
  ['ERR_PATTERNS_OPTION_RANGE', RangeError],
  ['ERR_PATTERNS_SYNTAX', TypeError],
  ['ERR_PATTERNS_SIZE', RangeError],
  ['ERR_PATTERNS_INPUT', TypeError],
  ['ERR_HEADERS_OPTION', TypeError],
  ['ERR_CORS_OPTION', TypeError],
  ['ERR_CORS_OPTION_RANGE', RangeError],
  ['ERR_HTTPS_OPTION', TypeError],
  ['ERR_CSRF_OPTION', TypeError],
  ['ERR_ERROR_HANDLER_OPTION', TypeError],
  ['ERR_HARDEN_OPTION', TypeError],
  ['ERR_REDIS_OPTION', TypeError],
  ['ERR_REDIS_OPTION_RANGE', RangeError],
]);

module.exports = { DESCRIPTIONS, MISUSES, REJECTIONS };
