// @ts-check
'use strict';

// Tokens that passed, by their whole text: no digest, so that no two tokens can meet. Only the times can change what a
// passed token is worth, apart from keys (which clear the cache) and revocations (which the verifier asks about).

/**
 * @typedef {object} Entry
 * @property {any} claims frozen
 * @property {string} [json] their text, where each call gets its own
 * @property {number} notBefore seconds since 1970-01-01 UTC
 * @property {number} expires seconds since 1970-01-01 UTC, exclusive
 * @property {number} epoch of the revocations when it was last asked about
 */

/**
 * Bounded in two halves: what is used moves to the young half, and when that is full the old one is forgotten at once. So a
 * flood of distinct tokens costs the same at any size, and no list has to be kept in order.
 */
class TokenCache {
  /** @type {Map<string, Entry>} */ #young = new Map();
  /** @type {Map<string, Entry>} */ #old = new Map();
  #half;

  /** @param {number} maxEntries at least 2 */
  constructor(maxEntries) {
    this.#half = Math.floor(maxEntries / 2);
  }

  /** @param {string} token @returns {Entry | undefined} */
  get(token) {
    const entry = this.#young.get(token);
    if (entry !== undefined) return entry;
    const aged = this.#old.get(token);
    if (aged !== undefined) {
      this.#old.delete(token);
      this.set(token, aged);
    }
    return aged;
  }

  /** @param {string} token @param {Entry} entry */
  set(token, entry) {
    if (this.#young.size >= this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(token, entry);
  }

  /** @param {string} token */
  delete(token) {
    this.#young.delete(token);
    this.#old.delete(token);
  }

  clear() {
    this.#young.clear();
    this.#old.clear();
  }

  get size() {
    return this.#young.size + this.#old.size;
  }
}

/**
 * From when until when a token of these claims passes, as core judges it.
 * @param {Record<string, any>} claims whose times core found to be numbers
 * @param {number | undefined} maxAgeSeconds @param {number} toleranceSeconds
 */
function lifespan(claims, maxAgeSeconds, toleranceSeconds) {
  const { exp = Infinity, nbf = -Infinity, iat } = claims;
  const isAged = maxAgeSeconds !== undefined;
  return {
    notBefore: Math.max(nbf, isAged ? iat : -Infinity) - toleranceSeconds,
    expires: Math.min(exp, isAged ? iat + maxAgeSeconds : Infinity) + toleranceSeconds,
  };
}

/** Freezes claims to their depth, which core bounds. @template T @param {T} value @returns {Readonly<T>} */
function freeze(value) {
  for (const name in value) {
    const member = value[name];
    if (typeof member === 'object' && member !== null) freeze(member);
  }
  return Object.freeze(value);
}

module.exports = { TokenCache, freeze, lifespan };
