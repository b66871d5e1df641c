// @ts-check
'use strict';

// Cookies whose value begins with "j:" hold JSON: cookie-parser makes objects of them. Where it runs later, only the header is
// there, so such cookies are read here as cookie-parser would read them. The header is then changed by removing the cookie.

const { inspect, judge } = require('./judge');

/** @typedef {import('./request').Request} Request */
/** @typedef {import('./rules').Rules} Rules */
/** @typedef {ReturnType<typeof import('./refusal').rejected>} Rejection */

// cookie-parser decodes before it looks for "j:", so either character may be encoded.
const MAY_HOLD_JSON = /=[ \t]*"?(?:j|%6a)(?::|%3a)/i;
const MARK = 'j:';

/**
 * Prepares a function that returns the error if a cookie of a request is rejected.
 * @param {Rules} rules @param {readonly string[][]} exempt
 */
function createCookieJudge(rules, exempt) {
  const kind = { source: /** @type {const} */ ('cookies'), hasOwnNames: true, exempt };
  return function judgeCookies(/** @type {Request} */ req) {
    if (req.cookies === undefined) return judgeHeader(rules, kind, req);
    return judge(rules, kind, req.cookies, req) ?? judge(rules, kind, req.signedCookies, req);
  };
}

/** @param {Rules} rules @param {import('./walk').Kind} kind @param {Request} req @returns {Rejection | undefined} */
function judgeHeader(rules, kind, req) {
  const { cookie } = req.headers;
  if (cookie === undefined || !MAY_HOLD_JSON.test(cookie)) return undefined;
  const kept = [];
  for (const pair of cookie.split(';')) {
    const { name, value } = readPair(pair);
    const { rejection, isChanged } = inspect(rules, kind, value === undefined ? undefined : { [name]: value }, req);
    if (rejection !== undefined) return rejection;
    if (!isChanged) kept.push(pair);
  }
  req.headers.cookie = kept.join(';').trim();
  return undefined;
}

/** The name, and the value if it is JSON. @param {string} pair @returns {{ name: string, value?: unknown }} */
function readPair(pair) {
  const equals = pair.indexOf('=');
  const name = pair.slice(0, Math.max(equals, 0)).trim();
  const text = decode(
    pair
      .slice(equals + 1)
      .trim()
      .replace(/^"(.*)"$/s, '$1'),
  );
  if (equals < 0 || !text.startsWith(MARK)) return { name };
  try {
    return { name, value: JSON.parse(text.slice(MARK.length)) };
  } catch {
    // cookie-parser leaves such a value as text.
    return { name };
  }
}

/** @param {string} value */
function decode(value) {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

module.exports = { createCookieJudge };
