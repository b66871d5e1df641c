// @ts-check
'use strict';

// Reads the options of one function at set-up. Each read names the option, what it must be, and what it is; a name that
// nobody read is a misspelling and is rejected. Bounds that core enforces are not repeated here.

const { show } = require('./given');
const { readList } = require('./list');
const { showNear } = require('./names');
const { Reader } = require('./reader');

/** @typedef {import('./reader').Terms} Terms */

class Options extends Reader {
  /** A reader of the options inside an option. @param {string} name @param {unknown} [value] @returns {Options} */
  inside(name, value = this.raw(name)) {
    return new Options(this.area, this.owner, value, `${this.path}${name}.`);
  }

  /**
   * @template {number | undefined} T @param {string} name @param {T} fallback
   * @param {{ min?: number, max?: number } & Terms} [terms] bounds are inclusive; whole numbers only
   * @returns {number | T}
   */
  integer(name, fallback, { min = 0, max = Number.MAX_SAFE_INTEGER, ...terms } = {}) {
    const value = this.raw(name, terms);
    if (value === undefined) return fallback;
    const bounds = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
    if (typeof value !== 'number') throw this.wrong(name, `a whole number ${bounds}`);
    if (!Number.isInteger(value) || value < min || value > max) throw this.outside(name, `a whole number ${bounds}`);
    return value;
  }

  /**
   * Any number, including NaN and Infinity: core checks the bounds.
   * @template {number | undefined} T @param {string} name @param {T} fallback @param {Terms} [terms] @returns {number | T}
   */
  number(name, fallback, terms) {
    const value = this.raw(name, terms);
    if (value === undefined) return fallback;
    if (typeof value !== 'number') throw this.wrong(name, 'a number');
    return value;
  }

  /** @param {string} name @param {boolean} fallback @returns {boolean} */
  boolean(name, fallback) {
    const value = this.raw(name);
    if (value === undefined) return fallback;
    if (typeof value !== 'boolean') throw this.wrong(name, 'true or false');
    return value;
  }

  /** @template {string | undefined} T @param {string} name @param {T} fallback @param {Terms} [terms] @returns {string | T} */
  string(name, fallback, terms) {
    const value = this.raw(name, terms);
    if (value === undefined) return fallback;
    if (typeof value !== 'string' || value === '' || !value.isWellFormed())
      throw this.wrong(name, 'a non-empty string');
    return value;
  }

  /** @template {string} T @param {string} name @param {T} fallback @param {readonly T[]} values @param {Terms} [terms] @returns {T} */
  oneOf(name, fallback, values, terms) {
    const value = this.raw(name, terms);
    if (value === undefined) return fallback;
    if (values.includes(value)) return value;
    const list = values.map((one) => `"${one}"`).join(', ');
    const sent = typeof value === 'string' && value !== '' ? showNear(value, values) : show(value);
    throw this.refuse(`option "${this.path}${name}" must be one of ${list}, not ${sent}`);
  }

  /** @param {string} name @param {Terms} [terms] @returns {((...args: any[]) => any) | undefined} */
  function(name, terms) {
    const value = this.raw(name, terms);
    if (value !== undefined && typeof value !== 'function') throw this.wrong(name, 'a function');
    return value;
  }

  /**
   * A copy of a list whose entries are all of one kind; undefined when absent.
   * @template T @param {string} name @param {import('./list').ListTerms<T>} terms @returns {T[] | undefined}
   */
  list(name, terms) {
    const value = this.raw(name, terms);
    return value === undefined
      ? undefined
      : readList(`${this.path}${name}`, value, terms, (reason) => this.refuse(reason));
  }
}

exports.Options = Options;
