// @ts-check
'use strict';

// The native table, one for all threads of the process. Adds the current time to its calls.

const { checkedSeconds } = require('../support/clock');
const { PortcullisError, misuse, rejection } = require('../support/errors');
const native = require('../support/native');
const { show } = require('../support/options/given');

/** @type {(slot: number, now: number, jti: unknown, sub: unknown, sid: unknown, kid: unknown, iat: unknown) => boolean} */
const check = native.revocationsCheckFunction();
/** @type {(slot: number) => number} */
const epochOf = native.revocationsEpochFunction();

/** The native side's numbers. */
const KINDS = Object.freeze({ jti: 0, sub: 1, sid: 2, kid: 3 });
/** Who passes on what its caller wrote; `revoke` checks its claims itself. */
const METHODS = Object.freeze({ jti: 'revokeId', sub: 'revokeSubject', sid: 'revokeSession', kid: 'revokeKey' });
/** As `before`: whatever `iat` is. As `expires`: it is kept forever. */
const ALWAYS = Infinity;

/**
 * @typedef {object} NativeTable
 * @property {number} slot
 * @property {number} size
 * @property {(kind: number, name: string, before: number, expires: number, now: number) => Buffer | Parameters<typeof rejection>[0]} revoke
 * @property {(part: number, now: number) => Buffer | null} export
 * @property {(entries: Buffer, now: number) => boolean} merge
 */

class Table {
  /** Given to native verifiers. @type {NativeTable} */ native;
  /** @type {number} */ #slot;
  /** @type {() => number} */ #clock;

  /** @param {string} name @param {number} maxEntries @param {() => number} clock milliseconds since 1970 */
  constructor(name, maxEntries, clock) {
    this.native = new native.RevocationsTable(name, maxEntries);
    this.#slot = this.native.slot;
    this.#clock = clock;
  }

  get size() {
    return this.native.size;
  }

  /** Increases with every change. */
  get epoch() {
    return epochOf(this.#slot);
  }

  /** Seconds since 1970. */
  now() {
    return checkedSeconds(this.#clock(), 'REVOCATIONS', 'createRevocations');
  }

  /** @param {keyof typeof KINDS} kind @param {string} name @param {number} before @param {number} expires @returns {Buffer} */
  revoke(kind, name, before, expires) {
    assertNamed(kind, name);
    const entry = this.native.revoke(KINDS[kind], name, before, expires, this.now());
    if (Buffer.isBuffer(entry)) return entry;
    throw rejection(entry);
  }

  /** @param {unknown} claims @param {unknown} kid @returns {boolean} */
  isRevoked(claims, kid) {
    const given = Object(claims);
    const [jti, sub, sid] = [own(given, 'jti'), own(given, 'sub'), own(given, 'sid')];
    return check(this.#slot, this.now(), jti, sub, sid, kid, own(given, 'iat'));
  }

  /** The live entries of one part; null after the last part. @param {number} part @returns {Buffer | null} */
  export(part) {
    return this.native.export(part, this.now());
  }

  /** @param {Buffer} entries */
  merge(entries) {
    if (this.native.merge(entries, this.now())) return;
    throw new PortcullisError(
      'ERR_REVOCATIONS_FULL',
      'revocations: the other processes have more entries than `maxEntries` allows here',
    );
  }
}

/** @param {keyof typeof KINDS} kind @param {unknown} name */
function assertNamed(kind, name) {
  if (typeof name === 'string' && name !== '') return;
  const remark = typeof name === 'number' ? '; write String(id)' : '';
  const reason = `${METHODS[kind]}: the "${kind}" to revoke must be a non-empty string, not ${show(name)}${remark}`;
  throw misuse('ERR_REVOCATIONS_TARGET', reason);
}

/** Own members only: a polluted prototype must not give a token its time of issue. @param {Record<string, unknown>} claims @param {string} name */
function own(claims, name) {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}

module.exports = { ALWAYS, Table };
