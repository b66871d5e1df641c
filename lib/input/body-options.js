// @ts-check
'use strict';

// The options that json() and urlencoded() share, with the names of body-parser.

const { TEXTS } = require('../support/options/list');
const { readLimit } = require('./limit');
const { readRules } = require('./rules');
const { createMatcher } = require('./type');

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */
/** @typedef {import('./request').Request} Request */

/** @type {import('../support/options/list').Kind<string>} */
const MEDIA_TYPES = {
  ...TEXTS,
  one: 'a media type',
  many: 'media types such as "application/json"',
  isText: true,
  read: (entry) => (typeof entry === 'string' && /^[\w*+.-]+(?:\/[\w*+.-]+)?$/.test(entry) ? entry : undefined),
};

/** @param {OptionReader} options @param {string} type the default of `type` */
function readBodyOptions(options, type) {
  return {
    limit: readLimit(options),
    rules: readRules(options),
    inflate: options.boolean('inflate', true),
    keepsRawBody: options.boolean('rawBody', false),
    matches: createMatcher(readType(options, type)),
    verify: readVerify(options),
  };
}

/** As in body-parser, `false` means none. @param {OptionReader} options */
function readVerify(options) {
  if (options.raw('verify') === false) return undefined;
  return /** @type {import('./verify').Verify | undefined} */ (options.function('verify'));
}

/** @param {OptionReader} options @param {string} fallback @returns {string[] | ((req: Request) => unknown)} */
function readType(options, fallback) {
  const value = options.raw('type');
  if (typeof value === 'function') return value;
  return options.list('type', { of: MEDIA_TYPES, single: true }) ?? [fallback];
}

module.exports = { readBodyOptions };
