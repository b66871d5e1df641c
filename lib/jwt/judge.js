// @ts-check
'use strict';

// What stands between a native verifier and its callers: keys that change, tokens that passed before, revocations.

const { checkedMs } = require('../support/clock');
const native = require('../support/native');
const { PortcullisError, rejection } = require('../support/errors');
const { TokenCache, freeze, lifespan, ownText } = require('./cache');
const { mistaken } = require('./mistaken');
const { keyIdOf } = require('./unverified');

/** @typedef {string | number | { ordinal: number, message: string }} Verdict the payload's JSON text, or a refusal */
/**
 * @typedef {object} Parts
 * @property {any} [prepared] the native verifier; absent where a source gives it
 * @property {{ current(): any, wait(error: any, token: string): Promise<unknown> | undefined }} [source] of keys that change: the
 *   native verifier of now, or an error; and a wait for keys that may cure an error
 * @property {{ maxAgeSeconds?: number, clockToleranceSeconds: number }} policy
 * @property {{ maxEntries: number, copies: boolean }} [cache]
 * @property {InstanceType<typeof import('../revocations').Revocations>} [revocations]
 * @property {() => number} clock
 */

/** @type {(slot: number, token: string, now: number) => Verdict} */
const verifyToken = native.jwtVerifyFunction();

const MILLISECONDS = 1000;

class Judge {
  /** The native verifier, which owns the slot. @type {any} */ prepared;
  /** @type {number} */ slot = -1;
  /** @type {Parts} */ #parts;
  /** @type {InstanceType<typeof TokenCache> | undefined} */ #cache;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#cache = parts.cache && new TokenCache(parts.cache.maxEntries);
    if (parts.prepared !== undefined) this.#use(parts.prepared);
  }

  /** @param {string} token @returns {any} */
  verify(token) {
    const epoch = this.begin();
    const now = this.now();
    const claims = this.#cache && this.cached(token, now, epoch);
    return claims ?? this.accept(token, epoch, verifyToken(this.slot, token, now));
  }

  /**
   * Takes over keys that changed, and makes sure that revocations are known. To be called before each judgement, which is
   * good for the epoch that is answered.
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

  /** @param {any} error @param {string} token */
  wait(error, token) {
    return this.#parts.source?.wait(error, token);
  }

  /** The claims of a token that passed before, if it would pass now. @param {string} token @param {number} now @param {number} epoch */
  cached(token, now, epoch) {
    const entry = typeof token === 'string' ? this.#cache?.get(token) : undefined;
    if (entry === undefined) return undefined;
    const seconds = now / MILLISECONDS;
    // Written so that a time that is no number fails it.
    const isLive = seconds >= entry.notBefore && seconds < entry.expires;
    if (!isLive) {
      this.#cache?.delete(token);
      return undefined;
    }
    if (entry.epoch !== epoch && !this.#isKnownUnrevoked(token, entry, epoch)) return undefined;
    return entry.json === undefined ? entry.claims : JSON.parse(entry.json);
  }

  /** False where core has to say. @param {string} token @param {import('./cache').Entry} entry @param {number} epoch */
  #isKnownUnrevoked(token, entry, epoch) {
    const keyId = keyIdOf(token);
    // Its key has an id all the same, by which it may be revoked, and only core knows which key that is.
    if (keyId === undefined && this.prepared.hasKeyIds) {
      this.#cache?.delete(token);
      return false;
    }
    if (this.#parts.revocations?.table.isRevoked(entry.claims, keyId)) {
      this.#cache?.delete(token);
      throw new PortcullisError('ERR_JWT_REVOKED', 'the token was revoked');
    }
    entry.epoch = epoch;
    return true;
  }

  /** What the pool said, unless keys or revocations changed meanwhile. @param {string} token @param {any} prepared @param {number} epoch @param {Verdict} verdict */
  settle(token, prepared, epoch, verdict) {
    const isCurrent = this.begin() === epoch && prepared === this.prepared;
    return isCurrent ? this.accept(token, epoch, verdict) : this.verify(token);
  }

  /** @param {string} token @param {number} epoch @param {Verdict} verdict */
  accept(token, epoch, verdict) {
    if (typeof verdict !== 'string') throw this.#refusal(token, verdict);
    const claims = JSON.parse(verdict);
    if (this.#cache === undefined) return claims;
    freeze(claims);
    const { maxAgeSeconds, clockToleranceSeconds } = this.#parts.policy;
    const json = this.#parts.cache?.copies ? verdict : undefined;
    const { notBefore, expires } = lifespan(claims, maxAgeSeconds, clockToleranceSeconds);
    this.#cache.set({ token: ownText(token), claims, json, epoch, notBefore, expires });
    return json === undefined ? claims : JSON.parse(json);
  }

  /** @param {string} token @param {number | { ordinal: number, message: string }} verdict */
  #refusal(token, verdict) {
    const error = rejection(verdict);
    if (error.code === 'ERR_JWT_MALFORMED') error.message += mistaken(token);
    // Nobody waits here, but the next token may find the key.
    this.wait(error, token)?.catch(() => {});
    return error;
  }

  /** @param {any} prepared */
  #use(prepared) {
    this.prepared = prepared;
    this.slot = prepared.slot;
    this.#cache?.clear();
  }
}

module.exports = { Judge };
