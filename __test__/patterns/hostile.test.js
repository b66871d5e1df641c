// @ts-check
'use strict';

// Texts of a megabyte that a backtracking engine reads in quadratic or exponential time. Eight times the text may take some ten
// times as long, never 64 times.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { createPatterns, createThreatScanner } = require('../..');

const LARGE = 1024 * 1024;
const BOUND = 24;
const ATTEMPTS = 8;

const PATTERNS = [
  /(?:a+)+b/,
  /\s+$/,
  /(?:a|a|aa)*c/,
  /^(?:.*,){9}P/s,
  /(?:x+x+)+y/i,
  /[^a]*a[^b]*b[^c]*c!/u,
  '(?:\\w+\\W+){8}\\z',
];
const set = createPatterns(PATTERNS);
// A Unicode boundary takes the slowest engine where the text is not ASCII.
const withBoundary = createPatterns(['\\bé+\\b.*\\d$', '(?:\\w+\\W+){8}\\z']);
const scanner = createThreatScanner({ maxTextLength: LARGE });

/** @type {Record<string, string>} */
const UNITS = {
  'a letter': 'a',
  'white space': ' \t\n',
  commas: 'a,',
  'two letters': 'xX',
  'words in two bytes': 'слово ',
  'surrogate pairs': '\u{1f600}',
  'halves of pairs': '\ud83d',
};
/** @type {Record<string, string>} */
const PROBES = {
  quotes: "'",
  'quotes and operators': "' or ",
  'open tags': '<script ',
  'tags that are not closed': '<a onx=',
  'dots and slashes': '../',
  'percent signs': '%25',
  'encoded bytes that are not UTF-8': '%ff',
  entities: '&#106;',
  'open comments': '/* a',
  comments: '/**/',
  'MySQL comments': '/*!1*/',
  'NUL bytes': '\0',
  'union select': "' union select ",
  'separators of commands': '; cat ',
  braces: '${${',
  'curly braces': '{{constructor',
};

/** Flat, as text from the network is. @param {string} unit @param {number} length */
const flat = (unit, length) =>
  Buffer.from(unit.repeat(Math.ceil(length / unit.length)), 'utf16le')
    .toString('utf16le')
    .slice(0, length);

/** @param {() => unknown} work */
function cpuMs(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** @param {(text: string) => unknown} search @param {string} unit @param {number} [length] */
function growthOf(search, unit, length = LARGE) {
  const [small, large] = [flat(unit, length / 8), flat(unit, length)];
  let best = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && best > BOUND; attempt += 1) {
    // Below a tenth of a millisecond the clock is coarser than the work.
    const base = Math.max(0.1, Math.min(...Array.from({ length: 3 }, () => cpuMs(() => search(small)))));
    best = Math.min(best, cpuMs(() => search(large)) / base);
  }
  return best;
}

describe('a text of a megabyte', () => {
  for (const [name, unit] of Object.entries(UNITS)) {
    it(`of ${name} is searched for patterns in linear time`, () => {
      for (const search of [set.test, set.match]) {
        const growth = growthOf(search, unit);
        assert.ok(growth <= BOUND, `${growth.toFixed(1)} times as long for 8 times the text`);
      }
    });
  }

  it('takes linear time for a Unicode boundary too', () => {
    const growth = growthOf(withBoundary.match, 'слово ', LARGE / 8);
    assert.ok(growth <= BOUND, `${growth.toFixed(1)} times as long for 8 times the text`);
  });

  for (const [name, unit] of Object.entries(PROBES)) {
    it(`of ${name} is scanned for threats in linear time`, () => {
      const growth = growthOf(scanner.scan, unit);
      assert.ok(growth <= BOUND, `${growth.toFixed(1)} times as long for 8 times the text`);
    });
  }
});
