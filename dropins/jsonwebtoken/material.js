// @ts-check
'use strict';

// Turns what a caller hands over as a key into key material, once per key: a KeyObject of Node's, or the bytes of a secret.
// The text or DER of an asymmetric key becomes a secret here where Node cannot read it, and the engine refuses it.

const { KeyObject, createPrivateKey, createPublicKey } = require('node:crypto');
const { isAnyArrayBuffer } = require('node:util/types');

/**
 * `type` as KeyObject has it. `isRefused` once the engine would not have it.
 * @typedef {{ type: 'secret' | 'public' | 'private', key?: KeyObject, secret?: Buffer, isRefused: boolean }} Material
 */

const PEM_MARK = '-----BEGIN';

/** @param {any} value @returns {Material | undefined} undefined if it is not a key */
const publicMaterial = (value) => material(value, createPublicKey);

/** @param {any} value @returns {Material | undefined} undefined if it is not a key */
const privateMaterial = (value) => material(value, createPrivateKey);

/** @param {any} value @param {(value: any) => KeyObject} parse @returns {Material | undefined} */
function material(value, parse) {
  const key = value instanceof KeyObject ? value : parsedKey(value, parse);
  if (key !== undefined && key.type !== 'secret') return { type: key.type, key, isRefused: false };
  const secret = key === undefined ? bytesOf(value) : key.export();
  return secret && { type: 'secret', secret, isRefused: false };
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

module.exports = { privateMaterial, publicMaterial };
