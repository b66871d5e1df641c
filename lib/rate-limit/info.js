// @ts-check
'use strict';

const { REMAINING, RESET_MS, RETRY_AFTER_MS, USED } = require('./counter');

/** What `req.rateLimit` holds. `resetTime` becomes a Date only when it is read. */
class RateLimitInfo {
  #now = Date.now();

  /** @param {number} limit @param {Float64Array} answer */
  constructor(limit, answer) {
    this.limit = limit;
    this.used = answer[USED] ?? 0;
    this.remaining = answer[REMAINING] ?? 0;
    this.resetMs = answer[RESET_MS] ?? 0;
    this.retryAfterMs = answer[RETRY_AFTER_MS] ?? 0;
  }

  /** When the whole limit is available again, by the wall clock at the time of the hit. */
  get resetTime() {
    return new Date(this.#now + this.resetMs);
  }
}

module.exports = { RateLimitInfo };
