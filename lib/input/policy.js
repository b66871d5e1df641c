// @ts-check
'use strict';

const { Options } = require('../support/options');
const { TEXTS } = require('../support/options/list');
const { createMatcher } = require('./type');

/** 100 KiB, as body-parser. */
const DEFAULT_LIMIT = 100 * 1024;
const SIZE = /^(\d+(?:\.\d+)?) *(b|kb|mb)?$/i;
/** @type {Record<string, number>} */
const UNITS = { b: 1, kb: 1024, mb: 1024 * 1024 };

/** @type {import('../support/options/list').Kind<string>} */
const MEDIA_TYPES = { ...TEXTS, one: 'a media type', many: 'media types' };

/** Reads the options of json(); a wrong one is thrown here and now. @param {unknown} given */
function readPolicy(given) {
  const options = new Options('INPUT', 'json', given);
  const policy = {
    guard: {
      limit: readLimit(options),
      maxDepth: options.integer('maxDepth', 32, { min: 1 }),
      maxKeys: options.integer('maxKeys', 1_000, { min: 1 }),
      maxKeyLength: options.integer('maxKeyLength', 256, { min: 1 }),
      strict: options.boolean('strict', true),
      ...readRules(options),
    },
    inflate: options.boolean('inflate', true),
    keepsRawBody: options.boolean('rawBody', false),
    matches: createMatcher(readType(options)),
  };
  options.oneOf('mode', 'reject', ['reject']);
  options.done();
  return policy;
}

/** Bytes. A text that cannot be read is refused, so that a misspelt limit never means no limit. @param {InstanceType<typeof Options>} options */
function readLimit(options) {
  const value = options.raw('limit');
  if (typeof value !== 'string') return options.integer('limit', DEFAULT_LIMIT, { min: 1 });
  const [, amount, unit = 'b'] = SIZE.exec(value) ?? [];
  const bytes = Math.floor(Number(amount) * UNITS[unit.toLowerCase()]);
  if (!Number.isSafeInteger(bytes))
    throw options.wrong('limit', 'a number of bytes, or a string such as "100kb" or "1mb"');
  if (bytes < 1) throw options.outside('limit', 'at least 1 byte');
  return bytes;
}

/** @param {InstanceType<typeof Options>} options */
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

/** @param {InstanceType<typeof Options>} rules @param {string} name */
function readRule(rules, name) {
  const value = rules.raw(name);
  if (value === undefined || value === 'reject') return true;
  if (value === false) return false;
  throw rules.wrong(name, '"reject" or false');
}

/** @param {InstanceType<typeof Options>} options @returns {string[] | ((req: any) => unknown)} */
function readType(options) {
  const value = options.raw('type');
  if (typeof value === 'function') return value;
  return options.list('type', { of: MEDIA_TYPES, single: true }) ?? ['application/json'];
}

module.exports = { readPolicy };
