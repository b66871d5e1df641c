// @ts-check
'use strict';

// Security headers. helmet knows their names, values and rules; it runs once at set-up against a recording response, and each
// request gets the recorded headers. A CSP with a function in a directive (a nonce) is the slow path: helmet's own middleware
// computes that one header for each request.

const { validateHeaderValue } = require('node:http');
const { isSet } = require('node:util').types;
const helmet = require('helmet').default;

const { misuse } = require('../support/errors');
const { readOptions } = require('./options');
const { createReplay } = require('./replay');

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {(error?: unknown) => void} Next */

/** @param {unknown} [given] */
function securityHeaders(given) {
  const { replay, perRequest } = prepareHeaders(given);
  if (!perRequest) {
    return function securityHeaders(
      /** @type {unknown} */ _req,
      /** @type {Response} */ res,
      /** @type {Next} */ next,
    ) {
      replay(res);
      next();
    };
  }
  return function securityHeaders(/** @type {Request} */ req, /** @type {Response} */ res, /** @type {Next} */ next) {
    replay(res);
    perRequest(req, res, next);
  };
}

/** What a request needs: the replay, and helmet's CSP middleware if the policy has functions. @param {unknown} [given] */
function prepareHeaders(given) {
  const { policy, extra } = readOptions(given);
  const { contentSecurityPolicy: csp } = policy;
  const dynamic = hasFunctions(csp);
  const { headers, removed } = guarded(() =>
    record(helmet(dynamic ? { ...policy, contentSecurityPolicy: false } : policy)),
  );
  headers.push(...extra);
  guarded(() => {
    for (const [name, value] of headers) validateHeaderValue(name, value);
  });
  return {
    replay: createReplay(headers, { removePoweredBy: removed.includes('X-Powered-By') }),
    perRequest: dynamic ? guarded(() => helmet.contentSecurityPolicy(csp)) : undefined,
  };
}

/**
 * Whether the policy has parts that depend on the request. Iterables that helmet must walk each time count as such.
 * @param {{ directives?: object } | boolean | undefined} csp
 */
function hasFunctions(csp) {
  const directives = Object.values((typeof csp === 'object' && csp?.directives) || {});
  return directives.some((value) => {
    if (value === null || typeof value !== 'object') return false;
    return !(Array.isArray(value) || isSet(value)) || [...value].some((part) => typeof part !== 'string');
  });
}

/** @param {(req: any, res: any, next: (error?: unknown) => void) => void} middleware */
function record(middleware) {
  const headers = /** @type {Array<[string, string]>} */ ([]);
  const removed = /** @type {string[]} */ ([]);
  const res = {
    setHeader: (/** @type {string} */ name, /** @type {string} */ value) => headers.push([name, value]),
    removeHeader: (/** @type {string} */ name) => removed.push(name),
  };
  middleware({}, res, (error) => {
    if (error) throw error;
  });
  return { headers, removed };
}

/** @template T @param {() => T} work @returns {T} */
function guarded(work) {
  try {
    return work();
  } catch (error) {
    throw misuse('ERR_HEADERS_OPTION', `securityHeaders: ${/** @type {Error} */ (error).message}`);
  }
}

/** helmet's symbol for a policy without default-src, which it otherwise demands. */
securityHeaders.dangerouslyDisableDefaultSrc = helmet.contentSecurityPolicy.dangerouslyDisableDefaultSrc;

module.exports = { prepareHeaders, securityHeaders };
