// @ts-check
'use strict';

const { createPublicKey } = require('node:crypto');
const { isUint8Array } = require('node:util/types');
const { unavailable } = require('./failure');

const PEM_MARK = '-----BEGIN PUBLIC KEY-----';

/**
 * The set that a response holds, read no further than the bound.
 * @param {any} response @param {{ maxBytes: number, maxKeys: number, keyId?: string }} settings `keyId`: of the one key at an
 *   separate address, which may be PEM or a JWK @returns {Promise<{ keys: object[] }>}
 */
async function readSet(response, { maxBytes, maxKeys, keyId }) {
  const bytes = await readBytes(response, maxBytes);
  if (keyId !== undefined && bytes.includes(PEM_MARK)) return { keys: [fromPem(bytes, keyId)] };
  const answer = parse(bytes);
  if (keyId !== undefined && isObject(answer) && answer.kty !== undefined) return { keys: [{ ...answer, kid: keyId }] };
  const keys = answer?.keys;
  if (keys === undefined && typeof answer?.jwks_uri === 'string') throw discovery(answer.jwks_uri);
  if (!Array.isArray(keys) || !keys.every(isObject)) {
    throw unavailable('not-a-set', 'the response is not a JWK set: "keys" must be an array of objects');
  }
  // All keys at once are withdrawn by mistake far more often than on purpose.
  if (keys.length === 0) throw unavailable('no-keys', 'the JWK set is empty');
  if (keys.length > maxKeys) throw unavailable('too-many-keys', `the JWK set has more than ${maxKeys} keys`);
  return { keys };
}

/** @param {Buffer} pem @param {string} kid */
function fromPem(pem, kid) {
  try {
    return { ...createPublicKey(pem).export({ format: 'jwk' }), kid };
  } catch {
    throw unavailable('not-a-set', 'the response is not a public key in PEM');
  }
}

/** The address of an issuer's metadata is often given in the place of the address of its keys. @param {string} jwksUri */
function discovery(jwksUri) {
  const url = URL.canParse(jwksUri) ? new URL(jwksUri) : undefined;
  const shown = url === undefined ? '' : ` (${`${url.origin}${url.pathname}`.slice(0, 300)})`;
  return unavailable(
    'not-a-set',
    `the response is an OpenID discovery document, not a JWK set: pass its "jwks_uri"${shown} as "url"`,
  );
}

/** @param {any} response @param {number} maxBytes */
async function readBytes(response, maxBytes) {
  const tooLarge = () => unavailable('too-large', `the response is larger than ${maxBytes} bytes`);
  if (Number(response.headers.get('content-length')) > maxBytes) throw tooLarge();
  /** @type {Uint8Array[]} */
  const chunks = [];
  let size = 0;
  // The bytes after decompression; leaving the loop cancels the rest.
  for await (const chunk of response.body ?? []) {
    if (!isUint8Array(chunk)) throw unavailable('network', 'the body that `fetch` returned is not a stream of bytes');
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** @param {Uint8Array} bytes @returns {any} */
function parse(bytes) {
  try {
    // The decoder drops a byte order mark: some servers write one before their JSON.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The reason would quote what was read.
    throw unavailable('not-json', 'the response is not JSON in UTF-8');
  }
}

/** @param {unknown} value */
function isObject(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

module.exports = { readSet };
