// @ts-check
'use strict';

// Forms by the million, from one seed: what browsers and libraries send, what attackers send, and mutations of both.

const { mutated } = require('./documents');

/** @typedef {ReturnType<typeof import('./random').random>} Random */

const STEMS = [
  'a',
  'b',
  'name',
  'items',
  'user',
  '0',
  '7',
  'constructor',
  'toString',
  'a b',
  'é',
  'page.size',
  'length',
];
const KEYS = [
  'x',
  'y',
  'name',
  '0',
  '1',
  '2',
  '2',
  '99',
  '100',
  '101',
  '5000',
  '01',
  '-1',
  'toString',
  'prototype',
  'é',
  'a.b',
  ' ',
];
const HOSTILE = [
  ...[
    '$gt',
    '$',
    '%24gt',
    '%2524gt',
    ' $gt',
    '.$gt',
    '$where',
    '__proto__',
    '__proto_%5f',
    'constructor',
    'prototype',
    'hasOwnProperty',
  ],
  ...[
    '1000000',
    '99999999999999999999',
    '[',
    ']',
    '%5B',
    '%5D',
    '[]',
    '%00',
    'x'.repeat(17),
    '%C3',
    '%ED%A0%80',
    '%',
    '%4',
    '.',
    '=',
  ],
];
const VALUES = [
  '',
  '',
  '1',
  'x',
  'two words',
  'a=b',
  '%3D',
  'a+b%20c',
  'é',
  '%C3%A9',
  '%F0%9F%98%80',
  '"q"',
  '\\',
  '%22',
  '%5C%0A',
  '%00',
  '\u0000\u001f',
  '[1]',
  '%5B',
  'on',
];
const HOSTILE_VALUES = [
  '%',
  '%zz',
  '100%',
  '%C3',
  '%A4%C0',
  '%C0%A4',
  '%ED%A0%80',
  'b]=c',
  '%5D=',
  ']',
  '[$gt]=1',
  '%F4%90%80%80',
];
const BYTES = [...'[]=&%+$._0125BDaxg{}"\\', 0x00, 0x1f, 0x80, 0xc3, 0xa9, 0xff].map((byte) =>
  typeof byte === 'string' ? byte.charCodeAt(0) : byte,
);

/** @param {Random} next @param {number} hostility 0 to 1 */
function form(next, hostility) {
  const stems = Array.from({ length: 1 + next.below(4) }, () => next.of(STEMS));
  const parts = Array.from({ length: next.chance(0.02) ? 120 : next.below(7) }, () => part(next, stems, hostility));
  return parts.join('&');
}

/** @param {Random} next @param {string[]} stems @param {number} hostility */
function part(next, stems, hostility) {
  if (next.chance(0.03)) return next.of(['', '=', '=1', '&']);
  const name = encoded(next, nameOf(next, next.of(stems), hostility));
  const value = next.of(next.chance(hostility / 2) ? HOSTILE_VALUES : VALUES);
  return next.chance(0.05) ? name : `${name}=${value}`;
}

/** Each stem has a form of its own most of the time, as names of an honest form do. @param {Random} next @param {string} stem @param {number} hostility */
function nameOf(next, stem, hostility) {
  const hostile = () => next.of(next.chance(hostility) ? HOSTILE : KEYS);
  if (next.chance(hostility / 4)) return next.of(HOSTILE);
  const shape = next.chance(0.75) ? stem.length % 6 : next.below(8);
  if (shape === 1) return next.chance(0.5) ? stem : `${stem}[]`;
  if (shape === 2) return `${stem}[${hostile()}]`;
  if (shape === 3) return `${stem}[][${hostile()}]`;
  if (shape === 4) return `${stem}[${hostile()}][${hostile()}]`;
  if (shape === 5) return `${stem}[${hostile()}]${next.chance(0.5) ? '[]' : ''}`;
  if (shape === 6) return stem + `[${hostile()}]`.repeat(next.below(9));
  return stem;
}

/** @param {Random} next @param {string} name */
function encoded(next, name) {
  if (next.chance(0.3)) return name.replaceAll('[', '%5B').replaceAll(']', '%5d');
  return next.chance(0.1) ? name.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`) : name;
}

/** Changes some bytes. @param {Random} next @param {Buffer} bytes */
const mutatedForm = (next, bytes) => mutated(next, bytes, BYTES);

module.exports = { form, mutatedForm };
