// @ts-check
'use strict';

// Where the values of a request are, and where parsed ones are written.

/** The order of validation: what routes and identifies a request first, what is largest last. */
const SOURCES = Object.freeze(['params', 'headers', 'cookies', 'query', 'body']);

/** Any `+json` counts too: json() can be told to read it. */
const JSON_TYPE = /^\s*application\/(?:[^\s;]+\+)?json\s*(?:;|$)/i;

/** What to tell the log where a source is undefined. @type {Readonly<Record<string, string | undefined>>} */
const MISSING = Object.freeze({
  body: 'body is undefined: mount json() before validate(); the client may have sent no body, or another Content-Type',
  cookies: 'cookies is undefined: mount a cookie parser before validate()',
  query: 'query is undefined: Express has its query parser switched off',
});

/** What to tell the log. @param {string} source @param {any} value */
function reasonOf(source, value) {
  const missing = value === undefined ? MISSING[source] : undefined;
  if (missing !== undefined) return missing;
  const isEmpty = source === 'params' && Object.keys(Object(value)).length === 0;
  return isEmpty ? 'params is empty: mount validate() on the route' : `${source} does not match its schema`;
}

/**
 * Whether a body was sent that no parser has read. A schema must not decide on it: joi and yup accept undefined.
 * `unmounted` is a fault of the program, `unfit` one of the client.
 * @param {any} req @param {boolean} hasParser whether one is known to be mounted in front
 */
function unreadBody(req, hasParser) {
  if (req.body !== undefined || !hasBody(req)) return undefined;
  return JSON_TYPE.test(req.headers['content-type']) && !hasParser ? 'unmounted' : 'unfit';
}

/**
 * RFC 9112 section 6.3; RFC 9113 section 8.1. Without a length, a body may still be empty, and clients of Node.js send such a body
 * with a POST that has none: a Content-Type tells that one is meant.
 * @param {any} req
 */
function hasBody({ headers, httpVersionMajor, stream }) {
  if (headers === null || typeof headers !== 'object') return false;
  if (headers['content-length'] !== undefined) return Number(headers['content-length']) > 0;
  if (headers['content-type'] === undefined) return false;
  return headers['transfer-encoding'] !== undefined || (httpVersionMajor >= 2 && stream?.endAfterHeaders === false);
}

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

module.exports = { SOURCES, reasonOf, unreadBody, writeBack };
