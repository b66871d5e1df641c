// @ts-check
'use strict';

// The only file that calls native code: it opens verifiers, signers and patterns, which are used many times.

const { createPublicKey } = require('node:crypto');

const { CODES } = require('../../lib/support/errors');
const { nativeKey, verifyingKey } = require('../../lib/jwt/keys');
const { prepareVerifier } = require('../../lib/jwt/prepared');
const { BOUNDS } = require('../../lib/support/bounds');
const native = require('../../lib/support/native');
const { isSmallRsa, smallRsaSigner } = require('./small-rsa');

/** @typedef {import('./keys').Key} Key */
/** @typedef {{ slot: number, prepared: object }} Handle it owns the slot, so it must live as long as the number is used */

/** @type {(slot: number, token: string) => true | number | { ordinal: number }} */
const checkToken = native.jwtCheckFunction();
/** @type {(slot: number, header: string, payload: Uint8Array) => string} */
const signJws = native.jwtSignJwsFunction();

/** `{}` in base64url. */
const EMPTY_PAYLOAD = 'e30';

/** The native side checks no claims. */
const POLICY = Object.freeze({
  issuers: [],
  audiences: [],
  subjects: [],
  tokenIds: [],
  nonces: [],
  requiredClaims: [],
  clockToleranceSeconds: 0,
  maxTokenBytes: BOUNDS.JWT.maxTokenBytes.max,
  maxHeaderBytes: BOUNDS.JWT.maxHeaderBytes.max,
  lenientPadding: false,
});

/**
 * @param {Key} key @param {readonly string[]} algorithms that fit the key
 * @returns {Handle | undefined} undefined where the key is refused: it is too small, known to be broken, or a key's text
 */
function openVerifier(key, algorithms) {
  return opened(() => prepareVerifier([verifyingKey({ key: read(key), algorithms })], POLICY));
}

/**
 * @param {Key} key @param {string} algorithm that fits the key
 * @returns {((header: string, payload: Uint8Array) => string) | undefined} from a header's JSON and any bytes to a token; undefined as of openVerifier
 */
function openSigner(key, algorithm) {
  if (isSmallRsa(key)) {
    const publicHalf = {
      ...key,
      type: /** @type {const} */ ('public'),
      key: createPublicKey(/** @type {any} */ (key.key)),
    };
    return openVerifier(publicHalf, [algorithm]) && smallRsaSigner(key, algorithm);
  }
  const signer = opened(() => new native.JwtSigner(read(key), algorithm));
  return signer && ((header, payload) => signJws(signer.slot, header, payload));
}

/** @param {Key} key */
function read({ type, key, secret }) {
  return nativeKey(/** @type {any} */ ({ kind: type, object: key, bytes: secret }), true);
}

/** @param {() => any} open @returns {Handle | undefined} */
function opened(open) {
  try {
    const prepared = open();
    return { slot: prepared.slot, prepared };
  } catch (/** @type {any} */ error) {
    if (error.code === 'ERR_JWT_KEY' || error.code === 'ERR_JWT_KEY_ALGORITHM') return undefined;
    throw error;
  }
}

/**
 * Whether the signature is valid. In an accepted token all parts are canonical base64url, and the header is strict JSON with
 * an allowed algorithm and without `crit`. The payload has not been parsed.
 * @param {Handle} verifier @param {string} token @returns {true | string} the code of the refusal
 */
function check({ slot }, token) {
  const verdict = checkToken(slot, token);
  return verdict === true ? true : CODES[typeof verdict === 'number' ? verdict : verdict.ordinal];
}

/** Whether a header's text is strict JSON, as verify requires it. @param {string} header */
function isReadable(header) {
  return Array.isArray(native.jwtDecode(`${Buffer.from(header).toString('base64url')}.${EMPTY_PAYLOAD}.`, false));
}

/**
 * A pattern that must match the whole text, in linear time. Throws if the engine would give the pattern another meaning.
 * @param {string} source @returns {(text: string) => boolean}
 */
function openPattern(source) {
  const pattern = new native.JwtPattern(source);
  return (text) => pattern.accepts(text);
}

module.exports = { check, isReadable, openPattern, openSigner, openVerifier };
