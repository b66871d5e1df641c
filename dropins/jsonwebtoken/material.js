// @ts-check
'use strict';

// Turns what a caller hands over as a key into key material, once per key: a KeyObject of Node's, or the bytes of a secret.
// A text or DER of an asymmetric key is never a secret, however it is wrapped: whoever knows the public half could sign.

const { KeyObject, X509Certificate, createPrivateKey, createPublicKey } = require('node:crypto');
const { isAnyArrayBuffer } = require('node:util/types');

/**
 * `type` as KeyObject has it. `isRefused`: a secret that must not be one.
 * @typedef {{ type: 'secret' | 'public' | 'private', key?: KeyObject, secret?: Buffer, isRefused: boolean }} Material
 */

const PEM_MARK = '-----BEGIN';
const SEQUENCE = 0x30;

/** @param {any} value @returns {Material | undefined} undefined when it is no key at all */
const publicMaterial = (value) => material(value, createPublicKey);

/** @param {any} value @returns {Material | undefined} undefined when it is no key at all */
const privateMaterial = (value) => material(value, createPrivateKey);

/** @param {any} value @param {(value: any) => KeyObject} parse @returns {Material | undefined} */
function material(value, parse) {
  const key = value instanceof KeyObject ? value : parsedKey(value, parse);
  if (key !== undefined && key.type !== 'secret') return { type: key.type, key, isRefused: false };
  const secret = key === undefined ? bytesOf(value) : key.export();
  return secret && { type: 'secret', secret, isRefused: secret.length === 0 || isKeyText(secret) || isDer(secret) };
}

/** @param {any} value @param {(value: any) => KeyObject} parse */
function parsedKey(value, parse) {
  const bytes = bytesOf(value);
  // Text and bytes are keys only as PEM; everything else is a secret, and spared a costly attempt.
  if (bytes?.includes(PEM_MARK) === false) return undefined;
  try {
    return parse(value);
  } catch {
    return undefined;
  }
}

/** A copy of the bytes of a text or a buffer. @param {any} value @returns {Buffer | undefined} */
function bytesOf(value) {
  if (typeof value === 'string') return Buffer.from(value);
  if (ArrayBuffer.isView(value)) return Buffer.from(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
  return isAnyArrayBuffer(value) ? Buffer.from(Buffer.from(value)) : undefined;
}

/** Whether a secret is the text of a key: PEM with anything around it, a JWK, or a set of them. @param {Buffer} secret */
function isKeyText(secret) {
  if (secret.includes(PEM_MARK)) return true;
  if (!secret.includes('"kty"') && !secret.includes('"keys"')) return false;
  try {
    const { kty, keys } = JSON.parse(secret.toString().replace(/^\ufeff/, ''));
    return kty !== undefined || Array.isArray(keys);
  } catch {
    return false;
  }
}

/** Whether a secret is a key in DER. @param {Buffer} secret */
function isDer(secret) {
  if (secret[0] !== SEQUENCE) return false;
  const der = { key: secret, format: /** @type {const} */ ('der') };
  const readers = [
    () => createPublicKey({ ...der, type: 'spki' }),
    () => createPublicKey({ ...der, type: 'pkcs1' }),
    () => createPrivateKey({ ...der, type: 'pkcs8' }),
    () => createPrivateKey({ ...der, type: 'pkcs1' }),
    () => createPrivateKey({ ...der, type: 'sec1' }),
    () => new X509Certificate(secret),
  ];
  return readers.some(succeeds);
}

/** @param {() => unknown} attempt */
function succeeds(attempt) {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

module.exports = { privateMaterial, publicMaterial };
