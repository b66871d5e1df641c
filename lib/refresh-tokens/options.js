// @ts-check
'use strict';

const { randomBytes } = require('node:crypto');
const { isUint8Array } = require('node:util').types;

const { wallClock } = require('../support/clock');
const { misuse } = require('../support/errors');
const { Options } = require('../support/options');
const { show } = require('../support/options/given');
const { isRedisStore } = require('../redis');
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
// More devices than a person uses, and few enough that a hundred thousand families serve two thousand attackers.
const DEFAULT_MAX_FAMILIES_PER_SUBJECT = 50;
const MAX_FAMILIES_PER_SUBJECT = 1_000;
// As long as the tag, so that guessing the key is no shorter way to a subject.
const MIN_SUBJECT_KEY_BYTES = 16;
const RANDOM_KEY_BYTES = 32;
// Far longer than any id.
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
    maxPerSubject: read.integer('maxFamiliesPerSubject', DEFAULT_MAX_FAMILIES_PER_SUBJECT, {
      min: 1,
      max: MAX_FAMILIES_PER_SUBJECT,
    }),
    ...readFamilies(read),
  };
  read.done();
  return settings;
}

/** @param {Options} read @returns {{ families: import('./families').Families, subjectKey: string | Uint8Array }} */
function readFamilies(read) {
  const maxFamilies = read.integer('maxFamilies', DEFAULT_MAX_FAMILIES, { min: 1, max: MAX_FAMILIES });
  // Given as undefined it would silently become memory, where each process has its own families.
  const store = read.raw('store', { defined: true });
  const subjectKey = readSubjectKey(read);
  if (store === undefined) {
    if (subjectKey !== undefined) throw read.conflict('subjectKey', 'needs a `store`; in memory the key is random');
    return { families: new MemoryFamilies(maxFamilies), subjectKey: randomBytes(RANDOM_KEY_BYTES) };
  }
  if (!isRedisStore(store)) throw read.wrong('store', 'a RedisStore; leave it out to use memory');
  if (read.has('maxFamilies')) throw read.conflict('maxFamilies', 'cannot be used with `store`: it bounds memory');
  if (store.onFailure === 'open' || store.onFailure === 'fallback') {
    const cure = 'must have no `onFailure`, or "closed": refresh tokens always fail closed';
    throw read.conflict('store', cure);
  }
  return { families: new RedisFamilies(store), subjectKey: subjectKey ?? store.key('refresh') };
}

/** @param {Options} read @returns {string | Uint8Array | undefined} */
function readSubjectKey(read) {
  const key = read.raw('subjectKey', { defined: true });
  if (key === undefined) return undefined;
  if (typeof key !== 'string' && !isUint8Array(key)) throw read.wrong('subjectKey', 'a string or a Buffer');
  if (Buffer.byteLength(key) >= MIN_SUBJECT_KEY_BYTES) return key;
  const reason = `option "subjectKey" must have at least ${MIN_SUBJECT_KEY_BYTES} bytes`;
  throw read.refuse(reason, 'ERR_REFRESH_TOKENS_OPTION_RANGE');
}

/** @param {unknown} given @param {number} maxDataBytes */
function readIssue(given, maxDataBytes) {
  const read = new Options('REFRESH_TOKENS', 'issue', given);
  const subject = checkedSubject('issue', read.raw('subject', { required: true }));
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
    // Reported below, without the message of the value's own code.
  }
  throw misuse('ERR_REFRESH_TOKENS_OPTION', 'issue: option "data" cannot be serialized as JSON');
}

module.exports = { checkedSubject, readIssue, readOptions };
