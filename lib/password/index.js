// @ts-check
'use strict';

// Passwords as Argon2id hashes. Policy only: defaults, what counts as a password, and coded errors. Hashing happens on
// the native pool, never on this thread.

const { availableParallelism } = require('node:os');
const { isSharedArrayBuffer, isUint8Array } = require('node:util/types');

const { BOUNDS } = require('../support/bounds');
const { PortcullisError, rejection } = require('../support/errors');
const native = require('../support/native');
const { Options } = require('../support/options');
const { show } = require('../support/options/given');

const BOUND = BOUNDS.PASSWORD;
/** UAX #15 section 13: no word of any language has more combining marks in a row; sorting them takes their number squared. */
const TOO_MANY_MARKS = /\p{M}{31}/u;
/** NFC combines at most three UTF-16 units into a character of two bytes. */
const MAX_UNITS_PER_BYTE = 1.5;

// A hash in PHC format, or one of bcrypt.
const HASH = /^\$(?:argon2(?:id|i|d)|2[abxy])\$/;
const BCRYPT = /^\$2[abxy]?\$/;

/** @typedef {string | Uint8Array} Password */

/** @param {unknown} [given] */
function createPasswords(given) {
  const options = readOptions(given);
  const hasher = new native.Passwords(options);
  const prepare = preparer(options.maxPasswordBytes);

  return Object.freeze({
    /** @param {Password} password @returns {Promise<string>} */
    hash: async (password) => accepted(await hasher.hash(prepare(password))),

    /** @param {string | null | undefined} hash @param {Password} password @returns {Promise<boolean>} */
    verify: async (hash, password) => {
      assertOrder(hash, password);
      const prepared = prepare(password);
      // No account has an empty password, so this early return does not reveal which accounts exist.
      if (prepared.length === 0) return false;
      return accepted(await hasher.verify(storedText(hash), prepared));
    },

    /** @param {string} hash @returns {boolean} */
    needsRehash: (hash) => accepted(hasher.needsRehash(argonText(hash, 'a string'))),

    stats: () => hasher.stats(),
    close: () => hasher.close(),
  });
}

/** @param {unknown} given */
function readOptions(given) {
  const options = new Options('PASSWORD', 'createPasswords', given);
  const read = {
    memoryKib: options.integer('memoryKib', BOUND.memoryKib.fallback, BOUND.memoryKib),
    passes: options.integer('passes', BOUND.passes.fallback, BOUND.passes),
    lanes: options.integer('lanes', BOUND.lanes.fallback, BOUND.lanes),
    threads: options.integer('threads', Math.min(availableParallelism(), BOUND.threads.fallback), BOUND.threads),
    maxQueue: options.integer('maxQueue', BOUND.maxQueue.fallback, BOUND.maxQueue),
    maxPasswordBytes: options.integer('maxPasswordBytes', BOUND.maxPasswordBytes.fallback, BOUND.maxPasswordBytes),
  };
  options.done();
  return read;
}

/**
 * Text is hashed in NFC (NIST SP 800-63B-4 section 3.1.1.2), so that the same password is accepted from every keyboard.
 * Text that cannot fit is rejected before it is normalised. The native side checks everything else.
 * @param {number} maxBytes
 */
function preparer(maxBytes) {
  /** @param {unknown} password @returns {Password} */
  return function prepare(password) {
    if (typeof password === 'string') {
      if (password.length > maxBytes * MAX_UNITS_PER_BYTE) throw refused(`is longer than ${maxBytes} bytes`);
      if (TOO_MANY_MARKS.test(password)) throw refused('has more than 30 combining marks in a row');
      return password.normalize('NFC');
    }
    if (!isUint8Array(password)) throw refused('must be a string or a Uint8Array');
    if (isSharedArrayBuffer(password.buffer)) throw refused('must not be in a SharedArrayBuffer');
    return password;
  };
}

/**
 * Recognises swapped arguments, which would otherwise look like a malformed hash. Neither value is shown.
 * @param {unknown} hash @param {unknown} password
 */
function assertOrder(hash, password) {
  const isHash = (/** @type {unknown} */ text) => typeof text === 'string' && HASH.test(text);
  if (hash === null || hash === undefined || isHash(hash) || !isHash(password)) return;
  throw new PortcullisError(
    'ERR_PASSWORD_HASH_MALFORMED',
    'verify: the arguments are swapped; write verify(hash, password)',
  );
}

/** @param {unknown} hash null if there is no account, or it has no password */
function storedText(hash) {
  return hash === null || hash === undefined ? null : argonText(hash, 'a string or null');
}

/** @param {unknown} hash @param {string} form what it must be */
function argonText(hash, form) {
  if (typeof hash !== 'string') throw malformed(`must be ${form}, not ${show(hash)}`);
  if (BCRYPT.test(hash))
    throw malformed('is one of bcrypt; verify it with bcrypt, then store hash(password) in its place');
  return hash;
}

/** @param {string} reason */
const malformed = (reason) => new PortcullisError('ERR_PASSWORD_HASH_MALFORMED', `the stored hash ${reason}`);

/** @param {string} reason */
const refused = (reason) => new PortcullisError('ERR_PASSWORD_INPUT', `the password ${reason}`);

/**
 * The value of a verdict; a rejection is thrown.
 * @template T @param {T | import('../support/errors').Refusal} verdict @returns {T}
 */
function accepted(verdict) {
  if (typeof verdict === 'number' || (typeof verdict === 'object' && verdict !== null)) {
    throw rejection(/** @type {import('../support/errors').Refusal} */ (verdict));
  }
  return /** @type {T} */ (verdict);
}

module.exports = { createPasswords };
