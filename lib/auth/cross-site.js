// @ts-check
'use strict';

// A browser sends a cookie whoever asks it to, so a token in one proves who the user is and not that the user meant it.
// A request that may change something is taken only from a page of this origin. In this order:
// 1. GET, HEAD and OPTIONS pass: they must change nothing. A WebSocket handshake is a GET that opens a two-way channel past
//    CORS, and is judged.
// 2. `Sec-Fetch-Site: same-origin` or `none` (the user's own act) passes. No page can set that header.
// 3. An Origin of `trustedOrigins` passes.
// 4. Any other Sec-Fetch-Site is refused, `same-site` too: a sibling host is another party.
// 5. Where the browser sends none, Origin must be this host's.
// 6. Neither header: refused. Browsers that send neither are too old to be told apart from an attack, and a program, which
//    has no cookies that others can make it send, has the Authorization header.
//
// This host is what Host (or :authority) says. No forwarded header is believed: behind a proxy that changes Host, browsers
// without Sec-Fetch-Site need the public origin in `trustedOrigins`.

const { PortcullisError } = require('../support/errors');
const { compileOrigins } = require('../support/origins');
const { isSecureName } = require('./cookie');

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const OWN_SITES = ['same-origin', 'none'];
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/**
 * What throws for a request that another site may have caused.
 * @param {OptionReader} read @param {string} cookieName @returns {(req: any) => void}
 */
function readCrossSiteGuard(read, cookieName) {
  const isOff = read.boolean('dangerouslyAllowCrossSite', false);
  const given = read.raw('trustedOrigins') ?? [];
  const isTrusted = compileOrigins(given, (reason) => read.wrong('trustedOrigins', reason));
  if (isOff) return () => {};
  const isOwn = compileOwnOrigin(isSecureName(cookieName));
  return function assertOwnSite(req) {
    if (!isHarmless(req) && !comesFromHere(req, isTrusted, isOwn)) {
      throw new PortcullisError(
        'ERR_CSRF_CROSS_SITE',
        'another site may have caused the request that bears this cookie',
      );
    }
  };
}

/** @param {any} req */
function isHarmless(req) {
  return SAFE_METHODS.has(req.method) && !/websocket/i.test(req.headers.upgrade ?? '');
}

/** @param {any} req @param {(origin: unknown) => boolean} isTrusted @param {(origin: string, req: any) => boolean} isOwn */
function comesFromHere(req, isTrusted, isOwn) {
  const { origin, 'sec-fetch-site': site } = req.headers;
  if (OWN_SITES.includes(site) || isTrusted(origin)) return true;
  return site === undefined && origin !== undefined && isOwn(origin, req);
}

/**
 * A cookie that browsers send over HTTPS alone cannot belong to a page that came by plain HTTP, whatever a proxy leaves of
 * the scheme; loopback counts as safe for them.
 * @param {boolean} isSecureCookie
 */
function compileOwnOrigin(isSecureCookie) {
  return function isOwn(/** @type {string} */ origin, /** @type {any} */ req) {
    const host = (req.headers.host ?? req.headers[':authority'])?.toLowerCase();
    if (host === undefined) return false;
    if (origin === `https://${host.replace(/:443$/, '')}`) return true;
    const isPlainFit = LOOPBACK.test(host) || (!isSecureCookie && !isSecure(req));
    return isPlainFit && origin === `http://${host.replace(/:80$/, '')}`;
  };
}

/** @param {any} req */
function isSecure(req) {
  return req.secure === true || req.socket?.encrypted === true;
}

module.exports = { readCrossSiteGuard };
