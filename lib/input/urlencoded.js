// @ts-check
'use strict';

const { Options } = require('../support/options');
const { createBodyReader } = require('./body');
const { readBodyOptions } = require('./body-options');
const { readPointers } = require('./pointer');
const { createFormParser } = require('./form-parser');
const { judge } = require('./judge');
const { createBodyParser } = require('./soft');
const { FORM_TYPE } = require('./type');

/** @param {unknown} [given] @returns {import('./request').Middleware} */
function urlencoded(given) {
  const options = new Options('INPUT', 'urlencoded', given);
  const own = readBodyOptions(options, FORM_TYPE);
  const kind = { source: /** @type {const} */ ('body'), isForm: true, exempt: readPointers(options) };
  const parse = readFormParser(options, own, kind);
  options.done();
  const reader = createBodyReader(own, kind, parse);
  return function urlencoded(req, res, next) {
    reader(req, res, next);
  };
}

/**
 * @param {InstanceType<typeof Options>} options @param {{ limit: number, rules: import('./rules').Rules }} own
 * @param {import('./walk').Kind} kind @returns {import('./soft').ParseOf}
 */
function readFormParser(options, { limit, rules }, kind) {
  const { maxDepth, maxKeys, maxKeyLength, repeats } = rules;
  const bounds = { limit, maxDepth, maxKeys, maxKeyLength, extended: options.boolean('extended', true) };
  // In a form a repeated name is a list, so there are no duplicates.
  const parse = createBodyParser(rules, kind, ({ operators, dots, prototypes }) =>
    createFormParser({ ...bounds, operators, dots, prototypes }),
  );
  if (repeats === 'allow') return parse;
  return function parseAndUnite(body, req) {
    const value = parse(body, req);
    const rejection = judge(rules, kind, value, req);
    if (rejection !== undefined) throw rejection;
    return value;
  };
}

module.exports = { readFormParser, urlencoded };
