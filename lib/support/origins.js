// @ts-check
'use strict';

// Which origins a policy allows. An entry is an exact origin, "https://*.example.com" (any subdomain, never the domain
// itself), or an anchored RegExp. Mistakes that have opened real APIs are refused at set-up: 'null' (any sandboxed frame
// sends it), a slash at the end or a path (never matches), a RegExp that is not anchored (evilexample.com matches) or keeps
// state between calls.

const { isRegExp } = require('node:util').types;

const { show } = require('./options/given');
const { breadthOf, isPublicSuffix } = require('./origin-breadth');

// A host name has at most 253 characters (RFC 1035); this leaves room for scheme and port and bounds what a RegExp sees.
const MAX_ORIGIN_LENGTH = 512;

/** @typedef {(reason: string) => Error} Refuse builds the error; its text continues "must be ..." */

/**
 * @param {unknown} entries one entry or an array of them
 * @param {Refuse} refuse
 * @param {{ isStrict?: boolean }} [bounds] `isStrict` refuses patterns that match origins of other owners
 * @returns {(origin: unknown) => boolean}
 */
function compileOrigins(entries, refuse, { isStrict = false } = {}) {
  const list = Array.isArray(entries) ? entries : [entries];
  const exact = /** @type {Set<unknown>} */ (new Set());
  const patterns = /** @type {RegExp[]} */ ([]);
  for (const entry of list) {
    if (isRegExp(entry)) patterns.push(checkExpression(entry, refuse, isStrict));
    else if (typeof entry !== 'string') throw refuse(`a string, a RegExp or an array of these; ${lackOf(entry)}`);
    else if (entry.includes('*')) patterns.push(compilePattern(entry, refuse, isStrict));
    else exact.add(checkExact(entry, refuse));
  }
  return function allows(origin) {
    if (exact.has(origin)) return true;
    if (patterns.length === 0 || typeof origin !== 'string' || origin === 'null' || origin.length > MAX_ORIGIN_LENGTH)
      return false;
    return patterns.some((pattern) => pattern.test(origin));
  };
}

/** What an entry is that is neither text nor a RegExp. @param {unknown} entry */
function lackOf(entry) {
  return entry === undefined ? 'an entry is undefined: is the environment variable set?' : `an entry is ${show(entry)}`;
}

/** @param {string} entry @param {Refuse} refuse */
function checkExact(entry, refuse) {
  if (entry === 'null') throw refuse('an origin, not "null", which any sandboxed frame sends');
  if (entry.includes(',')) throw refuse('a list of origins, not a text with commas; write text.split(",")');
  const form = 'an origin such as "https://app.example.com": scheme and host in lower case, no path, no "/" at the end';
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@\\]+$/.test(entry)) throw refuse(form);
  if (/^https?:/.test(entry) && parsedOrigin(entry) !== entry) {
    throw refuse(`${form}, no default port, international names as browsers send them ("xn--...")`);
  }
  return entry;
}

/** @param {string} text @returns {string | undefined} */
function parsedOrigin(text) {
  return URL.canParse(text) ? new URL(text).origin : undefined;
}

/** @param {string} entry @param {Refuse} refuse @param {boolean} isStrict */
function compilePattern(entry, refuse, isStrict) {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)\*\.([a-z0-9-]+(?:\.[a-z0-9-]+)*)(:\d{1,5})?$/.exec(entry);
  if (entry === '*') throw refuse('origins by name; "*" would stand for every site');
  if (!match) throw refuse('a pattern such as "https://*.example.com", with "*." right after the scheme');
  const [, scheme = '', domain = '', port = ''] = match;
  if (!domain.includes('.') && domain !== 'localhost') {
    throw refuse('narrower than a whole top-level domain: write "https://*.example.com" with a domain of yours');
  }
  if (isStrict && isPublicSuffix(domain)) {
    throw refuse(
      'narrower: anyone can register a name beneath the domain of that pattern, and its pages act for the user; list your own domains',
    );
  }
  return new RegExp(`^${escapeSource(scheme)}[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*\\.${escapeSource(domain)}${port}$`);
}

/** @param {string} text */
function escapeSource(text) {
  return text.replace(/[.+]/g, '\\$&');
}

/** @param {RegExp} expression @param {Refuse} refuse @param {boolean} isStrict */
function checkExpression(expression, refuse, isStrict) {
  if (/[gym]/.test(expression.flags))
    throw refuse('a RegExp without the flags g and y, which remember the last match, and without m');
  if (!isAnchored(expression.source)) {
    throw refuse('a RegExp anchored as a whole, ^(?:...)$: otherwise it also matches origins that only contain it');
  }
  const fault = isStrict ? breadthOf(expression) : undefined;
  if (fault !== undefined) {
    throw refuse(
      `a narrower RegExp, because pages of every origin that matches act for the user: it must not ${fault}`,
    );
  }
  return expression;
}

/** Whether ^ and $ bind the whole expression: `^a|b$` does not. @param {string} source */
function isAnchored(source) {
  let depth = 0;
  let inClass = false;
  let last = '';
  for (let i = 0; i < source.length; i++) {
    const char = source.charAt(i);
    last = char;
    if (char === '\\') {
      i++;
      last = '';
    } else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === '|' && depth === 0) return false;
  }
  return source.startsWith('^') && last === '$';
}

module.exports = { compileOrigins };
