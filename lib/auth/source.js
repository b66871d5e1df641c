// @ts-check
'use strict';

// Finds the request's token. RFC 6750 section 2 allows one way per request. Two readers (a proxy and this one) could take two
// different tokens, so a second token is refused and never ignored.

const { PortcullisError, misuse } = require('../support/errors');
const { Options } = require('../support/options');
const { discardPromise } = require('../support/promise');
const { readTrustedOrigins, refuseCrossSite } = require('../csrf');
const { cookieValues, readCookieName } = require('./cookie');

/** @typedef {InstanceType<typeof Options>} OptionReader */
/** @typedef {import('../csrf').Request & { body?: unknown, auth?: { token: string, claims: Record<string, unknown> } }} Request */
/** @typedef {(req: Request) => string | null | undefined} TokenSource */
/** @typedef {{ name: string, assertOwnSite: (req: Request) => void }} CookieSource */

// RFC 6750 section 2.1: the scheme's name in any case and a token of b64token characters. Exactly one space, where the RFC
// allows several: a program that splits at one space would read another token.
const BEARER = /^bearer ([\w.~+/-]+=*)$/i;
// A malformed Bearer header, or several schemes in one field. It must not be treated as a request without a token.
const MALFORMED_BEARER = /(?:^|,)[ \t]*bearer(?:[\s,]|$)/i;
// RFC 9110 section 11.4: a scheme other than Bearer, and its credentials.
const OTHER_SCHEME = /^(?!bearer )[\w!#$%&'*+.^`|~-]+ +[^ ]/i;
const FORM = 'application/x-www-form-urlencoded';

/** @param {OptionReader} read @returns {TokenSource} */
function readSource(read) {
  const getToken = read.function('getToken');
  const cookie = readCookie(read);
  if (getToken !== undefined) {
    if (cookie !== undefined) throw read.conflict('cookie', 'cannot be combined with `getToken`');
    return (req) => checkedToken(getToken(req));
  }
  const find = cookie === undefined ? bearerToken : (/** @type {Request} */ req) => cookieToken(req, cookie);
  return function tokenOf(req) {
    const token = find(req);
    if (token !== undefined && hasParameter(req)) throw ambiguous('the request has an access_token beside its token');
    return token;
  };
}

/** @param {OptionReader} read @returns {CookieSource | undefined} */
function readCookie(read) {
  const value = read.raw('cookie') ?? false;
  if (value === false) return undefined;
  const own = new Options('AUTH', 'authenticate', value === true ? undefined : value, 'cookie.');
  const name = readCookieName(own);
  const isOff = own.boolean('dangerouslyAllowCrossSite', false);
  const isTrusted = readTrustedOrigins(own) ?? (() => false);
  own.done();
  return {
    name,
    assertOwnSite(req) {
      const refusal = isOff ? undefined : refuseCrossSite(req, isTrusted);
      if (refusal !== undefined) throw refusal;
    },
  };
}

/** @param {unknown} token @returns {string | null | undefined} */
function checkedToken(token) {
  if (!discardPromise(token)) return /** @type {string | null | undefined} */ (token);
  throw misuse('ERR_AUTH_OPTION', 'authenticate: "getToken" must return the token, not a promise');
}

/** @param {Request} req */
function bearerToken(req) {
  const header = req.headers.authorization;
  if (header === undefined) return undefined;
  assertOneAuthorization(req);
  const match = BEARER.exec(header);
  if (match !== null) return match[1];
  if (!MALFORMED_BEARER.test(header)) return undefined;
  throw new PortcullisError('ERR_AUTH_MISSING', 'the Authorization header has a malformed Bearer token');
}

/** @param {Request} req @param {CookieSource} cookie */
function cookieToken(req, { name, assertOwnSite }) {
  const values = cookieValues(req.headers.cookie, name);
  if (values.length > 1) throw ambiguous("the request has several cookies with the token's name");
  const [token = ''] = values;
  if (token === '') return bearerToken(req);
  const header = req.headers.authorization;
  if (header !== undefined) {
    assertOneAuthorization(req);
    if (!OTHER_SCHEME.test(header)) throw ambiguous('the request has a token in its cookie and in its header');
  }
  assertOwnSite(req);
  return token;
}

/**
 * Node.js keeps the first of several Authorization headers and silently drops the rest, so the raw list is counted.
 * @param {Request} req
 */
function assertOneAuthorization({ rawHeaders }) {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = /** @type {string} */ (rawHeaders[at]);
    if (name.length === 13 && name.toLowerCase() === 'authorization') count += 1;
  }
  if (count > 1) throw ambiguous('the request has several Authorization headers');
}

/**
 * RFC 6750 sections 2.2 and 2.3: query and form, which are never read here, must not carry a token beside another.
 * @param {Request} req
 */
function hasParameter(req) {
  return isInQuery(req.url ?? '') || isInForm(req);
}

/** @param {string} url */
function isInQuery(url) {
  const start = url.indexOf('?');
  // A name may be percent-encoded; most queries need no closer look.
  if (start < 0 || !/access_token|%/.test(url)) return false;
  return new URLSearchParams(url.slice(start)).has('access_token');
}

/** A form that was parsed before. @param {Request} req */
function isInForm({ body, headers }) {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'access_token')) return false;
  return headers['content-type']?.toLowerCase().startsWith(FORM) === true;
}

/** @param {string} message */
function ambiguous(message) {
  return new PortcullisError('ERR_AUTH_REQUEST', message);
}

module.exports = { readSource };
