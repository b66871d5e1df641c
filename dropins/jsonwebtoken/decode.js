// @ts-check
'use strict';

const { readToken } = require('./token');

/**
 * The parts of a token without any verification; null if it is not a token.
 * @param {unknown} token @param {any} [options] `complete`, `json`
 */
function decode(token, options) {
  const text = Buffer.isBuffer(token) ? token.toString() : token;
  if (typeof text !== 'string') return null;
  const parts = readToken(text, Boolean(options?.json));
  if (parts === null || options?.complete !== true) return parts && parts.payload;
  return { header: parts.header, payload: parts.payload, signature: parts.signature };
}

module.exports = { decode };
