// @ts-check
'use strict';

const native = require('../support/native');
const { misuse, rejection } = require('../support/errors');
const { judgeExpected } = require('./expected');
const { verifyMany } = require('./verify-many');

/** @typedef {Record<string, any>} Claims */
/** @typedef {import('./verify-many').Result} Result */
/** @typedef {import('./verify-many').Judge} Judge */
/** @typedef {import('./expected').Expected} Expected */
/** @typedef {import('./prepared').Prepared} Prepared */

/** @type {(slot: number, token: string) => true | import('../support/errors').Refusal} */
const checkToken = native.jwtCheckFunction();

const EVENTS = ['refresh', 'rotate', 'refresh-failed'];

/**
 * @typedef {object} Parts
 * @property {(token: string) => Judge} of the judge of a token, by its issuer where there are several
 * @property {boolean} isSlow whether a signature is worth a hop to another thread
 * @property {readonly any[]} [sources] of remote keys
 */

/** Its functions are bound, so that they may be taken off the object. */
class Verifier {
  /** @type {Parts['of']} */ #of;
  /** @type {boolean} */ #isSlow;
  /** @type {readonly any[]} */ #sources;

  /** @param {Parts} parts */
  constructor({ of, isSlow, sources = [] }) {
    this.#of = of;
    this.#isSlow = isSlow;
    this.#sources = sources;
  }

  /** Whether `verifyAsync` may find keys that `verify` lacks. */
  get isRemote() {
    return this.#sources.length > 0;
  }

  /** @param {string} token @param {Expected} [expected] @returns {Claims} */
  verify = (token, expected) => {
    const claims = this.#of(token).verify(token);
    return expected === undefined ? claims : judgeExpected(claims, expected);
  };

  /** @param {string} token @param {Expected} [expected] @returns {Promise<Claims>} */
  verifyAsync = async (token, expected) => {
    const judge = this.#of(token);
    const claims = await patiently(judge, () => this.#verifyOffThread(judge, token));
    return expected === undefined ? claims : judgeExpected(claims, expected);
  };

  /** @param {Judge} judge @param {string} token */
  async #verifyOffThread(judge, token) {
    if (!this.#isSlow) return judge.verify(token);
    const epoch = judge.begin();
    const now = judge.now();
    const claims = judge.cached(token, now, epoch);
    if (claims !== undefined) return claims;
    const { prepared } = judge;
    const { verifier } = /** @type {Prepared} */ (prepared);
    return judge.settle(token, prepared, epoch, await verifier.verifyAsync(token, now));
  }

  /** @param {readonly string[]} tokens @returns {Promise<Result[]>} */
  verifyMany = async (tokens) => {
    if (!Array.isArray(tokens)) throw misuse('ERR_JWT_OPTION', 'verifyMany: the tokens must be an array');
    return verifyMany([...tokens], this.#of);
  };

  /**
   * Verifies the signature alone; the payload may be any bytes.
   * @param {string} token @returns {{ header: Record<string, any>, payload: Buffer }}
   */
  verifyJws = (token) => {
    const judge = this.#of(token);
    judge.begin();
    const verdict = checkToken(judge.slot, token);
    if (verdict !== true) throw rejection(verdict);
    const [header, payload] = token.split('.', 2).map((part) => Buffer.from(part, 'base64url'));
    return { header: JSON.parse(header.toString()), payload };
  };

  /** Waits for the first keys of every remote set. @returns {Promise<void>} */
  async ready() {
    await Promise.all(this.#sources.map((source) => source.ready()));
  }

  /** Fetches no more keys. */
  close() {
    for (const source of this.#sources) source.close();
  }

  /** @param {string} event @param {(...args: any[]) => void} listener of every remote set */
  on(event, listener) {
    if (!EVENTS.includes(event)) {
      throw misuse('ERR_JWT_OPTION', `on: unknown event; known events: ${EVENTS.join(', ')}`);
    }
    for (const source of this.#sources) source.on(event, listener);
    return this;
  }

  /** @param {string} event @param {(...args: any[]) => void} listener */
  off(event, listener) {
    for (const source of this.#sources) source.off(event, listener);
    return this;
  }
}

/**
 * Works, and once more where keys may come that it lacked.
 * @template T @param {Judge} judge @param {() => Promise<T>} work @returns {Promise<T>}
 */
async function patiently(judge, work) {
  try {
    return await work();
  } catch (error) {
    const keys = judge.wait(error);
    if (keys === undefined) throw error;
    await keys;
    return work();
  }
}

module.exports = { Verifier };
