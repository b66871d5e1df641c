// @ts-check
'use strict';

// One cell of a CSV file (RFC 4180). A spreadsheet runs a cell as a formula by its first characters, also when the cell is
// quoted: such text gets an apostrophe in front, which makes it text.

const { misuse } = require('../support/errors');
const { show } = require('../support/options/given');
const { checkText, inPieces } = require('./text');

// What starts a formula, in its full-width forms too, after what programs skip or strip: white space, other invisible
// characters and quotes. Apostrophes count among them, so that a reader can tell ours from one of the text.
const FORMULA =
  /^(?:'*[\t\r\n]|[\0-\x20"'\x7f-\xa0\u200b-\u200f\u2028\u2029\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20])/;
// A negative number runs nothing, and a sheet should be able to add it up.
const NEGATIVE = /^-\d+(?:\.\d+)?$/;
// The usual delimiters, so that the cell fits a file with any of them, and every character at which a program may end a line.
const QUOTED = /[",;|\t\r\n\v\f\x85\u2028\u2029]|^\s|\s$/;

const QUOTE = /"/g;

/** @param {unknown} cell @returns {string} */
function escapeCsv(cell) {
  const text = neutralize(cell);
  return QUOTED.test(text) ? `"${inPieces(text, doubleQuotes)}"` : text;
}

/** @param {string} text @param {number} start @param {number} end */
function doubleQuotes(text, start, end) {
  return text.slice(start, end).replace(QUOTE, '""');
}

/** The text of a cell that no spreadsheet reads as a formula. @param {unknown} cell @returns {string} */
function neutralize(cell) {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean' || typeof cell === 'bigint' || Number.isFinite(cell)) return String(cell);
  // NaN and the infinities are no numbers to a spreadsheet: -Infinity would be a formula.
  const text = typeof cell === 'number' ? String(cell) : cell;
  if (typeof text !== 'string') {
    throw misuse('ERR_ESCAPE_INPUT', `escapeCsv: a cell must be text, a number, a boolean or null, not ${show(cell)}`);
  }
  checkText('escapeCsv', text);
  return FORMULA.test(text) && !NEGATIVE.test(text) ? `'${text}` : text;
}

module.exports = { escapeCsv };
