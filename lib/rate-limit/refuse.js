// @ts-check
'use strict';

const { identify } = require('../support/problem');
const { seconds } = require('./headers');

/**
 * Answers a request that is over its limit.
 * @param {any} plan @param {any} req @param {any} res @param {(error?: unknown) => void} next
 */
function refuse(plan, req, res, next) {
  try {
    if (!res.headersSent) res.setHeader('Retry-After', String(seconds(req[plan.requestPropertyName].retryAfterMs)));
    const answered = answer(plan, req, res, next);
    if (answered !== undefined) Promise.resolve(answered).catch(next);
  } catch (error) {
    next(error);
  }
}

/** @param {any} plan @param {any} req @param {any} res @param {(error?: unknown) => void} next @returns {unknown} */
function answer(plan, req, res, next) {
  if (plan.handler !== undefined) return plan.handler(req, res, next, plan.told);
  if (plan.message !== undefined) return sendMessage(plan, req, res);
  if (res.headersSent) return undefined;
  res.statusCode = plan.statusCode;
  res.setHeader('Content-Type', 'application/problem+json');
  res.end(JSON.stringify({ ...plan.problem, ...identify(req) }));
  return undefined;
}

/** @param {any} plan @param {any} req @param {any} res */
async function sendMessage({ statusCode, message }, req, res) {
  res.status(statusCode);
  const body = typeof message === 'function' ? await message(req, res) : message;
  if (!res.writableEnded) res.send(body);
}

module.exports = { refuse };
