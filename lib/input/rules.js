// @ts-check
'use strict';

// The rules that every source shares, and what happens to a key that breaks one:
//   reject   the request is refused with 400
//   strip    the key and its value are removed; of a key that occurs twice, the last value counts
//   replace  "$" at the start of a key, and every dot where that rule is on, become `replaceWith`
//   report   the key passes
// Each finding is told to `onReport`, whatever its mode.

const { BOUNDS } = require('../support/bounds');
const { readPointers } = require('./pointer');

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */
/** @typedef {'reject' | 'strip' | 'replace' | 'report'} Mode */
/** @typedef {ReturnType<typeof readRules>} Rules */

const MODES = /** @type {const} */ (['reject', 'strip', 'replace', 'report']);
const REPEATS = /** @type {const} */ (['allow', 'first', 'last', 'reject']);
const NAMELESS = /** @type {const} */ (['reject', 'strip', 'report']);
/** What a mode becomes for prototypes and duplicates: such a key has no other name. */
const WITHOUT_NAME = /** @type {const} */ ({ reject: 'reject', strip: 'strip', replace: 'strip', report: 'report' });

// A replacement becomes a part of a key: it must not make an operator, a path or a bracketed name.
const REPLACEMENT = /^[\w-]{1,16}$/;

/** @param {OptionReader} options */
function readRules(options) {
  const { maxDepth, maxKeys, maxKeyLength } = BOUNDS.INPUT;
  const on = readModes(options);
  const onReport = options.function('onReport');
  if (onReport === undefined && Object.values(on).includes('report')) {
    throw options.conflict(
      'mode',
      '"report" needs `onReport`, which is told what was found; to turn a rule off, write false',
    );
  }
  return {
    on,
    // Names of cookies and of route parameters are no data: `connect.sid` is one.
    onNames: { operators: false, dots: false, prototypes: on.prototypes },
    replaceWith: readReplacement(options),
    repeats: options.oneOf('repeats', 'allow', REPEATS),
    arrays: readPointers(options, 'arrays'),
    onReport,
    maxDepth: options.integer('maxDepth', maxDepth.fallback, maxDepth),
    // If undefined, the reader of a body derives it from the limit.
    maxKeys: options.integer('maxKeys', undefined, maxKeys),
    maxKeyLength: options.integer('maxKeyLength', maxKeyLength.fallback, maxKeyLength),
  };
}

/** @param {OptionReader} options */
function readModes(options) {
  const mode = options.oneOf('mode', 'reject', MODES);
  const rules = options.inside('rules');
  const modes = {
    operators: readMode(rules, 'operators', mode, MODES),
    dots: readMode(rules, 'dots', false, MODES),
    prototypes: readMode(rules, 'prototypes', WITHOUT_NAME[mode], NAMELESS),
    duplicates: readMode(rules, 'duplicates', WITHOUT_NAME[mode], NAMELESS),
  };
  rules.done();
  return modes;
}

/** @template {Mode} M @param {OptionReader} rules @param {string} name @param {M | false} fallback @param {readonly M[]} modes @returns {M | false} */
function readMode(rules, name, fallback, modes) {
  const value = rules.raw(name);
  if (value === undefined) return fallback;
  if (value === false || modes.includes(value)) return value;
  throw rules.unfit(name, `${modes.map((mode) => `"${mode}"`).join(', ')} or false`);
}

/** @param {OptionReader} options */
function readReplacement(options) {
  const value = options.string('replaceWith', '_');
  if (!REPLACEMENT.test(value)) throw options.malformed('replaceWith', '1 to 16 letters, digits, "_" or "-"');
  return value;
}

module.exports = { readRules };
