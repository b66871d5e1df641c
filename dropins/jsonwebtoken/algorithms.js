// @ts-check
'use strict';

// The algorithms, which of them a key can be used with, and the error messages for a key that does not fit.

const { FULL_RSA_BITS, rsaBits } = require('./rsa-bits');

/** @typedef {import('./material').Material} Material */

const HMAC = Object.freeze(['HS256', 'HS384', 'HS512']);
const RSA = Object.freeze(['RS256', 'RS384', 'RS512']);
const RSA_PSS = Object.freeze(['PS256', 'PS384', 'PS512']);
const ECDSA = Object.freeze(['ES256', 'ES384', 'ES512']);
const SIGNED = Object.freeze([...HMAC, ...RSA, ...RSA_PSS, ...ECDSA]);

/** @type {Record<string, readonly string[]>} */
const ALGORITHMS_OF_TYPE = {
  ec: ECDSA,
  rsa: ['RS256', 'PS256', 'RS384', 'PS384', 'RS512', 'PS512'],
  'rsa-pss': RSA_PSS,
};

/** @type {Record<string, string>} */
const CURVES = { ES256: 'prime256v1', ES384: 'secp384r1', ES512: 'secp521r1' };

/** The algorithms for a key if the caller names none. @param {Material} material */
function defaultAlgorithms({ type, key }) {
  if (type === 'secret') return HMAC;
  return key?.asymmetricKeyType === 'ec' ? ECDSA : [...RSA, ...RSA_PSS];
}

/**
 * What core does with an RSA key below the full size. It is not asked: for a key that it refuses it throws and names no
 * algorithm, and such a key must be told from one that fits no algorithm.
 */
const SMALL_RSA = Object.freeze(['RS256', 'RS512']);

/** The algorithms that a key can be used with. @param {Material} material */
function fitAlgorithms(material) {
  if (material.type === 'secret') return HMAC;
  const bits = rsaBits(material.key) ?? FULL_RSA_BITS;
  if (bits < FULL_RSA_BITS) return SMALL_RSA;
  return SIGNED.filter((name) => !HMAC.includes(name) && misfit(name, material) === undefined);
}

/**
 * Returns why a key does not fit an algorithm, or undefined if it fits. Secrets are not checked here.
 * @param {string} algorithm @param {Material} material
 */
function misfit(algorithm, { key }) {
  const keyType = key?.asymmetricKeyType;
  if (keyType === undefined) return undefined;
  const fit = ALGORITHMS_OF_TYPE[keyType];
  if (fit === undefined) return `Unknown key type "${keyType}".`;
  if (!fit.includes(algorithm)) return `"alg" parameter for "${keyType}" key type must be one of: ${fit.join(', ')}.`;
  if (keyType === 'rsa') return undefined;
  const details = key?.asymmetricKeyDetails ?? {};
  return keyType === 'ec' ? misfitCurve(algorithm, details.namedCurve) : misfitParameters(algorithm, details);
}

/** @param {string} algorithm @param {string | undefined} curve */
function misfitCurve(algorithm, curve) {
  if (curve === CURVES[algorithm]) return undefined;
  return `"alg" parameter "${algorithm}" requires curve "${CURVES[algorithm]}".`;
}

/** An RSA-PSS key may prescribe a hash and a minimum salt length. @param {string} algorithm @param {any} details */
function misfitParameters(algorithm, { hashAlgorithm, mgf1HashAlgorithm, saltLength }) {
  const bits = Number(algorithm.slice(2));
  if (hashAlgorithm !== `sha${bits}` || mgf1HashAlgorithm !== hashAlgorithm)
    return `Invalid key for this operation, its RSA-PSS parameters do not meet the requirements of "alg" ${algorithm}.`;
  if (saltLength !== undefined && saltLength > bits / 8)
    return `Invalid key for this operation, its RSA-PSS parameter saltLength does not meet the requirements of "alg" ${algorithm}.`;
  return undefined;
}

module.exports = { HMAC, SIGNED, defaultAlgorithms, fitAlgorithms, misfit };
