// @ts-check
'use strict';

// Passwords as Argon2id hashes. Policy only: defaults, what counts as a password, and coded errors. Hashing happens on
// the native pool, never on this thread.

const { availableParallelism } = require('node:os');
const { isSharedArrayBuffer, isUint8Array } = require('node:util/types');

const { PortcullisError } = require('../support/errors');
const native = require('../support/native');
const { Options } = require('../support/options');
const { show } = require('../support/options/given');

// OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes, one lane.
const MEMORY_KIB = 19 * 1024;
const PASSES = 2;
const LANES = 1;
/** More threads would mostly use more memory: four hash about 300 passwords a second. */
const MAX_DEFAULT_THREADS = 4;
/** At the default cost the last of 256 waits about a second on four threads; clients do not wait much longer. */
const MAX_QUEUE = 256;
/** NIST SP 800-63B-4 section 3.1.1.2: at least 64 characters, never cut. 1,024 bytes hold 256 of any kind. */
const MAX_PASSWORD_BYTES = 1024;
/** UAX #15 section 13: no word of any language has more combining marks in a row; sorting them takes their number squared. */
const TOO_MANY_MARKS = /\p{M}{31}/u;
/** NFC joins at most three UTF-16 units to a character of two bytes. */
const MAX_UNITS_PER_BYTE = 1.5;

// A hash in PHC format, or one of bcrypt.
const HASH = /^\$(?:argon2(?:id|i|d)|2[abxy])\$/;

/** @typedef {string | Uint8Array} Password */

/** @param {unknown} [given] */
function createPasswords(given) {
  const options = readOptions(given);
  const hasher = new native.Passwords(options);
  const prepare = preparer(options.maxPasswordBytes);

  return Object.freeze({
    /** @param {Password} password @returns {Promise<string>} */
    hash: async (password) => settle(() => hasher.hash(prepare(password))),

    /** @param {string | null | undefined} hash @param {Password} password @returns {Promise<boolean>} */
    verify: async (hash, password) =>
      settle(() => {
        assertOrder(hash, password);
        const prepared = prepare(password);
        // No account has an empty password, so this tells nothing about which accounts exist.
        if (prepared.length === 0) return false;
        return hasher.verify(storedText(hash), prepared);
      }),

    /** @param {string} hash @returns {boolean} */
    needsRehash(hash) {
      try {
        return hasher.needsRehash(hash);
      } catch (error) {
        throw coded(error);
      }
    },

    stats: () => hasher.stats(),
    close: () => hasher.close(),
  });
}

/** @param {unknown} given */
function readOptions(given) {
  const options = new Options('PASSWORD', 'createPasswords', given);
  const read = {
    memoryKib: options.integer('memoryKib', MEMORY_KIB, { min: 8, max: 4 * 1024 * 1024 }),
    passes: options.integer('passes', PASSES, { min: 1, max: 1024 }),
    lanes: options.integer('lanes', LANES, { min: 1, max: 255 }),
    threads: options.integer('threads', Math.min(availableParallelism(), MAX_DEFAULT_THREADS), { min: 1, max: 256 }),
    maxQueue: options.integer('maxQueue', MAX_QUEUE, { max: 65536 }),
    maxPasswordBytes: options.integer('maxPasswordBytes', MAX_PASSWORD_BYTES, { min: 64, max: 65536 }),
  };
  options.done();
  return read;
}

/**
 * Text is hashed in NFC (NIST SP 800-63B-4 section 3.1.1.2), so that the same password typed on another keyboard gives
 * the same hash. Text that cannot fit is rejected before it is normalised. The native side checks everything else.
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
 * Swapped arguments would be a malformed hash, or a wrong password. Neither value is shown.
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

/** @param {unknown} hash null where there is no account, or one without a password */
function storedText(hash) {
  if (hash === null || hash === undefined) return null;
  if (typeof hash === 'string') return hash;
  throw new PortcullisError(
    'ERR_PASSWORD_HASH_MALFORMED',
    `the stored hash must be a string or null, not ${show(hash)}`,
  );
}

/** @param {string} reason */
const refused = (reason) => new PortcullisError('ERR_PASSWORD_INPUT', `the password ${reason}`);

/** @template T @param {() => T | Promise<T>} work */
async function settle(work) {
  try {
    return await work();
  } catch (error) {
    throw coded(error);
  }
}

/** The native side throws plain errors with a code. @param {unknown} error @returns {unknown} */
function coded(error) {
  const { code, message } = /** @type {{ code?: unknown, message: string }} */ (error ?? {});
  return error instanceof PortcullisError || typeof code !== 'string' ? error : new PortcullisError(code, message);
}

module.exports = { createPasswords };
