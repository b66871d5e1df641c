// @ts-check
'use strict';

// HTML that may be sent as it is: output of a sanitizer or of the template `html`, or the app's own markup. The text is in a
// private field, and the mark is a method under a symbol. JSON, query strings and forms can contain neither, so no value that
// came from a client counts as trusted, whatever keys it has.

// In the registry of the process, so that two installed copies of the package, and realms, accept each other's markup.
const MARK = Symbol.for('portcullis.SafeHtml');
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

class SafeHtml {
  /** @type {string} */
  #text;

  /** @param {string} text HTML that whoever calls this vouches for */
  constructor(text) {
    if (typeof text !== 'string') throw new TypeError('SafeHtml: the text must be a string');
    this.#text = text;
    Object.freeze(this);
  }

  /** The text of this markup; throws for an object that only inherits from this class. */
  [MARK]() {
    return this.#text;
  }

  toString() {
    return this.#text;
  }

  toJSON() {
    return this.#text;
  }

  [INSPECT]() {
    return `SafeHtml ${JSON.stringify(this.#text)}`;
  }
}
Object.freeze(SafeHtml.prototype);
Object.freeze(SafeHtml);

/** The text of trusted markup, of any copy of the package; undefined for every other value. @param {any} value @returns {string | undefined} */
function safeTextOf(value) {
  if (value === null || typeof value !== 'object') return undefined;
  const read = value[MARK];
  if (typeof read !== 'function') return undefined;
  const text = read.call(value);
  return typeof text === 'string' ? text : undefined;
}

module.exports = { SafeHtml, safeTextOf };
