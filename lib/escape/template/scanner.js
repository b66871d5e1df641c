// @ts-check
'use strict';

// Reads a template as the tokenizer of the HTML standard (section 13.2.5) does. Holes may stand in text and in quoted
// attribute values only, so every other token is whole within the author's text, and one pass over the joined text suffices.

const { misuse } = require('../../support/errors');
const { hasOwnContent, scanContent, unfinished } = require('./content');

/** Stands for a placeholder. */
const HOLE = '\0';

/** @typedef {{ name: string, value: string, from: number, to: number }} Attribute `from` and `to`: where the value stands */
/** @typedef {{ name: string, attributes: Attribute[] }} Tag */
/**
 * @typedef {object} Handler
 * @property {(from: number, to: number, element: string | undefined) => void} text
 * @property {(tag: Tag) => void} tag
 * @property {(from: number, to: number, place: string, cure: string) => void} other
 */

const COMMENT_END = /^>|^->|--!?>/;
const TAG = /<(\/?)([a-z][^\t\n\f\r />]*)/iy;
const SKIPPED = /[\t\n\f\r /]*/y;
// A name may start with an equals sign.
const ATTRIBUTE = /([^\t\n\f\r />][^\t\n\f\r />=]*)([\t\n\f\r ]*=[\t\n\f\r ]*)?/y;
const UNQUOTED = /[^\t\n\f\r >]*/y;

const NO_COMMENT = 'put it into an element';
const QUOTE = 'write quotes around the value';
const NAMES = 'write all names out, and choose between whole elements instead';

/** @param {string} markup @param {Handler} handler */
function scan(markup, handler) {
  let at = 0;
  while (at < markup.length) {
    const open = markup.indexOf('<', at);
    handler.text(at, open < 0 ? markup.length : open, undefined);
    if (open < 0) return;
    at = scanMarkup(markup, open, handler);
  }
}

/** What starts with `<`. Returns where it ends. @param {string} markup @param {number} at @param {Handler} handler @returns {number} */
function scanMarkup(markup, at, handler) {
  if (markup.startsWith('<!--', at)) return scanComment(markup, at, handler);
  const tag = match(TAG, markup, at);
  if (tag !== null) return scanTag(markup, at, tag, handler);
  const next = markup[at + 1];
  const isEnd = next === '/';
  // The hole, or what follows this template, could make a tag of it.
  if (next === undefined || (isEnd && markup[at + 2] === undefined)) throw unfinished('a tag');
  if (next === HOLE || (isEnd && markup[at + 2] === HOLE)) handler.other(at, at + 3, 'in place of a tag name', NAMES);
  if (markup.startsWith('<![CDATA[', at)) throw misuse('ERR_ESCAPE_TEMPLATE', 'html: remove CDATA: HTML has none');
  // A `<` that starts nothing is text.
  if (!isEnd && next !== '!' && next !== '?') return at + 1;
  const close = markup.indexOf('>', at);
  if (close < 0) throw unfinished('a declaration');
  handler.other(at, close, 'in a declaration', NO_COMMENT);
  return close + 1;
}

/** @param {string} markup @param {number} at @param {Handler} handler */
function scanComment(markup, at, handler) {
  const inside = at + '<!--'.length;
  const end = COMMENT_END.exec(markup.slice(inside));
  if (end === null) throw unfinished('a comment');
  const close = inside + end.index + end[0].length;
  handler.other(at, close, 'in a comment', NO_COMMENT);
  return close;
}

/** @param {string} markup @param {number} at @param {RegExpExecArray} found @param {Handler} handler */
function scanTag(markup, at, found, handler) {
  const [{ length }, slash, written] = found;
  handler.other(at, at + length, 'in a tag name', NAMES);
  const name = String(written).toLowerCase();
  const { attributes, end } = scanAttributes(markup, at + length, handler);
  if (slash === '/') {
    for (const { from, to } of attributes) handler.other(from, to, 'in an end tag', NAMES);
    return end;
  }
  handler.tag({ name, attributes });
  if (name === 'plaintext') throw misuse('ERR_ESCAPE_TEMPLATE', 'html: remove <plaintext>: nothing ends it');
  return hasOwnContent(name) ? scanContent(markup, end, name, handler) : end;
}

/** @param {string} markup @param {number} at @param {Handler} handler */
function scanAttributes(markup, at, handler) {
  /** @type {Attribute[]} */
  const attributes = [];
  for (;;) {
    at += lengthOf(SKIPPED, markup, at);
    if (markup[at] === undefined) throw unfinished('a tag');
    if (markup[at] === '>') return { attributes, end: at + 1 };
    const [{ length }, name, equals] = /** @type {RegExpExecArray} */ (match(ATTRIBUTE, markup, at));
    handler.other(at, at + length, 'in place of an attribute', NAMES);
    at += length;
    const quote = equals === undefined ? '' : markup[at];
    const isQuoted = quote === '"' || quote === "'";
    const from = isQuoted ? at + 1 : at;
    const unquoted = equals === undefined ? 0 : lengthOf(UNQUOTED, markup, at);
    const to = isQuoted ? markup.indexOf(quote, from) : at + unquoted;
    if (to < 0) throw unfinished('a quoted value');
    if (!isQuoted) handler.other(from, to, 'in an attribute without quotes', QUOTE);
    attributes.push({ name: String(name).toLowerCase(), value: markup.slice(from, to), from, to });
    at = isQuoted ? to + 1 : to;
  }
}

/** @param {RegExp} sticky @param {string} markup @param {number} at */
function match(sticky, markup, at) {
  sticky.lastIndex = at;
  return sticky.exec(markup);
}

/** @param {RegExp} sticky @param {string} markup @param {number} at */
function lengthOf(sticky, markup, at) {
  return match(sticky, markup, at)?.[0].length ?? 0;
}

module.exports = { HOLE, scan };
