// @ts-check
'use strict';

const { wallClock } = require('../support/clock');
const native = require('../support/native');
const { KeyAddresses, isAddressPerKey } = require('./jwks/addresses');
const { createIssuers } = require('./jwks/issuers');
const { Judge } = require('./judge');
const { publicKeys } = require('./key-lists');
const { KeyRing } = require('./key-ring');
const { PUBLIC_ALGORITHMS } = require('./algorithm-names');
const { verifyingKey } = require('./keys');
const { readAlgorithms } = require('./options');
const { prepareVerifier } = require('./prepared');
const { createRemoteKeys } = require('./remote-keys');
const { issuerOf, keyIdOf } = require('./unverified');
const { Verifier } = require('./verifier');
const { readCache, readFixedKeys, readKeyOption, readPolicy, readRevocations } = require('./verifier-options');
const { Options } = require('../support/options');

/** @typedef {InstanceType<typeof Options>} OptionReader */
/** @typedef {ReturnType<typeof readSettings>} Settings */

/**
 * Prepares the keys and the policy once. Mistakes are thrown here, not at the first request.
 * @param {unknown} options
 */
function createVerifier(options) {
  return readVerifier(new Options('JWT', 'createVerifier', options));
}

/**
 * As createVerifier, for a function that takes the options of a verifier beside its own and has read those.
 * @param {OptionReader} reader @param {string} [alternative] to an option with keys, for the message where all are missing
 */
function readVerifier(reader, alternative = '') {
  const settings = readSettings(reader, alternative);
  const { read, name, algorithms } = settings;
  const value = read.raw(name);
  if (name === 'jwks' && !Object.hasOwn(Object(value), 'keys')) return remoteVerifier(settings, value);
  if (value instanceof KeyRing) return ringVerifier(settings, value);
  const keys = name === 'jwks' ? publicKeys(value, { algorithms }) : readFixedKeys(read, name, algorithms);
  const judge = judgeOf(settings, { prepared: prepare(settings, keys.map(verifyingKey)) });
  return new Verifier({ of: () => judge, isSlow: keys.some(({ isSlow }) => isSlow) });
}

/** @param {OptionReader} read @param {string} alternative */
function readSettings(read, alternative) {
  const name = readKeyOption(read, alternative);
  const algorithms = readAlgorithms(read, 'algorithms');
  const policy = readPolicy(read);
  const cache = readCache(read);
  const revocations = readRevocations(read);
  const clock = read.function('clock') ?? wallClock;
  read.done();
  return { read, name, algorithms, policy, cache, revocations, clock };
}

/** @param {Settings} settings @param {InstanceType<typeof KeyRing>} ring */
function ringVerifier(settings, ring) {
  if (settings.algorithms !== undefined) {
    throw settings.read.conflict('algorithms', 'cannot be used with a key ring: its keys name their algorithms');
  }
  const judge = judgeOf(settings, { source: ring.source((keys) => prepare(settings, keys)) });
  return new Verifier({ of: () => judge, isSlow: ring.isSlow });
}

/** @param {Settings} settings @param {any} value */
function remoteVerifier(settings, value) {
  judgeRemote(settings);
  if (isAddressPerKey(value)) return verifierPerKey(settings, typeof value === 'string' ? { url: value } : value);
  if (!Array.isArray(value)) {
    const isUrl = typeof value === 'string' || value instanceof URL;
    const { judge, source } = remoteJudge(settings, isUrl ? { url: value } : value, 'jwks.');
    return new Verifier({ of: () => judge, isSlow: true, sources: [source] });
  }
  const { read, policy } = settings;
  if (policy.issuers.length > 0) {
    throw read.conflict('issuer', 'cannot be used with a list in `jwks`: each entry has its own `issuer`');
  }
  const issuers = createIssuers(value, (options, issuer, path) => remoteJudge(settings, options, path, issuer), read);
  return new Verifier({
    of: (token) => issuers.of(issuerOf(token, policy.maxTokenBytes)).judge,
    isSlow: true,
    sources: issuers.sources.map(({ source }) => source),
  });
}

/** Keys with an address each. @param {Settings} settings @param {{ url: string }} options */
function verifierPerKey(settings, options) {
  const { read, policy } = settings;
  const path = 'jwks.';
  const open = (/** @type {Record<string, unknown>} */ own, /** @type {string} */ keyId) =>
    remoteJudge(settings, own, path, undefined, keyId);
  const addresses = new KeyAddresses(options, open, { area: read.area, owner: read.owner, path });
  return new Verifier({ of: (token) => addresses.of(keyIdOf(token, policy)), isSlow: true, sources: [addresses] });
}

/** What would else come to light with the first keys. @param {Settings} settings */
function judgeRemote({ read, algorithms = [], policy }) {
  const unfit = algorithms.find((name) => !PUBLIC_ALGORITHMS.includes(name));
  if (unfit !== undefined) {
    const reason = `option "algorithms": ${unfit} does not use public keys; use ${PUBLIC_ALGORITHMS.join(', ')}`;
    throw read.refuse(reason, 'ERR_JWT_KEY_ALGORITHM');
  }
  native.jwtCheckPolicy(policy);
}

/** @param {Settings} settings @param {unknown} options @param {string} path as in Options @param {string} [issuer] @param {string} [keyId] */
function remoteJudge(settings, options, path, issuer, keyId) {
  const { read, policy, algorithms } = settings;
  // Not even a key of the same set verifies a token of another issuer.
  const own = issuer === undefined ? policy : { ...policy, issuers: [{ text: issuer, isPattern: false }] };
  const keys = createRemoteKeys(options, algorithms, (held) => prepare({ ...settings, policy: own }, held), {
    area: read.area,
    owner: read.owner,
    path,
    keyId,
  });
  return { judge: judgeOf(settings, { source: keys }), source: keys.source, close: () => keys.source.close() };
}

/** @param {Settings} settings @param {object[]} keys that verify */
function prepare({ policy, revocations }, keys) {
  return prepareVerifier(keys, policy, revocations?.table.native);
}

/** @param {Settings} settings @param {Pick<import('./judge').Parts, 'prepared' | 'source'>} keys */
function judgeOf({ cache, revocations, clock }, keys) {
  return new Judge({ cache, revocations, clock, ...keys });
}

module.exports = { createVerifier, readVerifier };
