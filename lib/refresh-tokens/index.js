// @ts-check
'use strict';

// Refresh tokens with rotation, as described in RFC 9700 section 4.14.2: each use replaces the token, and a token that was
// replaced before shows that two parties hold it, so its whole family is revoked. Whatever the store cannot confirm is
// rejected.

const { EventEmitter } = require('node:events');
const { checkedMs } = require('../support/clock');
const { PortcullisError, misuse } = require('../support/errors');
const { checkedSubject, readIssue, readOptions } = require('./options');
const { subjectTag } = require('./subject');
const { mint, mintNext, parse, parseFamily } = require('./token');

/** The errors for the refusals of a store. @type {Readonly<Record<import('./families').Refusal, readonly [string, string]>>} */
const REFUSALS = Object.freeze({
  invalid: ['ERR_REFRESH_TOKENS_INVALID', 'the refresh token is unknown'],
  expired: ['ERR_REFRESH_TOKENS_EXPIRED', 'the refresh token has expired'],
  revoked: ['ERR_REFRESH_TOKENS_REVOKED', 'the refresh token was revoked'],
  reused: ['ERR_REFRESH_TOKENS_REUSED', 'the refresh token was used again after its rotation; its family is revoked'],
  crowded: ['ERR_REFRESH_TOKENS_REUSED', 'the refresh token was used again too often within `graceSeconds`'],
});

class RefreshTokens extends EventEmitter {
  /** @type {ReturnType<typeof readOptions>} */ #settings;

  /** @param {unknown} options */
  constructor(options) {
    super();
    this.#settings = readOptions(options);
  }

  /** Bound, like all methods, so that they can be used without the object. @param {unknown} options */
  issue = async (options) => {
    const { families, lifetimeMs, idleMs, maxDataBytes, maxPerSubject } = this.#settings;
    const { subject, data } = readIssue(options, maxDataBytes);
    const nowMs = this.#now();
    const { token, familyId, hash } = mint(this.#tag(subject));
    const expiresMs = nowMs + lifetimeMs;
    const usableUntilMs = Math.min(expiresMs, nowMs + idleMs);
    await families.issue({ familyId, hash, subject, data, expiresMs, usableUntilMs, nowMs, maxPerSubject });
    return { token, familyId, issuedAt: new Date(nowMs), expiresAt: new Date(usableUntilMs) };
  };

  /** @param {string | undefined} token */
  rotate = async (token) => {
    const { families, idleMs, graceMs } = this.#settings;
    const presented = parse(token);
    if (token === undefined || presented === undefined) throw refusal('invalid');
    const next = mintNext(token);
    const nowMs = this.#now();
    const result = await families.rotate({ ...presented, nextHash: next.hash, nowMs, idleMs, graceMs });
    if (result.verdict !== 'rotated') throw this.#refused(result, presented.familyId);
    const { subject, data, usableUntilMs } = result;
    const times = { issuedAt: new Date(nowMs), expiresAt: new Date(usableUntilMs) };
    return { token: next.token, subject, data: parseData(data), familyId: presented.familyId, ...times };
  };

  /** @param {string | undefined} tokenOrFamilyId @returns {Promise<boolean>} whether a living family was revoked */
  revokeFamily = async (tokenOrFamilyId) => {
    if (tokenOrFamilyId === undefined) return false;
    const family = parseFamily(checkedText('revokeFamily', tokenOrFamilyId));
    if (family === undefined) return false;
    return this.#settings.families.revokeFamily({ familyId: family.familyId, nowMs: this.#now() });
  };

  /** @param {string} subject @returns {Promise<number>} how many living families were revoked */
  revokeSubject = async (subject) => {
    const tag = this.#tag(checkedSubject('revokeSubject', subject)).toString('base64url');
    return this.#settings.families.revokeSubject({ tag, nowMs: this.#now() });
  };

  /** @param {string} tokenOrFamilyId @returns {Promise<number>} how many living families were revoked */
  revokeOthers = async (tokenOrFamilyId) => {
    const { families, graceMs } = this.#settings;
    const family = parseFamily(checkedText('revokeOthers', tokenOrFamilyId));
    if (family === undefined) throw refusal('invalid');
    const { familyId, hash } = family;
    const result = await families.revokeOthers({ familyId, hash, nowMs: this.#now(), graceMs });
    if (result.verdict !== 'revoked others') throw this.#refused(result, familyId);
    return result.count;
  };

  /** The subject's living families, oldest first. @param {string} subject */
  list = async (subject) => {
    const tag = this.#tag(checkedSubject('list', subject)).toString('base64url');
    const listed = await this.#settings.families.list({ tag, nowMs: this.#now() });
    return listed.map(({ familyId, issuedMs, usedMs, usableUntilMs, data }) => ({
      familyId,
      issuedAt: new Date(issuedMs),
      lastUsedAt: new Date(usedMs),
      expiresAt: new Date(usableUntilMs),
      data: parseData(data),
    }));
  };

  /** @param {string} subject */
  #tag(subject) {
    return subjectTag(this.#settings.subjectKey, subject);
  }

  /** @param {import('./families').Refused} refused @param {string} familyId */
  #refused({ verdict, subject }, familyId) {
    if (verdict === 'reused') this.emit('reuse', { familyId, subject });
    return refusal(verdict);
  }

  /** @returns {number} */
  #now() {
    return Math.trunc(checkedMs(this.#settings.clock(), 'REFRESH_TOKENS', 'createRefreshTokens'));
  }
}

/** @param {string} owner @param {unknown} value @returns {string} */
function checkedText(owner, value) {
  if (typeof value === 'string') return value;
  throw misuse(
    'ERR_REFRESH_TOKENS_OPTION',
    `${owner}: the argument must be a refresh token or a \`familyId\`, both strings`,
  );
}

/** @param {string | undefined} data */
const parseData = (data) => (data === undefined ? undefined : JSON.parse(data));

/** @param {import('./families').Refusal} verdict */
function refusal(verdict) {
  const [code, message] = REFUSALS[verdict] ?? REFUSALS.invalid;
  return new PortcullisError(code, message);
}

/** @param {unknown} [options] */
const createRefreshTokens = (options) => new RefreshTokens(options);

module.exports = { createRefreshTokens };
