// @ts-check
'use strict';

// Judges what other parsers have made of a request: its route parameters, query, cookies and body, such as the text fields of
// a multipart form. The same on Express 4 and 5, and for both query parsers.

const { Options } = require('../support/options');
const { createVerify } = require('./guard-verify');
const { tellRejection } = require('./judge');
const { readPointers } = require('./pointer');
const { readRules } = require('./rules');
const { SOURCES, createJudges } = require('./sources');

/** @typedef {InstanceType<typeof Options>} OptionReader */
/** @typedef {import('./request').Middleware} Middleware */

/** @param {unknown} [given] @returns {Middleware & { verify: import('./verify').Verify }} */
function guard(given) {
  const options = new Options('INPUT', 'guard', given);
  const rules = readRules(options);
  const exempt = readExempt(options);
  const wanted = options.inside('sources');
  const judges = Object.entries(createJudges(rules, exempt)).filter(([source]) => wanted.boolean(source, true));
  wanted.done();
  options.done();
  const layer = createGuard(
    rules,
    judges.map(([, judge]) => judge),
  );
  return Object.assign(layer, { verify: createVerify(rules, exempt.body) });
}

/** @param {import('./rules').Rules} rules @param {readonly import('./sources').Judge[]} judges @returns {Middleware} */
function createGuard(rules, judges) {
  return function guard(req, _res, next) {
    for (const judge of judges) {
      const rejection = judge(req);
      if (rejection === undefined) continue;
      tellRejection(rules, rejection, req);
      return next(rejection);
    }
    next();
  };
}

/** @param {OptionReader} options @returns {import('./sources').Exempt} */
function readExempt(options) {
  const own = options.inside('exempt');
  const read = (/** @type {string} */ source) => readPointers(own, source);
  const exempt = Object.fromEntries(SOURCES.map((source) => [source, read(source)]));
  own.done();
  return /** @type {import('./sources').Exempt} */ (exempt);
}

module.exports = { createGuard, guard, readExempt };
