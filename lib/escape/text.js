// @ts-check
'use strict';

// What the functions of this area share: which texts they accept, and how they replace characters.

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
  const isText = typeof text === 'string';
  const reason = isText ? `not be longer than ${LONGEST} UTF-16 units` : `be a string, not ${show(text)}`;
  return misuse('ERR_ESCAPE_INPUT', `${owner}: the text must ${reason}`);
}

/**
 * @typedef {object} Rules
 * @property {RegExp} special finds a unit to escape; not global
 * @property {(character: string) => string} ascii the escaped form of an ASCII character that is special
 * @property {(unit: number, text: string, at: number) => string | undefined} [wide] that of another unit; undefined: unchanged
 */

// V8 keeps a concatenation as a tree. A long text is escaped in pieces, each made flat before the next: collecting the trees of
// a whole text takes longer than making them.
const PIECE = 4096;

/**
 * Makes a function that escapes units one by one. Text without special units is returned as it is. A loop with a table takes
 * two thirds of the time of replace() with a function.
 * @param {string} owner @param {Rules} rules @returns {(text: string) => string}
 */
function createEscaper(owner, { special, ascii, wide = unchanged }) {
  const table = tableOf(special, ascii);
  const escapePiece = (/** @type {string} */ text, /** @type {number} */ start, /** @type {number} */ end) => {
    let escaped = '';
    let from = start;
    for (let at = start; at < end; at++) {
      const unit = text.charCodeAt(at);
      const form = unit < 128 ? table[unit] : wide(unit, text, at);
      if (form === undefined) continue;
      if (from !== at) escaped += text.slice(from, at);
      escaped += form;
      from = at + 1;
    }
    return from === end ? escaped : escaped + text.slice(from, end);
  };
  return (text) => {
    checkText(owner, text);
    if (!special.test(text)) return text;
    return text.length <= PIECE ? escapePiece(text, 0, text.length) : inPieces(text, escapePiece);
  };
}

/** Escapes a text piece by piece. @param {string} text @param {(text: string, start: number, end: number) => string} escapePiece */
function inPieces(text, escapePiece) {
  let escaped = '';
  for (let start = 0; start < text.length; start += PIECE) {
    const piece = escapePiece(text, start, Math.min(start + PIECE, text.length));
    // Reading a unit makes it flat; V8 would drop a reading that decides nothing.
    if (piece.charCodeAt(0) >= 0) escaped += piece;
  }
  return escaped;
}

/** @param {RegExp} special @param {(character: string) => string} ascii */
function tableOf(special, ascii) {
  return Array.from({ length: 128 }, (_, unit) => {
    const character = String.fromCharCode(unit);
    return special.test(character) ? ascii(character) : undefined;
  });
}

/** @returns {undefined} */
function unchanged() {
  return undefined;
}

/** Whether a unit is half of a surrogate pair without the other half. @param {number} unit @param {string} text @param {number} at */
function isLone(unit, text, at) {
  if (unit < 0xd800 || unit > 0xdfff) return false;
  // The second half of a pair follows a first half; NaN, beyond the ends, is neither.
  const other = text.charCodeAt(unit < 0xdc00 ? at + 1 : at - 1);
  return unit < 0xdc00 ? !(other >= 0xdc00 && other <= 0xdfff) : !(other >= 0xd800 && other <= 0xdbff);
}

/** `\u0027`: valid in the literals of JavaScript and in JSON. @param {string | number} character or its unit */
function unicodeEscape(character) {
  const unit = typeof character === 'number' ? character : character.charCodeAt(0);
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

module.exports = { LONGEST, checkText, createEscaper, inPieces, isLone, unfit, unicodeEscape };
