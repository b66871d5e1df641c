// @ts-check
'use strict';

const { KeyObject } = require('node:crypto');
const { isUint8Array } = require('node:util/types');

const { checkedSeconds } = require('../support/clock');
const native = require('../support/native');
const { misuse, rejection } = require('../support/errors');
const { isPlain, show } = require('../support/options/given');
const { hintsOf } = require('../support/options/hints');

/** @type {(slot: number, claims: string) => string} */
const signClaims = native.jwtSignFunction();

const MAX_LIFETIME_SECONDS = 100 * 366 * 24 * 60 * 60;
// Options of jsonwebtoken's sign, which users write beside the claims.
const NO_CLAIMS = hintsOf('sign');

/** @typedef {Record<string, any>} Claims of any type but those that are registered */
/** @typedef {import('../support/errors').Refusal} Refusal */
/** @typedef {{ signAsync(claims: string): Promise<string | Refusal>, readonly slot: number }} NativeSigner */
/** @typedef {{ signer: NativeSigner, slot: number }} Prepared the slot beside its owner: to ask for it takes half as long as to sign */
/**
 * @typedef {object} Parts
 * @property {() => Prepared} prepared the native signer of now, which a key ring may change
 * @property {{ names: string[], claims: Claims }} standard what every token carries beside its time
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

  /** @param {Claims} claims @param {Claims} [overrides] @returns {string} */
  sign = (claims, overrides) => {
    const json = this.#payload(claims, overrides);
    return signClaims(this.#parts.prepared().slot, json);
  };

  /** @param {Claims} claims @param {Claims} [overrides] @returns {Promise<string>} */
  signAsync = async (claims, overrides) => {
    const { signer } = this.#parts.prepared();
    const token = await signer.signAsync(this.#payload(claims, overrides));
    if (typeof token === 'string') return token;
    throw rejection(token);
  };

  /** @param {Claims} claims @param {Claims} [overrides] */
  #payload(claims, overrides) {
    if (!isClaims(claims)) throw noObject('claims', claims);
    if (overrides !== undefined) assertOverrides(overrides);
    const iat = Math.floor(checkedSeconds(this.#parts.clock(), 'JWT', 'createSigner'));
    const payload = this.#completed(overrides === undefined ? { ...claims } : { ...claims, ...overrides }, iat);
    const latest = iat + MAX_LIFETIME_SECONDS;
    if (payload.exp > latest || payload.iat > latest || payload.nbf > latest) throw tooFar(payload, latest);
    return serialise(payload);
  }

  /**
   * Adds what is missing after the claims: V8 writes such an object as JSON in half the time.
   * @param {Claims} payload @param {number} iat
   */
  #completed(payload, iat) {
    const { standard, lifetimeSeconds } = this.#parts;
    for (const name of standard.names) if (!Object.hasOwn(payload, name)) payload[name] = standard.claims[name];
    if (!Object.hasOwn(payload, 'iat')) payload.iat = iat;
    // An own one: a token that a polluted prototype lends its end would have none.
    const exp = Object.hasOwn(payload, 'exp') ? payload.exp : undefined;
    if (lifetimeSeconds !== 0 && exp === undefined) payload.exp = iat + lifetimeSeconds;
    return payload;
  }
}

/** @param {import('./keys').KeyInput} input its one algorithm is the one to sign with @returns {Prepared} */
function prepareSigner({ key, algorithms, keyId }) {
  const signer = new native.JwtSigner(key, algorithms[0], keyId);
  return { signer, slot: signer.slot };
}

/** @param {Claims} payload @param {number} latest */
function tooFar(payload, latest) {
  const name = ['exp', 'iat', 'nbf'].find((time) => payload[time] > latest);
  return misuse('ERR_JWT_CLAIMS', `sign: "${name}" is more than a century ahead; give it in seconds, not milliseconds`);
}

/** @param {Claims} overrides */
function assertOverrides(overrides) {
  if (!isClaims(overrides)) throw noObject('overrides', overrides);
  for (const [name, cure] of NO_CLAIMS) {
    if (Object.hasOwn(overrides, name)) throw misuse('ERR_JWT_CLAIMS', `sign: "${name}" is not a claim; ${cure}`);
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

/** @param {Claims} claims */
function serialise(claims) {
  try {
    return JSON.stringify(claims);
  } catch (cause) {
    throw Object.assign(misuse('ERR_JWT_CLAIMS', 'sign: the claims cannot be serialized as JSON'), { cause });
  }
}

/** Whether a value is an object of claims, of whichever realm: structuredClone and test runners have one of their own. @param {unknown} value */
function isClaims(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isPlain(value);
}

module.exports = { MAX_LIFETIME_SECONDS, Signer, prepareSigner };
