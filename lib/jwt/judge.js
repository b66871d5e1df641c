// @ts-check
'use strict';

// What stands between a native verifier and its callers: keys that change, tokens that passed before, revocations.

const { checkedMs } = require('../support/clock');
const native = require('../support/native');
const { PortcullisError, rejection } = require('../support/errors');
const { TokenCache, freeze, ownText } = require('./cache');
const { mistaken } = require('./mistaken');
const { EXPIRES, IN_HEADER, KEY, NAMELESS, NOT_BEFORE } = require('./prepared');

/** @typedef {import('../support/errors').Refusal} Refusal */
/** @typedef {import('./prepared').Passed} Passed */
/** @typedef {import('./prepared').Prepared} Prepared */
/** @typedef {Record<string, any>} Claims */
/**
 * @typedef {object} Parts
 * @property {Prepared} [prepared] absent where a source gives it
 * @property {{ current(): Prepared, wait(error: unknown): Promise<unknown> | undefined }} [source] of keys that change: the
 *   verifier of now, or an error; and a wait for keys that may cure an error
 * @property {{ maxEntries: number, copies: boolean }} [cache]
 * @property {InstanceType<typeof import('../revocations').Revocations>} [revocations]
 * @property {() => number} clock
 */

/** @type {(slot: number, token: string, now: number) => string | Refusal} */
const verifyToken = native.jwtVerifyFunction();

const MILLISECONDS = 1000;

class Judge {
  /** @type {Prepared | undefined} */ prepared;
  /** @type {number} */ slot = -1;
  /** @type {Parts} */ #parts;
  /** @type {InstanceType<typeof TokenCache> | undefined} */ #cache;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#cache = parts.cache && new TokenCache(parts.cache.maxEntries);
    if (parts.prepared !== undefined) this.#use(parts.prepared);
  }

  /** @param {string} token @returns {Claims} */
  verify(token) {
    const epoch = this.begin();
    const now = this.now();
    const claims = this.#cache && this.cached(token, now, epoch);
    if (claims !== undefined) return claims;
    const verdict = verifyToken(this.slot, token, now);
    if (typeof verdict !== 'string') throw this.#refusal(token, verdict);
    if (this.#cache === undefined) return JSON.parse(verdict);
    const { answer } = /** @type {Prepared} */ (this.prepared);
    const [notBefore, expires, key] = [answer[NOT_BEFORE], answer[EXPIRES], answer[KEY]];
    return this.#keep(token, epoch, { payload: verdict, notBefore, expires, key });
  }

  /**
   * Takes over keys that changed, and makes sure that revocations are known. Called before each verification; returns the
   * epoch for which its result is valid.
   */
  begin() {
    const { source, revocations } = this.#parts;
    if (source !== undefined) {
      const prepared = source.current();
      if (prepared !== this.prepared) this.#use(prepared);
    }
    if (revocations === undefined) return 0;
    revocations.assertInStep();
    return revocations.table.epoch;
  }

  /** Milliseconds since 1970-01-01 UTC. */
  now() {
    return checkedMs(this.#parts.clock(), 'JWT', 'createVerifier');
  }

  /** @param {unknown} error */
  wait(error) {
    return this.#parts.source?.wait(error);
  }

  /** The claims of a token that passed before, if it would pass now. @param {string} token @param {number} now @param {number} epoch */
  cached(token, now, epoch) {
    const entry = typeof token === 'string' ? this.#cache?.get(token) : undefined;
    if (entry === undefined) return undefined;
    const seconds = now / MILLISECONDS;
    // Written so that NaN fails it.
    const isLive = seconds >= entry.notBefore && seconds < entry.expires;
    if (!isLive) return this.#forget(token);
    if (entry.epoch !== epoch && !this.#isKnownUnrevoked(token, entry, epoch)) return undefined;
    return entry.json === undefined ? entry.claims : JSON.parse(entry.json);
  }

  /** False if core must verify the token again. @param {string} token @param {import('./cache').Entry} entry @param {number} epoch */
  #isKnownUnrevoked(token, entry, epoch) {
    if (entry.key === IN_HEADER) return this.#forget(token) ?? false;
    const keyId = entry.key === NAMELESS ? undefined : this.prepared?.verifier.keyId(entry.key);
    if (this.#parts.revocations?.table.isRevoked(entry.claims, keyId)) {
      this.#forget(token);
      throw new PortcullisError('ERR_JWT_REVOKED', 'the token was revoked');
    }
    entry.epoch = epoch;
    return true;
  }

  /** @param {string} token @returns {undefined} */
  #forget(token) {
    this.#cache?.delete(token);
  }

  /** What the pool found, unless keys or revocations changed meanwhile. @param {string} token @param {Prepared | undefined} prepared @param {number} epoch @param {Passed | Refusal} verdict @returns {Claims} */
  settle(token, prepared, epoch, verdict) {
    const isCurrent = this.begin() === epoch && prepared === this.prepared;
    if (!isCurrent) return this.verify(token);
    if (typeof verdict === 'number' || 'ordinal' in verdict) throw this.#refusal(token, verdict);
    return this.#keep(token, epoch, verdict);
  }

  /** The claims, which the cache keeps with what core told of them. @param {string} token @param {number} epoch @param {Passed} passed @returns {Claims} */
  #keep(token, epoch, { payload, notBefore, expires, key }) {
    const claims = JSON.parse(payload);
    if (this.#cache === undefined) return claims;
    freeze(claims);
    const json = this.#parts.cache?.copies ? payload : undefined;
    this.#cache.set({ token: ownText(token), claims, json, epoch, notBefore, expires, key });
    return json === undefined ? claims : JSON.parse(json);
  }

  /** @param {string} token @param {Refusal} verdict */
  #refusal(token, verdict) {
    const error = rejection(verdict);
    if (error.code === 'ERR_JWT_MALFORMED') error.message += mistaken(token);
    // Nobody waits here, but the next token may find the key.
    this.wait(error)?.catch(() => {});
    return error;
  }

  /** @param {Prepared} prepared */
  #use(prepared) {
    this.prepared = prepared;
    this.slot = prepared.slot;
    this.#cache?.clear();
  }
}

module.exports = { Judge };
