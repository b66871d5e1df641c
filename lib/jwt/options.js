// @ts-check
'use strict';

// What both verifiers and signers read from their options.

const { isRegExp } = require('node:util/types');

const { ALGORITHMS } = require('./keys');
const { TEXTS } = require('../support/options/list');
const { showNear } = require('../support/options/names');

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */

// Of the IANA registry "JSON Web Signature and Encryption Algorithms", and known to many users.
const REGISTERED = ['none', 'ES256K', 'Ed25519', 'Ed448', 'HS1', 'RS1'];

/**
 * One string or several. What was meant and got lost on the way (an environment variable that is not set, say) must not
 * turn into no policy.
 * @param {OptionReader} read @param {string} name @returns {string[] | undefined}
 */
function readTexts(read, name) {
  return read.list(name, { of: TEXTS, single: true, defined: true });
}

/** @type {import('../support/options/list').Kind<{ text: string, isPattern: boolean }>} */
const MATCHERS = {
  one: 'a non-empty string or a RegExp (without flags but u, which it needs for ".", "[^" and text beyond ASCII)',
  many: 'these',
  read: toMatcher,
};

/**
 * As readTexts, with patterns: a RegExp is passed on as its source, which core accepts only where it means the same there.
 * @param {OptionReader} read @param {string} name
 */
function readMatchers(read, name) {
  return read.list(name, { of: MATCHERS, single: true, defined: true }) ?? [];
}

/**
 * The algorithms of `algorithms`, all of them known. An unknown name is shown only if it is a slip in a known one or the
 * public name of another algorithm: a secret may have been passed in the wrong place.
 * @param {OptionReader} read @param {string} name @returns {string[] | undefined}
 */
function readAlgorithms(read, name) {
  const names = readTexts(read, name);
  const unknown = names?.find((one) => !ALGORITHMS.includes(one));
  if (unknown === undefined) return names;
  const cure = unknown === 'ES256K' ? 'ES256 with a P-256 key, or EdDSA with Ed25519' : ALGORITHMS.join(', ');
  const shown = REGISTERED.includes(unknown) ? `"${unknown}"` : showNear(unknown, ALGORITHMS);
  throw read.refuse(`option "${name}": ${shown} is not a supported algorithm; use ${cure}`, 'ERR_JWT_KEY_ALGORITHM');
}

/** @param {unknown} value */
function toMatcher(value) {
  if (typeof value === 'string' && value !== '' && value.isWellFormed()) return { text: value, isPattern: false };
  if (!isRegExp(value) || !value.source.isWellFormed()) return undefined;
  const isSame = value.flags === 'u' || (value.flags === '' && !countsCharacters(value.source));
  return isSame ? { text: value.source, isPattern: true } : undefined;
}

/**
 * Whether the flag u matters: without it JavaScript takes a character beyond U+FFFF for two, and core for one.
 * @param {string} source
 */
function countsCharacters(source) {
  const bare = source.replace(/\\./gs, '').replace(/\[(?!\^)[^\]]*\]/g, '');
  return /\.|\[\^/.test(bare) || !/^[\x20-\x7e]*$/.test(source);
}

module.exports = { readAlgorithms, readMatchers, readTexts };
