// @ts-check
'use strict';

// Paths that are exempt from a check (`except` of csrf and httpsOnly), or have rules of their own (`routes` of harden's input). An exemption must never match more than it says, so a
// request's path is compared as it was sent, byte for byte: case, a slash at the end, "//" and percent-encoding all count. It
// is the whole path, also inside a mounted router. An entry that ends in "/" covers everything below it, any other entry
// itself alone ("/hook/" does not cover "/hook").

/** @typedef {InstanceType<typeof import('./options').Options>} OptionReader */

// RFC 3986 section 3.3: a path with a slash in front and without query, in the form that clients send.
const PATH = /^\/[\w.~!$&'()*+,;=:@%/-]*$/;
// What a router, a proxy or a file system may resolve to another path: dot segments and slashes, also encoded more than once.
const RESOLVABLE = /\.\.|%(?:25)*(?:2e|2f|5c)|[\\#]/i;
const LOOKS_LIKE_PATTERN = /\*|\/:/;

const ABSOLUTE = /^https?:\/\/((?:[\w.-]+|\[[\da-f:.]+\])(?::\d*)?)([/?#].*)?$/is;

/** @type {import('./options/list').Kind<string>} */
const PATHS = {
  one: 'a path that begins with "/", percent-encoded as clients send it, without a query',
  isText: true,
  many: 'paths such as "/health" and "/hooks/"',
  read: (entry) => (typeof entry === 'string' && PATH.test(entry) ? entry : undefined),
};

/** @param {OptionReader} options */
const readExceptions = (options) => readPaths(options, 'except', { of: PATHS, min: 0 });

/** A test of the path of a request. @param {OptionReader} options @param {string} name @param {import('./options/list').ListTerms<string>} [terms] @returns {(path: string) => boolean} */
function readPaths(options, name, terms = { of: PATHS, single: true, required: true }) {
  const list = options.list(name, terms) ?? [];
  for (const [at, path] of list.entries()) checkPath(options, path, `${name}[${at}]`);
  const exact = new Set(list.filter((path) => !path.endsWith('/') || path === '/'));
  const folders = list.filter((path) => path.endsWith('/') && path !== '/');
  if (list.length === 0) return () => false;
  return function isListed(path) {
    return exact.has(path) || (folders.some((folder) => path.startsWith(folder)) && !RESOLVABLE.test(path));
  };
}

/** @param {OptionReader} options @param {string} path @param {string} name of the entry */
function checkPath(options, path, name) {
  if (LOOKS_LIKE_PATTERN.test(path)) {
    throw options.conflict(name, 'must be a path, not a pattern; to cover everything below a path, end it with "/"');
  }
  if (RESOLVABLE.test(path) || path.includes('//')) {
    throw options.conflict(name, 'must not contain "..", "//" or an encoded dot or slash');
  }
}

/**
 * The path of a request target with its query, and the authority of an absolute-form target, which takes precedence over
 * Host (RFC 9112 section 3.2.2).
 * @param {string} url @returns {{ path: string, authority?: string }}
 */
function splitTarget(url) {
  if (url.startsWith('/')) return { path: url };
  const [, authority, rest = ''] = ABSOLUTE.exec(url) ?? [];
  // What routers may read in another way, such as "http://h:x/y", is the path of nothing.
  if (authority === undefined && url.includes(':')) return { path: '' };
  return { path: rest.startsWith('/') ? rest : `/${rest}`, authority };
}

/** The path without its query. @param {string} target */
function withoutQuery(target) {
  const query = target.indexOf('?');
  return query < 0 ? target : target.slice(0, query);
}

/** The whole path that the client requested, including the part that a router has consumed. @param {{ url?: string, originalUrl?: string }} req */
function pathOf(req) {
  return withoutQuery(splitTarget(req.originalUrl ?? req.url ?? '').path);
}

module.exports = { pathOf, readExceptions, readPaths, splitTarget, withoutQuery };
