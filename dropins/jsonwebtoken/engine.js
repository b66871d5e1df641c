'use strict';

const { createHmac, sign, timingSafeEqual, verify, constants, createPublicKey } = require('node:crypto');

/** @typedef {import('./keys').Key} Key */

function how(key, algorithm) {
  const hash = `sha${algorithm.slice(2)}`;
  const ps = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const options = { PS: ps, ES: { dsaEncoding: 'ieee-p1363' }, RS: {} }[algorithm.slice(0, 2)];
  return [hash, options && { key: key.key, ...options }];
}

function mac(key, algorithm, input) {
  return createHmac(`sha${algorithm.slice(2)}`, key.secret)
    .update(input)
    .digest();
}

const canonical = (part) => Buffer.from(part, 'base64url').toString('base64url') === part;

/** @returns {any} undefined where the key is fit for none of the algorithms */
function openVerifier(key, algorithms) {
  return { key, algorithms };
}

/** @returns {true | string} the code of the refusal */
function check({ key, algorithms }, token) {
  const parts = token.split('.');
  if (parts.length !== 3 || !parts.every((part) => /^[\w-]*$/.test(part) && canonical(part)))
    return 'ERR_JWT_MALFORMED';
  let header;
  try {
    header = JSON.parse(
      new TextDecoder('utf8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(parts[0], 'base64url')),
    );
  } catch {
    return 'ERR_JWT_MALFORMED';
  }
  if (header === null || typeof header !== 'object' || Array.isArray(header)) return 'ERR_JWT_MALFORMED';
  if ('crit' in header) return 'ERR_JWT_CRITICAL';
  if (!algorithms.includes(header.alg)) return 'ERR_JWT_ALGORITHM';
  const signature = Buffer.from(parts[2], 'base64url');
  const input = `${parts[0]}.${parts[1]}`;
  if (key.secret) {
    const own = mac(key, header.alg, input);
    return (own.length === signature.length && timingSafeEqual(own, signature)) || 'ERR_JWT_SIGNATURE';
  }
  const [hash, options] = how(key, header.alg);
  return verify(hash, Buffer.from(input), options, signature) || 'ERR_JWT_SIGNATURE';
}

/** @returns {any} */
function openSigner(key, algorithm) {
  return { key, algorithm };
}

/** @param {string} header @param {string | Uint8Array} payload */
function signToken({ key, algorithm }, header, payload) {
  const input = `${Buffer.from(header).toString('base64url')}.${Buffer.from(payload).toString('base64url')}`;
  if (key.secret) return `${input}.${mac(key, algorithm, input).toString('base64url')}`;
  const [hash, options] = how(key, algorithm);
  return `${input}.${sign(hash, Buffer.from(input), options).toString('base64url')}`;
}

function openPattern(source) {
  const pattern = new RegExp(source);
  return (text) => pattern.test(text);
}

module.exports = { check, openPattern, openSigner, openVerifier, signToken };
