// @ts-check
'use strict';

const { wallClock } = require('../support/clock');
const { misuse } = require('../support/errors');
const { Options } = require('../support/options');
const { show } = require('../support/options/given');
const { RedisStore } = require('../redis');
const { MemoryFamilies } = require('./memory');
const { RedisFamilies } = require('./redis');

const DAY_SECONDS = 24 * 60 * 60;
const DEFAULT_LIFETIME_SECONDS = 30 * DAY_SECONDS;
const DEFAULT_IDLE_SECONDS = 7 * DAY_SECONDS;
// Browsers keep no cookie for longer (RFC 6265bis section 5.5).
const MAX_LIFETIME_SECONDS = 400 * DAY_SECONDS;
const DEFAULT_GRACE_SECONDS = 10;
const MAX_GRACE_SECONDS = 60;
const DEFAULT_MAX_DATA_BYTES = 1_024;
const MAX_DATA_BYTES = 64 * 1_024;
const DEFAULT_MAX_FAMILIES = 100_000;
const MAX_FAMILIES = 10_000_000;
// Far above any id; it is part of a key.
const MAX_SUBJECT_BYTES = 1_024;
const MILLISECONDS = 1_000;

/** @param {unknown} options */
function readOptions(options) {
  const read = new Options('REFRESH_TOKENS', 'createRefreshTokens', options);
  const lifetime = { min: 1, max: MAX_LIFETIME_SECONDS };
  const settings = {
    lifetimeMs: read.integer('lifetimeSeconds', DEFAULT_LIFETIME_SECONDS, lifetime) * MILLISECONDS,
    idleMs: read.integer('idleSeconds', DEFAULT_IDLE_SECONDS, lifetime) * MILLISECONDS,
    graceMs: read.integer('graceSeconds', DEFAULT_GRACE_SECONDS, { max: MAX_GRACE_SECONDS }) * MILLISECONDS,
    maxDataBytes: read.integer('maxDataBytes', DEFAULT_MAX_DATA_BYTES, { min: 1, max: MAX_DATA_BYTES }),
    clock: read.function('clock') ?? wallClock,
    families: readFamilies(read),
  };
  read.done();
  return settings;
}

/** @param {Options} read @returns {import('./limits').Families} */
function readFamilies(read) {
  const maxFamilies = read.integer('maxFamilies', DEFAULT_MAX_FAMILIES, { min: 1, max: MAX_FAMILIES });
  // Written as undefined it would become memory, where each process has families of its own.
  const store = read.raw('store', { defined: true });
  if (store === undefined) return new MemoryFamilies(maxFamilies);
  if (!(store instanceof RedisStore))
    throw read.wrong('store', 'a RedisStore (without one, tokens are kept in memory)');
  if (read.has('maxFamilies')) throw read.conflict('maxFamilies', 'cannot be used with `store`: it bounds memory');
  if (store.onFailure === 'open' || store.onFailure === 'fallback') {
    const cure = 'must have `onFailure: "closed"` or none: refresh tokens always fail closed';
    throw read.conflict('store', `${cure}, and it has "${store.onFailure}"`);
  }
  return new RedisFamilies(store);
}

/** @param {unknown} given @param {number} maxDataBytes */
function readIssue(given, maxDataBytes) {
  const read = new Options('REFRESH_TOKENS', 'issue', given);
  const subject = checkedSubject('issue', read.raw('subject'));
  const value = read.raw('data');
  const data = value === undefined ? undefined : serialise(value);
  read.done();
  if (data !== undefined && Buffer.byteLength(data) > maxDataBytes) {
    throw misuse(
      'ERR_REFRESH_TOKENS_OPTION_RANGE',
      `issue: option "data" must have at most ${maxDataBytes} bytes as JSON (see \`maxDataBytes\`)`,
    );
  }
  return { subject, data };
}

/** @param {string} owner @param {unknown} subject @returns {string} */
function checkedSubject(owner, subject) {
  if (typeof subject === 'string' && subject !== '' && subject.isWellFormed()) {
    if (Buffer.byteLength(subject) <= MAX_SUBJECT_BYTES) return subject;
    throw misuse('ERR_REFRESH_TOKENS_OPTION_RANGE', `${owner}: the subject must have 1 to ${MAX_SUBJECT_BYTES} bytes`);
  }
  throw misuse('ERR_REFRESH_TOKENS_OPTION', `${owner}: the subject must be a non-empty string, not ${show(subject)}`);
}

/** @param {unknown} data @returns {string} */
function serialise(data) {
  try {
    const text = JSON.stringify(data);
    if (text !== undefined) return text;
  } catch {
    // Told below, without what the value's own code may have said.
  }
  throw misuse('ERR_REFRESH_TOKENS_OPTION', 'issue: option "data" cannot be serialized as JSON');
}

module.exports = { checkedSubject, readIssue, readOptions };
