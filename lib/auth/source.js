// @ts-check
'use strict';

// Where a request's token is. RFC 6750 section 2: one way per request. Two readers (a proxy and this one, say) that would
// take two different tokens must not both be satisfied, so a second one is refused and never passed over.

const { PortcullisError, misuse } = require('../support/errors');
const { Options } = require('../support/options');
const { cookieValues, readCookieName } = require('./cookie');
const { readCrossSiteGuard } = require('./cross-site');

/** @typedef {InstanceType<typeof Options>} OptionReader */
/** @typedef {(req: any) => string | null | undefined} TokenSource */

// RFC 6750 section 2.1: the scheme's name without regard to case, one space, and a token of b64token characters.
const BEARER = /^bearer ([\w.~+/-]+=*)$/i;
// RFC 9110 section 11.4: credentials that are none of a token's.
const OTHER_SCHEME = /^(?!bearer )[\w!#$%&'*+.^`|~-]+ +[^ ]/i;
const FORM = 'application/x-www-form-urlencoded';

/** @param {OptionReader} read @returns {TokenSource} */
function readSource(read) {
  const getToken = read.function('getToken');
  const cookie = readCookie(read);
  if (getToken !== undefined) {
    if (cookie !== undefined) throw read.wrong('cookie', 'left out where "getToken" is given');
    return (req) => checkedToken(getToken(req));
  }
  const find = cookie === undefined ? bearerToken : (/** @type {any} */ req) => cookieToken(req, cookie);
  return function tokenOf(req) {
    const token = find(req);
    if (token !== undefined && hasParameter(req)) throw twice('the request has an access_token beside its token');
    return token;
  };
}

/** @param {OptionReader} read */
function readCookie(read) {
  const value = read.raw('cookie') ?? false;
  if (value === false) return undefined;
  const own = new Options('AUTH', 'authenticate: cookie', value === true ? undefined : value);
  const name = readCookieName(own);
  const assertOwnSite = readCrossSiteGuard(own, name);
  own.done();
  return { name, assertOwnSite };
}

/** @param {any} token */
function checkedToken(token) {
  if (typeof token?.then !== 'function') return token;
  token.then(undefined, () => {});
  throw misuse('ERR_AUTH_OPTION', 'authenticate: "getToken" must answer with the token at once, not with a promise');
}

/** @param {any} req */
function bearerToken(req) {
  const header = req.headers.authorization;
  if (header === undefined) return undefined;
  assertOneAuthorization(req);
  const match = BEARER.exec(header);
  if (match === null) throw new PortcullisError('ERR_AUTH_MISSING', 'the Authorization header holds no bearer token');
  return match[1];
}

/** @param {any} req @param {{ name: string, assertOwnSite: (req: any) => void }} cookie */
function cookieToken(req, { name, assertOwnSite }) {
  const values = cookieValues(req.headers.cookie, name);
  if (values.length > 1) throw twice("the request has several cookies of the token's name");
  const [token = ''] = values;
  if (token === '') return bearerToken(req);
  const header = req.headers.authorization;
  if (header !== undefined) {
    assertOneAuthorization(req);
    if (!OTHER_SCHEME.test(header)) throw twice('the request has a token in its cookie and in its header');
  }
  assertOwnSite(req);
  return token;
}

/**
 * Node.js keeps the first of several Authorization headers and drops the rest without a word, so the raw list is counted.
 * @param {any} req
 */
function assertOneAuthorization({ rawHeaders }) {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name.length === 13 && name.toLowerCase() === 'authorization') count += 1;
  }
  if (count > 1) throw twice('the request has several Authorization headers');
}

/** RFC 6750 sections 2.2 and 2.3: the ways that are never taken here, and must not be tried beside another. @param {any} req */
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

/** A form that was parsed before. @param {any} req */
function isInForm({ body, headers }) {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'access_token')) return false;
  return headers['content-type']?.toLowerCase().startsWith(FORM) === true;
}

/** @param {string} message */
function twice(message) {
  return new PortcullisError('ERR_AUTH_REQUEST', message);
}

module.exports = { readSource };
