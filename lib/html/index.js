// @ts-check
'use strict';

// HTML that others write, made safe to put into a page. Policy only: options, profiles and coded errors; core parses, judges
// and writes.

const { misuse, rejection } = require('../support/errors');
const native = require('../support/native');
const { show } = require('../support/options/given');
const { SafeHtml } = require('../support/safe-html');
const { toBrowser } = require('./browser');
const { readPolicy } = require('./policy');

/** @typedef {{ html: string, removed: { tag: string, attribute?: string, reason: string }[] }} HtmlReport */

// Text of these alone is written as it is: `&`, `<`, `>`, no-break space, carriage return and NUL are what the writer changes
// or the parser drops.
const SPECIAL = ['<', '&', '>', '\u00a0', '\r', '\0'];
const BYTE_ORDER_MARK = 0xfeff;
/** In UTF-16 units: what is shorter is done in the time that it takes to hand it to a thread (bench/html.mjs). */
const ASYNC_FROM = 16_384;

/** @param {unknown} [given] */
function createHtmlSanitizer(given) {
  return prepare('createHtmlSanitizer', given);
}

/** @type {Map<unknown, ReturnType<typeof prepare>>} */
const usual = new Map();

/** With one of the profiles and its defaults. @param {unknown} html @param {unknown} [profile] @returns {string} */
function sanitizeHtml(html, profile = 'basic') {
  let sanitize = usual.get(profile);
  if (sanitize === undefined) {
    sanitize = prepare('sanitizeHtml', { profile });
    usual.set(profile, sanitize);
  }
  return sanitize(html);
}

/** @param {string} owner the function that messages name @param {unknown} given */
function prepare(owner, given) {
  const policy = readPolicy(owner, given);
  const prepared = new native.HtmlSanitizer(JSON.stringify(policy));
  const isShort = (/** @type {string} */ text) => text.length <= policy.maxLength / 3;

  /** @param {unknown} html @returns {string} */
  function sanitize(html) {
    const text = textOf(owner, html);
    if (isPlain(text) && isShort(text)) return text;
    return accepted(prepared.sanitize(text));
  }

  /** The same on another thread, if it is long. @param {unknown} html @returns {Promise<string>} */
  async function sanitizeAsync(html) {
    const text = textOf(owner, html);
    if (text.length < ASYNC_FROM || (isPlain(text) && isShort(text))) return sanitize(text);
    return accepted(await prepared.sanitizeAsync(text));
  }

  /** The same, and what was removed. @param {unknown} html @returns {HtmlReport} */
  const report = (html) => /** @type {HtmlReport} */ (accepted(prepared.report(textOf(owner, html))));
  const toSafeHtml = (/** @type {unknown} */ html) => new SafeHtml(sanitize(html));
  const methods = { sanitizeAsync, report, toSafeHtml, toBrowser: () => toBrowser(policy) };
  return Object.freeze(Object.assign(sanitize, methods));
}

/** Whether nothing of the text would be changed. @param {string} text */
function isPlain(text) {
  return text.charCodeAt(0) !== BYTE_ORDER_MARK && SPECIAL.every((one) => !text.includes(one));
}

/** Half of a surrogate pair becomes a replacement character, as when the page is sent as UTF-8. @param {string} owner @param {unknown} html */
function textOf(owner, html) {
  if (typeof html === 'string') return html.isWellFormed() ? html : html.toWellFormed();
  throw misuse('ERR_HTML_INPUT', `${owner}: the HTML must be a string, not ${show(html)}`);
}

/** The value of a verdict; a rejection is thrown. @template T @param {T | number} verdict @returns {T} */
function accepted(verdict) {
  if (typeof verdict === 'number') throw rejection(verdict);
  return verdict;
}

module.exports = { createHtmlSanitizer, sanitizeHtml };
