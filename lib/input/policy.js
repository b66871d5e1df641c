// @ts-check
'use strict';

const { Options } = require('../support/options');
const { createMatcher } = require('./type');

/** 100 KiB, as body-parser. */
const DEFAULT_LIMIT = 100 * 1024;
const SIZE = /^(\d+(?:\.\d+)?) *(b|kb|mb)?$/i;
/** @type {Record<string, number>} */
const UNITS = { b: 1, kb: 1024, mb: 1024 * 1024 };

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
      ...readRules(options.raw('rules')),
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
  if (!Number.isSafeInteger(bytes)) throw options.wrong('limit', 'bytes, or a text such as "100kb" or "1mb"');
  if (bytes < 1) throw options.outside('limit', 'at least one byte');
  return bytes;
}

/** @param {unknown} given */
function readRules(given) {
  const rules = new Options('INPUT', 'json, option "rules"', given);
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
  const value = options.raw('type') ?? 'application/json';
  if (typeof value === 'function') return value;
  const types = Array.isArray(value) ? value : [value];
  if (types.length === 0 || types.some((type) => typeof type !== 'string' || type === '')) {
    throw options.wrong('type', 'a media type, a list of them, or a function');
  }
  return types;
}

module.exports = { readPolicy };
