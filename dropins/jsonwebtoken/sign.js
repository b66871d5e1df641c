// @ts-check
'use strict';

const { SIGNED, misfit } = require('./algorithms');
const { headerText } = require('./header');
const { signKeys } = require('./keys');
const { fillPayload, isObjectPayload, openPayload, payloadBytes } = require('./payload');
const { FULL_RSA_BITS, rsaBits } = require('./rsa-bits');
const { checkOptions } = require('./sign-options');
const { signerFor } = require('./verifiers');

/** @typedef {import('./keys').Key} Key */

const NO_KEY = 'secretOrPrivateKey must have a value';
const BAD_KEY = 'secretOrPrivateKey is not valid key material';
const BAD_ALGORITHM = '"algorithm" must be a valid string enum value';

/**
 * Signs a payload, and returns the token or throws. With a callback, the callback receives the token in a later tick, or a
 * mistake in the arguments at once.
 * @param {any} payload @param {any} key @param {any} [options] @param {any} [callback]
 */
function sign(payload, key, options, callback) {
  if (typeof options === 'function') return sign(payload, key, undefined, options);
  if (!callback) return signed(payload, key, options || {})();
  /** @type {() => string} */ let finish;
  try {
    finish = signed(payload, key, options || {});
  } catch (error) {
    return callback(error);
  }
  deliver(finish, callback);
}

/** @param {() => string} finish @param {(...args: any[]) => any} callback */
function deliver(finish, callback) {
  let token;
  try {
    token = finish();
  } catch (error) {
    process.nextTick(callback, error);
    return;
  }
  process.nextTick(callback, null, token);
}

/**
 * Checks everything, and returns a function that signs.
 * @param {any} payload @param {any} value what was given as the key @param {any} given the options @returns {() => string}
 */
function signed(payload, value, given) {
  // A polluted prototype must not add an option.
  const options = { __proto__: null, ...given };
  const isObject = isObjectPayload(payload);
  const typ = isObject ? 'JWT' : undefined;
  const header = { alg: options.algorithm || 'HS256', typ, kid: options.keyid, ...options.header };
  const key = readKey(value, options.algorithm);
  checkFamily(header.alg, key, options);
  const claims = openPayload(payload, options);
  checkOptions(given);
  const message = key && misfit(header.alg, key);
  if (message !== undefined) throw new Error(message);
  if (isObject) fillPayload(claims, options);
  return () => write(header.alg, headerText(header, options.header), payloadBytes(claims, options.encoding), key);
}

/** @param {any} value @param {unknown} algorithm @returns {Key | undefined} */
function readKey(value, algorithm) {
  if (!value && algorithm !== 'none') throw new Error(NO_KEY);
  if (value === undefined || value === null) return undefined;
  const key = signKeys.find(value);
  if (key === undefined) throw new Error(BAD_KEY);
  return key;
}

/** @param {any} algorithm @param {Key | undefined} key @param {any} options */
function checkFamily(algorithm, key, options) {
  if (typeof algorithm !== 'string') throw new Error(BAD_ALGORITHM);
  const isHmac = algorithm.startsWith('HS');
  if (!isHmac && !/^(?:RS|PS|ES)/.test(algorithm)) return;
  if (key === undefined) throw new Error(NO_KEY);
  if (isHmac && key.type !== 'secret') {
    throw new Error(`secretOrPrivateKey must be a symmetric key when using ${algorithm}`);
  }
  if (!isHmac && key.type !== 'private') {
    throw new Error(`secretOrPrivateKey must be an asymmetric key when using ${algorithm}`);
  }
  const bits = rsaBits(key.key) ?? FULL_RSA_BITS;
  if (bits < FULL_RSA_BITS && !options.allowInsecureKeySizes && !algorithm.startsWith('ES')) {
    throw new Error(`secretOrPrivateKey has a minimum key size of ${FULL_RSA_BITS} bits for ${algorithm}`);
  }
}

/** @param {any} algorithm @param {string} text the header's @param {Buffer} payload @param {Key | undefined} key */
function write(algorithm, text, payload, key) {
  if (algorithm === 'none') return `${Buffer.from(text).toString('base64url')}.${payload.toString('base64url')}.`;
  if (key === undefined || !SIGNED.includes(algorithm)) throw new Error(BAD_ALGORITHM);
  const signer = signerFor(key, algorithm);
  if (signer === undefined) throw new Error(BAD_KEY);
  return signer(text, payload);
}

module.exports = { sign };
