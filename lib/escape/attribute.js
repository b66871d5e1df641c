// @ts-check
'use strict';

// Attribute values. In quotes few characters matter; without quotes every character that could end the value, or that an
// HTML parser has ever read as a quote, does.

const { misuse } = require('../support/errors');
const { escapeHtml } = require('./html');
const { checkText, createEscaper } = require('./text');

const REPLACEMENT = '\ufffd';
/** The five of escapeHtml, what a parser would change, and the quote of old Internet Explorers. @type {Readonly<Record<string, string>>} */
const FORMS = {
  '"': '&quot;',
  '&': '&amp;',
  "'": '&#39;',
  '<': '&lt;',
  '>': '&gt;',
  '\0': REPLACEMENT,
  '\r': '&#13;',
  '`': '&#96;',
};
const formOf = (/** @type {string} */ character) => String(FORMS[character]);
const RARE = /[\0\r`]/;
const RARE_GLOBAL = /[\0\r`]/g;
// One look at a short text takes less time than the two of escapeHtml and RARE. Most values of attributes are short.
const SHORT = 64;

const escapeShort = createEscaper('escapeAttribute', { special: /["&'<>\0\r`]/, ascii: formOf });

/** @param {string} text @returns {string} */
function escapeAttribute(text) {
  if (typeof text !== 'string' || text.length <= SHORT) return escapeShort(text);
  checkText('escapeAttribute', text);
  // Searched before escaping: V8 would have to join the pieces of the result first.
  const isRare = RARE.test(text);
  const html = escapeHtml(text);
  return isRare ? html.replace(RARE_GLOBAL, formOf) : html;
}

const escapeUnquoted = createEscaper('escapeUnquotedAttribute', {
  // All of ASCII but letters, digits and three marks that no parser treats specially.
  special: /[\0-,/:-@[-^`{-\x7f]/,
  ascii: (character) => (character === '\0' ? REPLACEMENT : `&#${character.charCodeAt(0)};`),
});

/** @param {string} text @returns {string} */
function escapeUnquotedAttribute(text) {
  // Nothing can stand for an empty value: a parser takes the next attribute as the value of this one.
  if (text === '') {
    throw misuse(
      'ERR_ESCAPE_INPUT',
      'escapeUnquotedAttribute: an empty value needs quotes; write name="" in the markup',
    );
  }
  return escapeUnquoted(text);
}

module.exports = { escapeAttribute, escapeUnquotedAttribute };
