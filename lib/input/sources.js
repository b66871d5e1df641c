// @ts-check
'use strict';

// What guard() judges: each source of a request as its parser left it.

const { createCookieJudge } = require('./cookies');
const { judge } = require('./judge');
const { createQueryJudge } = require('./query');
const { FORM_TYPE, mediaTypeOf } = require('./type');

/** @typedef {import('./request').Request} Request */
/** @typedef {import('./rules').Rules} Rules */
/** @typedef {import('./refusal').Source} Source */
/** @typedef {(req: Request) => unknown} Judge returns the error if the source is rejected */
/** @typedef {Readonly<Record<Source, readonly string[][]>>} Exempt */

/** In the order in which a request is judged. */
const SOURCES = /** @type {const} */ (['params', 'query', 'cookies', 'body']);
const FORM_TYPES = new Set([FORM_TYPE, 'multipart/form-data']);

/** @param {Rules} rules @param {Exempt} exempt @returns {Record<Source, Judge>} */
function createJudges(rules, exempt) {
  return {
    params: createParamsJudge(rules, exempt.params),
    query: createQueryJudge(rules, exempt.query),
    cookies: createCookieJudge(rules, exempt.cookies),
    body: createBodyJudge(rules, exempt.body),
  };
}

/** Express names them by the route, and their values are text: what is judged is what `app.param` makes of them. @param {Rules} rules @param {readonly string[][]} exempt @returns {Judge} */
function createParamsJudge(rules, exempt) {
  const kind = { source: /** @type {const} */ ('params'), hasOwnNames: true, exempt };
  return (req) => judge(rules, kind, req.params, req);
}

/** @param {Rules} rules @param {readonly string[][]} exempt @returns {Judge} */
function createBodyJudge(rules, exempt) {
  const kind = { source: /** @type {const} */ ('body'), exempt };
  const form = { ...kind, isForm: true };
  return function judgeBody(req) {
    if (typeof req.body !== 'object' || req.body === null) return undefined;
    const isForm = FORM_TYPES.has(mediaTypeOf(req.headers['content-type']));
    return judge(rules, isForm ? form : kind, req.body, req);
  };
}

module.exports = { SOURCES, createJudges };
