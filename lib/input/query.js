// @ts-check
'use strict';

// The query of a request. In Express 5 `req.query` is a getter that parses the address at each read; in Express 4 it is a
// property of the request.

const { writeQuery } = require('../support/query');
const { judge } = require('./judge');

/** @typedef {import('./request').Request} Request */

// Names of word characters break no rule, however they are parsed: such a query need not be parsed here. Each name can be
// matched in one way only, so the pattern takes linear time.
const PLAIN_NAMES = /^(?:[\w-]{0,64}(?:=[^&]*)?(?:&|$))*$/;
// qs ends a name at "]=", wherever that stands.
const SPECIAL = /__proto__|[[\]]|%5[bd]/i;
const LONGEST_PLAIN = 64;
/** Both parsers of Express stop after this many names. */
const MOST_NAMES = 1_000;

/**
 * Prepares a function that returns the error if the query of a request is rejected.
 * @param {import('./rules').Rules} rules @param {readonly string[][]} exempt
 */
function createQueryJudge(rules, exempt) {
  const kind = { source: /** @type {const} */ ('query'), isForm: true, exempt };
  const { maxKeys = MOST_NAMES, maxKeyLength, repeats } = rules;
  const mayPass = repeats === 'allow' && maxKeys >= MOST_NAMES && maxKeyLength >= LONGEST_PLAIN;
  return function judgeQuery(/** @type {Request} */ req) {
    const isOwn = Object.hasOwn(req, 'query');
    if (!isOwn && mayPass && isPlain(req)) return undefined;
    const { query } = req;
    if (typeof query !== 'object' || query === null) return undefined;
    const rejection = judge(rules, kind, query, req);
    // Whoever reads it next must see what was judged, and may assign to it, as in Express 4.
    if (!isOwn && rejection === undefined) {
      writeQuery(req, query);
    }
    return rejection;
  };
}

/** @param {Request} req */
function isPlain({ url = '', app }) {
  const start = url.indexOf('?');
  if (start < 0) return true;
  // A parser of the app may find names in values.
  if (app === undefined || typeof app.get('query parser') === 'function') return false;
  const query = url.slice(start + 1);
  return PLAIN_NAMES.test(query) && !SPECIAL.test(query);
}

module.exports = { createQueryJudge };
