// @ts-check
'use strict';

const { misuse } = require('../support/errors');
const native = require('../support/native');

const escapeLong = native.escapeHtmlFunction();

// Up to this length a regular expression finds a clean text clean as soon as a crossing to the native side: 22 ns against
// 39 for 16 characters, 37 against 35 for 32, 58 against 38 for 64 (Node 20, x86-64).
const SHORT = 32;
const SPECIAL = /["&'<>]/;

/**
 * Escapes text for HTML text and quoted attributes.
 * @param {string} text
 * @returns {string}
 */
function escapeHtml(text) {
  if (typeof text !== 'string') throw misuse('ERR_ESCAPE_INPUT', 'escapeHtml: the text must be a string');
  if (text.length <= SHORT && !SPECIAL.test(text)) return text;
  return escapeLong(text);
}

module.exports = { escapeHtml };
