// @ts-check
'use strict';

// What createVerifier is given, read once: the policy that core judges by, where the keys come from, and what is kept.

const { BOUNDS } = require('../support/bounds');
const { wrongKey } = require('./jwk');
const { verifyKey } = require('./keys');
const { verifyKeys } = require('./key-lists');
const { readMatchers, readTexts } = require('./options');
const { isRevocations } = require('../revocations');

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */
/** @typedef {import('./keys').KeyInput} KeyInput */

const { maxTokenBytes, maxHeaderBytes, clockToleranceSeconds } = BOUNDS.JWT;
const DEFAULT_CACHE_ENTRIES = 1000;
const KEY_OPTIONS = ['key', 'keys', 'jwks'];

/** @param {OptionReader} read */
function readPolicy(read) {
  return {
    issuers: readMatchers(read, 'issuer'),
    audiences: readMatchers(read, 'audience'),
    subjects: readMatchers(read, 'subject'),
    tokenIds: readMatchers(read, 'jwtId'),
    nonces: readMatchers(read, 'nonce'),
    requiredClaims: readTexts(read, 'requiredClaims') ?? [],
    maxAgeSeconds: /** @type {number | undefined} */ (read.number('maxAgeSeconds', undefined, { defined: true })),
    clockToleranceSeconds: read.number('clockToleranceSeconds', clockToleranceSeconds.fallback),
    typ: read.string('typ', undefined, { defined: true }),
    maxTokenBytes: read.integer('maxTokenBytes', maxTokenBytes.fallback, maxTokenBytes),
    maxHeaderBytes: read.integer('maxHeaderBytes', maxHeaderBytes.fallback, maxHeaderBytes),
    lenientPadding: read.boolean('lenientPadding', false),
  };
}

/** The one option of three that names the keys. @param {OptionReader} read @param {string} alternative what the caller takes in their place, for the message */
function readKeyOption(read, alternative) {
  const given = KEY_OPTIONS.filter((name) => read.raw(name) !== undefined);
  if (given.length === 0) {
    const unset = KEY_OPTIONS.find((name) => read.has(name)) ?? 'key';
    throw read.missing(unset, `, or \`keys\`, or \`jwks\`${alternative}`);
  }
  // One that got lost beside another one is a key that was meant.
  for (const name of KEY_OPTIONS) read.raw(name, { defined: true });
  if (given.length > 1) throw read.conflict(given[1], `cannot be combined with "${given[0]}"; give one of them`);
  return given[0];
}

/**
 * The keys of `key` or `keys`.
 * @param {OptionReader} read @param {string} name @param {readonly string[] | undefined} algorithms @returns {KeyInput[]}
 */
function readFixedKeys(read, name, algorithms) {
  const value = read.raw(name);
  if (name === 'key') {
    const key = verifyKey(value, { algorithms });
    if (key === undefined) throw read.wrong('key', 'a secret, a PEM or DER key, a JWK or a KeyObject');
    return [key];
  }
  const keys = verifyKeys(value, { algorithms }, read);
  if (keys === undefined)
    throw read.wrong('keys', 'an array of keys, a JWK set, or a key ring made by createKeyRing()');
  if (keys.length === 0) throw wrongKey('`keys` must not be empty');
  return keys;
}

/** @param {OptionReader} read @returns {{ maxEntries: number, copies: boolean } | undefined} */
function readCache(read) {
  const value = read.raw('cache');
  if (value === false) return undefined;
  if (value === true || typeof value === 'string') throw read.wrong('cache', 'false or an object of options');
  const cache = read.inside('cache');
  const maxEntries = cache.integer('maxEntries', DEFAULT_CACHE_ENTRIES, { min: 2, max: 1_000_000 });
  const copies = cache.boolean('copies', false);
  cache.done();
  return { maxEntries, copies };
}

/** @param {OptionReader} read */
function readRevocations(read) {
  const revocations = read.raw('revocations', { defined: true });
  if (revocations === undefined || isRevocations(revocations)) return revocations;
  throw read.wrong('revocations', 'what createRevocations() returns');
}

module.exports = { readCache, readFixedKeys, readKeyOption, readPolicy, readRevocations };
