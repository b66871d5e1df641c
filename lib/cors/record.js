// @ts-check
'use strict';

// Asks the cors package once, at set-up, which headers follow from the options, and keeps those that do not depend on the
// request.

const { validateHeaderValue } = require('node:http');
const recordedCors = require('cors');

const { misuse } = require('../support/errors');

const RECORDED_ORIGIN = 'https://recorded.invalid';
const PER_REQUEST = new Set(['Access-Control-Allow-Origin', 'Vary', 'Content-Length']);

/** @param {Record<string, unknown>} options */
function recordHeaders(options) {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const middleware = recordedCors({ ...given, origin: [RECORDED_ORIGIN] });
  const preflight = record(middleware, 'OPTIONS');
  try {
    return {
      reflectsHeaders: /request-headers/i.test(preflight.get('Vary') ?? ''),
      preflightHeaders: fixed(preflight),
      actualHeaders: fixed(record(middleware, 'GET')),
    };
  } catch (error) {
    throw misuse('ERR_CORS_OPTION', `cors: ${/** @type {Error} */ (error).message}`);
  }
}

/** @param {ReturnType<typeof recordedCors>} middleware @param {string} method @returns {Map<string, string>} */
function record(middleware, method) {
  const headers = /** @type {Map<string, string>} */ (new Map());
  const res = {
    setHeader: (/** @type {string} */ name, /** @type {string} */ value) => headers.set(name, value),
    getHeader: (/** @type {string} */ name) => headers.get(name),
    end() {},
  };
  middleware({ method, headers: { origin: RECORDED_ORIGIN } }, res, () => {});
  return headers;
}

/** @param {Map<string, string>} headers */
function fixed(headers) {
  const entries = [...headers].filter(([name]) => !PER_REQUEST.has(name));
  for (const [name, value] of entries) validateHeaderValue(name, value);
  return entries;
}

module.exports = { recordHeaders };
