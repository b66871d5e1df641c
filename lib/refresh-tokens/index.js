// @ts-check
'use strict';

// Refresh tokens with rotation, as RFC 9700 section 4.14.2 describes: each use replaces the token, and one that was
// replaced before shows that two parties hold it, so its whole family ends. Whatever the store cannot say for certain is
// a refusal.

const { EventEmitter } = require('node:events');
const { checkedMs } = require('../support/clock');
const { PortcullisError, misuse } = require('../support/errors');
const { checkedSubject, readIssue, readOptions } = require('./options');
const { mint, parse, parseFamilyId } = require('./token');

/** What each verdict of a store but `rotated` becomes. @type {Readonly<Record<string, readonly [string, string]>>} */
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

  /** Bound, as all of them are, so that they may be taken off the object. @param {unknown} options */
  issue = async (options) => {
    const { families, lifetimeMs, idleMs, maxDataBytes } = this.#settings;
    const { subject, data } = readIssue(options, maxDataBytes);
    const nowMs = this.#now();
    const { token, familyId, hash } = mint();
    const expiresMs = nowMs + lifetimeMs;
    const untilMs = Math.min(expiresMs, nowMs + idleMs);
    await families.issue({ familyId, hash, subject, data, expiresMs, untilMs, nowMs });
    return { token, familyId, expiresAt: new Date(untilMs) };
  };

  /** @param {string} token */
  rotate = async (token) => {
    const { families, idleMs, graceMs } = this.#settings;
    const presented = parse(token);
    if (presented === undefined) throw refusal('invalid');
    const next = mint(token);
    const step = { ...presented, nextHash: next.hash, nowMs: this.#now(), idleMs, graceMs };
    const { verdict, subject, data, untilMs } = await families.rotate(step);
    const { familyId } = presented;
    if (verdict === 'reused') this.emit('reuse', { familyId, subject });
    if (verdict !== 'rotated') throw refusal(verdict);
    const value = data === undefined ? undefined : JSON.parse(data);
    return { token: next.token, subject, data: value, familyId, expiresAt: new Date(Number(untilMs)) };
  };

  /** @param {string | undefined} tokenOrFamilyId @returns {Promise<boolean>} whether there was one to revoke */
  revokeFamily = async (tokenOrFamilyId) => {
    if (tokenOrFamilyId === undefined) return false;
    if (typeof tokenOrFamilyId !== 'string') {
      throw misuse(
        'ERR_REFRESH_TOKENS_OPTION',
        'revokeFamily: the argument must be a refresh token or a `familyId`, both strings',
      );
    }
    const familyId = parseFamilyId(tokenOrFamilyId);
    return familyId !== undefined && this.#settings.families.revokeFamily({ familyId, nowMs: this.#now() });
  };

  /** @param {string} subject @returns {Promise<number>} how many families were revoked */
  revokeSubject = async (subject) => {
    const checked = checkedSubject('revokeSubject', subject);
    return this.#settings.families.revokeSubject({ subject: checked, nowMs: this.#now() });
  };

  /** @returns {number} */
  #now() {
    return Math.trunc(checkedMs(this.#settings.clock(), 'REFRESH_TOKENS', 'createRefreshTokens'));
  }
}

/** @param {string} verdict */
function refusal(verdict) {
  const [code, message] = REFUSALS[verdict] ?? REFUSALS.invalid;
  return new PortcullisError(code, message);
}

/** @param {unknown} [options] */
const createRefreshTokens = (options) => new RefreshTokens(options);

module.exports = { createRefreshTokens };
