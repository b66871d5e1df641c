// @ts-check
'use strict';

// One line of a log: nothing starts a new line, moves a terminal's cursor, or reorders what a reader sees.

const { createEscaper, isLone, unicodeEscape } = require('./text');

/** The short forms; the backslash itself, so that a reader can reverse all of them. @type {Readonly<Record<string, string>>} */
const SHORT = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

// C1 controls (U+009B starts a terminal sequence as ESC [ does), line separators, and marks that change the direction of text.
const WIDE = /[\x80-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** @param {number} unit */
function short(unit) {
  return unit < 256 ? `\\x${unit.toString(16).padStart(2, '0')}` : unicodeEscape(unit);
}

const escapeLog = createEscaper('escapeLog', {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  special: /[\0-\x1f\\\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/u,
  ascii: (character) => SHORT[character] ?? short(character.charCodeAt(0)),
  wide: (unit, text, at) => (WIDE.test(String.fromCharCode(unit)) || isLone(unit, text, at) ? short(unit) : undefined),
});

module.exports = { escapeLog };
