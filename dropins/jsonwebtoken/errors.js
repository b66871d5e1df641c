// @ts-check
'use strict';

// The three classes that callers tell failures apart by. `name` and `message` are enumerable here, because programs log and
// send these errors through JSON.stringify.

/** @param {Error} error @param {string} name @param {unknown} value */
function show(error, name, value) {
  Object.defineProperty(error, name, { value, enumerable: true, writable: true, configurable: true });
}

class JsonWebTokenError extends Error {
  /** @param {string} message @param {Error} [error] what led to it, kept as `inner` */
  constructor(message, error) {
    super(message);
    // In JSON the name comes first.
    Reflect.deleteProperty(this, 'message');
    show(this, 'name', 'JsonWebTokenError');
    show(this, 'message', message);
    if (error) show(this, 'inner', error);
  }
}

class NotBeforeError extends JsonWebTokenError {
  /** @param {string} message @param {Date} date when the token starts to be valid */
  constructor(message, date) {
    super(message);
    this.name = 'NotBeforeError';
    this.date = date;
  }
}

class TokenExpiredError extends JsonWebTokenError {
  /** @param {string} message @param {Date} expiredAt */
  constructor(message, expiredAt) {
    super(message);
    this.name = 'TokenExpiredError';
    this.expiredAt = expiredAt;
  }
}

module.exports = { JsonWebTokenError, NotBeforeError, TokenExpiredError };
