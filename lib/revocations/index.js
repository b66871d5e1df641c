// @ts-check
'use strict';

// Tokens that are refused before they expire. A store keeps the tables of several processes in step.

const { EventEmitter } = require('node:events');

const { PortcullisError, misuse } = require('../support/errors');
const { assertClaims } = require('./claims');
const { Feed } = require('./feed');
const { TOLERANCE_SECONDS, readExpiresAt, readIssuedBefore, readOptions } = require('./options');
const { SharedLog } = require('./redis');
const { ALWAYS, Table } = require('./table');

class Revocations extends EventEmitter {
  /** @type {InstanceType<typeof Table>} */ #table;
  /** @type {InstanceType<typeof Feed> | undefined} */ #feed;
  /** @type {number} */ #lifetimeSeconds;
  #mustBeInStep = false;

  /** @param {ReturnType<typeof readOptions>} options */
  constructor({ name, maxEntries, lifetimeSeconds, store, clock, pollMs, maxStaleMs }) {
    super();
    this.#table = new Table(name, maxEntries, clock);
    this.#lifetimeSeconds = lifetimeSeconds;
    if (store === undefined) return;
    this.#mustBeInStep = store.onFailure === 'closed';
    const log = new SharedLog(store, () => this.#table.now());
    this.#feed = new Feed(log, this.#table, { pollMs, maxStaleMs }, (isInStep) => this.#tell(isInStep));
  }

  get size() {
    return this.#table.size;
  }

  /** @param {any} claims @returns {Promise<void>} */
  revoke(claims) {
    assertClaims('revoke', claims);
    const { jti, exp } = /** @type {any} */ ({ __proto__: null, ...claims });
    if (typeof jti !== 'string' || jti === '') {
      throw misuse(
        'ERR_REVOCATIONS_TARGET',
        'revoke: the claims have no "jti", which identifies a token; sign tokens with `jti: crypto.randomUUID()`, ' +
          'or use revokeSubject() or revokeSession()',
      );
    }
    if (exp !== undefined && !Number.isFinite(exp)) {
      throw misuse('ERR_REVOCATIONS_TARGET', 'revoke: the claim "exp" must be a finite number of seconds, or absent');
    }
    // A token without an end could come back at any time.
    return this.#revoke('jti', jti, ALWAYS, exp === undefined ? ALWAYS : endOf(exp));
  }

  /** @param {string} jti @param {{ expiresAt?: number }} [options] @returns {Promise<void>} */
  revokeId(jti, options) {
    const expiresAt = readExpiresAt(options, this.#table.now());
    return this.#revoke('jti', jti, ALWAYS, expiresAt === undefined ? this.#farthest() : endOf(expiresAt));
  }

  /** @param {string} sub @param {{ issuedBefore?: number }} [options] @returns {Promise<void>} */
  revokeSubject(sub, options) {
    const now = this.#table.now();
    // By default those of this very second too: one of them may be the thief's.
    const issuedBefore = readIssuedBefore(options, now) ?? Math.floor(now) + 1;
    return this.#revoke('sub', sub, issuedBefore, this.#farthest());
  }

  /** @param {string} sid @returns {Promise<void>} */
  revokeSession(sid) {
    return this.#revoke('sid', sid, ALWAYS, this.#farthest());
  }

  /** For good: whoever holds a stolen key can date a token as he likes. @param {string} kid @returns {Promise<void>} */
  revokeKey(kid) {
    return this.#revoke('kid', kid, ALWAYS, ALWAYS);
  }

  /** @param {any} claims @param {string} [kid] @returns {boolean} */
  isRevoked(claims, kid) {
    assertClaims('isRevoked', claims);
    this.assertInStep();
    return this.#table.isRevoked(claims, kid);
  }

  /** Settles when it is first in step with the other processes. @returns {Promise<void>} */
  ready() {
    if (this.#feed === undefined || this.#feed.isInStep) return Promise.resolve();
    return new Promise((resolve) => this.once('inStep', resolve));
  }

  /** Stops listening to the other processes; the table stays. @returns {Promise<void>} */
  async close() {
    await this.#feed?.close();
  }

  /** For the verifier, before each token: throws where it was chosen to refuse rather than to miss a revocation. */
  assertInStep() {
    if (!this.#mustBeInStep || this.#feed?.isInStep) return;
    throw new PortcullisError(
      'ERR_REVOCATIONS_UNAVAILABLE',
      'revocations: not synchronized with the other processes, and `onFailure` of the store is "closed"',
      { cause: this.#feed?.failure },
    );
  }

  /** For the verifier: the table that it looks tokens up in. */
  get table() {
    return this.#table;
  }

  /** @param {Parameters<InstanceType<typeof Table>['revoke']>} what @returns {Promise<void>} */
  #revoke(...what) {
    const entry = this.#table.revoke(...what);
    if (this.#feed === undefined) return Promise.resolve();
    const sent = this.#feed.push(entry);
    // Nobody must wait for it: it is sent again until it arrives.
    sent.catch(() => {});
    return sent;
  }

  /** Listeners run on their own, so that one that throws ends no round. @param {boolean} isInStep */
  #tell(isInStep) {
    process.nextTick(() => (isInStep ? this.emit('inStep') : this.emit('outOfStep', this.#feed?.failure)));
  }

  #farthest() {
    return endOf(this.#table.now() + this.#lifetimeSeconds);
  }
}

/** When a token that expires then is refused by itself, by every verifier. @param {number} seconds */
function endOf(seconds) {
  return Math.ceil(seconds) + TOLERANCE_SECONDS;
}

/** @param {unknown} [options] */
function createRevocations(options) {
  return new Revocations(readOptions(options));
}

module.exports = { Revocations, createRevocations };
