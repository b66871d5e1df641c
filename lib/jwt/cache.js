// @ts-check
'use strict';

// Tokens that passed, compared by their whole text: no digest, so that no two tokens can meet. Only the times can change
// what a passed token is worth, apart from keys (which clear the cache) and revocations (which the verifier asks about).

// They are found by the last characters of their signature, 72 bits of it, and then compared: V8 takes 400 ns to hash a
// text of 280 characters that it has not seen, and 30 ns to compare two of them. Valid tokens with the same end, of which
// chance makes none, would only displace each other.
const KEY_CHARACTERS = 12;

/**
 * @typedef {object} Entry
 * @property {string} token
 * @property {any} claims frozen
 * @property {string} [json] their text, where each call gets its own
 * @property {number} notBefore seconds since 1970-01-01 UTC
 * @property {number} expires seconds since 1970-01-01 UTC, exclusive
 * @property {number} key by which core knows its key
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
    const key = token.slice(-KEY_CHARACTERS);
    const entry = this.#young.get(key) ?? this.#rejuvenate(key);
    return entry?.token === token ? entry : undefined;
  }

  /** @param {string} key */
  #rejuvenate(key) {
    const aged = this.#old.get(key);
    if (aged !== undefined) {
      this.#old.delete(key);
      this.#add(key, aged);
    }
    return aged;
  }

  /** @param {Entry} entry */
  set(entry) {
    this.#add(entry.token.slice(-KEY_CHARACTERS), entry);
  }

  /** @param {string} key @param {Entry} entry */
  #add(key, entry) {
    if (this.#young.size >= this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, entry);
  }

  /** @param {string} token */
  delete(token) {
    const key = token.slice(-KEY_CHARACTERS);
    this.#young.delete(key);
    this.#old.delete(key);
  }

  clear() {
    this.#young.clear();
    this.#old.clear();
  }

  get size() {
    return this.#young.size + this.#old.size;
  }
}

/** A cut of a header would keep the whole header alive with it; this keeps one character more. @param {string} token */
const ownText = (token) => ` ${token}`.slice(1);

/**
 * Freezes claims to their depth, which core bounds. Own members alone: what a polluted prototype lends has no end.
 * @template {object} T @param {T} value @returns {Readonly<T>}
 */
function freeze(value) {
  for (const name of Object.keys(value)) {
    const member = /** @type {any} */ (value)[name];
    if (typeof member === 'object' && member !== null) freeze(member);
  }
  return Object.freeze(value);
}

module.exports = { TokenCache, freeze, ownText };
