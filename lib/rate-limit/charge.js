// @ts-check
'use strict';

const { isPromise } = require('../support/promise');
const { WINDOW } = require('./counter');

/** @typedef {import('./plan').Plan} Plan */
/** @typedef {import('./plan').Request} Request */
/** @typedef {import('./plan').Response} Response */

/**
 * A hit that is refunded when the response turns out to be one that does not count. It settles once, and never changes a
 * window that began after the hit.
 */
class Charge {
  /** @param {Plan} plan @param {Request} req @param {Response} res @param {string} key */
  constructor(plan, req, res, key) {
    this.plan = plan;
    this.req = req;
    this.res = res;
    this.key = key;
    this.window = plan.counter.answer[WINDOW] ?? 0;
    this.settled = false;
  }

  /** `finish`: the complete response was sent. */
  finish() {
    if (this.settled) return;
    this.settled = true;
    try {
      const success = /** @type {unknown} */ (this.plan.requestWasSuccessful(this.req, this.res));
      if (isPromise(success)) success.then((late) => this.judge(late)).then(undefined, warn);
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
    const { counter, skipFailedRequests, skipSuccessfulRequests } = this.plan;
    if (success ? skipSuccessfulRequests : skipFailedRequests) counter.refund(this.key, 1, this.window);
  }
}

/** The response has been sent, so the error is reported to the process. @param {unknown} error */
function warn(error) {
  const { message } = /** @type {{ message?: unknown }} */ (error ?? {});
  process.emitWarning(`rateLimit: a request stays counted, because requestWasSuccessful failed: ${message}`, {
    code: 'WRN_RATE_LIMIT_SUCCESS',
  });
}

/** @param {Plan} plan @param {Request} req @param {Response} res @param {string} key */
function watch(plan, req, res, key) {
  const charge = new Charge(plan, req, res, key);
  res.once('finish', () => charge.finish());
  res.once('close', () => charge.close());
  // The client may have disconnected before an asynchronous key was ready.
  if (res.writableFinished) charge.finish();
  else if (res.destroyed) charge.close();
}

module.exports = { watch };
