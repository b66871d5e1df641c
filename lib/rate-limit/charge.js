// @ts-check
'use strict';

const native = require('../support/native');
const { timeOf, WINDOW } = require('./core');

/**
 * A hit that is given back when the response turns out to be one that does not count. It settles once, and never
 * touches a window that began after the hit.
 */
class Charge {
  /** @param {any} plan @param {any} req @param {any} res @param {string} key */
  constructor(plan, req, res, key) {
    this.plan = plan;
    this.req = req;
    this.res = res;
    this.key = key;
    this.window = plan.core.answer[WINDOW];
    this.settled = false;
  }

  /** `finish`: the response was handed over whole. */
  finish() {
    if (this.settled) return;
    this.settled = true;
    try {
      const success = this.plan.requestWasSuccessful(this.req, this.res);
      if (typeof success?.then === 'function')
        success.then((/** @type {unknown} */ late) => this.judge(late)).catch(warn);
      else this.judge(success);
    } catch (error) {
      warn(error);
    }
  }

  /** `close` without `finish`: the client went away, which is a failed request. */
  close() {
    if (this.settled) return;
    this.settled = true;
    try {
      this.judge(false);
    } catch (error) {
      warn(error);
    }
  }

  /** @param {unknown} success */
  judge(success) {
    const { core, skipFailedRequests, skipSuccessfulRequests } = this.plan;
    if (!(success ? skipSuccessfulRequests : skipFailedRequests)) return;
    native.rateLimitRefund(core.id, this.key, 1, this.window, timeOf(core));
  }
}

/** The response is gone, so nobody can be told but the process. @param {any} error */
function warn(error) {
  process.emitWarning(
    `rateLimit: a request stays counted, because its outcome could not be judged: ${error?.message}`,
    {
      code: 'WRN_RATE_LIMIT_SUCCESS',
    },
  );
}

/** @param {any} plan @param {any} req @param {any} res @param {string} key */
function watch(plan, req, res, key) {
  const charge = new Charge(plan, req, res, key);
  res.once('finish', () => charge.finish());
  res.once('close', () => charge.close());
  // An asynchronous key may have taken longer than the client waited.
  if (res.writableFinished) charge.finish();
  else if (res.destroyed) charge.close();
}

module.exports = { watch };
