// @ts-check
'use strict';

// A limiter of the native side, as both createLimiter and rateLimit use it. A decision is one synchronous call; its
// numbers arrive in `answer`, which holds them until the next call.

const native = require('../support/native');
const { misuse } = require('../support/errors');
const { readSubnet } = require('./address');

/** @type {(id: number, key: string) => boolean} */
const hitPrepared = native.rateLimitHitFunction();

/** Places of `answer` after a hit. */
const USED = 0;
const REMAINING = 1;
const RESET_MS = 2;
const RETRY_AFTER_MS = 3;
const WINDOW = 4;

/** Asks the native side for the limit that the limiter was made with. */
const PREPARED_LIMIT = -1;
/** Refunds whichever window is open. */
const ANY_WINDOW = -1;

// One above it must still be countable in 24 bits, beside a mark for blocked keys.
const MOST_LIMIT = 2 ** 24 - 3;
const LONGEST_MS = 2 ** 31 - 1;
const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;
const ALGORITHMS = /** @type {const} */ (['fixed', 'gcra']);

/**
 * @typedef {object} Core
 * @property {any} owner keeps the handle alive
 * @property {number} id
 * @property {Float64Array} answer
 * @property {number} limit
 * @property {number} windowMs
 * @property {string} algorithm
 * @property {(() => number) | undefined} clock
 */

/**
 * Reads the options that every limiter has and prepares it.
 * @param {InstanceType<typeof import('../support/options').Options>} options
 * @param {{ addresses: boolean, limit: number, limitVaries?: boolean, windowMs: number }} fixed
 * @returns {() => Core} makes the limiter; call it when all options have been read
 */
function readCore(options, { addresses, limit, limitVaries = false, windowMs }) {
  const algorithm = options.oneOf('algorithm', 'fixed', ALGORITHMS);
  const maxBytes = options.integer('maxBytes', DEFAULT_MAX_BYTES, { min: 64 * 1024, max: 1024 ** 3 });
  const name = options.string('name', undefined);
  const clock = options.function('clock');
  if (!addresses && options.has('ipv6Subnet'))
    throw options.conflict('ipv6Subnet', 'cannot be used with keys that are text: it groups addresses');
  const ipv6Prefix = addresses ? readSubnet(options) : undefined;
  return () => {
    const clockOriginMs = clock && checkedTime(clock());
    // The buffer is given, because a small array without one lies in V8's moving heap.
    const answer = new Float64Array(new ArrayBuffer(8 * Float64Array.BYTES_PER_ELEMENT));
    const config = {
      limit,
      windowMs,
      gcra: algorithm === 'gcra',
      maxBytes,
      ipv6Prefix,
      name,
      clockOriginMs,
      limitVaries,
    };
    const owner = new native.RateLimitHandle(config, answer);
    return { owner, id: owner.id, answer, limit, windowMs, algorithm, clock };
  };
}

/** Counts a hit of cost 1 against the prepared limit. @param {Core} core @param {string} key @returns {boolean} */
function hit(core, key) {
  if (core.clock === undefined) return hitPrepared(core.id, key);
  return native.rateLimitConsume(core.id, key, 1, PREPARED_LIMIT, timeOf(core));
}

/** @param {InstanceType<typeof import('../support/options').Options>} options @param {string} name */
function readLimit(options, name, fallback = 5) {
  return options.integer(name, fallback, { min: 0, max: MOST_LIMIT });
}

/** @param {InstanceType<typeof import('../support/options').Options>} options */
function readWindowMs(options) {
  return options.integer('windowMs', 60 * 1000, { min: 1, max: LONGEST_MS });
}

/** The user's clock, or a number that the native side ignores. @param {Core} core @returns {number} */
function timeOf(core) {
  return core.clock === undefined ? 0 : checkedTime(core.clock());
}

/** @param {unknown} ms @returns {number} */
function checkedTime(ms) {
  if (typeof ms === 'number' && Number.isFinite(ms)) return ms;
  throw misuse('ERR_RATE_LIMIT_OPTION', 'rate limit: option "clock" must return a finite number of milliseconds');
}

module.exports = {
  ANY_WINDOW,
  LONGEST_MS,
  MOST_LIMIT,
  PREPARED_LIMIT,
  REMAINING,
  RESET_MS,
  RETRY_AFTER_MS,
  USED,
  WINDOW,
  hit,
  readCore,
  readLimit,
  readWindowMs,
  timeOf,
};
