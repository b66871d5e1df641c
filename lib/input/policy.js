// @ts-check
'use strict';

const { BOUNDS } = require('../support/bounds');
const { Options } = require('../support/options');
const { TEXTS } = require('../support/options/list');
const { createMatcher } = require('./type');

/** @typedef {InstanceType<typeof Options>} OptionReader */

/**
 * @typedef {object} Taken what body parsers leave on a request
 * @property {unknown} [body]
 * @property {unknown} [rawBody]
 * @property {boolean} [_body]
 * @property {{ endAfterHeaders?: boolean }} [stream] in HTTP/2
 */
/** @typedef {import('node:http').IncomingMessage & Taken} Request */

const { limit: LIMIT, maxDepth, maxKeys, maxKeyLength } = BOUNDS.INPUT;
const SIZE = /^(\d+(?:\.\d+)?) *(b|kb|mb)?$/i;
/** @type {Readonly<Record<string, number>>} */
const UNITS = { b: 1, kb: 1024, mb: 1024 * 1024 };
const LIMIT_FORMS = 'a number of bytes of at least 1, or text such as "100kb" or "1mb"';

/** @type {import('../support/options/list').Kind<string>} */
const MEDIA_TYPES = { ...TEXTS, one: 'a media type', many: 'media types' };

/** Reads the options of json(), and throws at set-up if one is wrong. @param {unknown} given */
function readPolicy(given) {
  const options = new Options('INPUT', 'json', given);
  const policy = {
    guard: {
      limit: readLimit(options),
      maxDepth: options.integer('maxDepth', maxDepth.fallback, maxDepth),
      // If undefined, core derives the bound from the limit.
      maxKeys: options.integer('maxKeys', undefined, maxKeys),
      maxKeyLength: options.integer('maxKeyLength', maxKeyLength.fallback, maxKeyLength),
      strict: options.boolean('strict', true),
      ...readRules(options),
    },
    inflate: options.boolean('inflate', true),
    keepsRawBody: options.boolean('rawBody', false),
    matches: createMatcher(readType(options)),
    reviver: /** @type {import('./parse').Reviver | undefined} */ (options.function('reviver')),
    verify: readVerify(options),
  };
  options.oneOf('mode', 'reject', ['reject']);
  options.done();
  return policy;
}

/**
 * Bytes. A string that cannot be read is rejected, so that a misspelt limit never means no limit. So are the values that
 * express.json reads as its default (0, null) or as no limit (Infinity).
 * @param {OptionReader} options @returns {number}
 */
function readLimit(options) {
  const value = /** @type {unknown} */ (options.raw('limit'));
  if (value === undefined) return LIMIT.fallback;
  if (value === null) throw options.wrong('limit', `${LIMIT_FORMS}; leave it out for the default, 100 KiB`);
  if (value === 0) throw options.outside('limit', `${LIMIT_FORMS}; leave it out for the default, 100 KiB`);
  if (value === Infinity) throw options.outside('limit', `${LIMIT_FORMS}; bodies without a limit are not read`);
  if (typeof value === 'number') return options.integer('limit', LIMIT.fallback, LIMIT);
  const [, amount, unit = 'b'] = (typeof value === 'string' && SIZE.exec(value)) || [];
  const bytes = Math.floor(Number(amount) * /** @type {number} */ (UNITS[unit.toLowerCase()]));
  if (!Number.isSafeInteger(bytes)) throw options.unfit('limit', LIMIT_FORMS);
  if (bytes < LIMIT.min || bytes > LIMIT.max) {
    throw options.outside('limit', `from ${LIMIT.min} to ${LIMIT.max} bytes`, bytes);
  }
  return bytes;
}

/** As in express.json, `false` means none. @param {OptionReader} options */
function readVerify(options) {
  if (options.raw('verify') === false) return undefined;
  return /** @type {import('./verify').Verify | undefined} */ (options.function('verify'));
}

/** @param {OptionReader} options */
function readRules(options) {
  const rules = options.inside('rules');
  const read = {
    operators: readRule(rules, 'operators'),
    dots: readRule(rules, 'dots'),
    prototypes: readRule(rules, 'prototypes'),
    duplicates: readRule(rules, 'duplicates'),
  };
  rules.done();
  return read;
}

/** @param {OptionReader} rules @param {string} name */
function readRule(rules, name) {
  const value = /** @type {unknown} */ (rules.raw(name));
  if (value === undefined || value === 'reject') return true;
  if (value === false) return false;
  throw rules.unfit(name, '"reject" or false');
}

/** @param {OptionReader} options @returns {string[] | ((req: Request) => unknown)} */
function readType(options) {
  const value = options.raw('type');
  if (typeof value === 'function') return value;
  return options.list('type', { of: MEDIA_TYPES, single: true }) ?? ['application/json'];
}

module.exports = { readPolicy };
