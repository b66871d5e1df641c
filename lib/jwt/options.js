// @ts-check
'use strict';

// What both verifiers and signers read from their options.

const { isRegExp } = require('node:util/types');

const { assertSupported } = require('./algorithm-names');
const { TEXTS } = require('../support/options/list');

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */

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

/** As readTexts, for algorithms. @param {OptionReader} read @param {string} name @returns {string[] | undefined} */
function readAlgorithms(read, name) {
  const names = readTexts(read, name);
  assertSupported(`${read.owner}: option "${name}"`, names ?? []);
  return names;
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
