// @ts-check
'use strict';

const { BOUNDS } = require('../support/bounds');
const { misuse } = require('../support/errors');
const { Options } = require('../support/options');
const { ANY_WINDOW, PREPARED_LIMIT, readCounter } = require('./counter');
const { REMAINING, RESET_MS, RETRY_AFTER_MS } = require('./counter');
const { readLimit, readWindowMs } = require('./plan');

const { limit: LIMIT, windowMs: WINDOW_MS } = BOUNDS.RATE_LIMIT;

/** @typedef {InstanceType<typeof import('./counter').Counter>} Counter */
/** @typedef {{ allowed: boolean, limit: number, remaining: number, resetMs: number, retryAfterMs: number }} Decision */

/** Rate limits by key, without HTTP. Made by createLimiter. */
class Limiter {
  /** @type {Counter} */ #counter;

  /** @param {Counter} counter */
  constructor(counter) {
    this.#counter = counter;
  }

  /** @param {string} key @param {number} [cost] @returns {Decision} */
  consume(key, cost = 1) {
    const counter = this.#counter;
    if (cost === 1) return decision(counter, counter.hit(key));
    checkCost(cost, counter.limit, '; a larger one could never pass');
    return decision(counter, counter.consume(key, cost, PREPARED_LIMIT));
  }

  /** @param {string} key @returns {Decision} */
  peek(key) {
    return decision(this.#counter, this.#counter.peek(key));
  }

  /** @param {string} key @param {number} [cost] */
  refund(key, cost = 1) {
    checkCost(cost, LIMIT.max);
    this.#counter.refund(key, cost, ANY_WINDOW);
  }

  /** @param {string} key @param {number} blockMs */
  block(key, blockMs) {
    if (!Number.isInteger(blockMs) || blockMs < 1 || blockMs > WINDOW_MS.max) {
      throw misuse(
        'ERR_RATE_LIMIT_OPTION_RANGE',
        `limiter.block: the time must be a whole number of milliseconds from 1 to ${WINDOW_MS.max}`,
      );
    }
    this.#counter.block(key, blockMs);
  }

  /** @param {string} key */
  reset(key) {
    this.#counter.reset(key);
  }

  /** @returns {{ keys: number, bytes: number, maxBytes: number, evictions: number }} */
  stats() {
    this.#counter.stats();
    const [keys = 0, bytes = 0, maxBytes = 0, evictions = 0] = this.#counter.answer;
    return { keys, bytes, maxBytes, evictions };
  }
}

/** @param {unknown} cost @param {number} most @param {string} [remark] */
function checkCost(cost, most, remark = '') {
  if (!Number.isInteger(cost) || /** @type {number} */ (cost) < 1 || /** @type {number} */ (cost) > most) {
    throw misuse('ERR_RATE_LIMIT_COST', `rate limit: the cost must be a whole number from 1 to ${most}${remark}`);
  }
}

/** @param {Counter} counter @param {boolean} allowed @returns {Decision} */
function decision({ answer, limit }, allowed) {
  return {
    allowed,
    limit,
    remaining: answer[REMAINING],
    resetMs: answer[RESET_MS],
    retryAfterMs: answer[RETRY_AFTER_MS],
  };
}

/** @param {unknown} given */
function createLimiter(given) {
  const options = new Options('RATE_LIMIT', 'createLimiter', given);
  const limit = readLimit(options, 'limit', { required: true });
  const windowMs = readWindowMs(options, { required: true });
  const addresses = options.oneOf('keys', 'text', ['text', 'address']) === 'address';
  const make = readCounter(options, { addresses, limit, windowMs });
  options.done();
  return new Limiter(make());
}

module.exports = { createLimiter };
