// @ts-check
'use strict';

// Where the values of a request are, and where parsed ones are written.

/** The order of validation: what routes and identifies a request first, what is largest last. */
const SOURCES = Object.freeze(['params', 'headers', 'cookies', 'query', 'body']);

/** What to tell the log where a source is undefined. @type {Readonly<Record<string, string | undefined>>} */
const MISSING = Object.freeze({
  body: 'body is undefined: mount json() before validate(); the client may have sent no body, or another Content-Type',
  cookies: 'cookies is undefined: mount a cookie parser before validate()',
  query: 'query is undefined: Express has its query parser switched off',
});

/**
 * Headers stay as they are: Express, proxies and other middleware read them by name, and a schema drops what it does not list.
 * @param {any} req @param {Record<string, unknown>} values
 */
function writeBack(req, values) {
  for (const source of Object.keys(values)) {
    if (source !== 'headers') define(req, source, values[source]);
  }
  define(req, 'valid', { ...req.valid, ...values });
}

/** Express 5 has a getter for the query, which an assignment would not replace. @param {any} req @param {string} name @param {unknown} value */
function define(req, name, value) {
  Object.defineProperty(req, name, { value, writable: true, configurable: true, enumerable: true });
}

module.exports = { MISSING, SOURCES, writeBack };
