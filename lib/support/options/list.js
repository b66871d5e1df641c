// @ts-check
'use strict';

// Lists among options, and what their entries may be.

const { show } = require('./given');

/**
 * What one entry of a list may be. `isText`: a string of a certain form, so that "not a string" would mislead. `read` returns the entry as the caller wants it, or undefined where it is wrong.
 * @template T @typedef {{ one: string, many: string, isText?: boolean, read: (entry: any) => T | undefined }} Kind
 */

/** @type {Kind<string>} */
const TEXTS = {
  one: 'a non-empty string',
  many: 'non-empty strings',
  read: (entry) => (typeof entry === 'string' && entry !== '' && entry.isWellFormed() ? entry : undefined),
};

/**
 * @template T
 * @typedef {object} ListTerms
 * @property {Kind<T>} of what an entry may be
 * @property {boolean} [single] one entry may stand for a list of one
 * @property {number} [min] fewest entries; 1 by default
 * @property {number} [max] most entries
 * @property {boolean} [required] see Options
 * @property {boolean} [defined] see Options
 */

/**
 * A copy: the caller's list may change later, and a hole in it must be seen as the undefined that it is.
 * @template T @param {string} label how messages name the option @param {unknown} value @param {ListTerms<T>} terms
 * @param {(reason: string) => Error} refuse @returns {T[]}
 */
function readList(label, value, { of, single = false, min = 1, max = Number.MAX_SAFE_INTEGER }, refuse) {
  if (!Array.isArray(value)) {
    const entry = single ? of.read(value) : undefined;
    if (entry !== undefined) return [entry];
    const form = single ? `${of.one} or a list of ${of.many}` : `a list of ${of.many}`;
    const isMalformed = single && of.isText === true && typeof value === 'string' && value !== '';
    throw refuse(`option "${label}" must be ${form}${isMalformed ? '' : `, not ${show(value)}`}`);
  }
  if (value.length < min || value.length > max) throw refuse(outside(label, value.length, min, max));
  return [...value].map((one, at) => {
    const entry = of.read(one);
    if (entry !== undefined) return entry;
    const isMalformed = of.isText === true && typeof one === 'string' && one !== '';
    throw refuse(`option "${label}[${at}]" must be ${of.one}${isMalformed ? '' : `, not ${show(one)}`}`);
  });
}

/** @param {string} label @param {number} length @param {number} min @param {number} max */
function outside(label, length, min, max) {
  if (length === 0) return `option "${label}" must not be an empty list`;
  const bounds = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `${min} to ${max}`;
  return `option "${label}" must be a list of ${bounds} entries, not ${length}`;
}

module.exports = { TEXTS, readList };
