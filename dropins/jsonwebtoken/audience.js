// @ts-check
'use strict';

// Checks `aud` against strings and patterns in linear time. A JavaScript RegExp can take hours on a hostile text, so none is
// run: the native engine matches the pattern, and rejects a pattern that it cannot match in one pass.

const { isRegExp } = require('node:util/types');

const { openPattern } = require('./engine');
const { JsonWebTokenError } = require('./errors');

/** @typedef {{ source: string, flags: string, accepts: (text: string) => boolean }} Pattern */

/** @type {WeakMap<RegExp, Pattern>} */
const patterns = new WeakMap();

// A pattern may match anywhere in the text, so any characters may come before and after, line ends included.
const ANY = '(?:[^a]|a)*';
const BEYOND_BMP = /[\ud800-\udfff]/;
const REFUSED =
  'audience patterns must be matched in linear time: no flags but i and u, no look-around, back reference or named group';

/**
 * Rejects an unsupported pattern before any token is read.
 * @param {unknown} audience
 */
function prepareAudience(audience) {
  for (const one of listOf(audience)) if (isRegExp(one)) prepared(one);
}

/** @param {unknown} audience what is expected @param {unknown} claim the claim in the token */
function isAudience(audience, claim) {
  const accepted = listOf(audience);
  return listOf(claim).some((said) => accepted.some((one) => (isRegExp(one) ? isMatch(one, said) : one === said)));
}

/** @param {unknown} value @returns {unknown[]} */
const listOf = (value) => (Array.isArray(value) ? value : [value]);

/** Only strings are matched: other claims, and a missing claim, are never converted to a string. @param {RegExp} regExp @param {unknown} said */
const isMatch = (regExp, said) => typeof said === 'string' && prepared(regExp).accepts(said);

/** @param {RegExp} regExp @returns {Pattern} */
function prepared(regExp) {
  const { source, flags } = regExp;
  const known = patterns.get(regExp);
  // compile() changes the source of a RegExp.
  if (known !== undefined && known.source === source && known.flags === flags) return known;
  const pattern = { source, flags, accepts: opened(source, flags) };
  patterns.set(regExp, pattern);
  return pattern;
}

/** @param {string} source @param {string} flags @returns {(text: string) => boolean} */
function opened(source, flags) {
  if (/[^iu]/.test(flags)) throw new JsonWebTokenError(REFUSED);
  const [ignoresCase, isUnicode] = [flags.includes('i'), flags.includes('u')];
  try {
    const accepts = openPattern(`^${ANY}(?:${ignoresCase ? lowered(source) : source})${ANY}$`);
    const matches = ignoresCase ? (/** @type {string} */ text) => accepts(toLower(text, isUnicode)) : accepts;
    // Without the flag u, JavaScript reads a character above U+FFFF as two characters, and the engine as one.
    return isUnicode ? matches : (text) => !BEYOND_BMP.test(text) && matches(text);
  } catch (cause) {
    throw new JsonWebTokenError(REFUSED, /** @type {Error} */ (cause));
  }
}

/**
 * Lower-cases the letters that equal ASCII letters if case is ignored: a lowered source contains no others. With the flag u
 * these include the Kelvin sign and the long s.
 * @param {string} text @param {boolean} isUnicode
 */
function toLower(text, isUnicode) {
  const lower = text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return isUnicode ? lower.replaceAll('\u212a', 'k').replaceAll('\u017f', 's') : lower;
}

/**
 * The source of a case-insensitive pattern, to match a lowered text. Escapes keep their letter. Letters beyond ASCII, and
 * ranges other than letters of one case or digits, would change their meaning, so they are rejected.
 * @param {string} source
 */
function lowered(source) {
  const isAscii = /^[\x20-\x7e]*$/.test(source);
  const ranges = source.match(/[^\\[]-[^\]]/g) ?? [];
  const isPlain = ranges.every((range) => /^(?:[a-z]-[a-z]|[A-Z]-[A-Z]|\d-\d)$/.test(range));
  if (!isAscii || (source.includes('[') && !isPlain)) throw new TypeError('case cannot be passed over');
  return source.replace(/\\.|[A-Z]+/gs, (found) => (found[0] === '\\' ? found : found.toLowerCase()));
}

module.exports = { isAudience, prepareAudience };
