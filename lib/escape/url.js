// @ts-check
'use strict';

// Judges a URL as a browser's parser reads it (the URL standard), and refuses what a more lenient reader could take for
// another one.

const { checkText } = require('./text');
const { DEFAULT_URL_POLICY, readUrlPolicy } = require('./url-policy');

/** @typedef {import('./url-policy').UrlPolicy} UrlPolicy */

const SPACE = 0x20;
// The parser removes these anywhere.
const REMOVED = /[\t\n\r]/g;
// Whether it changes anything at all; pairs of surrogates only count because that is cheaper to find.
const UNCLEAN = /^[\0-\x20]|[\t\n\r\ud800-\udfff]|[\0-\x20]$/;
// Those that it keeps. No URL needs one.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x1f\x7f]/;
// White space and invisible characters that the parser does not skip, but trim() and readers do.
const INVISIBLE = /^[\s\x80-\xa0\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const TWO_SLASHES = /^[/\\]{2}/;
// Everything before the path, query or fragment: a colon here could be taken for the end of a scheme, and `&` for the start of
// a character reference that hides one.
const AMBIGUOUS = /^[^/\\?#]*[:&]/;
// Schemes that the parser completes without slashes, on some pages with the page's own host.
const SPECIAL_SCHEMES = ['http:', 'https:', 'ws:', 'wss:', 'ftp:'];
const NOT_ASCII = /[^\0-\x7f]/;
// Stands for the page where a URL without a scheme is used.
const PAGE = 'https://page.invalid';

/**
 * @param {string} url
 * @param {unknown} [given] options
 * @returns {string} the URL as the parser reads it, or the fallback
 */
function safeUrl(url, given) {
  checkText('safeUrl', url);
  const policy = given === undefined ? DEFAULT_URL_POLICY : readUrlPolicy(given, isSafe);
  const text = clean(url);
  return isSafe(text, policy) ? text : policy.fallback;
}

/** Whether a URL that was cleaned fits the policy. @param {string} text @param {UrlPolicy} policy @returns {boolean} */
function isSafe(text, policy) {
  if (CONTROL.test(text) || INVISIBLE.test(text)) return false;
  const scheme = SCHEME.exec(text)?.[0].toLowerCase();
  if (scheme !== undefined) return policy.schemes.has(scheme) && isComplete(text, scheme);
  if (TWO_SLASHES.test(text)) return policy.protocolRelative && canParse(text);
  return policy.relative && !AMBIGUOUS.test(text);
}

/** @param {string} text @param {string} scheme */
function isComplete(text, scheme) {
  if (SPECIAL_SCHEMES.includes(scheme) && !TWO_SLASHES.test(text.slice(scheme.length))) return false;
  return canParse(text);
}

/**
 * On Node.js 20, URL.canParse() is wrong for Latin-1 text once it is optimized: it reads its bytes as UTF-8.
 * @param {string} text
 */
function canParse(text) {
  if (!NOT_ASCII.test(text)) return URL.canParse(text, PAGE);
  try {
    return new URL(text, PAGE).href !== '';
  } catch {
    return false;
  }
}

/**
 * Does what the parser does first: lone surrogates become U+FFFD, then C0 controls and spaces at both ends go, then tabs and line
 * ends anywhere.
 * @param {string} given
 */
function clean(given) {
  if (!UNCLEAN.test(given)) return given;
  const url = given.toWellFormed();
  let from = 0;
  let to = url.length;
  while (from < to && url.charCodeAt(from) <= SPACE) from += 1;
  while (from < to && url.charCodeAt(to - 1) <= SPACE) to -= 1;
  return url.slice(from, to).replace(REMOVED, '');
}

module.exports = { SCHEME, TWO_SLASHES, clean, isSafe, safeUrl };
