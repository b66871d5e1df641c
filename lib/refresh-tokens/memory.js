// @ts-check
'use strict';

// Families in this process's memory. Every step is synchronous, so that two requests cannot both replace one token.
// A full store refuses new families: one that is alive is never pushed out.

const { timingSafeEqual } = require('node:crypto');
const { PortcullisError } = require('../support/errors');
const { MAX_SIBLINGS } = require('./limits');

// Families looked at for each one issued; with more than one, the dead ones leave faster than new ones come.
const SWEEP = 4;
const SWEEP_WHEN_FULL = 1_000;

/**
 * @typedef {object} Family
 * @property {string} subject
 * @property {string | undefined} data JSON
 * @property {number} expiresMs the end of the family
 * @property {number} untilMs the end of its tokens, unless one is used before
 * @property {Buffer[]} current hashes of the living generation
 * @property {Buffer[]} previous hashes of the generation before it
 * @property {number} replacedMs when the previous one was replaced
 */

class MemoryFamilies {
  /** @type {number} */ #max;
  /** @type {Map<string, Family>} */ #families = new Map();
  /** @type {Map<string, Set<string>>} */ #subjects = new Map();
  /** Ids alone, for the error's code; the oldest leave first. @type {Set<string>} */ #revoked = new Set();
  /** @type {MapIterator<[string, Family]>} */ #cursor = this.#families.entries();

  /** @param {number} maxFamilies */
  constructor(maxFamilies) {
    this.#max = maxFamilies;
  }

  /** @type {import('./limits').Families['issue']} */
  async issue({ familyId, hash, subject, data, expiresMs, untilMs, nowMs }) {
    this.#sweep(SWEEP, nowMs);
    if (this.#families.size >= this.#max) this.#sweep(SWEEP_WHEN_FULL, nowMs);
    if (this.#families.size >= this.#max) {
      throw new PortcullisError(
        'ERR_REFRESH_TOKENS_FULL',
        `refresh tokens: all ${this.#max} families are in use; raise maxFamilies`,
      );
    }
    const family = { subject, data, expiresMs, untilMs, current: [hash], previous: [], replacedMs: 0 };
    this.#families.set(familyId, family);
    const ids = this.#subjects.get(subject);
    if (ids === undefined) this.#subjects.set(subject, new Set([familyId]));
    else ids.add(familyId);
  }

  /** @type {import('./limits').Families['rotate']} */
  async rotate({ familyId, hash, nextHash, nowMs, idleMs, graceMs }) {
    const family = this.#families.get(familyId);
    if (family === undefined) return { verdict: this.#revoked.has(familyId) ? 'revoked' : 'invalid' };
    if (nowMs >= family.untilMs) return { verdict: 'expired' };
    const { subject, data } = family;
    if (includes(family.current, hash)) {
      Object.assign(family, { previous: family.current, current: [nextHash], replacedMs: nowMs });
    } else if (includes(family.previous, hash) && Math.abs(nowMs - family.replacedMs) < graceMs) {
      if (family.current.length >= MAX_SIBLINGS) return { verdict: 'crowded' };
      family.current.push(nextHash);
    } else {
      this.#revoke(familyId, family);
      return { verdict: 'reused', subject };
    }
    family.untilMs = Math.min(family.expiresMs, nowMs + idleMs);
    return { verdict: 'rotated', subject, data, untilMs: family.untilMs };
  }

  /** @type {import('./limits').Families['revokeFamily']} */
  async revokeFamily({ familyId }) {
    const family = this.#families.get(familyId);
    if (family === undefined) return false;
    this.#revoke(familyId, family);
    return true;
  }

  /** @type {import('./limits').Families['revokeSubject']} */
  async revokeSubject({ subject }) {
    const ids = [...(this.#subjects.get(subject) ?? [])];
    for (const id of ids) this.#revoke(id, /** @type {Family} */ (this.#families.get(id)));
    return ids.length;
  }

  /** @param {string} familyId @param {Family} family */
  #revoke(familyId, family) {
    this.#remove(familyId, family);
    this.#revoked.add(familyId);
    if (this.#revoked.size <= this.#max) return;
    for (const oldest of this.#revoked) return void this.#revoked.delete(oldest);
  }

  /** @param {string} familyId @param {Family} family */
  #remove(familyId, { subject }) {
    this.#families.delete(familyId);
    const ids = this.#subjects.get(subject);
    ids?.delete(familyId);
    if (ids?.size === 0) this.#subjects.delete(subject);
  }

  /** Looks at the next families in turn, a few at a time. @param {number} count @param {number} nowMs */
  #sweep(count, nowMs) {
    for (let i = 0; i < count; i += 1) {
      const { done, value } = this.#cursor.next();
      if (done) {
        this.#cursor = this.#families.entries();
        return;
      }
      const [familyId, family] = value;
      if (nowMs >= family.untilMs) this.#remove(familyId, family);
    }
  }
}

/** In the same time for every hash of the list. @param {Buffer[]} hashes @param {Buffer} hash */
function includes(hashes, hash) {
  let found = false;
  for (const one of hashes) found = timingSafeEqual(one, hash) || found;
  return found;
}

module.exports = { MemoryFamilies };
