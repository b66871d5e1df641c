// @ts-check
'use strict';

// Which origins a policy allows. An entry is an exact origin, "https://*.example.com" (any subdomain, never the domain
// itself), or an anchored RegExp. Mistakes that have opened real APIs are refused at set-up: 'null' (any sandboxed frame
// sends it), a trailing slash or a path (never matches), an unanchored expression (evilexample.com matches), a stateful one.

// A host name has at most 253 characters (RFC 1035); this leaves room for scheme and port and bounds what a RegExp sees.
const MAX_ORIGIN_LENGTH = 512;

/** @typedef {true | false | '*'} Verdict true: reflect the origin; '*': any, without credentials */

/**
 * @param {unknown} entries one entry or an array of them
 * @param {(reason: string) => Error} refuse builds the error that names the option
 * @returns {(origin: unknown) => boolean}
 */
function compileOrigins(entries, refuse) {
  const list = Array.isArray(entries) ? entries : [entries];
  const exact = new Set();
  const patterns = /** @type {RegExp[]} */ ([]);
  for (const entry of list) {
    if (entry instanceof RegExp) patterns.push(checkExpression(entry, refuse));
    else if (typeof entry !== 'string') throw refuse('a string, a RegExp or an array of these');
    else if (entry.includes('*')) patterns.push(compilePattern(entry, refuse));
    else exact.add(checkExact(entry, refuse));
  }
  return function allows(origin) {
    if (exact.has(origin)) return true;
    if (patterns.length === 0 || typeof origin !== 'string' || origin === 'null' || origin.length > MAX_ORIGIN_LENGTH)
      return false;
    return patterns.some((pattern) => pattern.test(origin));
  };
}

/** @param {string} entry @param {(reason: string) => Error} refuse */
function checkExact(entry, refuse) {
  if (entry === 'null') throw refuse('an origin; "null" is what any sandboxed frame sends');
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@\\]+$/.test(entry)) {
    throw refuse(
      `an origin such as "https://app.example.com": scheme and host in lower case, no path, no "/" at the end; "${entry}" is none`,
    );
  }
  if (/^https?:/.test(entry)) {
    const sent = parsedOrigin(entry);
    if (sent !== entry) throw refuse(`an origin as browsers send it${sent ? `: "${sent}" instead of "${entry}"` : ''}`);
  }
  return entry;
}

/** @param {string} text @returns {string | undefined} */
function parsedOrigin(text) {
  return URL.canParse(text) ? new URL(text).origin : undefined;
}

/** @param {string} entry @param {(reason: string) => Error} refuse */
function compilePattern(entry, refuse) {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)\*\.([a-z0-9-]+(?:\.[a-z0-9-]+)*)(:\d{1,5})?$/.exec(entry);
  if (!match)
    throw refuse(`a pattern such as "https://*.example.com", with "*." right after the scheme; "${entry}" is none`);
  const [, scheme = '', domain = '', port = ''] = match;
  if (!domain.includes('.') && domain !== 'localhost')
    throw refuse(`narrower: "${entry}" allows a whole top-level domain`);
  return new RegExp(`^${escapeSource(scheme)}[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*\\.${escapeSource(domain)}${port}$`);
}

/** @param {string} text */
function escapeSource(text) {
  return text.replace(/[.+]/g, '\\$&');
}

/** @param {RegExp} expression @param {(reason: string) => Error} refuse */
function checkExpression(expression, refuse) {
  if (/[gym]/.test(expression.flags))
    throw refuse('a RegExp without the flags g, y (they remember the last match) and m');
  if (!isAnchored(expression.source)) {
    throw refuse('a RegExp anchored as a whole, ^(?:...)$: otherwise it also matches origins that only contain it');
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

/**
 * A user's own judge, as the cors package calls it: (origin, callback). Its answer is true, false, an origin, a RegExp
 * or an array of these; errors and throws go to next().
 * @param {(origin: string | undefined, callback: (error: unknown, answer?: unknown) => void) => any} judge
 * @param {boolean} credentials
 */
function askWith(judge, credentials) {
  return function ask(
    /** @type {string | undefined} */ origin,
    /** @type {(error: unknown, verdict?: Verdict) => void} */ done,
  ) {
    let asked = true;
    const answer = (/** @type {unknown} */ error, /** @type {unknown} */ verdict) => {
      if (!asked) return;
      asked = false;
      done(error, matches(origin, verdict, credentials));
    };
    try {
      const pending = judge(origin, answer);
      // An async judge answers through the callback too; only its failure would otherwise go unheard.
      if (typeof pending?.then === 'function') pending.then(undefined, (/** @type {unknown} */ e) => answer(e, false));
    } catch (error) {
      answer(error, false);
    }
  };
}

/** @param {string | undefined} origin @param {unknown} answer @param {boolean} credentials @returns {Verdict} */
function matches(origin, answer, credentials) {
  if (answer === '*') return credentials ? false : '*';
  if (Array.isArray(answer)) return answer.some((one) => matches(origin, one, true));
  if (answer instanceof RegExp)
    return origin !== undefined && new RegExp(answer.source, answer.flags.replace(/[gy]/g, '')).test(origin);
  if (typeof answer === 'string') return origin === answer;
  // A promise is true whatever it will hold, so no object allows anything.
  return typeof answer === 'object' || typeof answer === 'function' ? false : Boolean(answer);
}

module.exports = { askWith, compileOrigins };
