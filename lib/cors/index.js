// @ts-check
'use strict';

// CORS. The cors package knows which headers follow from which options; it runs once at set-up against a recording response,
// and each request gets the recorded headers with its own origin. Rules beyond that package:
// 1. A refused origin gets no CORS header at all, only Vary.
// 2. Every response has Vary: Origin unless the policy is `*`, so that no cache mixes up the responses to two origins.
// 3. A preflight is OPTIONS with Access-Control-Request-Method; any other OPTIONS belongs to the app.
// 4. `enforce` refuses state-changing requests by the rule of csrf(), with the allowed origins as trusted origins: CORS alone
//    only hides their responses.

const { refuseCrossSite } = require('../csrf');
const { readPolicy } = require('./policy');

/** @typedef {import('./ask').Verdict} Verdict */
/** @typedef {import('./policy').Policy} Policy */
/** @typedef {import('../csrf').Request} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {(error?: unknown) => void} Next */
/** @typedef {(req: Request, isAllowed: import('../csrf').OriginTest) => unknown} Refuse returns the error for a request that must not pass */

/** @param {unknown} [given] */
function cors(given) {
  return prepareCors(given);
}

/**
 * The middleware, for harden(): its own check of the request's source takes the place of `enforce`.
 * @param {unknown} given @param {Refuse} [check] @returns {(req: Request, res: Response, next: Next) => void}
 */
function prepareCors(given, check) {
  const policy = readPolicy(given);
  const refuse = check ?? (policy.enforce ? refuseCrossSite : undefined);
  const { decide, ask } = policy;
  if (decide !== undefined) {
    return function cors(req, res, next) {
      respond(policy, refuse, decide(req.headers.origin), req, res, next);
    };
  }
  if (ask === undefined) {
    return function cors(req, _res, next) {
      next(refuse?.(req, never));
    };
  }
  return function cors(req, res, next) {
    ask(req.headers.origin, (error, verdict) => {
      if (error) return next(error);
      respond(policy, refuse, verdict, req, res, next);
    });
  };
}

/**
 * @param {Policy} policy @param {Refuse | undefined} refuse @param {Verdict} verdict
 * @param {Request} req @param {Response} res @param {Next} next
 */
function respond(policy, refuse, verdict, req, res, next) {
  if (policy.varies) appendVary(res, 'Origin');
  const isPreflight = req.method === 'OPTIONS' && req.headers['access-control-request-method'] !== undefined;
  if (verdict !== false) {
    allow(
      res,
      verdict === '*' ? '*' : req.headers.origin,
      isPreflight ? policy.preflightHeaders : policy.actualHeaders,
    );
  }
  if (refuse !== undefined) {
    // '*' lets every site read, which makes none of them trusted.
    const refusal = refuse(req, verdict === true ? always : never);
    if (refusal !== undefined) return next(refusal);
  }
  if (!isPreflight) return next();
  finishPreflight(policy, verdict, req, res, next);
}

/** @param {Response} res @param {string | undefined} origin @param {Policy['actualHeaders']} headers */
function allow(res, origin, headers) {
  if (origin) res.setHeader('Access-Control-Allow-Origin', origin);
  for (let i = 0; i < headers.length; i++) res.setHeader(headers[i][0], headers[i][1]);
}

/** @param {Policy} policy @param {Verdict} verdict @param {Request} req @param {Response} res @param {Next} next */
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

/** @param {Response} res @param {string} field */
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

function always() {
  return true;
}

function never() {
  return false;
}

module.exports = { cors, prepareCors };
