// @ts-check
'use strict';

// Many patterns as one object that says which of them match.

const { BOUNDS } = require('../support/bounds');
const { PortcullisError, misuse } = require('../support/errors');
const native = require('../support/native');
const { Options } = require('../support/options');
const { show } = require('../support/options/given');
const { readEntries } = require('./entry');

const testNative = /** @type {(slot: number, text: string) => boolean} */ (native.testPatternsFunction());
const matchNative = /** @type {(slot: number, text: string) => number[] | undefined} */ (
  native.matchPatternsFunction()
);

const { maxPatterns, maxPatternLength, maxDepth, maxCompiledBytes, maxTextLength } = BOUNDS.PATTERNS;

/**
 * Compiles patterns to one set. Its search takes time linear in the text, whatever the patterns are.
 * @param {unknown} patterns @param {unknown} [given]
 */
function createPatterns(patterns, given) {
  const limits = readLimits(given);
  const { names, sources } = readEntries(patterns);
  const set = new native.PatternSet(sources, limits);
  const { slot } = set;
  const check = (/** @type {unknown} */ text) => checkText(text, limits.maxTextLength);
  return Object.freeze({
    size: sources.length,
    /** @param {string} text */
    test(text) {
      check(text);
      // Reading the set here keeps it alive, and with it its slot.
      return testNative(set && slot, text);
    },
    /** @param {string} text */
    match(text) {
      check(text);
      const found = matchNative(set && slot, text) ?? [];
      return names === undefined ? found : found.map((index) => names[index]);
    },
  });
}

/** @param {unknown} given */
function readLimits(given) {
  const options = new Options('PATTERNS', 'createPatterns', given);
  const limits = {
    maxPatterns: options.integer('maxPatterns', maxPatterns.fallback, maxPatterns),
    maxPatternLength: options.integer('maxPatternLength', maxPatternLength.fallback, maxPatternLength),
    maxDepth: options.integer('maxDepth', maxDepth.fallback, maxDepth),
    maxCompiledBytes: options.integer('maxCompiledBytes', maxCompiledBytes.fallback, maxCompiledBytes),
    maxTextLength: options.integer('maxTextLength', maxTextLength.fallback, maxTextLength),
  };
  options.done();
  return limits;
}

/** @param {unknown} text @param {number} most */
function checkText(text, most) {
  if (typeof text !== 'string') {
    throw misuse('ERR_PATTERNS_INPUT', `createPatterns: the text must be a string, not ${show(text)}`);
  }
  if (text.length > most) {
    throw new PortcullisError('ERR_PATTERNS_TEXT_TOO_LONG', 'the text to search for patterns is too long');
  }
}

module.exports = { createPatterns };
