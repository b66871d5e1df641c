// @ts-check
'use strict';

// Families in this process's memory. Every step is synchronous, so two requests cannot both replace one token. A subject
// that has too many families loses its oldest one; a full store rejects new families and keeps those of other subjects.

const { PortcullisError } = require('../support/errors');
const { MAX_SIBLINGS } = require('./families');
const { tagOfFamily } = require('./subject');
const { SubjectIndex } = require('./subject-index');
const { includesHash } = require('./token');

// Families examined for each one issued: with more than one, expired families are removed faster than new ones come.
const SWEEP = 4;
const SWEEP_WHEN_FULL = 1_000;

/** @typedef {import('./families').Family} Family */

class MemoryFamilies {
  /** @type {number} */ #max;
  /** @type {Map<string, Family>} */ #families = new Map();
  #subjects = new SubjectIndex();
  /** Only ids, for the error's code; the oldest are removed first. @type {Set<string>} */ #revoked = new Set();
  /** @type {MapIterator<[string, Family]>} */ #cursor = this.#families.entries();

  /** @param {number} maxFamilies */
  constructor(maxFamilies) {
    this.#max = maxFamilies;
  }

  /** @type {import('./families').Families['issue']} */
  async issue({ familyId, hash, nowMs, maxPerSubject, ...rest }) {
    this.#sweep(SWEEP, nowMs);
    this.#makeRoom(tagOfFamily(familyId), nowMs, maxPerSubject);
    if (this.#families.size >= this.#max) this.#sweep(SWEEP_WHEN_FULL, nowMs);
    if (this.#families.size >= this.#max) {
      const message = `refresh tokens: all ${this.#max} families are in use; raise \`maxFamilies\``;
      throw new PortcullisError('ERR_REFRESH_TOKENS_FULL', message);
    }
    const times = { issuedMs: nowMs, usedMs: nowMs, replacedMs: 0 };
    this.#families.set(familyId, { ...rest, ...times, current: [hash], previous: [] });
    this.#subjects.add(familyId);
  }

  /** @type {import('./families').Families['rotate']} */
  async rotate({ familyId, hash, nextHash, nowMs, idleMs, graceMs }) {
    const family = this.#families.get(familyId);
    const found = this.#judge(familyId, hash, nowMs, graceMs);
    if (family === undefined || typeof found === 'object') return /** @type {import('./families').Refused} */ (found);
    if (found === 'current') {
      Object.assign(family, { previous: family.current, current: [nextHash], replacedMs: nowMs });
    } else {
      if (family.current.length >= MAX_SIBLINGS) return { verdict: 'crowded' };
      family.current.push(nextHash);
    }
    const usableUntilMs = Math.min(family.expiresMs, nowMs + idleMs);
    const { subject, data } = Object.assign(family, { usedMs: nowMs, usableUntilMs });
    return { verdict: 'rotated', subject, data, usableUntilMs };
  }

  /** @type {import('./families').Families['revokeFamily']} */
  async revokeFamily({ familyId, nowMs }) {
    const family = this.#families.get(familyId);
    if (family === undefined) return false;
    this.#revoke(familyId);
    return nowMs < family.usableUntilMs;
  }

  /** @type {import('./families').Families['revokeSubject']} */
  revokeSubject = async ({ tag, nowMs }) => this.#revokeAll(tag, nowMs);

  /** @type {import('./families').Families['revokeOthers']} */
  async revokeOthers({ familyId, hash, nowMs, graceMs }) {
    const found = this.#judge(familyId, hash, nowMs, graceMs);
    if (typeof found === 'object') return found;
    return { verdict: 'revoked others', count: this.#revokeAll(tagOfFamily(familyId), nowMs, familyId) };
  }

  /** @type {import('./families').Families['list']} */
  async list({ tag, nowMs }) {
    return this.#familiesOf(tag).flatMap(([familyId, { issuedMs, usedMs, usableUntilMs, data }]) =>
      nowMs < usableUntilMs ? [{ familyId, issuedMs, usedMs, usableUntilMs, data }] : [],
    );
  }

  /** @param {string} tag @returns {Array<[string, Family]>} */
  #familiesOf(tag) {
    return this.#subjects.idsOf(tag).map((id) => [id, /** @type {Family} */ (this.#families.get(id))]);
  }

  /**
   * What a token is to its family; without a hash, whether the family lives. A reused token revokes the family.
   * @param {string} familyId @param {Buffer | undefined} hash @param {number} nowMs @param {number} graceMs
   * @returns {'current' | 'previous' | import('./families').Refused}
   */
  #judge(familyId, hash, nowMs, graceMs) {
    const family = this.#families.get(familyId);
    if (family === undefined) return { verdict: this.#revoked.has(familyId) ? 'revoked' : 'invalid' };
    if (nowMs >= family.usableUntilMs) return { verdict: 'expired' };
    if (hash === undefined || includesHash(family.current, hash)) return 'current';
    if (includesHash(family.previous, hash) && Math.abs(nowMs - family.replacedMs) < graceMs) return 'previous';
    this.#revoke(familyId);
    return { verdict: 'reused', subject: family.subject };
  }

  /** Removes the subject's expired families, and its oldest ones if it has too many. @param {string} tag @param {number} nowMs @param {number} max */
  #makeRoom(tag, nowMs, max) {
    for (const [id, { usableUntilMs }] of this.#familiesOf(tag)) if (nowMs >= usableUntilMs) this.#remove(id);
    const living = this.#subjects.idsOf(tag);
    for (const id of living.slice(0, Math.max(0, living.length + 1 - max))) this.#revoke(id);
  }

  /** @param {string} tag @param {number} nowMs @param {string} [kept] @returns {number} how many of them were alive */
  #revokeAll(tag, nowMs, kept) {
    const families = this.#familiesOf(tag).filter(([id]) => id !== kept);
    for (const [id] of families) this.#revoke(id);
    return families.filter(([, { usableUntilMs }]) => nowMs < usableUntilMs).length;
  }

  /** @param {string} familyId */
  #revoke(familyId) {
    this.#remove(familyId);
    this.#revoked.add(familyId);
    if (this.#revoked.size <= this.#max) return;
    for (const oldest of this.#revoked) return void this.#revoked.delete(oldest);
  }

  /** @param {string} familyId */
  #remove(familyId) {
    this.#families.delete(familyId);
    this.#subjects.remove(familyId);
  }

  /** Examines the next families in turn, a few at a time. @param {number} count @param {number} nowMs */
  #sweep(count, nowMs) {
    for (let i = 0; i < count; i += 1) {
      const { done, value } = this.#cursor.next();
      if (done) {
        this.#cursor = this.#families.entries();
        return;
      }
      const [familyId, { usableUntilMs }] = value;
      if (nowMs >= usableUntilMs) this.#remove(familyId);
    }
  }
}

module.exports = { MemoryFamilies };
