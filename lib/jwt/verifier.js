// @ts-check
'use strict';

const native = require('../native');
const { misuse, rejection } = require('../errors');
const { judgeExpected } = require('./expected');
const { Judge } = require('./judge');

/** @typedef {Record<string, any>} Claims */
/** @typedef {{ ok: true, claims: Claims } | { ok: false, error: any }} Result */
/** @typedef {import('./expected').Expected} Expected */

/** @type {(slot: number, token: string) => true | number | { ordinal: number, message: string }} */
const checkToken = native.jwtCheckFunction();

/** Its functions are bound, so that they may be taken off the object. */
class Verifier {
  /** @type {InstanceType<typeof Judge>} */ #judge;
  /** @type {boolean} */ #isSlow;

  /** @param {import('./judge').Parts} parts @param {boolean} isSlow whether a signature is worth a hop to another thread */
  constructor(parts, isSlow) {
    this.#judge = new Judge(parts);
    this.#isSlow = isSlow;
  }

  /** @param {string} token @param {Expected} [expected] @returns {Claims} */
  verify = (token, expected) => {
    const claims = this.#judge.verify(token);
    return expected === undefined ? claims : judgeExpected(claims, expected);
  };

  /** @param {string} token @param {Expected} [expected] @returns {Promise<Claims>} */
  verifyAsync = async (token, expected) => {
    let claims;
    try {
      claims = await this.#verifyOffThread(token);
    } catch (error) {
      const keys = this.#judge.wait(error, token);
      if (keys === undefined) throw error;
      await keys;
      claims = await this.#verifyOffThread(token);
    }
    return expected === undefined ? claims : judgeExpected(claims, expected);
  };

  /** @param {string} token */
  async #verifyOffThread(token) {
    const judge = this.#judge;
    if (!this.#isSlow) return judge.verify(token);
    const epoch = judge.begin();
    const now = judge.now();
    const claims = judge.cached(token, now, epoch);
    if (claims !== undefined) return claims;
    const { prepared } = judge;
    const verdict = await prepared.verifyAsync(token, now);
    // Keys that changed meanwhile judge anew.
    return prepared === judge.prepared ? judge.accept(token, epoch, verdict) : judge.verify(token);
  }

  /** @param {readonly string[]} tokens @returns {Promise<Result[]>} */
  verifyMany = async (tokens) => {
    if (!Array.isArray(tokens)) throw misuse('ERR_JWT_OPTION', 'verifyMany: the tokens must be a list');
    const list = [...tokens];
    const results = await this.#verifyAll(list);
    const waits = results.map((result, at) => (result.ok ? undefined : this.#judge.wait(result.error, list[at])));
    if (waits.every((wait) => wait === undefined)) return results;
    await Promise.allSettled(waits);
    const judged = results.map((result, at) =>
      waits[at] === undefined ? result : settled(() => this.#judge.verify(list[at])),
    );
    return /** @type {Result[]} */ (judged);
  };

  /** @param {string[]} tokens @returns {Promise<Result[]>} */
  async #verifyAll(tokens) {
    const judge = this.#judge;
    const epoch = await this.#begin();
    const now = judge.now();
    /** @type {Array<Result | undefined>} */
    const results = tokens.map((token) => settled(() => judge.cached(token, now, epoch)));
    const open = tokens.filter((_, at) => results[at] === undefined);
    const { prepared } = judge;
    /** @type {any[]} */
    const verdicts = await prepared.verifyMany(open, now);
    const isCurrent = prepared === judge.prepared;
    let at = 0;
    const judged = results.map((result, place) => {
      if (result !== undefined) return result;
      const [token, verdict] = [tokens[place], verdicts[at++]];
      return settled(() => (isCurrent ? judge.accept(token, epoch, verdict) : judge.verify(token)));
    });
    return /** @type {Result[]} */ (judged);
  }

  /** As the judge's own, where keys that are not there yet are worth waiting for. */
  async #begin() {
    try {
      return this.#judge.begin();
    } catch (error) {
      await this.#judge.wait(error, '');
      return this.#judge.begin();
    }
  }

  /**
   * Verifies the signature alone; the payload may be any bytes.
   * @param {string} token @returns {{ header: Record<string, any>, payload: Buffer }}
   */
  verifyJws = (token) => {
    this.#judge.begin();
    const verdict = checkToken(this.#judge.slot, token);
    if (verdict !== true) throw rejection(verdict);
    const [header, payload] = token.split('.', 2).map((part) => Buffer.from(part, 'base64url'));
    return { header: JSON.parse(header.toString()), payload };
  };
}

/** What came of it; undefined for nothing. @param {() => any} work @returns {Result | undefined} */
function settled(work) {
  try {
    const claims = work();
    return claims === undefined ? undefined : { ok: true, claims };
  } catch (error) {
    return { ok: false, error };
  }
}

module.exports = { Verifier };
