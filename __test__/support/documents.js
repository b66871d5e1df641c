// @ts-check
'use strict';

// Documents by the million, from one seed: mostly valid ones, with the keys and values that attackers send among ordinary
// ones, and mutated ones.

/** @typedef {ReturnType<typeof import('./random').random>} Random */

const KEYS = [
  'a',
  'b',
  'id',
  'name',
  'items',
  'constructor',
  'prototype',
  'toString',
  '',
  'é',
  '0',
  'a b',
  'price_in_cents',
];
const HOSTILE_KEYS = [
  ...['$gt', '$', '\\u0024gt', '\\u0024', ' $gt', '\uff04gt', 'a.b', 'a\\u002eb', '.', '$where', '\\u0024\\u0067t'],
  ...[
    '__proto__',
    '\\u005f_proto__',
    '__proto\\u005f\\u005f',
    '\\u0061',
    'constructo\\u0072',
    'protot\\u0079pe',
    '__Proto__',
  ],
  ...['\\ud800', 'x'.repeat(17), '\\ud83d\\ude00', 'prototype', 'constructor', '\\u0000', 'a\\"b', '\\/'],
];
const SCALARS = [
  '0',
  '-0',
  '1',
  '12.5',
  '1e3',
  '-3.25E-2',
  'true',
  'false',
  'null',
  '1234567890123',
  '9007199254740993',
];
const HOSTILE_SCALARS = [
  '1e400',
  '-1e309',
  '01',
  '1.',
  '.5',
  '+1',
  '-',
  '1e',
  'NaN',
  'tru',
  '"\\ud800"',
  '"\\x"',
  '1e-400',
  "'a'",
];
const TEXTS = [
  '',
  'plain',
  'an ordinary sentence of some length',
  'é',
  '\u{1f600}',
  '\\n',
  '\\u0041',
  'a\\"b',
  '\\\\',
  '\\ud83d\\ude00',
  '{\\"$gt\\":1}',
];
const SPACES = ['', '', '', ' ', '\n', '\t', '\r\n  '];
const BYTES = [...'{}[]",:\\$._0eE+-tfn \n\t\u0000\u007f', 0x80, 0xc0, 0xa4, 0xed, 0xa0, 0xf4, 0xff].map((byte) =>
  typeof byte === 'string' ? byte.charCodeAt(0) : byte,
);

/** The text of a JSON value. @param {Random} next @param {number} depth @param {number} hostility 0 to 1 @returns {string} */
function json(next, depth, hostility) {
  const space = () => next.of(SPACES);
  if (depth <= 0 || next.chance(0.35)) return space() + scalar(next, hostility) + space();
  const inner = () => json(next, depth - 1, hostility);
  const count = next.below(5);
  if (next.chance(0.3)) return `${space()}[${Array.from({ length: count }, inner).join(',') || space()}]${space()}`;
  const members = distinct(next, count, hostility).map((key) => `${space()}"${key}"${space()}:${inner()}`);
  return `${space()}{${members.join(',') || space()}}${space()}`;
}

/** @param {Random} next @param {number} count @param {number} hostility */
function distinct(next, count, hostility) {
  const keys = Array.from({ length: count }, () => next.of(next.chance(hostility) ? HOSTILE_KEYS : KEYS));
  // An honest object has each key once.
  return next.chance(hostility) ? keys : [...new Set(keys)];
}

/** @param {Random} next @param {number} hostility */
function scalar(next, hostility) {
  if (next.chance(hostility / 2)) return next.of(HOSTILE_SCALARS);
  return next.chance(0.5) ? next.of(SCALARS) : `"${next.of(TEXTS)}"`;
}

/** Changes, inserts, removes, repeats or cuts some bytes. @param {Random} next @param {Buffer} bytes @param {readonly number[]} [from] @returns {Buffer} */
function mutated(next, bytes, from = BYTES) {
  const list = [...bytes];
  for (let changes = 1 + next.below(3); changes > 0; changes--) {
    const at = next.below(list.length + 1);
    const end = Math.min(list.length, at + 1 + next.below(6));
    const change = next.below(5);
    if (change === 0) list.splice(at, 1, next.of(from));
    else if (change === 1) list.splice(at, 0, next.of(from));
    else if (change === 2) list.splice(at, 1 + next.below(3));
    else if (change === 3) list.splice(at, 0, ...list.slice(at, end));
    else if (next.chance(0.3)) list.length = at;
  }
  return Buffer.from(list);
}

module.exports = { json, mutated };
