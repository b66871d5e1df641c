// @ts-check
'use strict';

const { writeQuery } = require('../../lib/support/query');
const { readOptions } = require('./options');

/** @typedef {Record<string, unknown>} Parameters a parsed query or body */

/** @param {import('./options').Options | null} [options] */
function hpp(options) {
  const { checksQuery, checksBody, matches, whitelist } = readOptions(options);
  /** @param {any} req @param {unknown} _res @param {() => void} next */
  return function hpp(req, _res, next) {
    if (checksQuery && req.query) {
      // Read once: on Express 5 each read parses the URL again.
      const { query } = req;
      req.queryPolluted ??= putAside(query);
      putBack(query, req.queryPolluted, whitelist);
      writeQuery(req, query);
    }
    if (checksBody && req.body && matches(req)) {
      req.bodyPolluted ??= putAside(req.body);
      putBack(req.body, req.bodyPolluted, whitelist);
    }
    next();
  };
}

/** Keeps the last value of each list, and returns the lists. @param {Parameters} part */
function putAside(part) {
  const polluted = /** @type {Parameters} */ ({});
  if (typeof part !== 'object' || ArrayBuffer.isView(part)) return polluted;
  // An own key of that name, as JSON.parse makes it, would become the prototype of the object that it is put aside in.
  Reflect.deleteProperty(part, '__proto__');
  for (const [name, value] of Object.entries(part)) {
    if (!Array.isArray(value)) continue;
    polluted[name] = value;
    part[name] = value.at(-1);
  }
  return polluted;
}

/** Apart from putAside(), so that a route can allow more names than the app. @param {Parameters} part @param {Parameters} polluted @param {string[]} names */
function putBack(part, polluted, names) {
  for (const name of names) {
    if (!Object.hasOwn(polluted, name)) continue;
    part[name] = polluted[name];
    delete polluted[name];
  }
}

module.exports = { hpp };
