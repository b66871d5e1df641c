// @ts-check
'use strict';

const native = require('../support/native');
const { searchIsFast } = require('./probe');
const { LONGEST, unfit } = require('./text');

// Global, so that test() leaves the position of the match in lastIndex: the cheapest way to read it (search(), and exec()
// of an expression that is not global, take 2 to 30 ns more).
const SPECIAL = /["&'<>]/g;

/** Returns the same string, the escaped one, or the index of the first special character if that is near the end. */
const escapeNative = /** @type {(text: string) => string | number} */ (native.escapeHtmlFunction());

// A call to the native side costs about as much as this many characters cost here.
const SHORT = 24;
// The native side reads up to this length into its stack. A longer text is cut into pieces: V8 shares the pieces instead
// of copying them, and neither side allocates hundreds of kilobytes (100 KB to escape: 226 us whole, 133 us in pieces).
const PIECE = 4096;
// The highest character of a string that V8 stores with one byte per character.
const LAST_OF_LATIN1 = 0xff;

/**
 * Escapes text for HTML text and quoted attributes.
 * @param {string} text
 * @returns {string}
 */
function escapeHtml(text) {
  if (typeof text !== 'string' || text.length > LONGEST) throw unfit('escapeHtml', text);
  const { length } = text;
  if (length > SHORT && !(searchIsFast && text.charCodeAt(length >> 1) <= LAST_OF_LATIN1)) return escapePieces(text);
  SPECIAL.lastIndex = 0;
  if (!SPECIAL.test(text)) return text;
  const first = SPECIAL.lastIndex - 1;
  if (length - first <= SHORT) return escapeTail(text, first);
  if (first >= length - (length >> 2)) return text.slice(0, first) + escapePieces(text.slice(first));
  return escapePieces(text);
}

/** Escapes a text whose characters before `first` are known to be clean, without the native side. @param {string} text @param {number} first */
function escapeTail(text, first) {
  let html = '';
  let from = 0;
  for (let at = first; at < text.length; at++) {
    const entity = entityOf(text.charCodeAt(at));
    if (entity === undefined) continue;
    if (from !== at) html += text.slice(from, at);
    html += entity;
    from = at + 1;
  }
  return from === text.length ? html : html + text.slice(from);
}

/** @param {number} unit */
function entityOf(unit) {
  switch (unit) {
    case 34:
      return '&quot;';
    case 38:
      return '&amp;';
    case 39:
      return '&#39;';
    case 60:
      return '&lt;';
    case 62:
      return '&gt;';
  }
}

/** @param {string} text */
function escapePieces(text) {
  if (text.length <= PIECE) return escapePiece(text);
  let html = '';
  let from = 0;
  for (let at = 0; at < text.length; at += PIECE) {
    const piece = text.slice(at, at + PIECE);
    const escaped = escapePiece(piece);
    if (escaped === piece) continue;
    html += from === at ? escaped : text.slice(from, at) + escaped;
    from = at + PIECE;
  }
  return from === 0 ? text : html + text.slice(from);
}

/** @param {string} piece @returns {string} */
function escapePiece(piece) {
  const escaped = escapeNative(piece);
  if (typeof escaped === 'string') return escaped;
  if (piece.length - escaped <= SHORT) return escapeTail(piece, escaped);
  return piece.slice(0, escaped) + escapePiece(piece.slice(escaped));
}

module.exports = { escapeHtml };
