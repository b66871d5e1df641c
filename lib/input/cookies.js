// @ts-check
'use strict';

// Cookies whose value begins with "j:" hold JSON: cookie-parser makes objects of them. Where it runs later, only the header is
// there, so such cookies are read here as cookie-parser would read them. The header is then changed by removing the cookie.

const { inspect, judge } = require('./judge');

/** @typedef {import('./request').Request} Request */
/** @typedef {import('./rules').Rules} Rules */
/** @typedef {ReturnType<typeof import('./refusal').rejected>} Rejection */

// cookie-parser decodes before it looks for "j:", so either character may be encoded. Before 1.4.7 it also trims every kind of
// white space, and takes a first quote for a pair.
const MAY_HOLD_JSON = /=[\s\ufeff]*"?(?:j|%6a)(?::|%3a)/i;
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
    const { name, values } = readPair(pair);
    let isKept = true;
    for (const value of values) {
      const { rejection, isChanged } = inspect(rules, kind, { [name]: value }, req);
      if (rejection !== undefined) return rejection;
      isKept &&= !isChanged;
    }
    if (isKept) kept.push(pair);
  }
  req.headers.cookie = kept.join(';').trim();
  return undefined;
}

/** The name, and the value in each reading that is JSON. @param {string} pair @returns {{ name: string, values: unknown[] }} */
function readPair(pair) {
  const equals = pair.indexOf('=');
  const name = pair.slice(0, Math.max(equals, 0)).trim();
  const text = pair.slice(equals + 1).trim();
  const readings = text.startsWith('"') ? [text.slice(1, -1), text.slice(1)] : [text];
  return { name, values: equals < 0 ? [] : readings.flatMap(readJson) };
}

/** @param {string} text @returns {unknown[]} the value, if it is JSON */
function readJson(text) {
  const decoded = decode(text);
  if (!decoded.startsWith(MARK)) return [];
  try {
    return [JSON.parse(decoded.slice(MARK.length))];
  } catch {
    // cookie-parser leaves such a value as text.
    return [];
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
