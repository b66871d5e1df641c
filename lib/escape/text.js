// @ts-check
'use strict';

// What all functions of this area share: which texts they accept, and how they replace characters.

const { misuse } = require('../support/errors');
const { show } = require('../support/options/given');

// An escaped form is up to six times as long as its text, and V8 has no string of more than 2^29 - 24 units.
const LONGEST = Math.floor((2 ** 29 - 24) / 6);

/** @param {string} owner the function that messages name @param {unknown} text */
function checkText(owner, text) {
  if (typeof text !== 'string' || text.length > LONGEST) throw unfit(owner, text);
}

/** The error for a value that cannot be escaped. @param {string} owner @param {unknown} text */
function unfit(owner, text) {
  const reason = typeof text === 'string' ? `not be longer than ${LONGEST} UTF-16 units` : `be a string, not ${show(text)}`;
  return misuse('ERR_ESCAPE_INPUT', `${owner}: the text must ${reason}`);
}

/**
 * Makes the function that replaces every match of an expression. Text without a match is returned as it is.
 * @param {string} owner @param {RegExp} special global; each match is one character
 * @param {(character: string) => string} escapeOne
 * @returns {(text: string) => string}
 */
function createEscaper(owner, special, escapeOne) {
  const once = new RegExp(special.source, special.flags.replace('g', ''));
  /** @type {Map<string, string>} Only of what is special: at most the size of that set is kept. */
  const known = new Map();
  const replace = (/** @type {string} */ character) => {
    const kept = known.get(character);
    if (kept !== undefined) return kept;
    const escaped = escapeOne(character);
    if (known.size < MOST_KNOWN) known.set(character, escaped);
    return escaped;
  };
  return (text) => {
    checkText(owner, text);
    return once.test(text) ? text.replace(special, replace) : text;
  };
}

// The ASCII characters and some others; sets such as "no letter" are larger.
const MOST_KNOWN = 256;

/** `\u0027`: valid in literals of JavaScript and in JSON. @param {string} character one UTF-16 unit */
function unicodeEscape(character) {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

module.exports = { LONGEST, checkText, createEscaper, unfit, unicodeEscape };
