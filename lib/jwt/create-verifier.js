// @ts-check
'use strict';

const native = require('../support/native');
const { misuse } = require('../support/errors');
const { createIssuers } = require('./jwks/issuers');
const { Judge } = require('./judge');
const { publicKeys } = require('./key-lists');
const { KeyRing } = require('./key-ring');
const { PUBLIC_ALGORITHMS } = require('./keys');
const { readTexts } = require('./options');
const { createRemoteKeys } = require('./remote-keys');
const { issuerOf } = require('./unverified');
const { Verifier } = require('./verifier');
const { readCache, readFixedKeys, readKeyOption, readPolicy, readRevocations } = require('./verifier-options');
const { Options } = require('../support/options');

/** @typedef {ReturnType<typeof readSettings>} Settings */

/**
 * Prepares the keys and the policy once. Mistakes are thrown here, not at the first request.
 * @param {unknown} options
 */
function createVerifier(options) {
  const settings = readSettings(options);
  const { read, name, algorithms } = settings;
  const value = read.raw(name);
  if (name === 'jwks' && !Object.hasOwn(Object(value), 'keys')) return remoteVerifier(settings, value);
  if (value instanceof KeyRing) return ringVerifier(settings, value);
  const make = (/** @type {any[]} */ keys) => prepare(settings, keys);
  const keys = name === 'jwks' ? publicKeys(value, { algorithms }, make) : readFixedKeys(read, name, algorithms);
  const judge = judgeOf(settings, { prepared: make(keys) });
  return new Verifier({ of: () => judge, isSlow: keys.some((key) => key.kind !== 'secret') });
}

/** @param {unknown} options */
function readSettings(options) {
  const read = new Options('JWT', 'createVerifier', options);
  const name = readKeyOption(read);
  const algorithms = readTexts(read, 'algorithms');
  const policy = readPolicy(read);
  const cache = readCache(read);
  const revocations = readRevocations(read);
  // Looked up at each call, so that a test's fake Date counts whenever it was put in.
  const clock = read.function('clock') ?? (() => Date.now());
  read.done();
  return { read, name, algorithms, policy, cache, revocations, clock };
}

/** @param {Settings} settings @param {InstanceType<typeof KeyRing>} ring */
function ringVerifier(settings, ring) {
  if (settings.algorithms !== undefined) {
    throw settings.read.wrong('algorithms', 'left out where "keys" is a key ring, which knows them');
  }
  const judge = judgeOf(settings, { source: ring.source((/** @type {any[]} */ keys) => prepare(settings, keys)) });
  return new Verifier({ of: () => judge, isSlow: ring.isSlow });
}

/** @param {Settings} settings @param {any} value */
function remoteVerifier(settings, value) {
  judgeRemote(settings);
  if (!Array.isArray(value)) {
    const isUrl = typeof value === 'string' || value instanceof URL;
    const { judge, source } = remoteJudge(settings, isUrl ? { url: value } : value);
    return new Verifier({ of: () => judge, isSlow: true, sources: [source] });
  }
  const { read, policy } = settings;
  if (policy.issuers.length > 0) {
    throw read.wrong('issuer', 'left out where "jwks" is a list, each entry of which names its own');
  }
  const issuers = createIssuers(value, (options, issuer) => remoteJudge(settings, options, issuer));
  return new Verifier({
    of: (token) => issuers.of(issuerOf(token, policy.maxTokenBytes)).judge,
    isSlow: true,
    sources: issuers.sources.map(({ source }) => source),
  });
}

/** What would else come to light with the first keys. @param {Settings} settings */
function judgeRemote({ algorithms = [], policy }) {
  const unfit = algorithms.find((name) => !PUBLIC_ALGORITHMS.includes(name));
  if (unfit !== undefined) {
    throw misuse(
      'ERR_JWT_KEY_ALGORITHM',
      `createVerifier: "${unfit}" is no algorithm of public keys; known are ${PUBLIC_ALGORITHMS.join(', ')}`,
    );
  }
  const anyKey = { kind: 'secret', bytes: Buffer.alloc(32), algorithms: ['HS256'], isLegacy: false };
  new native.JwtVerifier([anyKey], policy);
}

/** @param {Settings} settings @param {unknown} options @param {string} [issuer] */
function remoteJudge(settings, options, issuer) {
  const { policy, algorithms } = settings;
  // Not even a key of the same set verifies a token of another issuer.
  const own = issuer === undefined ? policy : { ...policy, issuers: [{ text: issuer, isPattern: false }] };
  const keys = createRemoteKeys(options, algorithms, (inputs) => prepare({ ...settings, policy: own }, inputs));
  return { judge: judgeOf(settings, { source: keys }), source: keys.source, close: () => keys.source.close() };
}

/** @param {Settings} settings @param {any[]} keys */
function prepare({ policy, revocations }, keys) {
  return new native.JwtVerifier(keys, policy, revocations?.table.native);
}

/** @param {Settings} settings @param {{ prepared?: any, source?: import('./judge').Parts['source'] }} keys */
function judgeOf({ policy, cache, revocations, clock }, keys) {
  return new Judge({ policy, cache, revocations, clock, ...keys });
}

module.exports = { createVerifier };
