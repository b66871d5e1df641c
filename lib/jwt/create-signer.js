// @ts-check
'use strict';

const { wallClock } = require('../support/clock');
const { Options } = require('../support/options');
const { signKey } = require('./keys');
const { KeyRing } = require('./key-ring');
const { readAlgorithms, readTexts } = require('./options');
const { MAX_LIFETIME_SECONDS, Signer, prepareSigner } = require('./signer');

/**
 * Prepares the key and the header once.
 * @param {unknown} options
 */
function createSigner(options) {
  const read = new Options('JWT', 'createSigner', options);
  const prepared = readSignKey(read);
  const issuer = read.string('issuer', undefined, { defined: true });
  const audience = readTexts(read, 'audience');
  const lifetimeSeconds = read.integer('expiresInSeconds', 0, { min: 1, max: MAX_LIFETIME_SECONDS, defined: true });
  const clock = read.function('clock') ?? wallClock;
  read.done();
  /** @type {Record<string, any>} */
  const claims = {};
  if (issuer !== undefined) claims.iss = issuer;
  if (audience !== undefined) claims.aud = audience.length === 1 ? audience[0] : audience;
  const standard = { names: Object.keys(claims), claims };
  return new Signer({ prepared, standard, lifetimeSeconds, clock });
}

/** @param {Options} read @returns {() => import('./signer').Prepared} */
function readSignKey(read) {
  const ring = read.raw('keys', { defined: true });
  const key = read.raw('key', { defined: ring !== undefined });
  const [algorithm] = readAlgorithms(read, 'algorithm') ?? [];
  const passphrase = read.string('passphrase', undefined);
  const keyId = read.string('keyId', undefined);
  if (ring instanceof KeyRing) {
    const lost = ['key', 'algorithm', 'passphrase', 'keyId'].find((name) => read.raw(name) !== undefined);
    if (lost !== undefined) throw read.conflict(lost, 'cannot be used with a key ring in `keys`: its keys know it');
    return ring.signer();
  }
  if (ring !== undefined) throw read.wrong('keys', 'a key ring made by createKeyRing() (for a single key, use `key`)');
  if (key === undefined) throw read.missing('key', ', or a key ring in `keys`');
  const input = signKey(key, { algorithm, passphrase, keyId });
  if (input === undefined) throw read.wrong('key', 'a secret, or a private key as PEM, DER, JWK or KeyObject');
  const prepared = prepareSigner(input);
  return () => prepared;
}

module.exports = { createSigner };
