// @ts-check
'use strict';

// Refuses or redirects plain HTTP. Whether a request came over HTTPS is decided by `req.secure` alone, or without Express by
// its connection: behind a proxy the app tells Express which proxies it trusts ("trust proxy"), and no header is believed here.
// reject, the default: 403. For an API a redirect would only hide that a token has already crossed the network in the clear.
// redirect, if hosts are given: 308 to a host from the options. The client chooses the Host header, so an unknown host is
// refused with 400 and never repeated in a response (open redirect, poisoned caches).

const { PortcullisError } = require('../support/errors');
const { Options } = require('../support/options');
const { readExceptions, splitTarget, withoutQuery } = require('../support/paths');
const { isSecure } = require('../support/secure');
const { adviseOfProxy } = require('./advice');

/** @typedef {InstanceType<typeof Options>} OptionReader */
/**
 * @typedef {import('node:http').IncomingMessage & {
 *   secure?: boolean, originalUrl?: string, app?: { get?: (name: string) => unknown }
 * }} Request
 */
/** @typedef {import('node:http').ServerResponse} Response */

const HOST =
  /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*|\[[0-9a-f:.]+\])(:\d{1,5})?$/;

const PLAIN =
  'the request did not come over HTTPS; behind a proxy, set "trust proxy" in Express, or every request counts as plain';

/** @type {import('../support/options/list').Kind<string>} */
const HOST_NAMES = {
  one: 'a host name in lower case, without a port',
  isText: true,
  many: 'host names in lower case, without ports',
  read: (entry) =>
    typeof entry === 'string' && HOST.test(entry) && HOST.exec(entry)?.[1] === undefined ? entry : undefined,
};

/** @param {unknown} [given] */
function httpsOnly(given) {
  const { mode, host, allowedHosts, isExempt } = readOptions(given);
  return function httpsOnly(
    /** @type {Request} */ req,
    /** @type {Response} */ res,
    /** @type {(error?: unknown) => void} */ next,
  ) {
    if (isSecure(req)) return next();
    const { path, authority } = splitTarget(req.originalUrl ?? req.url ?? '');
    if (isExempt(withoutQuery(path))) return next();
    if (mode === 'reject') return next(new PortcullisError('ERR_HTTPS_REQUIRED', PLAIN));
    const to = host ?? knownHost(authority ?? req.headers.host, allowedHosts);
    if (to === undefined) {
      return next(new PortcullisError('ERR_HTTPS_HOST', 'the Host header is missing or not in `allowedHosts`'));
    }
    adviseOfProxy(req);
    redirect(res, `https://${to}${asciiOnly(path)}`);
  };
}

/** @param {unknown} given */
function readOptions(given) {
  const options = new Options('HTTPS', 'httpsOnly', given);
  const host = options.string('host', undefined, { defined: true });
  const allowedHosts = options.list('allowedHosts', { of: HOST_NAMES, defined: true });
  const hosts = [host, allowedHosts].filter((given) => given !== undefined).length;
  const mode = options.oneOf(
    'mode',
    hosts === 0 ? 'reject' : 'redirect',
    /** @type {const} */ (['redirect', 'reject']),
  );
  const isExempt = readExceptions(options);
  options.done();
  if (host !== undefined && !HOST.test(host))
    throw options.malformed('host', 'a host name in lower case, such as "app.example.com", with or without a port');
  if (hosts !== (mode === 'redirect' ? 1 : 0)) {
    throw options.refuse(
      'mode "redirect" requires either `host` or `allowedHosts`, so that no Host header is repeated; mode "reject" takes neither',
    );
  }
  return { mode, host, allowedHosts: new Set(/** @type {string[] | undefined} */ (allowedHosts)), isExempt };
}

/** @param {string | undefined} sent @param {Set<string>} allowed */
function knownHost(sent, allowed) {
  const name = sent?.toLowerCase().replace(/:\d*$/, '');
  return name !== undefined && allowed.has(name) ? name : undefined;
}

/** @param {Response} res @param {string} location */
function redirect(res, location) {
  res.statusCode = 308;
  res.setHeader('Location', location);
  res.setHeader('Content-Length', '0');
  res.end();
}

/**
 * A lenient parser and HTTP/2 let other bytes through, one per character; in Location they are percent-encoded.
 * @param {string} path
 */
function asciiOnly(path) {
  return path.replace(
    /[^\x21-\x7e]/g,
    (char) => `%${(char.charCodeAt(0) & 0xff).toString(16).padStart(2, '0').toUpperCase()}`,
  );
}

module.exports = { httpsOnly };
