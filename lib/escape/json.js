// @ts-check
'use strict';

// JSON for a script element, or as an expression of a script.

const { misuse } = require('../support/errors');
const { unicodeEscape } = require('./text');

// `<` and `>` end a script or start a comment, `&` counts in XHTML, and older engines end a line at the last two.
const SPECIAL = /[<>&\u2028\u2029]/;
const SPECIAL_GLOBAL = /[<>&\u2028\u2029]/g;

/** @param {unknown} value @returns {string} */
function jsonForScript(value) {
  const json = stringify(value);
  return SPECIAL.test(json) ? json.replace(SPECIAL_GLOBAL, unicodeEscape) : json;
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
