// @ts-check
'use strict';

const native = require('../support/native');
const { misuse } = require('../support/errors');
const { advise } = require('./advice');
const { watch } = require('./charge');
const { RESET_MS, USED, hit, timeOf } = require('./core');
const { RateLimitInfo } = require('./info');
const { checkedLimit, readPlan } = require('./plan');
const { refuse } = require('./refuse');

/** @param {unknown} [given] */
function rateLimit(given) {
  const plan = readPlan(given);
  const { core } = plan;

  /** @param {any} req @param {any} res @param {(error?: unknown) => void} next */
  function limitRate(req, res, next) {
    let admitted;
    try {
      admitted = admit(plan, req, res);
    } catch (error) {
      return next(error);
    }
    if (admitted === true) return next();
    if (admitted === false) return refuse(plan, req, res, next);
    admitted.then((passes) => (passes ? next() : refuse(plan, req, res, next)), next);
  }

  return Object.assign(limitRate, {
    /** @param {string} key */
    resetKey(key) {
      native.rateLimitReset(core.id, key, timeOf(core));
    },
    /** @param {string} key @returns {{ totalHits: number, resetTime: Date } | undefined} */
    getKey(key) {
      native.rateLimitPeek(core.id, key, timeOf(core));
      const [totalHits, resetMs] = [core.answer[USED] ?? 0, core.answer[RESET_MS] ?? 0];
      return resetMs === 0 ? undefined : { totalHits, resetTime: new Date(Date.now() + resetMs) };
    },
  });
}

/**
 * Whether the request passes: at once while every option answers at once.
 * @param {any} plan @param {any} req @param {any} res
 * @returns {boolean | Promise<boolean>}
 */
function admit(plan, req, res) {
  const skipped = plan.skip?.(req, res);
  if (isPromise(skipped)) return admitLater(plan, req, res, skipped);
  if (skipped) return true;
  const key = keyOf(plan, req, res);
  if (isPromise(key)) return admitLater(plan, req, res, false, key);
  const limit = plan.limitOf?.(req, res);
  if (isPromise(limit)) return admitLater(plan, req, res, false, key, limit);
  return count(plan, req, res, key, limit);
}

/** The same steps, waiting for what is still to come. @param {any[]} known @returns {Promise<boolean>} */
async function admitLater(...known) {
  const [plan, req, res, skipped, someKey, someLimit] = known;
  if (await skipped) return true;
  const key = await (someKey ?? keyOf(plan, req, res));
  const limit = await (someLimit ?? plan.limitOf?.(req, res));
  return count(plan, req, res, key, limit);
}

/** @param {any} plan @param {any} req @param {any} res @param {string} key @param {unknown} limit @returns {boolean} */
function count(plan, req, res, key, limit) {
  const { core } = plan;
  const varies = plan.limitOf !== undefined;
  const applied = varies ? checkedLimit(limit) : core.limit;
  const allowed = varies ? native.rateLimitConsume(core.id, key, 1, applied, timeOf(core)) : hit(core, key);
  const info = new RateLimitInfo(applied, core.answer);
  req[plan.requestPropertyName] = info;
  // A hit that took nothing has nothing to give back: a refund of it would let the next refused request through.
  const charged = allowed || core.algorithm === 'fixed';
  if (charged && (plan.skipFailedRequests || plan.skipSuccessfulRequests)) watch(plan, req, res, key);
  plan.writeHeaders(req, res, info);
  return allowed;
}

/** @param {any} plan @param {any} req @param {any} res */
function keyOf(plan, req, res) {
  if (plan.keyGenerator !== undefined) return plan.keyGenerator(req, res);
  if (plan.advising) advise(plan, req);
  const { ip } = req;
  if (ip === undefined) {
    throw misuse(
      'ERR_RATE_LIMIT_KEY',
      'rateLimit: req.ip is undefined: the connection is gone, or this is no Express request',
    );
  }
  return ip;
}

/** @param {any} value */
function isPromise(value) {
  return typeof value === 'object' && value !== null && typeof value.then === 'function';
}

module.exports = { rateLimit };
