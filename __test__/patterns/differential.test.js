// @ts-check
'use strict';

// A RegExp that is accepted matches the same texts as in V8: on generated patterns and texts, and on every letter with a case.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { createPatterns } = require('../..');
const { generator } = require('../support/regexps');
const vectors = require('../vectors/patterns.json');

const SEED = 20_261_125;
const PATTERNS = 10_000;
const TEXTS_PER_PATTERN = 20;
/** A set of this many, so that patterns with and without the flag `u` are searched together. */
const PER_SET = 20;

/** @param {RegExp[]} expressions */
function acceptedOf(expressions) {
  return expressions.filter((expression) => {
    try {
      return createPatterns([expression]).size === 1;
    } catch (/** @type {any} */ error) {
      assert.equal(error.code, 'ERR_PATTERNS_SYNTAX', String(expression));
      return false;
    }
  });
}

/** @param {string} text */
const shown = (text) => JSON.stringify(text);

describe('patterns beside V8', () => {
  it(`agree on ${PATTERNS * TEXTS_PER_PATTERN} pairs of a generated pattern and text (seed ${SEED})`, () => {
    const { regexp, text } = generator(SEED);
    let [accepted, hits] = [0, 0];
    while (accepted < PATTERNS) {
      const expressions = acceptedOf(Array.from({ length: PER_SET }, regexp).filter((one) => one !== undefined));
      if (expressions.length === 0) continue;
      accepted += expressions.length;
      const set = createPatterns(expressions);
      for (let at = 0; at < TEXTS_PER_PATTERN; at += 1) {
        const sample = text();
        const expected = expressions.flatMap((one, index) => (one.test(sample) ? [index] : []));
        hits += expected.length;
        assert.deepEqual(set.match(sample), expected, `${expressions.join('  ')} on ${shown(sample)}`);
        assert.equal(set.test(sample), expected.length > 0);
      }
    }
    // Neither hits nor misses are rare, or the comparison would say little.
    assert.ok(hits > accepted && hits < accepted * TEXTS_PER_PATTERN * 0.8, `${hits} hits`);
  });

  for (const [flags, last] of /** @type {Array<[string, number]>} */ ([
    ['i', 0xffff],
    ['iu', 0x1ffff],
  ])) {
    it(`fold the case of every letter alike with the flags ${flags}`, () => {
      const letters = lettersUpTo(last);
      const expressions = acceptedOf(letters.map((letter) => new RegExp(letter, flags)));
      assert.ok(expressions.length > letters.length * 0.9);
      const set = createPatterns(expressions, { maxPatterns: 10_000, maxCompiledBytes: 64 * 1024 * 1024 });
      for (const letter of letters) {
        const expected = expressions.flatMap((one, index) => (one.test(letter) ? [index] : []));
        assert.deepEqual(set.match(letter), expected, shown(letter));
      }
    });
  }

  it('agree on what a class holds, for every unit', () => {
    const classes = [
      /\d/,
      /\D/,
      /\w/,
      /\W/,
      /\s/,
      /\S/,
      /./,
      /./s,
      /[\s\S]/,
      /[^a]/i,
      /[\W_]/,
      /\w/i,
      /\W/i,
      /\w/iu,
      /\W/iu,
      /[^\W]/iu,
    ];
    const set = createPatterns(classes);
    for (let unit = 0; unit <= 0xffff; unit += 1) {
      const text = String.fromCharCode(unit);
      const expected = classes.flatMap((one, index) => (one.test(text) ? [index] : []));
      assert.deepEqual(set.match(text), expected, unit.toString(16));
    }
  });

  it('agree on the vectors', () => {
    for (const { source, flags, text, expected } of vectors.matches) {
      const expression = new RegExp(source, flags);
      assert.equal(expression.test(text), expected, String(expression));
      assert.equal(createPatterns([expression]).test(text), expected, `${expression} on ${shown(text)}`);
    }
  });

  it('agree with lone surrogates in the pattern itself', () => {
    const texts = ['\ud83d', '\ude00', '\u{1f600}', '\ude00\ud83d', '\\ud83d', 'ud83d', '\ufffd'];
    for (const source of [
      '\ud83d',
      '\ude00',
      '[\ud83d]',
      '\\\\\ud83d',
      '\ud83d\\ude00',
      '[\ud800-\udbff]',
      '\\u{d83d}',
    ]) {
      for (const flags of ['', 'u', 'i']) {
        const expression = new RegExp(source, flags);
        if (acceptedOf([expression]).length === 0) continue;
        const set = createPatterns([expression]);
        for (const text of texts)
          assert.equal(set.test(text), expression.test(text), `${shown(source)} ${flags} ${shown(text)}`);
      }
    }
  });
});

/** @param {number} last */
function lettersUpTo(last) {
  const letters = [];
  for (let point = 0; point <= last; point += 1) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const letter = String.fromCodePoint(point);
    if (letter.toLowerCase() !== letter || letter.toUpperCase() !== letter) letters.push(letter);
  }
  return letters;
}
