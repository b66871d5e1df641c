// @ts-check
'use strict';

// Which algorithms a key may be used for, and the keys as core takes them.

const { createPrivateKey, createPublicKey } = require('node:crypto');

const native = require('../support/native');
const { assertSupported, shownAlgorithm } = require('./algorithm-names');
const { readKeyForm } = require('./key-forms');
const { unfit } = require('./jwk');

/** @typedef {import('./jwk').ReadKey} ReadKey */
/** @typedef {{ readonly algorithms: string[], equals(other: NativeKey): boolean }} NativeKey a key that core read and found fit */
/**
 * @typedef {object} KeyInput
 * @property {NativeKey} key
 * @property {readonly string[]} algorithms that it may be used for
 * @property {string} [keyId]
 * @property {boolean} [isSlow] whether a signature is worth a hop to another thread
 */
/** @typedef {{ algorithms?: readonly string[] }} Wanted */

/** Hands a key to core, which refuses it where it is unfit. @param {ReadKey} key @param {boolean} [isLegacy] for drop-ins, which take weak keys too @returns {NativeKey} */
function nativeKey(key, isLegacy = false) {
  if (key.kind === 'secret' && !isLegacy) assertNoPlace(Buffer.from(key.bytes).toString('latin1'));
  return new native.JwtKey(key.kind, bytesOf(key), isLegacy);
}

/** A key that verifies, prepared for its algorithms once. @param {KeyInput} input @returns {object} */
function verifyingKey({ key, algorithms, keyId }) {
  assertSupported('jwt', algorithms);
  return new native.JwtVerifyingKey(key, algorithms, keyId);
}

/**
 * The one key of a verifier: every algorithm that is named must be for it.
 * @param {unknown} value @param {Wanted} wanted @returns {KeyInput | undefined} undefined where it is of no form
 */
function verifyKey(value, { algorithms }) {
  const form = readKeyForm(value, 'verify');
  if (form === undefined) return undefined;
  const key = nativeKey(form);
  const chosen = algorithms ?? [form.algorithm ?? key.algorithms[0]];
  if (form.algorithm !== undefined && !(chosen.length === 1 && suits(form.algorithm, chosen[0]))) {
    throw unfit(`is a JWK for the algorithm ${shownAlgorithm(form.algorithm)}: "algorithms" must name that one alone`);
  }
  return { key, algorithms: chosen, keyId: form.keyId, isSlow: form.kind !== 'secret' };
}

/**
 * Whether a JWK that is for one algorithm may be used for the one that the program names: for the same scheme with a longer
 * hash, which weakens nothing. The hash of an elliptic curve belongs to the curve.
 * @param {string} own @param {string} named
 */
function suits(own, named) {
  return own === named || (/^[HRP]S/.test(own) && own.slice(0, 2) === named.slice(0, 2) && named > own);
}

/**
 * A key of a list: it is used for what it can do of what is wanted; undefined where that is nothing.
 * @param {ReadKey} form @param {Wanted} wanted @returns {KeyInput | undefined}
 */
function listedKey(form, { algorithms }) {
  const key = nativeKey(form);
  const own = key.algorithms.filter((name) => form.algorithm === undefined || name === form.algorithm);
  const chosen = algorithms === undefined ? own.slice(0, 1) : algorithms.filter((name) => own.includes(name));
  return chosen.length === 0
    ? undefined
    : { key, algorithms: chosen, keyId: form.keyId, isSlow: form.kind !== 'secret' };
}

/**
 * @param {unknown} value
 * @param {{ algorithm?: string, passphrase?: string, keyId?: string }} wanted
 * @returns {KeyInput | undefined} undefined where it is of no form
 */
function signKey(value, { algorithm, passphrase, keyId }) {
  const form = readKeyForm(value, 'sign', passphrase);
  if (form === undefined) return undefined;
  const key = nativeKey(form);
  return { key, algorithms: [signingAlgorithm(form, key, algorithm)], keyId: keyId ?? form.keyId };
}

/** The one algorithm that a key signs with. @param {ReadKey} form @param {NativeKey} key @param {string | undefined} wanted @returns {string} */
function signingAlgorithm(form, key, wanted) {
  const chosen = wanted ?? form.algorithm ?? key.algorithms[0];
  assertSupported('jwt', [chosen]);
  if (form.algorithm !== undefined && chosen !== form.algorithm) {
    throw unfit(`is a JWK for the algorithm ${shownAlgorithm(form.algorithm)}: "algorithm" must be the same`);
  }
  return chosen;
}

/** A file name or URL in place of a key is a mistake. @param {string} text */
function assertNoPlace(text) {
  if (/^(https?|file):\/\/\S+$/i.test(text)) {
    throw unfit('is a URL, not a key; to use the key set of an issuer, pass the URL as "jwks"');
  }
  if (/^[^\s]*[/\\]\S+\.(pem|key|crt|cer|der|p8|pub|jwks?|json)$/i.test(text) || /^\S+\.pem$/i.test(text)) {
    throw unfit('is the name of a file, not its content; pass readFileSync(name)');
  }
}

/** @param {ReadKey} key @returns {Uint8Array} */
function bytesOf(key) {
  if (key.kind === 'secret') return key.bytes;
  const type = key.kind === 'public' ? 'spki' : 'pkcs8';
  return /** @type {Buffer} */ (withNamedCurve(key.object).export(/** @type {any} */ ({ format: 'der', type })));
}

/**
 * A key whose curve is written as parameters becomes one that names it, as core needs it. Only a curve whose every
 * parameter, the base point included, is that of a known one has a JWK: otherwise anybody could choose the base point and
 * sign for the key (CVE-2020-0601).
 * @param {import('node:crypto').KeyObject} object
 */
function withNamedCurve(object) {
  if (object.asymmetricKeyType !== 'ec') return object;
  try {
    const jwk = { key: object.export({ format: 'jwk' }), format: /** @type {const} */ ('jwk') };
    return object.type === 'private' ? createPrivateKey(jwk) : createPublicKey(jwk);
  } catch {
    // Core says what is wrong with it.
    return object;
  }
}

module.exports = { listedKey, nativeKey, signKey, signingAlgorithm, verifyKey, verifyingKey };
