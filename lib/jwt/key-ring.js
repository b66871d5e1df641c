// @ts-check
'use strict';

// Keys of tokens that an app issues itself, and their change: the current one signs; those before it, and one that is
// announced, verify.

const native = require('../support/native');
const { misuse } = require('../support/errors');
const { unfit } = require('./jwk');
const { verifyingKey } = require('./keys');
const { RING_KEYS, isSame, readRingKey } = require('./ring-key');
const { prepareSigner } = require('./signer');
const { Options } = require('../support/options');

/** @typedef {import('./ring-key').RingKey} RingKey */
/** @typedef {Omit<RingKey, 'sign'> & { verifying: object }} HeldKey a key of the ring, prepared to verify */

const MAX_KEYS = 16;
// A verifier elsewhere learns of a new key within this time, as a rule; announce a key this long before it signs.
const DEFAULT_MAX_AGE_SECONDS = 600;

class KeyRing {
  /** By their ids, in the order of their coming. @type {Map<string, HeldKey>} */ #keys = new Map();
  /** @type {string} */ #currentId = '';
  /** @type {import('./signer').Prepared | undefined} */ #signer;
  /** Changes with each change of the keys. */ #version = 0;

  /** @param {unknown} options */
  constructor(options) {
    const read = new Options('JWT', 'createKeyRing', options);
    const current = read.raw('current', { required: true });
    const previous = read.list('previous', { of: RING_KEYS, min: 0 }) ?? [];
    read.done();
    for (const key of previous) this.announce(key);
    this.rotate(current);
  }

  /** The current key's id first. @returns {string[]} */
  get keyIds() {
    return [this.#currentId, ...[...this.#keys.keys()].filter((id) => id !== this.#currentId)];
  }

  get isSlow() {
    return this.#keys.get(this.#currentId)?.jwk !== undefined;
  }

  /** Tokens of this key verify, and the public set holds it, before it signs. @param {unknown} given @returns {string} its id */
  announce(given) {
    const key = readRingKey(given);
    this.#add(key);
    return key.keyId;
  }

  /**
   * This key signs from now on. The one before it goes on verifying until it is retired.
   * @param {unknown} given a key, or one that was announced @returns {string} its id
   */
  rotate(given) {
    const key = readRingKey(given);
    if (key.sign === undefined) throw unfit('is a public key; pass the private key, which signs');
    // Prepared first, so that a key that cannot sign is refused before anything changes.
    const signer = prepareSigner(key.sign);
    this.#add(key);
    this.#signer = signer;
    this.#currentId = key.keyId;
    return key.keyId;
  }

  /** Tokens of this key are refused from now on. @param {string} keyId */
  retire(keyId) {
    if (keyId === this.#currentId)
      throw misuse('ERR_JWT_KEY', 'retire: this is the current key; rotate to another key first');
    if (!this.#keys.delete(keyId)) throw misuse('ERR_JWT_KEY', 'retire: the key ring has no key with this id');
    this.#version += 1;
  }

  /** The public keys, as a JWK set (RFC 7517 section 5). */
  jwks() {
    const keys = this.keyIds.map((id) => {
      const { jwk } = /** @type {HeldKey} */ (this.#keys.get(id));
      if (jwk === undefined) throw unfit('is a shared secret, which must not be published; use a key pair');
      return { ...jwk };
    });
    return { keys };
  }

  /** A handler that serves the public set. @param {unknown} [options] */
  handler(options) {
    const read = new Options('JWT', 'handler', options);
    const maxAgeSeconds = read.integer('maxAgeSeconds', DEFAULT_MAX_AGE_SECONDS, { max: 86_400 });
    read.done();
    this.jwks();
    let [version, body] = [-1, ''];
    return (/** @type {any} */ _req, /** @type {any} */ res) => {
      if (version !== this.#version) [version, body] = [this.#version, JSON.stringify(this.jwks())];
      res.setHeader('Content-Type', 'application/jwk-set+json');
      res.setHeader('Cache-Control', `public, max-age=${maxAgeSeconds}`);
      res.end(body);
    };
  }

  /**
   * What verifies, made anew when the keys have changed.
   * @template T @param {(keys: object[]) => T} make from keys that verify
   */
  source(make) {
    const prepare = () => make([...this.#keys.values()].map((key) => key.verifying));
    let [version, prepared] = [this.#version, prepare()];
    const current = () => {
      if (version !== this.#version) [version, prepared] = [this.#version, prepare()];
      return prepared;
    };
    return { current, wait: () => undefined };
  }

  /** What signs now. @returns {() => import('./signer').Prepared} */
  signer() {
    return () => /** @type {import('./signer').Prepared} */ (this.#signer);
  }

  /** Keeps what verifies of a key; the signer has what signs. @param {RingKey} given */
  #add({ sign: _sign, ...given }) {
    const known = this.#keys.get(given.keyId);
    // Signers and other verifiers know a key by its id: under an id that goes on, they would go on with the old one.
    if (known !== undefined && !isSame(known, given)) {
      throw unfit('ring already has another key with this id; give each key a different id');
    }
    const verifying = known?.verifying ?? verifyingKey(given.verify);
    const keys = new Map(this.#keys).set(given.keyId, { ...given, verifying });
    if (keys.size > MAX_KEYS) throw unfit(`ring already has ${MAX_KEYS} keys; retire one first`);
    // First, so that keys which do not go together are refused before anything changes.
    native.jwtCheckKeys([...keys.values()].map((one) => one.verifying));
    this.#keys = keys;
    this.#version += 1;
  }
}

const createKeyRing = (/** @type {unknown} */ options) => new KeyRing(options);

module.exports = { KeyRing, createKeyRing };
