// @ts-check
'use strict';

// What a refusal says in WWW-Authenticate (RFC 6750 section 3). It follows from the kind of the refusal alone, so that no
// two refused tokens differ from outside.

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */

// RFC 9110 section 5.6.4: what a quoted string holds as it stands.
const QUOTABLE = /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/;

class Challenge {
  #realm;
  #missing;
  #request;
  #token;

  /** @param {OptionReader} read */
  constructor(read) {
    const realm = read.string('realm', undefined);
    if (realm !== undefined && !QUOTABLE.test(realm)) {
      throw read.wrong('realm', 'printable ASCII without quotation marks and backslashes');
    }
    this.#realm = realm === undefined ? [] : [`realm="${realm}"`];
    // No error where the request brought no credentials at all.
    this.#missing = this.#write();
    this.#request = this.#write('error="invalid_request"');
    this.#token = this.#write('error="invalid_token"');
  }

  /** @param {readonly string[]} scopes scope tokens of RFC 6749 section 3.3, which can be quoted */
  ofScopes(scopes) {
    return this.#write('error="insufficient_scope"', `scope="${scopes.join(' ')}"`);
  }

  /**
   * What goes to next(): always an error, because next() takes nothing, and some texts, for leave to go on.
   * @param {any} failure whatever was thrown
   */
  explain(failure) {
    /** @type {any} */
    const error = isObject(failure) ? failure : new Error('what was thrown is no error', { cause: failure });
    const text = this.#for(error);
    if (text !== undefined && Object.isExtensible(error)) error.wwwAuthenticate ??= text;
    return error;
  }

  /** @param {any} error */
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

/** @param {unknown} value */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}

module.exports = { Challenge };
