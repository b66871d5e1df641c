// @ts-check
'use strict';

// Tokens that are rejected before they expire. A store keeps the tables of several processes in step.

const { EventEmitter } = require('node:events');

const { PortcullisError } = require('../support/errors');
const native = require('../support/native');
const { assertClaims, readToken } = require('./claims');
const { TOLERANCE_SECONDS, readExpiresAt, readIssuedBefore, readOptions } = require('./options');
const { SharedLog } = require('./redis');
const { Replication } = require('./replication');
const { ALWAYS, Table } = require('./table');

/** Known to every copy of this package, unlike the class; the number changes with the members that verifiers use. */
const BRAND = Symbol.for('portcullis.Revocations.1');

class Revocations extends EventEmitter {
  /** @type {InstanceType<typeof Table>} */ #table;
  /** @type {InstanceType<typeof Replication> | undefined} */ #replication;
  /** @type {number} */ #lifetimeSeconds;
  #mustBeInStep = false;

  /** @param {ReturnType<typeof readOptions>} options @param {InstanceType<typeof Table>} table */
  constructor({ name, lifetimeSeconds, store, pollMs, maxStaleMs }, table) {
    super();
    this.#table = table;
    this.#lifetimeSeconds = lifetimeSeconds;
    if (store === undefined) return;
    this.#mustBeInStep = store.onFailure === 'closed';
    const log = new SharedLog(store, name, () => table.now());
    this.#replication = new Replication(log, table, { pollMs, maxStaleMs }, (isInStep) => this.#tell(isInStep));
  }

  get [BRAND]() {
    return true;
  }

  get size() {
    return this.#table.size;
  }

  /** @param {object} claims @returns {Promise<void>} */
  revoke(claims) {
    const { jti, exp } = readToken(claims);
    // A token that never expires could be used at any time.
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
    // By default also those of the current second: one of them may be the thief's.
    const issuedBefore = readIssuedBefore(options, now) ?? Math.floor(now) + 1;
    return this.#revoke('sub', sub, issuedBefore, this.#farthest());
  }

  /** @param {string} sid @returns {Promise<void>} */
  revokeSession(sid) {
    return this.#revoke('sid', sid, ALWAYS, this.#farthest());
  }

  /** Forever: whoever has a stolen key can write any date into a token. @param {string} kid @returns {Promise<void>} */
  revokeKey(kid) {
    return this.#revoke('kid', kid, ALWAYS, ALWAYS);
  }

  /** @param {object} claims @param {string} [kid] @returns {boolean} */
  isRevoked(claims, kid) {
    assertClaims('isRevoked', claims);
    this.assertInStep();
    return this.#table.isRevoked(claims, kid);
  }

  /** Resolves when it is first in step with the other processes. @returns {Promise<void>} */
  ready() {
    if (this.#replication === undefined || this.#replication.isInStep) return Promise.resolve();
    return new Promise((resolve) => this.once('inStep', resolve));
  }

  /** Stops following the other processes; the table remains. @returns {Promise<void>} */
  async close() {
    this.#replication?.close();
  }

  /** The verifier calls it before each token. Throws if the user chose to reject tokens rather than miss a revocation. */
  assertInStep() {
    if (!this.#mustBeInStep || this.#replication?.isInStep) return;
    throw new PortcullisError(
      'ERR_REVOCATIONS_UNAVAILABLE',
      'revocations: not synchronized with the other processes, and `onFailure` of the store is "closed"',
      { cause: this.#replication?.failure },
    );
  }

  /** The table in which the verifier looks tokens up. */
  get table() {
    return this.#table;
  }

  /** @param {Parameters<InstanceType<typeof Table>['revoke']>} what @returns {Promise<void>} */
  #revoke(...what) {
    const entry = this.#table.revoke(...what);
    if (this.#replication === undefined) return Promise.resolve();
    const sent = this.#replication.push(entry);
    // Callers need not wait for it: it is sent again until it arrives.
    sent.catch(() => {});
    return sent;
  }

  /** Listeners run later, so that one that throws does not end a round. @param {boolean} isInStep */
  #tell(isInStep) {
    process.nextTick(() => (isInStep ? this.emit('inStep') : this.emit('outOfStep', this.#replication?.failure)));
  }

  #farthest() {
    return endOf(this.#table.now() + this.#lifetimeSeconds);
  }
}

/** When every verifier rejects a token that expires then. @param {number} seconds */
function endOf(seconds) {
  return Math.ceil(seconds) + TOLERANCE_SECONDS;
}

/** @param {unknown} [options] */
function createRevocations(options) {
  const checked = readOptions(options);
  const { name, maxEntries, clock } = checked;
  return new Revocations(checked, new Table(name, maxEntries, clock));
}

/** Also true for the revocations of another realm. @param {unknown} value @returns {value is Revocations} */
function isRevocations(value) {
  if (value === null || typeof value !== 'object') return false;
  const { [BRAND]: isMade, table } = /** @type {{ [BRAND]?: unknown, table?: InstanceType<typeof Table> }} */ (value);
  // A second installation has an addon of its own, whose tables this one cannot read.
  return isMade === true && table?.native instanceof native.RevocationsTable;
}

module.exports = { Revocations, createRevocations, isRevocations };
