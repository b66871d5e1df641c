// @ts-check
'use strict';

// What each mistake of the program means. The message of the error names the option and what to write instead.
// docs/errors.md is generated from this table.

/** Thrown at set-up, or by a call with a wrong argument. @type {Readonly<Record<string, string>>} */
const MISUSES = Object.freeze({
  ERR_JWT_OPTION:
    'An option of `createVerifier`, `createSigner` or `createKeyRing` has the wrong type, or an unknown name.',
  ERR_JWT_OPTION_RANGE: 'An option of `createVerifier` or `createSigner` is out of range.',
  ERR_JWT_KEY: 'The key is unsafe or unreadable, such as a secret that is shorter than the hash.',
  ERR_JWT_KEY_ALGORITHM: 'The key does not fit any of the given algorithms.',
  ERR_JWT_CLAIMS: 'The claims cannot be signed: they are not a plain object, or a registered claim has a wrong type.',
  ERR_AUTH_OPTION: 'An option of `authenticate`, `authorize` or `tokenCookie` has the wrong type, or an unknown name.',
  ERR_AUTH_OPTION_RANGE: 'An option of `tokenCookie` is out of range.',
  ERR_REVOCATIONS_OPTION: 'An option of `createRevocations` has the wrong type, or an unknown name.',
  ERR_REVOCATIONS_OPTION_RANGE: 'An option of `createRevocations` is out of range.',
  ERR_REVOCATIONS_TARGET: 'There is nothing to revoke, such as when the claims have no `jti`.',
  ERR_REVOCATIONS_CONFLICT: 'A table of revocations with this name already exists with other options.',
  ERR_AUTH_COOKIE:
    'The token does not fit into a cookie: it contains other characters, or has over 4,096 bytes with the name.',
  ERR_REFRESH_TOKENS_OPTION: 'An option or argument of the refresh tokens has the wrong type, or an unknown name.',
  ERR_REFRESH_TOKENS_OPTION_RANGE: 'An option or argument of the refresh tokens is out of range.',
  ERR_PASSWORD_OPTION: 'An option of `createPasswords` has the wrong type, or an unknown name.',
  ERR_PASSWORD_OPTION_RANGE: 'An option of `createPasswords` is out of range.',
  ERR_RATE_LIMIT_OPTION: 'An option of `rateLimit` or `createLimiter` has the wrong type, or an unknown name.',
  ERR_RATE_LIMIT_OPTION_RANGE: 'An option of `rateLimit` or `createLimiter` is out of range.',
  ERR_RATE_LIMIT_KEY: 'The key of a request is not a string of 1 to 1,024 bytes, or not an IP address.',
  ERR_RATE_LIMIT_COST: 'The cost of a request is not a whole number from 1 to the limit.',
  ERR_RATE_LIMIT_CONFLICT: 'A limiter with this `name` already exists with other options.',
  ERR_INPUT_OPTION: 'An option of `json`, `urlencoded`, `guard` or `parseJson` has the wrong type, or an unknown name.',
  ERR_INPUT_OPTION_RANGE: 'An option of `json`, `urlencoded`, `guard` or `parseJson` is out of range.',
  ERR_ESCAPE_INPUT:
    'The value to escape is not one that the function accepts, or is too long. The message says what to pass.',
  ERR_ESCAPE_OPTION: 'An option of `safeUrl` is wrong, or would allow more than it appears to.',
  ERR_ESCAPE_TEMPLATE:
    'A placeholder of `html` stands where escaping is not enough, such as in a script, or the template is not complete HTML.',
  ERR_HTML_OPTION: 'An option of `createHtmlSanitizer` is wrong, or would keep what cannot be kept safely.',
  ERR_HTML_OPTION_RANGE: 'An option of `createHtmlSanitizer` is out of range.',
  ERR_HTML_INPUT: 'What is to be sanitized is not a string.',
  ERR_SVG_OPTION: 'An option of `createSvgSanitizer` has the wrong type, or an unknown name.',
  ERR_SVG_OPTION_RANGE: 'An option of `createSvgSanitizer` is out of range.',
  ERR_SVG_INPUT: 'What is to be sanitized is neither a string nor a Buffer.',
  ERR_PATTERNS_OPTION:
    'An option of `createPatterns`, `createThreatScanner` or `threats` is wrong, or the list of patterns is.',
  ERR_PATTERNS_OPTION_RANGE: 'An option of `createPatterns`, `createThreatScanner` or `threats` is out of range.',
  ERR_PATTERNS_SYNTAX:
    'A pattern cannot be read, or is a RegExp that uses what cannot run in linear time or would mean something else.',
  ERR_PATTERNS_SIZE: 'There are too many patterns, or one is too long, nested too deeply, or too large when compiled.',
  ERR_PATTERNS_INPUT: 'The text to search is not a string.',
  ERR_VALIDATE_OPTION: 'A schema or an option of `validate` is wrong, or a source has an unknown name.',
  ERR_VALIDATE_OPTION_RANGE: 'An option of `validate` is out of range.',
  ERR_HEADERS_OPTION: 'An option of `securityHeaders` is wrong. The message names it.',
  ERR_CORS_OPTION: 'An option of `cors` is wrong, or would allow more than it appears to.',
  ERR_CORS_OPTION_RANGE: 'An option of `cors` is out of range.',
  ERR_CSRF_OPTION: 'An option of `csrf` is wrong, or would trust more than it appears to.',
  ERR_HTTPS_OPTION: 'An option of `httpsOnly` is wrong, or `mode` does not fit the hosts.',
  ERR_ERROR_HANDLER_OPTION: 'An option of `errorHandler` is wrong.',
  ERR_HARDEN_OPTION: 'An option of `harden` is wrong. Options of its members have the codes of their own area.',
  ERR_REDIS_OPTION: 'An option of `RedisStore` is wrong, or `client` is not a client that it supports.',
  ERR_REDIS_OPTION_RANGE: 'An option of `RedisStore` is out of range.',
});

/** Thrown while the package is loaded. @type {Readonly<Record<string, string>>} */
const LOADER = Object.freeze({
  ERR_NATIVE_LOAD:
    'The native addon for this platform is missing or cannot be loaded. The message says what to install.',
  ERR_NATIVE_VERSION: 'The native addon has another version than the package. Delete node_modules and install again.',
});

module.exports = { LOADER, MISUSES };
