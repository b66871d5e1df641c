// @ts-check
'use strict';

const { SIGNED } = require('./algorithms');
const { isBoolean, isNumber, isPlainObject, isString } = require('./plain');

/** @typedef {Record<string, [isRight: (value: any) => unknown, message: string]>} Rules */

const ALGORITHMS = Object.freeze([...SIGNED, 'none']);

/** @param {any} value */
const isSpan = (value) => Number.isInteger(value) || (isString(value) && value);
/** @param {any} value */
const isAudience = (value) => isString(value) || Array.isArray(value);
/** @param {any} value */
const isAlgorithm = (value) => ALGORITHMS.includes(value);

/** @type {Rules} */
const OPTION_RULES = {
  // @ts-expect-error Inherited names are not options.
  __proto__: null,
  expiresIn: [isSpan, '"expiresIn" should be a number of seconds or string representing a timespan'],
  notBefore: [isSpan, '"notBefore" should be a number of seconds or string representing a timespan'],
  audience: [isAudience, '"audience" must be a string or array'],
  algorithm: [isAlgorithm, '"algorithm" must be a valid string enum value'],
  header: [isPlainObject, '"header" must be an object'],
  encoding: [isString, '"encoding" must be a string'],
  issuer: [isString, '"issuer" must be a string'],
  subject: [isString, '"subject" must be a string'],
  jwtid: [isString, '"jwtid" must be a string'],
  noTimestamp: [isBoolean, '"noTimestamp" must be a boolean'],
  keyid: [isString, '"keyid" must be a string'],
  mutatePayload: [isBoolean, '"mutatePayload" must be a boolean'],
  allowInsecureKeySizes: [isBoolean, '"allowInsecureKeySizes" must be a boolean'],
  allowInvalidAsymmetricKeyTypes: [isBoolean, '"allowInvalidAsymmetricKeyTypes" must be a boolean'],
};

/** @type {Rules} */
const CLAIM_RULES = {
  // @ts-expect-error Inherited names have no rule.
  __proto__: null,
  iat: [isNumber, '"iat" should be a number of seconds'],
  exp: [isNumber, '"exp" should be a number of seconds'],
  nbf: [isNumber, '"nbf" should be a number of seconds'],
};

/** @param {any} options */
function checkOptions(options) {
  requirePlain(options, 'options');
  for (const name of Object.keys(options)) {
    if (OPTION_RULES[name] === undefined) throw new Error(`"${name}" is not allowed in "options"`);
    checkRule(OPTION_RULES[name], options[name]);
  }
}

/** @param {any} payload */
function checkPayload(payload) {
  requirePlain(payload, 'payload');
  for (const name of Object.keys(payload)) {
    if (CLAIM_RULES[name] !== undefined) checkRule(CLAIM_RULES[name], payload[name]);
  }
}

/** @param {unknown} value @param {string} name */
function requirePlain(value, name) {
  if (!isPlainObject(value)) throw new Error(`Expected "${name}" to be a plain object.`);
}

/** @param {Rules[string]} rule @param {unknown} value */
function checkRule([isRight, message], value) {
  if (!isRight(value)) throw new Error(message);
}

module.exports = { checkOptions, checkPayload };
