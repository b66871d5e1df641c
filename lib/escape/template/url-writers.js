// @ts-check
'use strict';

// Attributes that hold URLs. The whole value is judged, the author's part included: a scheme or a host can come together from
// both. The author's part decides which scheme is allowed if it names one.

const { escapeAttribute } = require('../attribute');
const { SCHEME, TWO_SLASHES, clean, isSafe } = require('../url');
const { DEFAULT_URL_POLICY, RUN, withColons } = require('../url-policy');

/** @typedef {import('./plan').Writer} Writer */
/** @typedef {(value: unknown, at: number) => string} TextOf */
/** @typedef {(reason: string) => Error} Refuse */

const AMPERSAND = /&amp;|&#38;|&#x26;/gi;
// Any other character could hide a slash or a colon from the judgement.
const REFERENCE = /&#|&[a-z\d]+;/i;
const SPACES = /[\t\n\f\r ]+/;
const COMMA = /,/;

/** @param {readonly string[]} parts as in attributeWriters @param {number} first @param {TextOf} textOf @param {Refuse} refuse @returns {Writer} */
function urlWriter(parts, first, textOf, refuse) {
  const authors = plainParts(parts, refuse);
  const policy = policyFor(clean(String(authors[0])), refuse);
  return (values) => {
    const url = clean(weave(authors, values, first, textOf));
    return isSafe(url, policy) ? escapeAttribute(url) : policy.fallback;
  };
}

/** @param {string} prefix the author's part before the first hole @param {Refuse} refuse */
function policyFor(prefix, refuse) {
  const scheme = SCHEME.exec(prefix)?.[0].slice(0, -1).toLowerCase();
  if (scheme === undefined) return { ...DEFAULT_URL_POLICY, protocolRelative: TWO_SLASHES.test(prefix) };
  if (RUN.includes(scheme))
    throw refuse(`stands in a URL of the scheme "${scheme}:", which is never safe; use another one`);
  return { ...DEFAULT_URL_POLICY, schemes: withColons([scheme]) };
}

/**
 * Several URLs in one attribute; nothing is written if one of them is refused.
 * @param {RegExp} separator @param {readonly string[]} parts @param {number} first @param {TextOf} textOf @param {Refuse} refuse
 * @returns {Writer}
 */
function urlListWriter(separator, parts, first, textOf, refuse) {
  const authors = plainParts(parts, refuse);
  return (values) => {
    const list = weave(authors, values, first, textOf);
    // In a srcset a width or a density follows the URL.
    const urls = list.split(separator).map((one) => String(clean(one).split(SPACES, 1)[0]));
    return urls.every((url) => isSafe(url, DEFAULT_URL_POLICY)) ? escapeAttribute(list) : '';
  };
}

/** The value of the attribute as the browser sees it. @param {readonly string[]} authors @param {readonly unknown[]} values @param {number} first @param {TextOf} textOf */
function weave(authors, values, first, textOf) {
  let text = String(authors[0]);
  for (let at = 1; at < authors.length; at++) text += textOf(values[first + at - 1], first + at - 1) + authors[at];
  return text;
}

/** The author's parts without the character reference that URLs need. @param {readonly string[]} parts @param {Refuse} refuse */
function plainParts(parts, refuse) {
  const plain = parts.map((part) => part.replace(AMPERSAND, '&'));
  // A reference that is written twice, such as &amp;amp;, stays ambiguous, and is refused as well.
  if (plain.some((part) => REFERENCE.test(part))) {
    throw refuse('stands in a URL with a character reference; write the character itself, or &amp; for an ampersand');
  }
  return plain;
}

module.exports = { COMMA, SPACES, urlListWriter, urlWriter };
