// @ts-check
'use strict';

// Counts the hits of one limiter on the native side, for both createLimiter and rateLimit. A hit is one synchronous call;
// its numbers are in `answer` until the next call.

const { BOUNDS } = require('../support/bounds');
const native = require('../support/native');
const { misuse } = require('../support/errors');
const { coded, readSubnet } = require('./address');

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */
/** @typedef {{ id: number }} Handle the native owner of the counters, which live as long as it does */
/** @typedef {{ limit: number, algorithm: 'fixed' | 'gcra', clock: (() => number) | undefined }} CounterTerms */

/** @type {(id: number, key: string) => boolean} */
const hitPrepared = native.rateLimitHitFunction();

/** Indexes into `answer` after a hit. */
const USED = 0;
const REMAINING = 1;
const RESET_MS = 2;
const RETRY_AFTER_MS = 3;
const WINDOW = 4;

/** Makes the native side use the limit that the limiter was made with. */
const PREPARED_LIMIT = -1;
/** Refunds whichever window is open. */
const ANY_WINDOW = -1;

const { maxBytes: MAX_BYTES } = BOUNDS.RATE_LIMIT;
const ALGORITHMS = /** @type {const} */ (['fixed', 'gcra']);

class Counter {
  /** @type {Handle} */ #owner;

  /** @param {Handle} owner @param {Float64Array} answer @param {CounterTerms} terms */
  constructor(owner, answer, { limit, algorithm, clock }) {
    this.#owner = owner;
    this.id = this.#owner.id;
    this.answer = answer;
    this.limit = limit;
    this.algorithm = algorithm;
    this.clock = clock;
  }

  /** Counts a hit of cost 1 against the prepared limit; true when it is allowed. @param {string} key @returns {boolean} */
  hit(key) {
    if (this.clock !== undefined) return this.consume(key, 1, PREPARED_LIMIT);
    try {
      return hitPrepared(this.id, key);
    } catch (error) {
      throw coded(error);
    }
  }

  /** @param {string} key @param {number} cost @param {number} limit @returns {boolean} */
  consume(key, cost, limit) {
    return call(() => native.rateLimitConsume(this.id, key, cost, limit, this.now()));
  }

  /** Whether a hit would be allowed; counts nothing. @param {string} key @returns {boolean} */
  peek(key) {
    return call(() => native.rateLimitPeek(this.id, key, this.now()));
  }

  /** @param {string} key @param {number} cost @param {number} window */
  refund(key, cost, window) {
    call(() => native.rateLimitRefund(this.id, key, cost, window, this.now()));
  }

  /** @param {string} key @param {number} blockMs */
  block(key, blockMs) {
    call(() => native.rateLimitBlock(this.id, key, blockMs, this.now()));
  }

  /** @param {string} key */
  reset(key) {
    call(() => native.rateLimitReset(this.id, key, this.now()));
  }

  /** Puts `keys`, `bytes`, `maxBytes` and `evictions` into `answer`. */
  stats() {
    native.rateLimitStats(this.id, this.now());
  }

  /** The user's clock, or a number that the native side ignores. @returns {number} */
  now() {
    return this.clock === undefined ? 0 : checkedTime(this.clock());
  }
}

/** @template T @param {() => T} work @returns {T} */
function call(work) {
  try {
    return work();
  } catch (error) {
    throw coded(error);
  }
}

/**
 * Reads the options that every limiter has.
 * @param {OptionReader} options
 * @param {{ addresses: boolean, limit: number, limitVaries?: boolean, windowMs: number }} fixed
 * @returns {() => Counter} makes the counter; call it when all options have been read
 */
function readCounter(options, { addresses, limit, limitVaries = false, windowMs }) {
  const algorithm = options.oneOf('algorithm', 'fixed', ALGORITHMS);
  const maxBytes = options.integer('maxBytes', MAX_BYTES.fallback, MAX_BYTES);
  const name = options.string('name', undefined);
  const clock = options.function('clock');
  if (!addresses && options.has('ipv6Subnet'))
    throw options.conflict('ipv6Subnet', 'cannot be used with keys that are text: it groups addresses');
  const ipv6Prefix = addresses ? readSubnet(options) : undefined;
  return () => {
    const clockOriginMs = clock && checkedTime(clock());
    // The buffer is allocated separately, because V8 may move the elements of a small array that has none.
    const answer = new Float64Array(new ArrayBuffer(8 * Float64Array.BYTES_PER_ELEMENT));
    const gcra = algorithm === 'gcra';
    const config = { limit, windowMs, gcra, maxBytes, ipv6Prefix, name, clockOriginMs, limitVaries };
    return new Counter(new native.RateLimitHandle(config, answer), answer, { limit, algorithm, clock });
  };
}

/** @param {unknown} ms @returns {number} */
function checkedTime(ms) {
  if (typeof ms === 'number' && Number.isFinite(ms)) return ms;
  throw misuse('ERR_RATE_LIMIT_OPTION', 'rate limit: option "clock" must return a finite number of milliseconds');
}

module.exports = {
  ANY_WINDOW,
  PREPARED_LIMIT,
  REMAINING,
  RESET_MS,
  RETRY_AFTER_MS,
  USED,
  WINDOW,
  Counter,
  readCounter,
};
