// @ts-check
'use strict';

// The three constructors by which callers distinguish failures. They are functions and not classes, because programs extend
// them the ES5 way too: `JsonWebTokenError.call(this, message)`. `name` and `message` are enumerable, because programs log
// and send these errors through JSON.stringify.

/**
 * @constructor
 * @this {any}
 * @param {string} message @param {Error} [error] the cause, kept as `inner`
 */
function JsonWebTokenError(message, error) {
  Error.captureStackTrace(this, this.constructor);
  this.name = 'JsonWebTokenError';
  this.message = message;
  if (error) this.inner = error;
}
extend(JsonWebTokenError, Error);

/**
 * @constructor
 * @this {any}
 * @param {string} message @param {Date} date when the token starts to be valid
 */
function NotBeforeError(message, date) {
  JsonWebTokenError.call(this, message);
  this.name = 'NotBeforeError';
  this.date = date;
}
extend(NotBeforeError, JsonWebTokenError);

/**
 * @constructor
 * @this {any}
 * @param {string} message @param {Date} expiredAt
 */
function TokenExpiredError(message, expiredAt) {
  JsonWebTokenError.call(this, message);
  this.name = 'TokenExpiredError';
  this.expiredAt = expiredAt;
}
extend(TokenExpiredError, JsonWebTokenError);

/** @param {Function} derived @param {Function} base */
function extend(derived, base) {
  derived.prototype = Object.create(base.prototype, {
    constructor: { value: derived, writable: true, configurable: true },
  });
}

/** @typedef {Error & { inner?: Error, date: Date, expiredAt: Date }} JwtError */

module.exports = {
  JsonWebTokenError: /** @type {new (message: string, error?: Error) => JwtError} */ (
    /** @type {unknown} */ (JsonWebTokenError)
  ),
  NotBeforeError: /** @type {new (message: string, date: Date) => JwtError} */ (
    /** @type {unknown} */ (NotBeforeError)
  ),
  TokenExpiredError: /** @type {new (message: string, expiredAt: Date) => JwtError} */ (
    /** @type {unknown} */ (TokenExpiredError)
  ),
};
