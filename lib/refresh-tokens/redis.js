// @ts-check
'use strict';

// Families in Redis: one script for each step, so that no other process comes between. Every key has a lifetime.

const { MAX_SIBLINGS } = require('./limits');
const { ISSUE, REVOKE_FAMILY, REVOKE_SUBJECT, ROTATE } = require('./scripts');

class RedisFamilies {
  /** @type {InstanceType<typeof import('../redis/store').RedisStore>} */ #store;

  /** @param {InstanceType<typeof import('../redis/store').RedisStore>} store */
  constructor(store) {
    this.#store = store;
  }

  /** @type {import('./limits').Families['issue']} */
  async issue({ familyId, hash, subject, data, expiresMs, untilMs, nowMs }) {
    const keys = [this.#familyKey(familyId), this.#subjectKey(subject)];
    const times = [expiresMs, untilMs, nowMs].map(String);
    await this.#store.script(ISSUE, keys, [familyId, hash.toString('hex'), subject, data ?? '', ...times]);
  }

  /** @type {import('./limits').Families['rotate']} */
  async rotate({ familyId, hash, nextHash, nowMs, idleMs, graceMs }) {
    const hashes = [hash.toString('hex'), nextHash.toString('hex')];
    const numbers = [nowMs, idleMs, graceMs, MAX_SIBLINGS].map(String);
    const answer = await this.#store.script(ROTATE, [this.#familyKey(familyId)], [familyId, ...hashes, ...numbers]);
    const [verdict, subject, data, untilMs] = answer;
    return { verdict, subject, data: data === '' ? undefined : data, untilMs: Number(untilMs) };
  }

  /** @type {import('./limits').Families['revokeFamily']} */
  async revokeFamily({ familyId, nowMs }) {
    const args = [familyId, String(nowMs)];
    return (await this.#store.script(REVOKE_FAMILY, [this.#familyKey(familyId)], args)) === 1;
  }

  /** @type {import('./limits').Families['revokeSubject']} */
  revokeSubject({ subject, nowMs }) {
    return this.#store.script(REVOKE_SUBJECT, [this.#subjectKey(subject)], [this.#familyKey(''), String(nowMs)]);
  }

  /** @param {string} familyId */
  #familyKey(familyId) {
    return this.#store.key('refresh', 'family', familyId);
  }

  /** @param {string} subject */
  #subjectKey(subject) {
    return this.#store.key('refresh', 'subject', subject);
  }
}

module.exports = { RedisFamilies };
