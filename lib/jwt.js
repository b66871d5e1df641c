// @ts-check
'use strict';

const native = require('./native');
const { misuse, rejection } = require('./errors');
const { readMatchers, readSecret, readText, readTexts } = require('./jwt/options');
const { Options } = require('./options');

/** @type {(slot: number, token: string, now: number) => string | number | { ordinal: number, message: string }} */
const verifyToken = native.jwtVerifyFunction();
/** @type {(slot: number, claims: string) => string} */
const signClaims = native.jwtSignFunction();

const DEFAULT_ALGORITHMS = Object.freeze(['HS256']);
// Half of what Node.js allows for all headers of a request together.
const DEFAULT_MAX_TOKEN_BYTES = 8192;
const MAX_LIFETIME_SECONDS = 100 * 366 * 24 * 60 * 60;
const MILLISECONDS = 1000;
// Looked up at each call, so that a test's fake Date counts whenever it was put in.
const wallClock = () => Date.now();

class Verifier {
  // biome-ignore lint/correctness/noUnusedPrivateClassMembers: it owns the slot, so it must live as long as this
  /** @type {unknown} */ #prepared;
  /** @type {number} */ #slot;
  /** @type {() => number} */ #clock;

  /** @param {unknown} options */
  constructor(options) {
    const read = new Options('JWT', 'createVerifier', options);
    const secret = readSecret(read);
    const input = {
      algorithms: readTexts(read, 'algorithms') ?? DEFAULT_ALGORITHMS,
      issuers: readMatchers(read, 'issuer'),
      audiences: readMatchers(read, 'audience'),
      subjects: readMatchers(read, 'subject'),
      requiredClaims: readTexts(read, 'requiredClaims') ?? [],
      maxAgeSeconds: read.number('maxAgeSeconds', undefined),
      clockToleranceSeconds: read.number('clockToleranceSeconds', 0),
      typ: read.has('typ') ? readText(read, 'typ') : undefined,
      maxTokenBytes: read.integer('maxTokenBytes', DEFAULT_MAX_TOKEN_BYTES, { min: 1 }),
    };
    this.#clock = read.function('clock') ?? wallClock;
    read.done();
    const prepared = new native.JwtVerifier(secret, input);
    this.#prepared = prepared;
    this.#slot = prepared.slot;
  }

  /** Bound, so that it may be taken off the object. @param {string} token @returns {Record<string, any>} */
  verify = (token) => {
    // Not coerced: a clock that answers null would stand at 1970, when no token had expired.
    const verdict = verifyToken(this.#slot, token, this.#clock());
    if (typeof verdict !== 'string') throw rejection(verdict);
    return JSON.parse(verdict);
  };
}

class Signer {
  // biome-ignore lint/correctness/noUnusedPrivateClassMembers: it owns the slot, so it must live as long as this
  /** @type {unknown} */ #prepared;
  /** @type {number} */ #slot;
  /** What every token carries beside its time. @type {Record<string, any>} */ #standard = {};
  /** @type {number} */ #lifetime;
  /** @type {() => number} */ #clock;

  /** @param {unknown} options */
  constructor(options) {
    const read = new Options('JWT', 'createSigner', options);
    const secret = readSecret(read);
    const algorithm = read.string('algorithm', DEFAULT_ALGORITHMS[0]);
    const keyId = read.string('keyId', undefined);
    read.written('issuer');
    const issuer = read.string('issuer', undefined);
    const audience = readTexts(read, 'audience');
    this.#lifetime = read.integer('expiresInSeconds', 0, { min: 1, max: MAX_LIFETIME_SECONDS });
    this.#clock = read.function('clock') ?? wallClock;
    read.done();
    if (issuer !== undefined) this.#standard.iss = issuer;
    if (audience !== undefined) this.#standard.aud = audience.length === 1 ? audience[0] : audience;
    const prepared = new native.JwtSigner(secret, algorithm, keyId);
    this.#prepared = prepared;
    this.#slot = prepared.slot;
  }

  /**
   * Bound, so that it may be taken off the object.
   * @param {Record<string, any>} claims @param {Record<string, any>} [overrides] @returns {string}
   */
  sign = (claims, overrides) => {
    if (!isPlainObject(claims)) throw misuse('ERR_JWT_CLAIMS', 'sign: the claims must be a plain object');
    if (overrides !== undefined && !isPlainObject(overrides)) {
      throw misuse('ERR_JWT_CLAIMS', 'sign: the overrides must be a plain object');
    }
    const iat = Math.floor(+this.#clock() / MILLISECONDS);
    /** @type {Record<string, any>} */
    const payload = { iat, ...this.#standard, ...claims, ...overrides };
    if (this.#lifetime !== 0 && payload.exp === undefined) payload.exp = iat + this.#lifetime;
    if (payload.exp > iat + MAX_LIFETIME_SECONDS) {
      throw misuse('ERR_JWT_CLAIMS', 'sign: "exp" lies over a century ahead; it counts seconds, not milliseconds');
    }
    return signClaims(this.#slot, serialise(payload));
  };
}

/** @param {Record<string, any>} claims */
function serialise(claims) {
  try {
    return JSON.stringify(claims);
  } catch (cause) {
    throw Object.assign(misuse('ERR_JWT_CLAIMS', 'sign: the claims cannot be written as JSON'), { cause });
  }
}

/** @param {unknown} value */
function isPlainObject(value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * Reads a token without verifying anything: for logs and routing, never for trust.
 * @param {string} token
 */
function decode(token) {
  const verdict = native.jwtDecode(token);
  if (!Array.isArray(verdict)) throw rejection(verdict);
  const [header, payload] = verdict;
  return { header: JSON.parse(header), payload: JSON.parse(payload) };
}

/** @param {unknown} options */
const createVerifier = (options) => new Verifier(options);
/** @param {unknown} options */
const createSigner = (options) => new Signer(options);

module.exports = { createSigner, createVerifier, decode };
