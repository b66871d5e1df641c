// @ts-check
'use strict';

const { isPromise } = require('../support/promise');
const { watch } = require('./charge');
const { keyOf, withoutKey } = require('./client');
const { RESET_MS, USED } = require('./counter');
const { RateLimitInfo } = require('./info');
const { checkedLimit, readPlan } = require('./plan');
const { refuse } = require('./refuse');

/** @typedef {import('./plan').Plan} Plan */
/** @typedef {import('./plan').Request} Request */
/** @typedef {import('./plan').Response} Response */
/** @typedef {import('./plan').Next} Next */

/** @param {unknown} [given] */
function rateLimit(given) {
  const plan = readPlan(given);

  /** @param {Request} req @param {Response} res @param {Next} next */
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

  return Object.assign(limitRate, keyMethods(plan.counter));
}

/** @param {Plan['counter']} counter */
function keyMethods(counter) {
  return {
    /** @param {string} key */
    resetKey(key) {
      counter.reset(key);
    },
    /** @param {string} key @returns {{ totalHits: number, resetTime: Date } | undefined} */
    getKey(key) {
      counter.peek(key);
      const [totalHits, resetMs] = [counter.answer[USED] ?? 0, counter.answer[RESET_MS] ?? 0];
      return resetMs === 0 ? undefined : { totalHits, resetTime: new Date(Date.now() + resetMs) };
    },
  };
}

/**
 * Whether the request passes. Returns a promise only if an option returned one.
 * @param {Plan} plan @param {Request} req @param {Response} res
 * @returns {boolean | Promise<boolean>}
 */
function admit(plan, req, res) {
  const skipped = plan.skip?.(req, res);
  if (isPromise(skipped)) return admitLater(plan, req, res, { skipped });
  if (skipped) return true;
  const key = keyOf(plan, req, res);
  if (isPromise(key)) return admitLater(plan, req, res, { key });
  const limit = plan.limitOf?.(req, res);
  if (isPromise(limit)) return admitLater(plan, req, res, { key, limit });
  return count(plan, req, res, key, limit);
}

/**
 * The same steps, but awaits those that returned a promise.
 * @param {Plan} plan @param {Request} req @param {Response} res
 * @param {{ skipped?: unknown, key?: string | PromiseLike<string>, limit?: number | PromiseLike<number> }} known
 * @returns {Promise<boolean>}
 */
async function admitLater(plan, req, res, known) {
  if (await known.skipped) return true;
  const key = await (known.key ?? keyOf(plan, req, res));
  const limit = await (known.limit ?? plan.limitOf?.(req, res));
  return count(plan, req, res, key, limit);
}

/** @param {Plan} plan @param {Request} req @param {Response} res @param {string} key @param {unknown} limit @returns {boolean} */
function count(plan, req, res, key, limit) {
  const { counter } = plan;
  if (typeof key !== 'string' && plan.keyGenerator !== undefined) throw withoutKey(key);
  const applied = plan.limitOf === undefined ? counter.limit : checkedLimit(limit);
  const allowed = plan.limitOf === undefined ? counter.hit(key) : counter.consume(key, 1, applied);
  const info = new RateLimitInfo(applied, counter.answer);
  req[plan.requestPropertyName] = info;
  if (mayRefund(plan, allowed)) watch(plan, req, res, key);
  plan.write(req, res, info);
  return allowed;
}

/** A hit that took nothing must not be refunded: the refund would let the next refused request through. @param {Plan} plan @param {boolean} allowed */
function mayRefund({ counter, skipFailedRequests, skipSuccessfulRequests }, allowed) {
  return (skipFailedRequests || skipSuccessfulRequests) && (allowed || counter.algorithm === 'fixed');
}

module.exports = { rateLimit };
