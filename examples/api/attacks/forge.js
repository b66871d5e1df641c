'use strict';

// Makes tokens by hand, so that each can have exactly one flaw. Text in place of an object goes in byte by byte.

const { createHmac, createSign } = require('node:crypto');

const HASHES = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };

const encode = (part) => Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

const unsigned = (header, payload) => `${encode(header)}.${encode(payload)}`;

/** @param {any} header @param {any} payload @param {any} key @param {keyof typeof HASHES} [algorithm] */
function forge(header, payload, key, algorithm = 'HS256') {
  const input = unsigned(header, payload);
  return `${input}.${createHmac(HASHES[algorithm], key).update(input).digest('base64url')}`;
}

function forgeRs256(header, payload, privateKey) {
  const input = unsigned(header, payload);
  return `${input}.${createSign('sha256').update(input).sign(privateKey, 'base64url')}`;
}

module.exports = { forge, forgeRs256, unsigned };
