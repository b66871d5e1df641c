// @ts-check
'use strict';

// The inside of '...', "..." and `...` in JavaScript. `$` and `{` are escaped each, because the other one may stand in the
// app's own code beside the hole. With `<`, `>`, `&`, `/` and the quotes escaped too, the result also ends no script element
// and no attribute. Every form is valid in JSON as well.

const { createEscaper, isLone, unicodeEscape } = require('./text');

const LINE_SEPARATOR = 0x2028;
const PARAGRAPH_SEPARATOR = 0x2029;

const escapeJsString = createEscaper('escapeJsString', {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  special: /[\0-\x1f"$&'/<>\\`{\x7f\u2028\u2029\ud800-\udfff]/u,
  ascii: (character) => (character === '\\' ? '\\\\' : unicodeEscape(character)),
  wide: (unit, text, at) =>
    unit === LINE_SEPARATOR || unit === PARAGRAPH_SEPARATOR || isLone(unit, text, at) ? unicodeEscape(unit) : undefined,
});

module.exports = { escapeJsString };
