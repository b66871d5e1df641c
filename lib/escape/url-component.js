// @ts-check
'use strict';

// One part of a URL: a path segment, or a name or value of a query.

const { checkText } = require('./text');

// What encodeURIComponent() leaves and RFC 3986 section 2.2 reserves: the quote ends an attribute, the others are read by some
// programs as syntax.
const LEFT = /[!'()*]/g;

/** @param {string} text @returns {string} */
function escapeUrlComponent(text) {
  checkText('escapeUrlComponent', text);
  // The URL standard reads a lone surrogate as U+FFFD too; encodeURIComponent() would throw.
  return encodeURIComponent(text.toWellFormed()).replace(LEFT, percent);
}

/** @param {string} character */
function percent(character) {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

module.exports = { escapeUrlComponent };
