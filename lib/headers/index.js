// @ts-check
'use strict';

// Security headers. helmet knows their names, values and rules; it runs once, at set-up, against a response that records,
// and each request gets the record replayed. A CSP with a function in a directive (a nonce) is the slow path: that one
// header is computed per request, by helmet's own middleware.

const { validateHeaderValue } = require('node:http');
const { isSet } = require('node:util').types;
const helmet = /** @type {any} */ (require('helmet'));

const { misuse } = require('../support/errors');
const { readOptions } = require('./options');
const { createReplay } = require('./replay');

/** @param {unknown} [given] */
function securityHeaders(given) {
  const { replay, perRequest } = prepareHeaders(given);
  if (!perRequest) {
    return function securityHeaders(/** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ next) {
      replay(res);
      next();
    };
  }
  return function securityHeaders(/** @type {any} */ req, /** @type {any} */ res, /** @type {any} */ next) {
    replay(res);
    perRequest(req, res, next);
  };
}

/** What a request needs: the replay, and helmet's CSP middleware where the policy has functions. @param {unknown} given */
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

/** Whether a request decides a part of the policy. Iterables that helmet must walk anew count as such. @param {any} csp */
function hasFunctions(csp) {
  const directives = Object.values(csp?.directives ?? {});
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
  } catch (/** @type {any} */ error) {
    throw misuse('ERR_HEADERS_OPTION', `securityHeaders: ${error.message}`);
  }
}

module.exports = { prepareHeaders, securityHeaders };
