// @ts-check
'use strict';

const { BOUNDS } = require('../support/bounds');
const { wallClock } = require('../support/clock');
const { Options } = require('../support/options');
const { isRedisStore } = require('../redis');

const { maxEntries } = BOUNDS.REVOCATIONS;
const DAY_SECONDS = 24 * 60 * 60;
const DEFAULT_LIFETIME_SECONDS = 30 * DAY_SECONDS;
const MAX_LIFETIME_SECONDS = 100 * 366 * DAY_SECONDS;
/** Verifiers may accept a token this long after its `exp`, and clocks differ. */
const TOLERANCE_SECONDS = BOUNDS.JWT.clockToleranceSeconds.max;
/** @type {readonly unknown[]} */
const CHOICES = ['open', 'closed'];

/** @param {unknown} given */
function readOptions(given) {
  const read = new Options('REVOCATIONS', 'createRevocations', given);
  const options = {
    name: read.string('name', 'default'),
    maxEntries: read.integer('maxEntries', maxEntries.fallback, maxEntries),
    lifetimeSeconds: read.integer('tokenLifetimeSeconds', DEFAULT_LIFETIME_SECONDS, {
      min: 1,
      max: MAX_LIFETIME_SECONDS,
    }),
    store: readStore(read),
    pollMs: read.integer('pollMs', 1_000, { min: 10, max: 60_000 }),
    maxStaleMs: read.integer('maxStaleMs', 5_000, { min: 20, max: 600_000 }),
    clock: read.function('clock') ?? wallClock,
  };
  if (options.maxStaleMs < 2 * options.pollMs) {
    const bounds = 'at least twice `pollMs`; otherwise one late poll would count as a failure';
    throw read.outside('maxStaleMs', bounds, options.maxStaleMs);
  }
  read.done();
  return options;
}

/** @param {InstanceType<typeof Options>} read */
function readStore(read) {
  const store = read.raw('store', { defined: true });
  if (store === undefined) return undefined;
  if (!isRedisStore(store)) throw read.wrong('store', 'a RedisStore');
  if (CHOICES.includes(store.onFailure)) return store;
  const sent = store.onFailure === undefined ? 'not set' : `"${store.onFailure}"`;
  throw read.conflict(
    'store',
    `must have \`onFailure\`: "closed" rejects every token while revocations of other processes may be missing, "open" ` +
      `continues with those that are known; it is ${sent}`,
  );
}

/** @param {unknown} given @param {number} now @returns {number | undefined} */
function readExpiresAt(given, now) {
  const read = new Options('REVOCATIONS', 'revokeId', given);
  const expiresAt = readSeconds(read, 'expiresAt', now + MAX_LIFETIME_SECONDS);
  read.done();
  return expiresAt;
}

/** @param {unknown} given @param {number} now @returns {number | undefined} */
function readIssuedBefore(given, now) {
  const read = new Options('REVOCATIONS', 'revokeSubject', given);
  // Clocks differ; a time further ahead would lock the subject out until then.
  const issuedBefore = readSeconds(read, 'issuedBefore', now + TOLERANCE_SECONDS);
  read.done();
  return issuedBefore;
}

/** @param {InstanceType<typeof Options>} read @param {string} name @param {number} latest */
function readSeconds(read, name, latest) {
  // Given as undefined, it would silently mean another time.
  if (read.raw(name, { defined: true }) === undefined) return undefined;
  const max = Math.floor(latest);
  if (read.raw(name) > max) throw read.outside(name, `at most ${max} (seconds, not milliseconds)`);
  return read.integer(name, 0, { min: 0, max });
}

module.exports = { TOLERANCE_SECONDS, readExpiresAt, readIssuedBefore, readOptions };
