// @ts-check
'use strict';

const { prepareAudience } = require('./audience');
const { JsonWebTokenError } = require('./errors');

/** @typedef {Record<string, any>} Options */

/** @type {Options} */
const NONE = Object.freeze(Object.create(null));

/**
 * The options of one call. They are read in each call, since callers may change them. A polluted prototype adds none.
 * @param {any} given @returns {Options}
 */
function readVerifyOptions(given) {
  if (!given) return NONE;
  const options = { __proto__: null, ...given };
  for (const [name, isRight, message] of RULES) {
    if (!isRight(options[name])) throw new JsonWebTokenError(message);
  }
  if (options.audience) prepareAudience(options.audience);
  return options;
}

/** @param {unknown} value */
const isBoolean = (value) => value === undefined || typeof value === 'boolean';
/** A falsy value means that the option is not set, except NaN, which is a failed computation. @param {any} value */
const isFiniteNumber = (value) => (!value && !Number.isNaN(value)) || Number.isFinite(value);
/** @param {any} value */
const isText = (value) => value === undefined || (typeof value === 'string' && value.trim() !== '');
/** @param {any} value */
const isTextOrList = (value) => !value || typeof value === 'string' || Array.isArray(value);
/** @param {any} value */
const isSpan = (value) => typeof value !== 'number' || Number.isFinite(value);

const SPAN_MESSAGE = '"maxAge" should be a number of seconds or string representing a timespan eg: "1d", "20h", 60';

/** @type {Array<[name: string, isRight: (value: unknown) => boolean, message: string]>} */
const RULES = [
  ['clockTimestamp', isFiniteNumber, 'clockTimestamp must be a number'],
  ['nonce', isText, 'nonce must be a non-empty string'],
  ['allowInvalidAsymmetricKeyTypes', isBoolean, 'allowInvalidAsymmetricKeyTypes must be a boolean'],
  // These values would be ignored silently, or would turn off the check that they configure.
  ['clockTolerance', isFiniteNumber, 'clockTolerance must be a number'],
  ['maxAge', isSpan, SPAN_MESSAGE],
  ['issuer', isTextOrList, 'issuer must be a string or an array of strings'],
  ['algorithms', isTextOrList, 'algorithms must be an array of strings'],
];

module.exports = { SPAN_MESSAGE, readVerifyOptions };
