// @ts-check
'use strict';

// Key ids that a fetch did not bring: a client that goes on sending one causes no further fetch until its entry ends.
// An entry is never prolonged, so that an id which is published later is not kept out by those who ask for it early.

const MOST_KIDS = 1000;
const LONGEST_KID_BYTES = 1024;

class UnknownKids {
  /** Ids with the instant at which each entry ends, oldest first. @type {Map<string, number>} */ #ends = new Map();
  /** @type {number} */ #forMs;

  /** @param {number} forMs */
  constructor(forMs) {
    this.#forMs = forMs;
  }

  get size() {
    return this.#ends.size;
  }

  /** @param {string} kid @param {number} now */
  has(kid, now) {
    const end = this.#ends.get(kid);
    return end !== undefined && now < end;
  }

  /** @param {string} kid @param {number} now */
  add(kid, now) {
    if (isTooLong(kid) || this.has(kid, now)) return;
    this.#ends.delete(kid);
    if (this.#ends.size >= MOST_KIDS) this.#evict();
    this.#ends.set(kid, now + this.#forMs);
  }

  #evict() {
    for (const oldest of this.#ends.keys()) {
      this.#ends.delete(oldest);
      return;
    }
  }
}

/** @param {string} kid */
function isTooLong(kid) {
  return kid.length > LONGEST_KID_BYTES || Buffer.byteLength(kid) > LONGEST_KID_BYTES;
}

module.exports = { UnknownKids, isTooLong };
