// @ts-check
'use strict';

// Which algorithms a key may do, and the keys as core takes them.

const { misuse } = require('../support/errors');
const { HMAC, PKCS1, PSS, assertSupported, shownAlgorithm } = require('./algorithm-names');
const { readKeyForm } = require('./key-forms');
const { unfit } = require('./jwk');

/** @typedef {import('./jwk').ReadKey} ReadKey */
/** @typedef {{ kind: string, bytes: Uint8Array, algorithms: readonly string[], keyId?: string, isLegacy: boolean }} KeyInput */
/** @typedef {{ algorithms?: readonly string[], isLegacy?: boolean }} Wanted */

const RSA = [...PKCS1, ...PSS];

/** The curves by the names that Node.js gives them. @type {Record<string, string>} */
const CURVES = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };

/**
 * What a key of this form can do, its default first. A kind that is not supported gets the nearest name, so that core
 * says what is wrong with it.
 * @param {ReadKey} key @returns {readonly string[]}
 */
function capabilities(key) {
  if (key.kind === 'secret') return HMAC;
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key.object;
  if (type === 'rsa') return RSA;
  if (type === 'rsa-pss') return pssOf(details);
  return type === 'ec' ? [CURVES[details?.namedCurve ?? ''] ?? 'ES256'] : ['EdDSA'];
}

/**
 * A PSS key may be bound to one hash and to salts of a least size (RFC 4055 section 3.1); an algorithm has one hash for both
 * purposes, and a salt of its size (RFC 7518 section 3.5).
 * @param {any} details
 */
function pssOf({ hashAlgorithm: hash, mgf1HashAlgorithm: mask, saltLength = 0 } = {}) {
  if (hash === undefined) return PSS;
  return PSS.filter(
    (name) => `sha${name.slice(2)}` === hash && mask === hash && saltLength <= Number(name.slice(2)) / 8,
  );
}

/** Core reads the key itself, not what it is bound to. @param {ReadKey} key @param {readonly string[]} algorithms */
function judgePss(key, algorithms) {
  if (key.kind === 'secret' || key.object.asymmetricKeyType !== 'rsa-pss') return;
  const able = capabilities(key);
  if (able.length === 0) throw unfit('is an RSA-PSS key whose parameters fit no JWT algorithm; use an RSA key');
  const wrong = algorithms.find((name) => PSS.includes(name) && !able.includes(name));
  if (wrong !== undefined) {
    const reason = `${wrong} does not work with this RSA-PSS key; use ${able.join(', ')}`;
    throw misuse('ERR_JWT_KEY_ALGORITHM', `jwt: ${reason}`);
  }
}

/**
 * The one key of a verifier: every algorithm that is named must be for it.
 * @param {unknown} value @param {Wanted} wanted @returns {KeyInput | undefined} undefined where it is of no form
 */
function verifyKey(value, { algorithms, isLegacy = false }) {
  const key = readKeyForm(value, 'verify');
  if (key === undefined) return undefined;
  const chosen = algorithms ?? [key.algorithm ?? capabilities(key)[0]];
  if (key.algorithm !== undefined && !(chosen.length === 1 && suits(key.algorithm, chosen[0]))) {
    throw unfit(`is a JWK for the algorithm ${shownAlgorithm(key.algorithm)}: "algorithms" must name that one alone`);
  }
  return asInput(key, chosen, isLegacy);
}

/**
 * Whether a JWK that is for one algorithm may be used for the one that the program names: for the same scheme with a longer
 * hash, which weakens nothing.
 * @param {string} own @param {string} named
 */
function suits(own, named) {
  const scheme = [HMAC, PKCS1, PSS].find((names) => names.includes(own));
  return scheme === undefined ? named === own : scheme.indexOf(named) >= scheme.indexOf(own);
}

/**
 * A key of a list: it is used for what it can do of what is wanted; undefined where that is nothing.
 * @param {ReadKey} key @param {Wanted} wanted @returns {KeyInput | undefined}
 */
function listedKey(key, { algorithms, isLegacy = false }) {
  const able = capabilities(key);
  const own = key.algorithm === undefined ? able : able.filter((name) => name === key.algorithm);
  const chosen = algorithms === undefined ? own.slice(0, 1) : algorithms.filter((name) => own.includes(name));
  return chosen.length === 0 ? undefined : asInput(key, chosen, isLegacy);
}

/**
 * @param {unknown} value
 * @param {{ algorithm?: string, passphrase?: string, keyId?: string, isLegacy?: boolean }} wanted
 * @returns {KeyInput | undefined} undefined where it is of no form
 */
function signKey(value, { algorithm, passphrase, keyId, isLegacy = false }) {
  const key = readKeyForm(value, 'sign', passphrase);
  if (key === undefined) return undefined;
  const chosen = algorithm ?? key.algorithm ?? capabilities(key)[0];
  if (key.algorithm !== undefined && chosen !== key.algorithm) {
    throw unfit(`is a JWK for the algorithm ${shownAlgorithm(key.algorithm)}: "algorithm" must be the same`);
  }
  return { ...asInput(key, [chosen], isLegacy), keyId: keyId ?? key.keyId };
}

/** @param {ReadKey} key @param {readonly string[]} algorithms @param {boolean} isLegacy @returns {KeyInput} */
function asInput(key, algorithms, isLegacy) {
  assertSupported('jwt', algorithms);
  judgePss(key, algorithms);
  if (key.kind === 'secret' && !isLegacy) assertNoPlace(Buffer.from(key.bytes).toString('latin1'));
  return { kind: key.kind, bytes: bytesOf(key), algorithms, keyId: key.keyId, isLegacy };
}

/** Where a key lies is no secret, and is never what was meant. @param {string} text */
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
  return /** @type {Buffer} */ (key.object.export(/** @type {any} */ ({ format: 'der', type })));
}

module.exports = { asInput, capabilities, listedKey, signKey, verifyKey };
