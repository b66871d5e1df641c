// @ts-check
'use strict';

// Finds probes in one text. It is a sensor for a log, not a filter: what it does not find may still be an attack.

const { misuse } = require('../support/errors');
const { Options } = require('../support/options');
const { show } = require('../support/options/given');
const { formsOf } = require('./decode');
const { createPatterns } = require('./patterns');
const { CATEGORIES, RULES } = require('./rules');

/** @typedef {import('./rules').Category} Category */
/** @typedef {{ category: Category, rule: string }} Finding */
/** @typedef {InstanceType<typeof Options>} OptionReader */

const MAX_TEXT_LENGTH = { min: 16, max: 1024 * 1024, fallback: 8 * 1024 };
// The rules are ours, so their length is no risk. No form of a text is longer than the text.
const LIMITS = { maxPatternLength: 4096, maxTextLength: MAX_TEXT_LENGTH.max };

/** @type {import('../support/options/list').Kind<Category>} */
const CATEGORY = {
  one: `one of ${CATEGORIES.map((name) => `"${name}"`).join(', ')}`,
  many: 'categories',
  isText: true,
  read: (entry) => (CATEGORIES.includes(entry) ? entry : undefined),
};

/** The compiled set of a choice of categories. @type {Map<string, ReturnType<typeof compile>>} */
const compiled = new Map();

/** @param {unknown} [given] */
function createThreatScanner(given) {
  const options = new Options('PATTERNS', 'createThreatScanner', given);
  const scanner = readScanner(options);
  options.done();
  return Object.freeze(scanner);
}

/** The options that the scanner and the middleware share. @param {OptionReader} options */
function readScanner(options) {
  const categories = options.list('categories', { of: CATEGORY }) ?? CATEGORIES;
  const { min, max, fallback } = MAX_TEXT_LENGTH;
  const length = options.integer('maxTextLength', fallback, { min, max });
  const key = CATEGORIES.filter((name) => categories.includes(name)).join();
  let search = compiled.get(key);
  if (search === undefined) {
    search = compile(categories);
    compiled.set(key, search);
  }
  const { find } = search;
  return {
    /** @param {string} text @returns {Finding[]} */
    scan(text) {
      if (typeof text === 'string') return find(text.length > length ? text.slice(0, length) : text);
      throw misuse('ERR_PATTERNS_INPUT', `scan: the text must be a string, not ${show(text)}`);
    },
  };
}

/** @param {readonly Category[]} categories */
function compile(categories) {
  const rules = categories.flatMap((category) =>
    Object.entries(RULES[category].rules).map(([rule, pattern]) => ({ category, rule, pattern })),
  );
  const set = createPatterns(
    rules.map(({ rule, pattern }) => ({ name: rule, pattern })),
    LIMITS,
  );
  const findings = new Map(rules.map(({ category, rule }) => [rule, Object.freeze({ category, rule })]));
  return {
    /** @param {string} text @returns {Finding[]} */
    find(text) {
      const found = /** @type {Set<Finding>} */ (new Set());
      for (const form of formsOf(text)) {
        for (const rule of set.match(form)) found.add(/** @type {Finding} */ (findings.get(String(rule))));
      }
      return found.size === 0 ? [] : [...found].filter(({ category }) => !isOrdinary(category, text));
    },
  };
}

/** The few texts that look like a probe of a category and are not. @param {Category} category @param {string} text */
function isOrdinary(category, text) {
  const { unless } = RULES[category];
  if (unless === undefined) return false;
  let set = exceptions.get(category);
  if (set === undefined) {
    set = createPatterns([unless], LIMITS);
    exceptions.set(category, set);
  }
  return set.test(text);
}

/** @type {Map<Category, ReturnType<typeof createPatterns>>} */
const exceptions = new Map();

module.exports = { createThreatScanner, readScanner };
