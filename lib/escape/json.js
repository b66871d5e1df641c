// @ts-check
'use strict';

// JSON for a script element, or as an expression of a script.

const { misuse } = require('../support/errors');
const { createEscaper, unicodeEscape } = require('./text');

// `<` and `>` end a script or start a comment, `&` counts in XHTML, and older engines end a line at the last two.
const escapeJson = createEscaper('jsonForScript', {
  special: /[<>&\u2028\u2029]/,
  ascii: unicodeEscape,
  wide: (unit) => (unit === 0x2028 || unit === 0x2029 ? unicodeEscape(unit) : undefined),
});

/** @param {unknown} value @returns {string} */
function jsonForScript(value) {
  return escapeJson(stringify(value));
}

/** @param {unknown} value */
function stringify(value) {
  let json;
  try {
    json = JSON.stringify(value);
  } catch (error) {
    // V8's message shows names of properties: it stays in the cause.
    const refused = misuse(
      'ERR_ESCAPE_INPUT',
      'jsonForScript: the value has a cycle, a BigInt, or a toJSON() that throws',
    );
    throw Object.assign(refused, { cause: error });
  }
  // JSON.stringify returns undefined, which a template would write into the script as a word.
  if (json === undefined) {
    throw misuse(
      'ERR_ESCAPE_INPUT',
      'jsonForScript: undefined, functions and symbols have no JSON; pass null or an object',
    );
  }
  return json;
}

module.exports = { jsonForScript };
