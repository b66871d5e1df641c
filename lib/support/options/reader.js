// @ts-check
'use strict';

// The base of Options: which options were given and read, and the errors about them.

const { misuse } = require('../errors');
const { checkGiven, contrast, show } = require('./given');
const { hintsOf } = require('./hints');
const { nearest, unknownOption } = require('./names');

/**
 * `required`: the option must be given. `defined`: it may be omitted, but not be undefined, because a value that got lost
 * (such as an environment variable that is not set) would weaken the policy.
 * @typedef {{ required?: boolean, defined?: boolean }} Terms
 */

class Reader {
  /**
   * @param {string} area as in error codes, e.g. RATE_LIMIT @param {string} owner the function's name
   * @param {unknown} given @param {string} [path] in front of the names, e.g. "cache." for options inside an option
   */
  constructor(area, owner, given, path = '') {
    checkGiven(area, owner, given, path);
    /** @readonly */ this.area = area;
    /** @readonly */ this.owner = owner;
    /** @readonly */ this.path = path;
    /** @protected @type {Record<string, any>} */ this.given = /** @type {any} */ (given) ?? {};
    /** @private @type {Set<string>} */ this.known = new Set();
  }

  /** Whether the option was written at all, even as undefined. @param {string} name */
  has(name) {
    this.known.add(name);
    return Object.hasOwn(this.given, name);
  }

  /** The value as it is; undefined when absent. @param {string} name @param {Terms} [terms] @returns {any} */
  raw(name, { required = false, defined = false } = {}) {
    const isWritten = this.has(name);
    const value = isWritten ? this.given[name] : undefined;
    if (value !== undefined) return value;
    if (required) throw this.missing(name);
    if (isWritten && defined) {
      throw this.refuse(
        `\`${this.path}${name}\` is undefined: is the environment variable set? To do without it, remove the option`,
      );
    }
    return undefined;
  }

  /**
   * The error for a required option that is missing. If it was given under another name, the error names that.
   * @param {string} name @param {string} [remark] what follows "is required", e.g. ", or `keys`"
   */
  missing(name, remark = '') {
    const label = `\`${this.path}${name}\``;
    if (this.has(name)) return this.refuse(`${label} is required but undefined: is the environment variable set?`);
    const hints = hintsOf(this.owner, this.path);
    const meant = Object.keys(this.given).find(
      (one) => !this.known.has(one) && (hints.has(one) || nearest(one, [name])),
    );
    if (meant !== undefined) return this.refuse(unknownOption(meant, [name], this.path, hints.get(meant)));
    return this.refuse(`${label} is required${remark}`);
  }

  /** The error for any mistake in the options. @param {string} reason @param {string} [code] @returns {Error} */
  refuse(reason, code = `ERR_${this.area}_OPTION`) {
    return misuse(code, `${this.owner}: ${reason}`);
  }

  /** The error for a value of the wrong type, which is not shown. @param {string} name @param {string} cure @returns {Error} */
  wrong(name, cure) {
    return this.refuse(`option "${this.path}${name}" must be ${contrast(cure, show(this.given[name]))}`);
  }

  /** The error for a string of the wrong form, which is not shown. @param {string} name @param {string} cure @returns {Error} */
  malformed(name, cure) {
    return this.refuse(`option "${this.path}${name}" must be ${cure}`);
  }

  /** Either of the two, for an option that takes some strings. @param {string} name @param {string} cure @returns {Error} */
  unfit(name, cure) {
    return typeof this.given[name] === 'string' ? this.malformed(name, cure) : this.wrong(name, cure);
  }

  /** The error for a number out of bounds, which is shown. @param {string} name @param {string} bounds @param {unknown} [value] that counts, where it is the default or was converted @returns {Error} */
  outside(name, bounds, value = this.given[name]) {
    const sent = typeof value === 'number' ? String(value) : show(value);
    const reason = `option "${this.path}${name}" must be ${contrast(bounds, sent)}`;
    return this.refuse(reason, `ERR_${this.area}_OPTION_RANGE`);
  }

  /** The error for an option that contradicts others. @param {string} name @param {string} reason @returns {Error} */
  conflict(name, reason) {
    return this.refuse(`option "${this.path}${name}" ${reason}`);
  }

  /** Call last: rejects every name that was not read. @param {string} [remark] after the list of known names */
  done(remark) {
    const stranger = Object.keys(this.given).find((name) => !this.known.has(name));
    if (stranger === undefined) return;
    const hint = hintsOf(this.owner, this.path).get(stranger);
    const reason = unknownOption(stranger, [...this.known].sort(), this.path, hint);
    throw this.refuse(remark !== undefined && / known options: /.test(reason) ? `${reason}; ${remark}` : reason);
  }
}

module.exports = { Reader };
