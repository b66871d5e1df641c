// @ts-check
'use strict';

// Several keys at once: a list of the user's own, where each must be of use, and the public set of an issuer, where keys for
// other work stand beside those for signatures.

const { distinctKeys } = require('./distinct-keys');
const { BOUNDS } = require('../support/bounds');
const { readEntry } = require('./key-entry');
const { readKeyForm } = require('./key-forms');
const { unfit, wrongKey } = require('./jwk');
const { listedKey } = require('./keys');

/** @typedef {import('./keys').KeyInput} KeyInput */
/** @typedef {import('./keys').Wanted} Wanted */

const ENTRY_MEMBERS = /** @type {const} */ (['keyId']);
// Looked at before any key is read.
const MAX_KEYS = BOUNDS.JWT.keys.max;

/**
 * A list of keys, or a JWK set of the user's own: every key must be of use.
 * @param {unknown} value @param {Wanted} wanted @param {import('./key-entry').OptionReader} read of the option `keys`
 * @returns {KeyInput[] | undefined} undefined if it is not a list
 */
function verifyKeys(value, wanted, read) {
  const list = Array.isArray(value) ? [...value] : members(value);
  return list?.map((one, at) => {
    const { key: given, keyId } = readEntry(one, (entry) => read.inside(`keys[${at}]`, entry), ENTRY_MEMBERS);
    const key = readKeyForm(given, 'verify');
    if (key === undefined) {
      throw wrongKey(`keys[${at}] is not a key: use PEM, DER, a KeyObject, a JWK with "kid", or { key, keyId }`);
    }
    const input = listedKey({ ...key, keyId: keyId ?? key.keyId }, wanted);
    if (input === undefined) throw wrongKey(`keys[${at}] does not fit any algorithm of "algorithms"`);
    return input;
  });
}

/**
 * The public keys of an issuer's JWK set that are for signatures. A shared secret in a public set has been published: the whole set
 * is refused. A key that core refuses does not take the others along.
 * @param {unknown} value @param {Wanted} wanted @returns {KeyInput[]}
 */
function publicKeys(value, wanted) {
  const list = members(value);
  if (list === undefined)
    throw unfit('set is not a JWK set: it must be an object with an array "keys" (RFC 7517 section 5)');
  if (list.some((jwk) => jwk?.kty === 'oct'))
    throw unfit('set contains a shared secret ("kty": "oct"): it has been published, so replace it by a key pair');
  const forms = list.map((jwk) => publicForm(jwk)).filter((form) => form !== undefined);
  /** @type {unknown} */
  let reason;
  const usable = forms.flatMap((form) => {
    try {
      return listedKey(form, wanted) ?? [];
    } catch (/** @type {any} */ error) {
      if (error?.code !== 'ERR_JWT_KEY') throw error;
      reason ??= error;
      return [];
    }
  });
  if (usable.length === 0) throw reason ?? unfit('set contains no key for an allowed algorithm');
  const distinct = distinctKeys(usable);
  if (distinct.length === 0) {
    throw unfit('set contains no key that a token could name: its keys share one "kid", or have none');
  }
  return distinct;
}

/** @param {any} jwk @returns {import('./jwk').ReadKey | undefined} */
function publicForm(jwk) {
  if (jwk !== null && typeof jwk === 'object' && Object.hasOwn(jwk, 'd')) {
    throw unfit('set contains a private key: it has been published, so replace it');
  }
  try {
    const form = readKeyForm(jwk, 'verify');
    return form === undefined || form.kind === 'secret' ? undefined : form;
  } catch {
    // For encryption, of an unknown kind, or broken: RFC 7517 section 5 has such keys passed over.
    return undefined;
  }
}

/** @param {any} value @returns {any[] | undefined} */
function members(value) {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, 'keys')) return undefined;
  if (!Array.isArray(value.keys)) return undefined;
  if (value.keys.length > MAX_KEYS) throw unfit(`set must contain 1 to ${MAX_KEYS} keys, not ${value.keys.length}`);
  return [...value.keys];
}

module.exports = { publicKeys, verifyKeys };
