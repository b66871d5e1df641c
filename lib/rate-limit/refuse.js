// @ts-check
'use strict';

const { PortcullisError } = require('../support/errors');
const { identify, titleOf } = require('../support/problem');
const { seconds } = require('./headers');

/** @typedef {import('./plan').Plan} Plan */
/** @typedef {import('./plan').Request} Request */
/** @typedef {import('./plan').Response} Response */
/** @typedef {import('./plan').Next} Next */

/**
 * Refuses a request that is over its limit.
 * @param {Plan} plan @param {Request} req @param {Response} res @param {Next} next
 */
function refuse(plan, req, res, next) {
  try {
    const { retryAfterMs } = /** @type {InstanceType<typeof import('./info').RateLimitInfo>} */ (
      req[plan.requestPropertyName]
    );
    const retryAfter = seconds(retryAfterMs);
    if (!res.headersSent) res.setHeader('Retry-After', String(retryAfter));
    if (plan.passesOn) return next(exceeded(retryAfter));
    const pending = respond(plan, req, res, next);
    if (pending !== undefined) Promise.resolve(pending).catch(next);
  } catch (error) {
    next(error);
  }
}

/** `headers`: Express's own error handler and others send them. @param {number} retryAfter seconds */
function exceeded(retryAfter) {
  const error = new PortcullisError('ERR_RATE_LIMIT_EXCEEDED', 'rateLimit: the client has used up its limit');
  return Object.assign(error, { retryAfter, headers: { 'Retry-After': String(retryAfter) } });
}

/** @param {Plan} plan @param {Request} req @param {Response} res @param {Next} next @returns {unknown} */
function respond(plan, req, res, next) {
  if (plan.handler !== undefined) return plan.handler(req, res, next, plan.told);
  if (plan.message !== undefined) return sendMessage(plan, req, res);
  if (res.headersSent) return undefined;
  res.statusCode = plan.statusCode;
  res.setHeader('Content-Type', 'application/problem+json');
  res.end(JSON.stringify({ ...plan.problem, ...identify(req) }));
  return undefined;
}

/** @param {Plan} plan @param {Request} req @param {Response} res */
async function sendMessage({ statusCode, message, told }, req, res) {
  res.status(statusCode);
  const body = typeof message === 'function' ? await message(req, res, told) : message;
  if (!res.writableEnded) res.send(body);
}

/** How a request over its limit is refused. @param {InstanceType<typeof import('../support/options').Options>} options */
function readRefusal(options) {
  const refuse = options.oneOf('refuse', 'respond', /** @type {const} */ (['respond', 'next']));
  for (const name of ['handler', 'message', 'statusCode']) {
    if (refuse === 'next' && options.raw(name) !== undefined) {
      throw options.conflict(name, 'cannot be combined with `refuse: "next"`: your error handler responds');
    }
  }
  const statusCode = options.integer('statusCode', 429, { min: 400, max: 599 });
  const handler = /** @type {Plan['handler']} */ (options.function('handler'));
  const message = /** @type {unknown} */ (options.raw('message'));
  const problem = problemOf(statusCode);
  // As in express-rate-limit, a handler of the app sends `options.message`.
  const resolved = { statusCode, handler, refuse, message: message ?? problem.detail };
  return { statusCode, handler, message, problem, passesOn: refuse === 'next', resolved };
}

/** The body of a refusal (RFC 9457). @param {number} status */
function problemOf(status) {
  return {
    type: 'about:blank',
    title: titleOf(status),
    status,
    detail: 'Too many requests, please try again later.',
  };
}

module.exports = { readRefusal, refuse };
