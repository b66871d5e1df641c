// @ts-check
'use strict';

// CORS. The cors package knows which headers follow from which options; it runs at set-up against a response that
// records, and a request gets the record with its own origin in it. Rules beyond that package:
// 1. A refused origin gets no CORS header at all, only Vary.
// 2. Vary: Origin is on every answer unless the policy is `*`, so that no cache mixes up two origins' answers.
// 3. A preflight is OPTIONS with Access-Control-Request-Method; any other OPTIONS belongs to the app.
// 4. `enforce` stops state-changing requests of refused origins with 403: CORS alone only hides their answers.

const { readPolicy } = require('./policy');
const { PortcullisError } = require('../support/errors');

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** @typedef {import('../support/origins').Verdict} Verdict */

/** @param {unknown} [given] */
function cors(given) {
  const policy = readPolicy(given);
  if (policy.disabled) {
    return function cors(/** @type {any} */ _req, /** @type {any} */ _res, /** @type {any} */ next) {
      next();
    };
  }
  const { decide, ask } = policy;
  if (!ask) {
    return function cors(/** @type {any} */ req, /** @type {any} */ res, /** @type {any} */ next) {
      const { origin } = req.headers;
      respond(policy, decide(origin), origin, req, res, next);
    };
  }
  return function cors(/** @type {any} */ req, /** @type {any} */ res, /** @type {any} */ next) {
    const { origin } = req.headers;
    ask(origin, (/** @type {unknown} */ error, /** @type {Verdict} */ verdict) => {
      if (error) return next(error);
      respond(policy, verdict, origin, req, res, next);
    });
  };
}

/**
 * @param {any} policy @param {Verdict} verdict @param {string | undefined} sent the request's Origin
 * @param {any} req @param {any} res @param {any} next
 */
function respond(policy, verdict, sent, req, res, next) {
  if (policy.varies) appendVary(res, 'Origin');
  const preflight = req.method === 'OPTIONS' && req.headers['access-control-request-method'] !== undefined;
  if (verdict !== false) {
    const origin = verdict === '*' ? '*' : sent;
    if (origin) res.setHeader('Access-Control-Allow-Origin', origin);
    const headers = preflight ? policy.preflightHeaders : policy.actualHeaders;
    for (let i = 0; i < headers.length; i++) res.setHeader(headers[i][0], headers[i][1]);
  } else if (policy.enforce && isForeignChange(req)) {
    return next(new PortcullisError('ERR_CORS_ORIGIN', 'The origin is not allowed to change state here'));
  }
  if (!preflight) return next();
  finishPreflight(policy, verdict, req, res, next);
}

/** @param {any} policy @param {Verdict} verdict @param {any} req @param {any} res @param {any} next */
function finishPreflight(policy, verdict, req, res, next) {
  if (policy.reflectsHeaders) {
    appendVary(res, 'Access-Control-Request-Headers');
    const wanted = req.headers['access-control-request-headers'];
    if (verdict !== false && wanted) res.setHeader('Access-Control-Allow-Headers', wanted);
  }
  if (policy.preflightContinue) return next();
  res.statusCode = policy.optionsSuccessStatus;
  // Some browsers wait for the body of a 204 without it.
  res.setHeader('Content-Length', '0');
  res.end();
}

/**
 * A state-changing request from another origin. Browsers send Origin with same-origin POSTs too: those are known by
 * Sec-Fetch-Site, which no page can set, or by the host in Origin.
 * @param {any} req
 */
function isForeignChange(req) {
  const { origin, host = req.headers[':authority'] } = req.headers;
  if (origin === undefined || SAFE_METHODS.has(req.method)) return false;
  if (req.headers['sec-fetch-site'] === 'same-origin') return false;
  return host === undefined || origin.replace(/^[a-z][a-z0-9+.-]*:\/\//, '') !== host;
}

/** @param {any} res @param {string} field */
function appendVary(res, field) {
  const present = res.getHeader('Vary');
  if (present === undefined) return res.setHeader('Vary', field);
  const text = Array.isArray(present) ? present.join(', ') : String(present);
  const fields = text
    .toLowerCase()
    .split(',')
    .map((one) => one.trim());
  if (fields.includes('*')) res.setHeader('Vary', '*');
  else if (!fields.includes(field.toLowerCase())) res.setHeader('Vary', text === '' ? field : `${text}, ${field}`);
}

module.exports = { cors };
