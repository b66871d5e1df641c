// @ts-check
'use strict';

// Every code that Portcullis gives an error, but those of the loader.

/**
 * Every rejection of a request: its code, the status it answers with, and the title a client may read. 401s look
 * alike from outside; the code is for logs and events.
 * @type {Readonly<Record<string, Readonly<{ status: number, title: string }>>>}
 */
const REJECTIONS = Object.freeze(
  // Without a prototype: "constructor" is no code.
  Object.setPrototypeOf(
    Object.fromEntries(
      Object.entries({
        ERR_JWT_MISSING: [401, 'Unauthorized'],
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
        ERR_JWT_REVOCATIONS_FULL: [503, 'Service Unavailable'],
        ERR_JWT_REVOCATIONS_UNAVAILABLE: [503, 'Service Unavailable'],
        ERR_JWT_REQUEST: [400, 'Bad Request'],
        ERR_JWT_REFRESH_INVALID: [401, 'Unauthorized'],
        ERR_JWT_REFRESH_EXPIRED: [401, 'Unauthorized'],
        ERR_JWT_REFRESH_REUSED: [401, 'Unauthorized'],
        ERR_JWT_REFRESH_REVOKED: [401, 'Unauthorized'],
        ERR_JWT_REFRESH_FULL: [503, 'Service Unavailable'],
        ERR_JWT_FORBIDDEN: [403, 'Forbidden'],
        ERR_JWT_CSRF: [403, 'Forbidden'],
        ERR_JWT_KEYS_UNAVAILABLE: [503, 'Service Unavailable'],
        ERR_PASSWORD_INPUT: [400, 'Bad Request'],
        ERR_PASSWORD_HASH_MALFORMED: [500, 'Internal Server Error'],
        ERR_PASSWORD_HASH_COSTLY: [500, 'Internal Server Error'],
        ERR_PASSWORD_BUSY: [503, 'Service Unavailable'],
        ERR_PASSWORD_CLOSED: [503, 'Service Unavailable'],
        ERR_PASSWORD_MEMORY: [503, 'Service Unavailable'],
        ERR_PASSWORD_SALT: [500, 'Internal Server Error'],
        ERR_RATE_LIMIT_EXCEEDED: [429, 'Too Many Requests'],
        ERR_SANITIZE_SYNTAX: [400, 'Bad Request'],
        ERR_SANITIZE_UTF8: [400, 'Bad Request'],
        ERR_SANITIZE_BOM: [400, 'Bad Request'],
        ERR_SANITIZE_SURROGATE: [400, 'Bad Request'],
        ERR_SANITIZE_TOO_LARGE: [413, 'Content Too Large'],
        ERR_SANITIZE_DEPTH: [400, 'Bad Request'],
        ERR_SANITIZE_KEYS: [400, 'Bad Request'],
        ERR_SANITIZE_KEY_LENGTH: [400, 'Bad Request'],
        ERR_SANITIZE_OPERATOR_KEY: [400, 'Bad Request'],
        ERR_SANITIZE_DOTTED_KEY: [400, 'Bad Request'],
        ERR_SANITIZE_PROTOTYPE_KEY: [400, 'Bad Request'],
        ERR_SANITIZE_DUPLICATE_KEY: [400, 'Bad Request'],
        ERR_SANITIZE_NUMBER: [400, 'Bad Request'],
        ERR_SANITIZE_CHARSET: [415, 'Unsupported Media Type'],
        ERR_SANITIZE_ENCODING: [415, 'Unsupported Media Type'],
        ERR_SANITIZE_INFLATE: [400, 'Bad Request'],
        ERR_SANITIZE_LENGTH: [400, 'Bad Request'],
        ERR_SANITIZE_ABORTED: [400, 'Bad Request'],
        ERR_SANITIZE_STREAM: [500, 'Internal Server Error'],
        ERR_CORS_ORIGIN: [403, 'Forbidden'],
        ERR_HTTPS_REQUIRED: [403, 'Forbidden'],
        ERR_HTTPS_HOST: [400, 'Bad Request'],
        ERR_REDIS_UNAVAILABLE: [503, 'Service Unavailable'],
        ERR_INTERNAL: [500, 'Internal Server Error'],
      }).map(([code, [status, title]]) => [code, Object.freeze({ status: Number(status), title: String(title) })]),
    ),
    null,
  ),
);

/**
 * Every misuse: thrown at set-up, or where a function is called with the wrong type.
 * @type {ReadonlyMap<string, typeof TypeError | typeof RangeError>}
 */
const MISUSES = new Map([
  ['ERR_JWT_OPTION', TypeError],
  ['ERR_JWT_OPTION_RANGE', RangeError],
  ['ERR_JWT_KEY', TypeError],
  ['ERR_JWT_KEY_ALGORITHM', TypeError],
  ['ERR_JWT_CLAIMS', TypeError],
  ['ERR_JWT_REVOCATION', TypeError],
  ['ERR_JWT_REVOCATIONS_CONFLICT', TypeError],
  ['ERR_JWT_COOKIE', TypeError],
  ['ERR_PASSWORD_OPTION', TypeError],
  ['ERR_PASSWORD_OPTION_RANGE', RangeError],
  ['ERR_RATE_LIMIT_OPTION', TypeError],
  ['ERR_RATE_LIMIT_OPTION_RANGE', RangeError],
  ['ERR_RATE_LIMIT_KEY', TypeError],
  ['ERR_RATE_LIMIT_COST', RangeError],
  ['ERR_RATE_LIMIT_CONFLICT', TypeError],
  ['ERR_SANITIZE_OPTION', TypeError],
  ['ERR_SANITIZE_OPTION_RANGE', RangeError],
  ['ERR_ESCAPE_INPUT', TypeError],
  ['ERR_HEADERS_OPTION', TypeError],
  ['ERR_CORS_OPTION', TypeError],
  ['ERR_CORS_OPTION_RANGE', RangeError],
  ['ERR_HTTPS_OPTION', TypeError],
  ['ERR_ERRORS_OPTION', TypeError],
  ['ERR_HARDEN_OPTION', TypeError],
  ['ERR_REDIS_OPTION', TypeError],
  ['ERR_REDIS_OPTION_RANGE', RangeError],
]);

module.exports = { MISUSES, REJECTIONS };
