// @ts-check
'use strict';

const native = require('../native');
const { misuse } = require('../errors');

/** @type {(slot: number, claims: string) => string} */
const signClaims = native.jwtSignFunction();

const MILLISECONDS = 1000;
const MAX_LIFETIME_SECONDS = 100 * 366 * 24 * 60 * 60;

/**
 * @typedef {object} Parts
 * @property {() => any} prepared the native signer of now, which a key ring may change
 * @property {{ names: string[], claims: Record<string, any> }} standard what every token carries beside its time
 * @property {number} lifetimeSeconds 0 for none
 * @property {() => number} clock
 */

/** Its functions are bound, so that they may be taken off the object. */
class Signer {
  /** @type {Parts} */ #parts;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @param {Record<string, any>} claims @param {Record<string, any>} [overrides] @returns {string} */
  sign = (claims, overrides) => {
    const json = this.#payload(claims, overrides);
    return signClaims(this.#parts.prepared().slot, json);
  };

  /** @param {Record<string, any>} claims @param {Record<string, any>} [overrides] @returns {Promise<string>} */
  signAsync = async (claims, overrides) => this.#parts.prepared().signAsync(this.#payload(claims, overrides));

  /** @param {Record<string, any>} claims @param {Record<string, any>} [overrides] */
  #payload(claims, overrides) {
    if (!isPlainObject(claims)) throw misuse('ERR_JWT_CLAIMS', 'sign: the claims must be a plain object');
    if (overrides !== undefined && !isPlainObject(overrides)) {
      throw misuse('ERR_JWT_CLAIMS', 'sign: the overrides must be a plain object');
    }
    const { standard, lifetimeSeconds, clock } = this.#parts;
    const iat = Math.floor(+clock() / MILLISECONDS);
    // The claims first and the rest where it is missing: V8 writes such an object as JSON in half the time.
    /** @type {Record<string, any>} */
    const payload = overrides === undefined ? { ...claims } : { ...claims, ...overrides };
    for (const name of standard.names) if (!Object.hasOwn(payload, name)) payload[name] = standard.claims[name];
    if (!Object.hasOwn(payload, 'iat')) payload.iat = iat;
    // An own one: a token that a polluted prototype lends its end would have none.
    const exp = Object.hasOwn(payload, 'exp') ? payload.exp : undefined;
    if (lifetimeSeconds !== 0 && exp === undefined) payload.exp = iat + lifetimeSeconds;
    if (exp > iat + MAX_LIFETIME_SECONDS) {
      throw misuse('ERR_JWT_CLAIMS', 'sign: "exp" lies over a century ahead; it counts seconds, not milliseconds');
    }
    return serialise(payload);
  }
}

/** @param {Record<string, any>} claims */
function serialise(claims) {
  try {
    return JSON.stringify(claims);
  } catch (cause) {
    throw Object.assign(misuse('ERR_JWT_CLAIMS', 'sign: the claims cannot be written as JSON'), { cause });
  }
}

/** @param {unknown} value */
function isPlainObject(value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

module.exports = { MAX_LIFETIME_SECONDS, Signer };
