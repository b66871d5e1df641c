// @ts-check
'use strict';

// A native verifier beside what belongs to it: the number that names it, and the numbers that a verification tells.

const native = require('../support/native');

/** @typedef {import('../support/errors').Refusal} Refusal */
/** @typedef {{ payload: string, notBefore: number, expires: number, key: number }} Passed a token that passed on the pool */
/**
 * @typedef {object} NativeVerifier
 * @property {number} slot
 * @property {(key: number) => string | null} keyId
 * @property {(token: string, now: number) => Promise<Passed | Refusal>} verifyAsync
 * @property {(tokens: string[], now: number) => Promise<Array<Passed | Refusal> | Refusal>} verifyMany
 */
/** @typedef {ReturnType<typeof prepareVerifier>} Prepared */

/** Places of `answer`, after a token passed: times in seconds since 1970-01-01 UTC, and by what core knows its key. */
const NOT_BEFORE = 0;
const EXPIRES = 1;
const KEY = 2;
const PLACES = 3;

/** As `KEY`: neither the key has an id nor the header a `kid`. */
const NAMELESS = -1;
/** As `KEY`: the header alone has the id, and only core reads headers. */
const IN_HEADER = -2;

/**
 * @param {object[]} keys that verify, see `verifyingKey` @param {object} policy @param {object} [revocations] the native table
 */
function prepareVerifier(keys, policy, revocations) {
  // The buffer is given, because a small array without one lies in V8's moving heap.
  const answer = new Float64Array(new ArrayBuffer(PLACES * Float64Array.BYTES_PER_ELEMENT));
  /** @type {NativeVerifier} */
  const verifier = new native.JwtVerifier(keys, policy, answer, revocations);
  return { verifier, slot: verifier.slot, answer };
}

module.exports = { EXPIRES, IN_HEADER, KEY, NAMELESS, NOT_BEFORE, prepareVerifier };
