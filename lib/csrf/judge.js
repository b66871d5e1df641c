// @ts-check
'use strict';

// The one rule that decides whether another site may have caused a request. csrf(), cors({ enforce }) and
// authenticate({ cookie }) all use it. In this order:
// 1. GET, HEAD and OPTIONS pass: they must not change anything (RFC 9110 section 9.2.1; TRACE is not needed by browsers).
//    A WebSocket handshake is a GET that opens a two-way channel which CORS does not protect, so it is judged.
// 2. An Origin that the app trusts passes.
// 3. Sec-Fetch-Site decides if it was sent, because no page can set it: `same-origin` and `none` (the user typed the address
//    or opened a bookmark) pass. Everything else is refused, also `same-site`: a sibling host may belong to someone else.
// 4. Otherwise Origin must be the request's own scheme and host.
// 5. A request with none of these headers passes without a Cookie header and is refused with one. Programs send neither
//    header; a browser that sends neither is too old to be told apart from an attack.
//
// The request's own host is Host (or :authority). Forwarded headers are not used: behind a proxy that changes Host, browsers
// without Sec-Fetch-Site need the public origin among the trusted origins.

const { isSecure } = require('../support/secure');
const { isTrustedHere } = require('./trust');

/** @typedef {import('node:http').IncomingMessage & { secure?: boolean }} Request what Express adds is optional */
/** @typedef {(origin: string) => boolean} OriginTest */

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;
// RFC 6265bis section 4.1.3: browsers store such a cookie only over HTTPS (or from loopback).
const SECURE_COOKIE = /(?:^|;)[ \t]*__(?:Host|Secure)-/i;

const BY_SITE =
  'another site caused the request: Sec-Fetch-Site is neither "same-origin" nor "none", and Origin is not one of `trustedOrigins`';
const BY_ORIGIN =
  "another site may have caused the request: Origin is neither this server's own origin nor one of `trustedOrigins`";
const UNKNOWN =
  'the request has a Cookie header but neither Sec-Fetch-Site nor Origin, so its source is unknown; ' +
  'a program that sends cookies must also send "Sec-Fetch-Site: same-origin"';

/**
 * Returns the reason to refuse the request, or undefined if it may pass.
 * @param {Request} req @param {OriginTest} isTrusted @returns {string | undefined}
 */
function crossSiteReason(req, isTrusted) {
  const { headers } = req;
  if (isHarmless(req)) return undefined;
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined && (isTrusted(origin) || isTrustedHere(req, origin))) return undefined;
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? undefined : BY_SITE;
  if (origin !== undefined) return isOwnOrigin(origin, req) ? undefined : BY_ORIGIN;
  return headers.cookie === undefined ? undefined : UNKNOWN;
}

/** @param {Request} req */
function isHarmless({ method, headers }) {
  if (!SAFE_METHODS.has(/** @type {string} */ (method))) return false;
  return headers.upgrade === undefined || !/websocket/i.test(headers.upgrade);
}

/**
 * An `https:` origin of the same host also passes on a request that seems plain: a proxy may have ended TLS without telling
 * Express. An `http:` origin passes only on a plain request, as anyone on the network can write such a page. A cookie with a
 * secure prefix shows that the browser came over HTTPS, whatever the proxy says; only on loopback do browsers send it over HTTP.
 * @param {string} origin @param {Request} req
 */
function isOwnOrigin(origin, req) {
  const host = String(req.headers[':authority'] ?? req.headers.host ?? '').toLowerCase();
  if (host === '') return false;
  if (origin === `https://${host.replace(/:443$/, '')}`) return true;
  if (origin !== `http://${host.replace(/:80$/, '')}` || isSecure(req)) return false;
  return LOOPBACK.test(host) || !SECURE_COOKIE.test(req.headers.cookie ?? '');
}

module.exports = { crossSiteReason };
