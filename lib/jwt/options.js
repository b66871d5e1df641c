// @ts-check
'use strict';

// What both verifiers and signers read from their options.

const { isRegExp } = require('node:util/types');

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */

/**
 * A string or a list of strings. Written as undefined it is refused: a policy that was meant and got lost on the way
 * (an unset environment variable, say) must not turn into no policy.
 * @param {OptionReader} read @param {string} name @returns {string[] | undefined}
 */
function readTexts(read, name) {
  if (!read.has(name)) return undefined;
  const value = read.raw(name);
  const list = Array.isArray(value) ? [...value] : [value];
  if (list.length > 0 && list.every((text) => typeof text === 'string' && text !== '' && text.isWellFormed()))
    return list;
  throw read.wrong(name, 'a string or a list of strings, none of them empty (leave the option out for its default)');
}

/**
 * As readTexts, with patterns: a RegExp is handed on as its source, which core takes only where it means the same there.
 * @param {OptionReader} read @param {string} name @returns {Array<{ text: string, isPattern: boolean }>}
 */
function readMatchers(read, name) {
  if (!read.has(name)) return [];
  const value = read.raw(name);
  const list = Array.isArray(value) ? [...value] : [value];
  const matchers = list.map((one) => toMatcher(one));
  if (matchers.length > 0 && matchers.every((one) => one !== undefined)) return /** @type {any} */ (matchers);
  throw read.wrong(
    name,
    'a string, a RegExp, or a list of these, none of them empty (leave the option out to ask nothing); a RegExp has no flag but u, and needs that for ".", "[^" and text beyond ASCII',
  );
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

/** As readTexts, for one. @param {OptionReader} read @param {string} name @returns {string} */
function readText(read, name) {
  const [text, ...others] = /** @type {string[]} */ (readTexts(read, name));
  if (others.length > 0) throw read.wrong(name, 'one string');
  return text;
}

module.exports = { readMatchers, readText, readTexts };
