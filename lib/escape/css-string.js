// @ts-check
'use strict';

// A string or an identifier of CSS. Everything but letters, digits, `-`, `_` and the other code points of identifiers (CSS
// Syntax Level 3, section 4.2) becomes a hexadecimal escape with the space that ends it.

const { createEscaper, isLone } = require('./text');

const REPLACEMENT = '\ufffd';
const IDENTIFIER = [
  '\\w\\-',
  '\\u00b7\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u203f\\u2040\\u2070-\\u218f',
  '\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{10ffff}',
].join('');
const SPECIAL = new RegExp(`[^${IDENTIFIER}]`, 'u');
// An identifier does not start with a digit, nor with a hyphen before one.
const START = /^[\d-]/;

/** @param {number} unit */
function hexEscape(unit) {
  return `\\${unit.toString(16)} `;
}

const escapeUnits = createEscaper('escapeCssString', {
  special: SPECIAL,
  // CSS has no way to write NUL or a lone surrogate: parsers read both, and their escapes, as U+FFFD.
  ascii: (character) => (character === '\0' ? REPLACEMENT : hexEscape(character.charCodeAt(0))),
  wide: (unit, text, at) => {
    if (isLone(unit, text, at)) return REPLACEMENT;
    const isHalf = unit >= 0xd800 && unit <= 0xdfff;
    return isHalf || !SPECIAL.test(String.fromCharCode(unit)) ? undefined : hexEscape(unit);
  },
});

/** @param {string} text @returns {string} */
function escapeCssString(text) {
  const escaped = escapeUnits(text);
  return START.test(escaped) ? hexEscape(escaped.charCodeAt(0)) + escaped.slice(1) : escaped;
}

module.exports = { escapeCssString };
