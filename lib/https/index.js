// @ts-check
'use strict';

// Turns plain HTTP away. Whether a request came by HTTPS is `req.secure` alone: behind a proxy the app says whom it trusts
// with Express's "trust proxy", and no header is believed here.
// redirect, where hosts are given: 308 to a host from the options. A Host header is the client's word: an unknown one is answered with 400 and
// never repeated (open redirect, poisoned caches).
// reject, the default: 403. For an API a redirect would only hide that a token has already crossed the network in the clear.

const { PortcullisError, misuse } = require('../support/errors');
const { Options } = require('../support/options');

/** @typedef {InstanceType<typeof Options>} OptionReader */

const HOST =
  /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*|\[[0-9a-f:.]+\])(:\d{1,5})?$/;
// A path with these could be another one once somebody resolves it.
const RESOLVABLE = /\.\.|%2e|%2f|%5c|\\/i;

/** @param {unknown} [given] */
function httpsOnly(given) {
  const { mode, host, allowedHosts, isExcepted } = readOptions(given);
  return function httpsOnly(/** @type {any} */ req, /** @type {any} */ res, /** @type {any} */ next) {
    if (req.secure === true) return next();
    const target = splitTarget(req.originalUrl ?? req.url);
    if (isExcepted(target.path)) return next();
    if (mode === 'reject') return next(new PortcullisError('ERR_HTTPS_REQUIRED', 'The request did not come by HTTPS'));
    const to = host ?? knownHost(target.authority ?? req.headers.host, allowedHosts);
    if (to === undefined)
      return next(new PortcullisError('ERR_HTTPS_HOST', 'The Host header is missing or not allowed'));
    res.statusCode = 308;
    res.setHeader('Location', `https://${to}${asciiOnly(target.path)}`);
    res.setHeader('Content-Length', '0');
    res.end();
  };
}

/** @param {unknown} given */
function readOptions(given) {
  const options = new Options('HTTPS', 'httpsOnly', given);
  options.written('host');
  const host = options.string('host', undefined);
  const allowedHosts = options.written('allowedHosts');
  const hosts = [host, allowedHosts].filter((given) => given !== undefined).length;
  const mode = options.oneOf(
    'mode',
    hosts === 0 ? 'reject' : 'redirect',
    /** @type {const} */ (['redirect', 'reject']),
  );
  const isExcepted = compileExceptions(options);
  options.done();
  if (host !== undefined && !HOST.test(host))
    throw options.wrong('host', 'a host name in lower case, with a port or without');
  if (allowedHosts !== undefined && !isHostList(allowedHosts)) {
    throw options.wrong('allowedHosts', 'an array of host names in lower case, without ports');
  }
  if (hosts !== (mode === 'redirect' ? 1 : 0)) {
    throw misuse(
      'ERR_HTTPS_OPTION',
      'httpsOnly: mode "redirect" needs either "host" or "allowedHosts", so that no Host header is echoed; "reject" takes neither',
    );
  }
  return { mode, host, allowedHosts: new Set(allowedHosts), isExcepted };
}

/** @param {any} list */
function isHostList(list) {
  return (
    Array.isArray(list) &&
    list.length > 0 &&
    list.every((name) => typeof name === 'string' && HOST.exec(name)?.[1] === undefined && HOST.test(name))
  );
}

/** Paths ending in "/" except everything below, others themselves alone. @param {OptionReader} options */
function compileExceptions(options) {
  const given = options.raw('except') ?? [];
  if (!Array.isArray(given) || !given.every((path) => typeof path === 'string' && /^\/[^?#]*$/.test(path))) {
    throw options.wrong('except', 'an array of paths that begin with "/"');
  }
  const exact = new Set(given.filter((path) => !path.endsWith('/') || path === '/'));
  const prefixes = given.filter((path) => path.endsWith('/') && path !== '/');
  return function isExcepted(/** @type {string} */ target) {
    if (given.length === 0) return false;
    const query = target.indexOf('?');
    const path = query < 0 ? target : target.slice(0, query);
    if (exact.has(path)) return true;
    return prefixes.some((prefix) => path.startsWith(prefix)) && !RESOLVABLE.test(path);
  };
}

/**
 * The path with its query, and the authority of an absolute-form target, which goes before Host (RFC 9112 section 3.2.2).
 * @param {string} url
 * @returns {{ path: string, authority?: string }}
 */
function splitTarget(url) {
  if (url.startsWith('/')) return { path: url };
  const [, authority, rest = ''] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)(.*)$/is.exec(url) ?? [];
  return { path: rest.startsWith('/') ? rest : `/${rest}`, authority };
}

/** @param {string | undefined} sent @param {Set<string>} allowed */
function knownHost(sent, allowed) {
  const name = sent?.toLowerCase().replace(/:\d*$/, '');
  return name !== undefined && allowed.has(name) ? name : undefined;
}

/** A lenient parser and HTTP/2 let other bytes through, one per character; in Location they are percent-encoded. @param {string} path */
function asciiOnly(path) {
  return path.replace(
    /[^\x21-\x7e]/g,
    (char) => `%${(char.charCodeAt(0) & 0xff).toString(16).padStart(2, '0').toUpperCase()}`,
  );
}

module.exports = { httpsOnly };
