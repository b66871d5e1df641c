// @ts-check
'use strict';

const native = require('../support/native');
const { misuse } = require('../support/errors');
const { Options } = require('../support/options');
const {
  ANY_WINDOW,
  LONGEST_MS,
  MOST_LIMIT,
  PREPARED_LIMIT,
  REMAINING,
  RESET_MS,
  RETRY_AFTER_MS,
  hit,
  readCore,
  readLimit,
  readWindowMs,
  timeOf,
} = require('./core');

/** @typedef {{ allowed: boolean, limit: number, remaining: number, resetMs: number, retryAfterMs: number }} Decision */

/** Rate limits by key, without HTTP. Made by createLimiter. */
class Limiter {
  /** @type {import('./core').Core} */ #core;

  /** @param {import('./core').Core} core */
  constructor(core) {
    this.#core = core;
  }

  /** @param {string} key @param {number} [cost] @returns {Decision} */
  consume(key, cost = 1) {
    const core = this.#core;
    if (cost === 1) return decision(core, hit(core, key));
    checkCost(cost, core.limit);
    return decision(core, native.rateLimitConsume(core.id, key, cost, PREPARED_LIMIT, timeOf(core)));
  }

  /** @param {string} key @returns {Decision} */
  peek(key) {
    const core = this.#core;
    return decision(core, native.rateLimitPeek(core.id, key, timeOf(core)));
  }

  /** @param {string} key @param {number} [cost] */
  refund(key, cost = 1) {
    const core = this.#core;
    checkCost(cost, MOST_LIMIT);
    native.rateLimitRefund(core.id, key, cost, ANY_WINDOW, timeOf(core));
  }

  /** @param {string} key @param {number} blockMs */
  block(key, blockMs) {
    if (!Number.isInteger(blockMs) || blockMs < 1 || blockMs > LONGEST_MS) {
      throw misuse(
        'ERR_RATE_LIMIT_OPTION_RANGE',
        `limiter.block: the time must be a whole number from 1 to ${LONGEST_MS} ms`,
      );
    }
    native.rateLimitBlock(this.#core.id, key, blockMs, timeOf(this.#core));
  }

  /** @param {string} key */
  reset(key) {
    native.rateLimitReset(this.#core.id, key, timeOf(this.#core));
  }

  /** @returns {{ keys: number, bytes: number, maxBytes: number, evictions: number }} */
  stats() {
    const core = this.#core;
    native.rateLimitStats(core.id, timeOf(core));
    const [keys = 0, bytes = 0, maxBytes = 0, evictions = 0] = core.answer;
    return { keys, bytes, maxBytes, evictions };
  }
}

/** @param {unknown} cost @param {number} most */
function checkCost(cost, most) {
  if (cost === 1) return;
  if (!Number.isInteger(cost) || /** @type {number} */ (cost) < 1 || /** @type {number} */ (cost) > most) {
    throw misuse(
      'ERR_RATE_LIMIT_COST',
      `rate limit: the cost must be a whole number from 1 to ${most}; a larger one could never pass`,
    );
  }
}

/** @param {import('./core').Core} core @param {boolean} allowed @returns {Decision} */
function decision({ answer, limit }, allowed) {
  return {
    allowed,
    limit,
    remaining: answer[REMAINING],
    resetMs: answer[RESET_MS],
    retryAfterMs: answer[RETRY_AFTER_MS],
  };
}

/** @param {object} given */
function createLimiter(given) {
  const options = new Options('RATE_LIMIT', 'createLimiter', given);
  for (const name of ['limit', 'windowMs']) options.raw(name, { required: true });
  const addresses = options.oneOf('keys', 'text', ['text', 'address']) === 'address';
  const make = readCore(options, { addresses, limit: readLimit(options, 'limit'), windowMs: readWindowMs(options) });
  options.done();
  return new Limiter(make());
}

module.exports = { createLimiter };
