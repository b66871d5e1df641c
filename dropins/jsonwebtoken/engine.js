// @ts-check
'use strict';

// The one file that reaches for native code: it opens verifiers, signers and patterns, which are used many times.

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

/** Nothing is asked of the claims there. */
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
 * @param {Key} key @param {readonly string[]} algorithms that it is fit for
 * @returns {Handle | undefined} undefined where the key is refused: it is too small, known to be broken, or a key's text
 */
function openVerifier(key, algorithms) {
  return opened(() => prepareVerifier([verifyingKey({ key: read(key), algorithms })], POLICY));
}

/**
 * @param {Key} key @param {string} algorithm that it is fit for
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
 * Whether the signature is right. The parts of a token that passes are canonical base64url, its header is strict JSON with
 * an algorithm that is allowed and without `crit`; nothing is known of its payload.
 * @param {Handle} verifier @param {string} token @returns {true | string} the code of the refusal
 */
function check({ slot }, token) {
  const verdict = checkToken(slot, token);
  return verdict === true ? true : CODES[typeof verdict === 'number' ? verdict : verdict.ordinal];
}

/** Whether a header's JSON text is read as strict JSON, as that of a token to verify is. @param {string} header */
function isReadable(header) {
  return Array.isArray(native.jwtDecode(`${Buffer.from(header).toString('base64url')}.${EMPTY_PAYLOAD}.`, false));
}

/**
 * A pattern in linear time that must match from end to end; throws for one that would not mean the same there.
 * @param {string} source @returns {(text: string) => boolean}
 */
function openPattern(source) {
  const pattern = new native.JwtPattern(source);
  return (text) => pattern.accepts(text);
}

module.exports = { check, isReadable, openPattern, openSigner, openVerifier };
