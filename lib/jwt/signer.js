// @ts-check
'use strict';

const { KeyObject } = require('node:crypto');
const { isUint8Array } = require('node:util/types');

const { checkedSeconds } = require('../support/clock');
const native = require('../support/native');
const { misuse } = require('../support/errors');
const { show } = require('../support/options/given');
const { hintsOf } = require('../support/options/hints');

/** @type {(slot: number, claims: string) => string} */
const signClaims = native.jwtSignFunction();

const MAX_LIFETIME_SECONDS = 100 * 366 * 24 * 60 * 60;
// Options of jsonwebtoken's sign, which users write beside the claims.
const NO_CLAIMS = hintsOf('sign');

/** @typedef {{ signer: any, slot: number }} Prepared the slot beside its owner: to ask for it takes half as long as to sign */
/**
 * @typedef {object} Parts
 * @property {() => Prepared} prepared the native signer of now, which a key ring may change
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
  signAsync = async (claims, overrides) => this.#parts.prepared().signer.signAsync(this.#payload(claims, overrides));

  /** @param {Record<string, any>} claims @param {Record<string, any>} [overrides] */
  #payload(claims, overrides) {
    if (!isPlainObject(claims)) throw noObject('claims', claims);
    if (overrides !== undefined) assertClaims(overrides);
    const { standard, lifetimeSeconds, clock } = this.#parts;
    const iat = Math.floor(checkedSeconds(clock(), 'JWT', 'createSigner'));
    // The claims first and the rest where it is missing: V8 writes such an object as JSON in half the time.
    /** @type {Record<string, any>} */
    const payload = overrides === undefined ? { ...claims } : { ...claims, ...overrides };
    for (const name of standard.names) if (!Object.hasOwn(payload, name)) payload[name] = standard.claims[name];
    if (!Object.hasOwn(payload, 'iat')) payload.iat = iat;
    // An own one: a token that a polluted prototype lends its end would have none.
    const exp = Object.hasOwn(payload, 'exp') ? payload.exp : undefined;
    if (lifetimeSeconds !== 0 && exp === undefined) payload.exp = iat + lifetimeSeconds;
    const latest = iat + MAX_LIFETIME_SECONDS;
    if (payload.exp > latest || payload.iat > latest || payload.nbf > latest) throw tooFar(payload, latest);
    return serialise(payload);
  }
}

/** @param {any} key @returns {Prepared} */
function prepareSigner(key) {
  const signer = new native.JwtSigner(key);
  return { signer, slot: signer.slot };
}

/** @param {Record<string, any>} payload @param {number} latest */
function tooFar(payload, latest) {
  const name = ['exp', 'iat', 'nbf'].find((time) => payload[time] > latest);
  return misuse('ERR_JWT_CLAIMS', `sign: "${name}" is more than a century ahead; give it in seconds, not milliseconds`);
}

/** @param {unknown} overrides */
function assertClaims(overrides) {
  if (!isPlainObject(overrides)) throw noObject('overrides', overrides);
  for (const [name, cure] of NO_CLAIMS) {
    if (Object.hasOwn(/** @type {object} */ (overrides), name)) {
      throw misuse('ERR_JWT_CLAIMS', `sign: "${name}" is not a claim; ${cure}`);
    }
  }
}

/** @param {string} what @param {unknown} given */
function noObject(what, given) {
  const isKey =
    what === 'overrides' && (typeof given === 'string' || isUint8Array(given) || given instanceof KeyObject);
  const hint = isKey ? '; pass the key to createSigner()' : '';
  return misuse(
    'ERR_JWT_CLAIMS',
    `sign: the ${what} must be a plain object such as { sub: "ada" }, not ${show(given)}${hint}`,
  );
}

/** @param {Record<string, any>} claims */
function serialise(claims) {
  try {
    return JSON.stringify(claims);
  } catch (cause) {
    throw Object.assign(misuse('ERR_JWT_CLAIMS', 'sign: the claims cannot be serialized as JSON'), { cause });
  }
}

/** @param {unknown} value */
function isPlainObject(value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

module.exports = { MAX_LIFETIME_SECONDS, Signer, prepareSigner };
