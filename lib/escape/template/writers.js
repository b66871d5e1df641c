// @ts-check
'use strict';

// Writes the values of a template, each by the rules of its place.

const { misuse } = require('../../support/errors');
const { safeTextOf } = require('../../support/safe-html');
const { show } = require('../../support/options/given');
const { escapeAttribute } = require('../attribute');
const { escapeHtml } = require('../html');
const { COMMA, SPACES, urlListWriter, urlWriter } = require('./url-writers');

/** @typedef {import('./plan').Writer} Writer */
/** @typedef {{ from: number, to: number, writer: Writer }} Slot where in the value a writer stands; a hole is one unit long */

// Deeper lists are a mistake, or a body of a request.
const MAX_DEPTH = 32;
const LINE_END = /^[\r\n]/;

/** @param {number} at of the value @returns {Writer} */
function textWriter(at) {
  return (values) => writeText(values[at], at, 0);
}

/** @param {unknown} value @param {number} at @param {number} depth @returns {string} */
function writeText(value, at, depth) {
  if (typeof value === 'string') return escapeHtml(value);
  const safe = safeTextOf(value);
  if (safe !== undefined) return safe;
  if (typeof value === 'boolean') return '';
  if (!Array.isArray(value)) return plainText(value, at);
  if (depth === MAX_DEPTH) throw unfit(at, `is a list of more than ${MAX_DEPTH} levels`);
  return value.map((one) => writeText(one, at, depth + 1)).join('');
}

/**
 * In <title> and <textarea>, where even trusted markup is text and could end the element.
 * @param {number} at @param {string} element @param {boolean} isFirst whether the value follows the start tag @returns {Writer}
 */
function rawTextWriter(at, element, isFirst) {
  return (values) => {
    const value = values[at];
    if (safeTextOf(value) !== undefined) throw unfit(at, `is markup, which <${element}> shows as text; pass text`);
    const text = typeof value === 'boolean' ? '' : escapeHtml(plainText(value, at));
    // A browser drops one line end there.
    return isFirst && LINE_END.test(text) ? `\n${text}` : text;
  };
}

/**
 * @param {import('./places').Kind} kind @param {string} name of the attribute @param {readonly string[]} parts the author's
 *   text before, between and after the holes @param {number} first the number of the first value
 * @param {(reason: string) => Error} refuse @returns {Slot[]}
 */
function attributeWriters(kind, name, parts, first, refuse) {
  const whole = { from: 0, to: parts.join('\0').length };
  if (kind === 'url') return [{ ...whole, writer: urlWriter(parts, first, attributeText, refuse) }];
  if (kind === 'urls' || kind === 'srcset') {
    const separator = kind === 'srcset' ? COMMA : SPACES;
    return [{ ...whole, writer: urlListWriter(separator, parts, first, attributeText, refuse) }];
  }
  const writeOne = WRITE_ONE[kind];
  let from = -1;
  return parts.slice(1).map((_, index) => {
    from += 1 + String(parts[index]).length;
    const at = first + index;
    return { from, to: from + 1, writer: (values) => writeOne(values[at], at, name) };
  });
}

/** @type {Record<'text' | 'markup' | 'number', (value: unknown, at: number, name: string) => string>} */
const WRITE_ONE = {
  text: (value, at) => escapeAttribute(attributeText(value, at)),
  markup: (value, at, name) => {
    const text = safeTextOf(value);
    if (text === undefined)
      throw unfit(at, `stands in ${name}, which holds markup; pass the result of html or a sanitizer`);
    return escapeAttribute(text);
  },
  number: (value, at, name) => {
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    throw unfit(at, `stands in ${name}, which takes numbers only; use a class, or a style sheet with a nonce`);
  },
};

/** @param {unknown} value @param {number} at @returns {string} */
function attributeText(value, at) {
  if (typeof value === 'boolean') return String(value);
  if (safeTextOf(value) !== undefined) throw unfit(at, 'is markup in an attribute; pass text');
  if (Array.isArray(value)) throw unfit(at, "must be text, a number or a boolean, not a list; join it with .join(' ')");
  return plainText(value, at);
}

/** @param {unknown} value @param {number} at @returns {string} */
function plainText(value, at) {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  throw unfit(at, `must be text, a number, markup or a list of these, not ${show(value)}`);
}

/** @param {number} at @param {string} reason */
function unfit(at, reason) {
  return misuse('ERR_ESCAPE_INPUT', `html: placeholder ${at + 1} ${reason}`);
}

module.exports = { attributeWriters, rawTextWriter, textWriter };
