// @ts-check
'use strict';

// Generates RegExps and texts for comparisons: valid sources over a small alphabet, so that matches are as common as misses.

const { random } = require('./random');

// Letters with unusual cases, line ends, white space, half and whole surrogate pairs, and what is syntax somewhere.
const CHARACTERS = [
  ...'aabbAB09_- ,.kKsSß',
  ...'\u017f\u212a\u00e9\u00c9\u0130\u0131\u00b5\u03bc\u03a3\u03c3\u03c2\u1e9e\u01c5\u0345\u1fbe\u2126',
  ...['\n', '\r', '\u2028', '\u2029', '\u00a0', '\ufeff', '\u180e', '\u0085', '\0', '\b'],
  ...['\ud83d', '\ude00', '\u{1f600}', '\u{10400}', '\u{10428}', '&', '~', '[', '#', '{', '}', ']', '/'],
];
const ESCAPES = [
  'd',
  'D',
  'w',
  'W',
  's',
  'S',
  'n',
  't',
  'x41',
  'x6b',
  'u0061',
  'u212a',
  'u017F',
  'cJ',
  '0',
  '/',
  '.',
  '*',
  '-',
];
const LONG_ESCAPES = ['u{61}', 'u{1F600}', 'ud83d\\ude00', 'ud83d', 'ude00', 'u{10428}'];
const QUANTIFIERS = ['*', '+', '?', '*?', '{2}', '{1,}', '{0,2}', '{1,3}?', '{0}', '{,2}', '{', '{a}'];
const OPENINGS = ['(', '(?:', '(?:', '(?<n>', '(?=', '(?!', '(?<!'];
const CLASS_PARTS = [
  'a-c',
  '0-9',
  '\\b',
  '^',
  '&&',
  '--',
  '~~',
  '[',
  '[:alpha:]',
  '^',
  'a-z',
  '\\u0000-\\u007f',
  '\u00e0-\u00ff',
];
const FLAGS = ['', '', 'i', 'i', 'm', 's', 'im', 'is', 'u', 'iu', 'iu', 'mu', 'su', 'imsu'];

/** @param {number} seed */
function generator(seed) {
  const { below, of: pick } = random(seed);
  const unit = () => below(1_000_000) / 1_000_000;
  const many = (/** @type {number} */ most, /** @type {() => string} */ make) =>
    Array.from({ length: below(most + 1) }, make).join('');
  const literal = () => pick(CHARACTERS).replace(/[\^$\\.*+?()[\]{}|/]/g, unit() < 0.9 ? '\\$&' : '$&');
  const escaped = () => `\\${pick(unit() < 0.8 ? ESCAPES : LONG_ESCAPES)}`;
  const part = () =>
    unit() < 0.3 ? pick(CLASS_PARTS) : unit() < 0.3 ? escaped() : pick(CHARACTERS).replace(/[\]\\]/, '\\$&');
  const group = (/** @type {number} */ depth) =>
    `${pick(unit() < 0.8 ? OPENINGS.slice(0, 3) : OPENINGS)}${either(depth - 1)})`;

  /** @param {number} depth @returns {string} */
  function atom(depth) {
    const choice = unit();
    if (choice < 0.4) return literal();
    if (choice < 0.5) return '.';
    if (choice < 0.6) return escaped();
    if (choice < 0.66) return pick(['^', '$', '\\b', '^', '$', '\\B', '\\1']);
    if (choice < 0.85) return `[${unit() < 0.3 ? '^' : ''}${many(4, part)}]`;
    return depth > 0 ? group(depth) : literal();
  }
  const term = (/** @type {number} */ depth) => atom(depth) + (unit() < 0.25 ? pick(QUANTIFIERS) : '');
  const sequence = (/** @type {number} */ depth) => many(4, () => term(depth));
  /** @param {number} depth @returns {string} */
  function either(depth) {
    return unit() < 0.25 ? `${sequence(depth)}|${sequence(depth)}` : sequence(depth);
  }

  return {
    /** A RegExp, or undefined where the source is not valid with the flags. */
    regexp() {
      try {
        return new RegExp(either(3), pick(FLAGS));
      } catch {
        return undefined;
      }
    },
    text: () => many(7, () => pick(CHARACTERS)),
  };
}

module.exports = { generator };
