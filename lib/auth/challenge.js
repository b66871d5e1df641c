// @ts-check
'use strict';

// The WWW-Authenticate header of a refusal (RFC 6750 section 3), as `headers` of its error, where http-errors, Express and
// errorHandler look for it. It depends only on the kind of the refusal, so that a client cannot tell two refused tokens apart.

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */
/** @typedef {Error & { code?: unknown, status?: unknown, headers?: Record<string, unknown> }} Refusal */

// RFC 9110 section 5.6.4: the characters that a quoted string may hold without escapes.
const QUOTABLE = /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/;
const NAME = 'WWW-Authenticate';

class Challenge {
  #realm;
  #missing;
  #request;
  #token;

  /** @param {OptionReader} read */
  constructor(read) {
    const realm = read.string('realm', undefined);
    if (realm !== undefined && !QUOTABLE.test(realm)) {
      throw read.malformed('realm', 'printable ASCII without quotation marks and backslashes');
    }
    this.#realm = realm === undefined ? [] : [`realm="${realm}"`];
    // Without `error` if the request had no credentials at all.
    this.#missing = this.#write();
    this.#request = this.#write('error="invalid_request"');
    this.#token = this.#write('error="invalid_token"');
  }

  /** The headers of an error for missing scopes. @param {readonly string[]} scopes scope tokens of RFC 6749 section 3.3, which need no escapes */
  ofScopes(scopes) {
    return { [NAME]: this.#write('error="insufficient_scope"', `scope="${scopes.join(' ')}"`) };
  }

  /**
   * Returns what goes to next(): always an error, because next(undefined) and next('route') would let the request go on.
   * @param {unknown} failure whatever was thrown
   */
  explain(failure) {
    const error = /** @type {Refusal} */ (
      isObject(failure) ? failure : new Error('a value that is not an error was thrown', { cause: failure })
    );
    const text = this.#for(error);
    if (text !== undefined && Object.isExtensible(error) && !hasChallenge(error.headers)) {
      error.headers = { ...error.headers, [NAME]: text };
    }
    return error;
  }

  /** @param {Refusal} error */
  #for(error) {
    if (error.code === 'ERR_AUTH_MISSING') return this.#missing;
    if (error.code === 'ERR_AUTH_REQUEST') return this.#request;
    return error.status === 401 ? this.#token : undefined;
  }

  /** @param {string[]} parameters */
  #write(...parameters) {
    return `Bearer ${[...this.#realm, ...parameters].join(', ')}`.trimEnd();
  }
}

/** Whether an error of the app brings its own. @param {unknown} headers */
function hasChallenge(headers) {
  return isObject(headers) && Object.keys(headers).some((name) => name.toLowerCase() === NAME.toLowerCase());
}

/** @param {unknown} value @returns {value is object} */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}

module.exports = { Challenge };
