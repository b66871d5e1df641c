// @ts-check
'use strict';

const { Options } = require('../support/options');
const { createBodyReader } = require('./body');
const { readBodyOptions } = require('./body-options');
const { readPointers } = require('./pointer');
const { createParser } = require('./parse');
const { createBodyParser } = require('./soft');

/** @typedef {import('./parse').Reviver} Reviver */

/** @param {unknown} [given] @returns {import('./request').Middleware} */
function json(given) {
  const options = new Options('INPUT', 'json', given);
  const own = readBodyOptions(options, 'application/json');
  const kind = { source: /** @type {const} */ ('body'), exempt: readPointers(options) };
  const parse = readParser(options, own, kind);
  options.done();
  const reader = createBodyReader(own, kind, parse);
  return function json(req, res, next) {
    reader(req, res, next);
  };
}

/**
 * @param {InstanceType<typeof Options>} options @param {{ limit: number, rules: import('./rules').Rules }} own
 * @param {import('./walk').Kind} kind
 */
function readParser(options, { limit, rules }, kind) {
  const { maxDepth, maxKeys, maxKeyLength } = rules;
  const bounds = { limit, maxDepth, maxKeys, maxKeyLength, strict: options.boolean('strict', true) };
  const reviver = /** @type {Reviver | undefined} */ (options.function('reviver'));
  return createBodyParser(rules, kind, (switches) => createParser({ ...bounds, ...switches }, reviver));
}

module.exports = { json, readParser };
