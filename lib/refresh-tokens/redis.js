// @ts-check
'use strict';

// Families in Redis: one script for each step, so that no other process comes in between. Every key has a lifetime.

const { MAX_SIBLINGS } = require('./families');
const { ISSUE, LIST, REVOKE_FAMILY, REVOKE_OTHERS, REVOKE_SUBJECT, ROTATE } = require('./scripts');
const { tagOfFamily } = require('./subject');

/** @typedef {InstanceType<typeof import('../redis').RedisStore>} Store */

class RedisFamilies {
  /** @type {Store} */ #store;

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
  }

  /** @type {import('./families').Families['issue']} */
  async issue({ familyId, hash, subject, data, expiresMs, usableUntilMs, nowMs, maxPerSubject }) {
    const numbers = [expiresMs, usableUntilMs, nowMs, maxPerSubject].map(String);
    await this.#run(ISSUE, tagOfFamily(familyId), [familyId, hash.toString('hex'), subject, data ?? '', ...numbers]);
  }

  /** @type {import('./families').Families['rotate']} */
  async rotate({ familyId, hash, nextHash, nowMs, idleMs, graceMs }) {
    const hashes = [hash.toString('hex'), nextHash.toString('hex')];
    const numbers = [nowMs, idleMs, graceMs, MAX_SIBLINGS].map(String);
    const reply = await this.#run(ROTATE, tagOfFamily(familyId), [familyId, ...hashes, ...numbers]);
    const [verdict, subject, data, usableUntilMs] = reply;
    return { verdict, subject, data: dataOf(data), usableUntilMs: Number(usableUntilMs) };
  }

  /** @type {import('./families').Families['revokeFamily']} */
  async revokeFamily({ familyId, nowMs }) {
    return (await this.#run(REVOKE_FAMILY, tagOfFamily(familyId), [familyId, String(nowMs)])) === 1;
  }

  /** @type {import('./families').Families['revokeSubject']} */
  async revokeSubject({ tag, nowMs }) {
    return Number(await this.#run(REVOKE_SUBJECT, tag, [String(nowMs)]));
  }

  /** @type {import('./families').Families['revokeOthers']} */
  async revokeOthers({ familyId, hash, nowMs, graceMs }) {
    const args = [familyId, hash?.toString('hex') ?? '', String(nowMs), String(graceMs)];
    const [verdict, rest] = await this.#run(REVOKE_OTHERS, tagOfFamily(familyId), args);
    return verdict === 'revoked others' ? { verdict, count: Number(rest) } : { verdict, subject: rest };
  }

  /** @type {import('./families').Families['list']} */
  async list({ tag, nowMs }) {
    /** @type {string[][]} */
    const rows = await this.#run(LIST, tag, [String(nowMs)]);
    return rows.map(([familyId = '', issuedMs, usedMs, usableUntilMs, data]) => ({
      familyId,
      issuedMs: Number(issuedMs),
      usedMs: Number(usedMs),
      usableUntilMs: Number(usableUntilMs),
      data: dataOf(data),
    }));
  }

  /** @param {string} script @param {string} tag @param {string[]} args */
  #run(script, tag, args) {
    return this.#store.script(script, [this.#store.taggedKey([tag], 'refresh')], args);
  }
}

/** @param {string | undefined} text */
const dataOf = (text) => (text === '' ? undefined : text);

module.exports = { RedisFamilies };
