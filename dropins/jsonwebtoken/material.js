// @ts-check
'use strict';

// Converts the caller's key, once per key, to a KeyObject or the bytes of a secret. The text or DER of an asymmetric key
// that Node.js cannot read counts as a secret here, and the engine refuses it.

const { KeyObject, createPrivateKey, createPublicKey } = require('node:crypto');
const { isAnyArrayBuffer } = require('node:util/types');

/**
 * `type` as in KeyObject. `isRefused` is set once the engine has refused the key.
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
  // Text and bytes can be asymmetric keys only as PEM. Others are secrets, and the expensive attempt to parse them is skipped.
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
