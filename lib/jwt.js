// @ts-check
'use strict';

const native = require('./native');
const { rejection } = require('./errors');
const { signKey } = require('./jwt/keys');
const { KeyRing } = require('./jwt/key-ring');
const { readTexts } = require('./jwt/options');
const { MAX_LIFETIME_SECONDS, Signer } = require('./jwt/signer');
const { Verifier } = require('./jwt/verifier');
const { readCache, readFixedKeys, readKeyOption, readPolicy } = require('./jwt/verifier-options');
const { Options } = require('./options');

// Looked up at each call, so that a test's fake Date counts whenever it was put in.
const wallClock = () => Date.now();

/**
 * Prepares the keys and the policy once. Mistakes are thrown here, not at the first request.
 * @param {unknown} options
 */
function createVerifier(options) {
  const read = new Options('JWT', 'createVerifier', options);
  const name = readKeyOption(read);
  const algorithms = readTexts(read, 'algorithms');
  const policy = readPolicy(read);
  const cache = readCache(read);
  const clock = read.function('clock') ?? wallClock;
  const parts = { policy, cache, clock };
  read.done();
  const keys = read.raw(name);
  if (keys instanceof KeyRing) {
    if (algorithms !== undefined)
      throw read.wrong('algorithms', 'left out where "keys" is a key ring, which knows them');
    const source = keys.source((inputs) => new native.JwtVerifier(inputs, policy));
    return new Verifier({ ...parts, source }, keys.isSlow);
  }
  const inputs = readFixedKeys(read, name, algorithms);
  const prepared = new native.JwtVerifier(inputs, policy);
  return new Verifier(
    { ...parts, prepared },
    inputs.some((key) => key.kind !== 'secret'),
  );
}

/**
 * Prepares the key and the header once.
 * @param {unknown} options
 */
function createSigner(options) {
  const read = new Options('JWT', 'createSigner', options);
  const prepared = readSignKey(read);
  read.written('issuer');
  const issuer = read.string('issuer', undefined);
  const audience = readTexts(read, 'audience');
  const lifetimeSeconds = read.integer('expiresInSeconds', 0, { min: 1, max: MAX_LIFETIME_SECONDS });
  const clock = read.function('clock') ?? wallClock;
  read.done();
  /** @type {Record<string, any>} */
  const standard = {};
  if (issuer !== undefined) standard.iss = issuer;
  if (audience !== undefined) standard.aud = audience.length === 1 ? audience[0] : audience;
  return new Signer({ prepared, standard, lifetimeSeconds, clock });
}

/** @param {Options} read @returns {() => any} */
function readSignKey(read) {
  const ring = read.written('keys');
  const key = read.written('key');
  const algorithm = read.string('algorithm', undefined);
  const passphrase = read.string('passphrase', undefined);
  const keyId = read.string('keyId', undefined);
  if (ring instanceof KeyRing) {
    const lost = ['key', 'algorithm', 'passphrase', 'keyId'].find((name) => read.raw(name) !== undefined);
    if (lost !== undefined) throw read.wrong(lost, 'left out where "keys" is a key ring, which knows it');
    return ring.signer();
  }
  if (ring !== undefined) throw read.wrong('keys', 'what createKeyRing returns (or give one "key")');
  const input = signKey(key, { algorithm, passphrase, keyId });
  if (input === undefined) throw read.wrong('key', 'a secret, or a private key as PEM, DER, JWK or KeyObject');
  const prepared = new native.JwtSigner(input);
  return () => prepared;
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

module.exports = { createSigner, createVerifier, decode };
