// @ts-check
'use strict';

// Reads the options of one area at set-up. Each read names the option, the value and the cure; a name that nobody read
// is a misspelling and is refused. Bounds that core enforces are not repeated here.

const { misuse } = require('../errors');
const { checkGiven, meant, show } = require('./given');

class Options {
  /** @param {string} area as in error codes, e.g. RATE_LIMIT @param {string} owner the function's name @param {unknown} given */
  constructor(area, owner, given) {
    checkGiven(area, owner, given);
    /** @private */ this.area = area;
    /** @private */ this.owner = owner;
    /** @private @type {Record<string, any>} */ this.given = /** @type {any} */ (given) ?? {};
    /** @private @type {Set<string>} */ this.known = new Set();
  }

  /** Whether the option was written at all, even as undefined. @param {string} name */
  has(name) {
    this.known.add(name);
    return Object.hasOwn(this.given, name);
  }

  /** The raw value; undefined when absent. @param {string} name @returns {any} */
  raw(name) {
    return this.has(name) ? this.given[name] : undefined;
  }

  /**
   * The raw value of an option whose loss would weaken what was meant: written as undefined (an environment variable that
   * is not set, say), it is refused.
   * @param {string} name @returns {any}
   */
  written(name) {
    const value = this.raw(name);
    if (value === undefined && this.has(name)) {
      throw this.wrong(name, 'left out, or have a value (is an environment variable not set?)');
    }
    return value;
  }

  /** @param {string} name @param {string} cure @returns {Error} */
  wrong(name, cure) {
    return misuse(
      `ERR_${this.area}_OPTION`,
      `${this.owner}: option "${name}" must be ${cure}, not ${show(this.given[name])}`,
    );
  }

  /** @param {string} name @param {string} bounds @returns {Error} */
  outside(name, bounds) {
    return misuse(
      `ERR_${this.area}_OPTION_RANGE`,
      `${this.owner}: option "${name}" must be ${bounds}, not ${show(this.given[name])}`,
    );
  }

  /**
   * @param {string} name
   * @param {number} fallback
   * @param {{ min?: number, max?: number }} [bounds] both inclusive; whole numbers only
   * @returns {number}
   */
  integer(name, fallback, { min = 0, max = Number.MAX_SAFE_INTEGER } = {}) {
    const value = this.raw(name);
    if (value === undefined) return fallback;
    if (typeof value !== 'number') throw this.wrong(name, 'a number');
    if (!Number.isInteger(value) || value < min || value > max) {
      throw this.outside(name, `a whole number from ${min} to ${max}`);
    }
    return value;
  }

  /**
   * Any number; its bounds, NaN and Infinity are core's to judge.
   * @template {number | undefined} T @param {string} name @param {T} fallback @returns {number | T}
   */
  number(name, fallback) {
    const value = this.raw(name);
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

  /** @template {string | undefined} T @param {string} name @param {T} fallback @returns {string | T} */
  string(name, fallback) {
    const value = this.raw(name);
    if (value === undefined) return fallback;
    if (typeof value !== 'string' || value === '' || !value.isWellFormed()) {
      throw this.wrong(name, 'well-formed text that is not empty');
    }
    return value;
  }

  /** @template {string} T @param {string} name @param {T} fallback @param {readonly T[]} values @returns {T} */
  oneOf(name, fallback, values) {
    const value = this.raw(name);
    if (value === undefined) return fallback;
    if (values.includes(value)) return value;
    const list = values.map((one) => `"${one}"`).join(', ');
    // A setting's name is no secret, and a look at it shows the slip.
    const sent = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : show(value);
    throw misuse(`ERR_${this.area}_OPTION`, `${this.owner}: option "${name}" must be one of ${list}, not ${sent}`);
  }

  /** @param {string} name @returns {((...args: any[]) => any) | undefined} */
  function(name) {
    const value = this.raw(name);
    if (value !== undefined && typeof value !== 'function') throw this.wrong(name, 'a function');
    return value;
  }

  /** Call last: refuses every name that was not read. */
  done() {
    for (const name of Object.keys(this.given)) {
      if (this.known.has(name)) continue;
      const known = [...this.known].sort();
      throw misuse(
        `ERR_${this.area}_OPTION`,
        `${this.owner}: there is no option "${name}"; known are: ${known.join(', ')}${meant(name, known)}`,
      );
    }
  }
}

exports.Options = Options;
