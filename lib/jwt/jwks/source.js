// @ts-check
'use strict';

// Keys that somebody else publishes. The whole set is fetched, prepared and replaced at once, so a key that is gone from
// it is gone here. Requests read `current()`; whoever cannot be served by it waits for `refresh()`.
//
// A fetch begins only: at first, when the keys are no longer fresh, or for a key id that is not in the set. Never two at
// once, and never within the cooldown after the last one, whatever its outcome.

const { EventEmitter } = require('node:events');
const { fetchSet } = require('./exchange');
const { isMissing, unavailable, unknownKey } = require('./failure');
const { Flight } = require('./flight');
const { Lifetime } = require('./lifetime');
const { readJwksOptions } = require('./options');
const { UnknownKids, isTooLong } = require('./unknown-kids');

/** @typedef {{ keyIds: ReadonlySet<string> }} Prepared the ids of the keys that can be used, and what else is wanted */

/** @template {Prepared} P */
class JwksSource extends EventEmitter {
  /** @type {(jwks: { keys: object[] }) => P} */ #prepare;
  /** @type {() => number} */ #now;
  /** Without its query, which may hold a secret. @type {string} */ #shownUrl;
  /** Whether the address has one key, and not a set. @type {boolean} */ #isOfOneKey;
  #lifetime;
  #unknown;
  #flight;
  /** The last keys; `Lifetime` decides whether they may be used. @type {P | undefined} */ #held;
  /** Of the last set. @type {ReadonlySet<string>} */ #keyIds = new Set();
  /** Successes so far. */ #loads = 0;
  /** @type {any} */ #lastError;

  /** @param {unknown} options @param {(jwks: { keys: object[] }) => P} prepare @param {import('./options').Origin} [origin] */
  constructor(options, prepare, origin) {
    super();
    const settings = readJwksOptions(options, origin);
    this.#prepare = prepare;
    this.#now = settings.monotonic;
    this.#shownUrl = settings.url.origin + settings.url.pathname;
    this.#isOfOneKey = settings.keyId !== undefined;
    this.#lifetime = new Lifetime(settings);
    this.#unknown = new UnknownKids(settings.unknownKidForMs);
    this.#flight = new Flight(
      (controller) => this.#load(settings, controller),
      (outcome) => ('error' in outcome ? this.#fail(outcome.error) : this.#replace(outcome.value)),
    );
    if (settings.prefetch) this.#flight.join(true);
  }

  /** The keys to verify with now; undefined when there are none, or none that may be used before a refresh. */
  current() {
    const now = this.#now();
    return now < this.#lifetime.checkAt ? this.#held : this.#late(now);
  }

  /** @param {number} now */
  #late(now) {
    this.#flight.join(this.#lifetime.isAllowed(now));
    return this.#lifetime.isUsable(now) ? this.#held : undefined;
  }

  /**
   * The keys after a fetch that they may have needed. Rejects with ERR_JWT_KEYS_UNAVAILABLE when there are none.
   * @param {'missing' | 'unknown-kid'} reason `missing`: current() was undefined; `unknown-kid`: its keys lack this one
   * @param {string} [kid] of the token; one that has none may cause a fetch too
   * @returns {Promise<P>}
   */
  async refresh(reason, kid) {
    const held = this.current();
    const now = this.#now();
    if (held !== undefined && (reason === 'missing' || this.#isSettled(kid, now))) return held;
    const loads = this.#loads;
    await this.#flight.join(this.#lifetime.isAllowed(now));
    const after = this.#now();
    if (kid !== undefined && this.#loads > loads && !this.#keyIds.has(kid)) this.#unknown.add(kid, after);
    if (this.#held !== undefined && this.#lifetime.isUsable(after)) return this.#held;
    throw this.unavailable();
  }

  /** Whether a fetch for this key id is pointless. @param {string | undefined} kid @param {number} now */
  #isSettled(kid, now) {
    return kid !== undefined && (this.#keyIds.has(kid) || isTooLong(kid) || this.#unknown.has(kid, now));
  }

  /** Waits for the first keys, and begins to fetch them where `prefetch` is off. */
  async ready() {
    await this.refresh('missing');
  }

  /** Ends a running fetch and begins no other. Keys that are held go on until they would have to be asked for. */
  close() {
    this.#flight.close(unavailable('closed', 'the verifier was closed'));
  }

  /** @param {import('./options').Settings} settings @param {AbortController} controller */
  async #load(settings, controller) {
    const began = this.#now();
    const { jwks, maxAgeMs } = await fetchSet(settings, controller);
    try {
      return { prepared: this.#prepare(jwks), maxAgeMs, durationMs: this.#now() - began };
    } catch (error) {
      throw unavailable('unusable', 'the JWK set contains no usable keys', error);
    }
  }

  /** @param {{ prepared: P, maxAgeMs: number, durationMs: number }} loaded */
  #replace({ prepared, maxAgeMs, durationMs }) {
    const before = this.#keyIds;
    this.#held = prepared;
    this.#keyIds = prepared.keyIds;
    this.#loads += 1;
    this.#lastError = undefined;
    this.#lifetime.succeed(this.#now(), maxAgeMs);
    const keyIds = [...prepared.keyIds];
    const added = keyIds.filter((kid) => !before.has(kid));
    const removed = [...before].filter((kid) => !prepared.keyIds.has(kid));
    const url = this.#shownUrl;
    this.emit('refresh', { url, keyIds, added, removed, durationMs });
    if (this.#loads > 1 && added.length + removed.length > 0) this.emit('rotate', { url, keyIds, added, removed });
  }

  /** @param {any} error */
  #fail(error) {
    const now = this.#now();
    this.#lastError = error;
    this.#lifetime.fail(now);
    this.emit('refresh-failed', { url: this.#shownUrl, error, isStale: this.#lifetime.isStale(now) });
  }

  /** Why there are no keys. Each request gets a new error, because handlers add to it. */
  unavailable() {
    const cause = this.#lastError;
    if (this.#isOfOneKey && isMissing(cause)) return unknownKey();
    const reason = cause?.reason ?? (this.#flight.isClosed ? 'closed' : 'not-loaded');
    return unavailable(reason, `the keys of ${this.#shownUrl} are not available: ${cause?.message ?? reason}`, cause);
  }
}

/**
 * @template {Prepared} P
 * @param {unknown} options @param {(jwks: { keys: object[] }) => P} prepare throws when the set is of no use
 * @param {import('./options').Origin} [origin] of the options
 */
const createJwksSource = (options, prepare, origin) => new JwksSource(options, prepare, origin);

module.exports = { createJwksSource };
