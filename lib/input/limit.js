// @ts-check
'use strict';

// The option `limit`, as body-parser has it.

const { BOUNDS } = require('../support/bounds');

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */

const { limit: LIMIT } = BOUNDS.INPUT;
const SIZE = /^(\d+(?:\.\d+)?) *(b|kb|mb)?$/i;
/** @type {Readonly<Record<string, number>>} */
const UNITS = { b: 1, kb: 1024, mb: 1024 * 1024 };
const FORMS = 'a number of bytes of at least 1, or text such as "100kb" or "1mb", at most "256mb"';

/**
 * Bytes. A string that cannot be read is rejected, so that a misspelt limit never means no limit. So are the values that
 * express.json reads as its default (0, null) or as no limit (Infinity).
 * @param {OptionReader} options @returns {number}
 */
function readLimit(options) {
  const value = /** @type {unknown} */ (options.raw('limit'));
  if (value === undefined) return LIMIT.fallback;
  if (value === null) throw options.wrong('limit', `${FORMS}; leave it out for the default, 100 KiB`);
  if (value === 0) throw options.outside('limit', `${FORMS}; leave it out for the default, 100 KiB`);
  if (value === Infinity) throw options.outside('limit', `${FORMS}; bodies without a limit are not read`);
  if (typeof value === 'number') return options.integer('limit', LIMIT.fallback, LIMIT);
  const [, amount, unit = 'b'] = (typeof value === 'string' && SIZE.exec(value)) || [];
  const bytes = Math.floor(Number(amount) * /** @type {number} */ (UNITS[unit.toLowerCase()]));
  if (!Number.isSafeInteger(bytes)) throw options.unfit('limit', FORMS);
  if (bytes < LIMIT.min || bytes > LIMIT.max) {
    throw options.outside('limit', `from ${LIMIT.min} to ${LIMIT.max} bytes`, bytes);
  }
  return bytes;
}

module.exports = { readLimit };
