// @ts-check
'use strict';

const { isAnyArrayBuffer } = require('node:util/types');

// { key: { kty, n, e }, format: 'jwk' } is the deepest form of a key.
const MAX_DEPTH = 2;

/**
 * A text that is equal for two keys only if their content is equal: of bytes, or of a plain object such as { key, passphrase }.
 * @param {any} value @returns {string | undefined} undefined if a value cannot be identified by its content
 */
function contentOf(value, depth = 0) {
  if (ArrayBuffer.isView(value)) return `bytes ${latin1(value.buffer, value.byteOffset, value.byteLength)}`;
  if (isAnyArrayBuffer(value)) return `bytes ${latin1(value, 0, value.byteLength)}`;
  if (!isPlain(value) || depth >= MAX_DEPTH) return undefined;
  const fields = Object.getOwnPropertyNames(value).map((name) => fieldText(name, value[name], depth));
  return fields.includes(undefined) ? undefined : `fields ${fields.join('')}`;
}

/**
 * Every text follows its length, so that two fields can never be read as one.
 * @param {string} name @param {any} value @param {number} depth @returns {string | undefined}
 */
function fieldText(name, value, depth) {
  const isNested = value !== null && (typeof value === 'object' || typeof value === 'function');
  const text = isNested ? contentOf(value, depth + 1) : `${typeof value} ${String(value)}`;
  return text && `${name.length}:${name}${text.length}:${text}`;
}

/** @param {ArrayBufferLike} buffer @param {number} offset @param {number} length */
const latin1 = (buffer, offset, length) => Buffer.from(buffer, offset, length).toString('latin1');

/** Other objects may have internal state that no property shows. @param {any} value */
function isPlain(value) {
  if (value === null || typeof value !== 'object') return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

module.exports = { contentOf };
