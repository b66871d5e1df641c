'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const vm = require('node:vm');

const { Options } = require('../../lib/support/options');
const { TEXTS } = require('../../lib/support/options/list');
const { nearest } = require('../../lib/support/options/names');

const reader = (/** @type {unknown} */ given) => new Options('CORS', 'cors', given);
const upper = {
  one: 'a letter',
  many: 'letters',
  read: (entry) => (/^[a-z]$/.test(entry) ? entry.toUpperCase() : undefined),
};
const functions = {
  one: 'a function',
  many: 'functions',
  read: (entry) => (typeof entry === 'function' ? entry : undefined),
};

/** What is read, what is given, and what the message says after the function's name. */
const WRONG = {
  'a required option that is absent': [(read) => read.raw('key', { required: true }), {}, '`key` is required'],
  'a required option written as undefined': [
    (read) => read.string('key', undefined, { required: true }),
    { key: undefined },
    '`key` is required but undefined: is the environment variable set?',
  ],
  'a required option that is misspelt': [
    (read) => read.raw('windowMs', { required: true }),
    { windowMS: 5 },
    'unknown option "windowMS"; did you mean "windowMs"?',
  ],
  'an option that lost its value': [
    (read) => read.function('check', { defined: true }),
    { check: undefined },
    '`check` is undefined: is the environment variable set? To do without it, remove the option',
  ],
  'null in place of a value': [
    (read) => read.string('name', 'a'),
    { name: null },
    'option "name" must be a non-empty string, not null',
  ],
  'a wrong type': [
    (read) => read.integer('limit', 5, { min: 1, max: 256 }),
    { limit: '7' },
    'option "limit" must be a whole number from 1 to 256, not a string',
  ],
  'a number without a greatest': [
    (read) => read.integer('maxKeys', 5, { min: 1 }),
    { maxKeys: true },
    'option "maxKeys" must be a whole number of at least 1, not true',
  ],
  'no list': [
    (read) => read.list('roles', { of: TEXTS }),
    { roles: 'admin' },
    'option "roles" must be a list of non-empty strings, not a string',
  ],
  'neither one nor a list': [
    (read) => read.list('audience', { of: TEXTS, single: true }),
    { audience: 5 },
    'option "audience" must be a non-empty string or a list of non-empty strings, not a number',
  ],
  'an empty list': [
    (read) => read.list('roles', { of: TEXTS }),
    { roles: [] },
    'option "roles" must not be an empty list',
  ],
  'a hole in a list': [
    (read) => read.list('roles', { of: TEXTS }),
    { roles: Array(1) },
    'option "roles[0]" must be a non-empty string, not undefined',
  ],
  'a wrong entry of a list': [
    (read) => read.list('checks', { of: functions }),
    { checks: [() => {}, {}] },
    'option "checks[1]" must be a function, not an object',
  ],
  'too many entries': [
    (read) => read.list('keys', { of: upper, max: 2 }),
    { keys: ['a', 'b', 'c'] },
    'option "keys" must be a list of 1 to 2 entries, not 3',
  ],
  'too few entries': [
    (read) => read.list('keys', { of: upper, min: 2 }),
    { keys: ['a'] },
    'option "keys" must be a list of at least 2 entries, not 1',
  ],
  'options inside an option that are none': [
    (read) => read.inside('cache'),
    { cache: 5 },
    'option "cache" must be an object, not a number',
  ],
  'an object of a class inside an option': [
    (read) => read.inside('cache'),
    { cache: new Map() },
    'option "cache" must be a plain object: inherited properties would be ignored (got an instance of Map)',
  ],
  'an unknown name inside an option': [
    (read) => {
      const cache = read.inside('cache');
      cache.integer('maxEntries', 5);
      cache.done();
    },
    { cache: { maxEntry: 5 } },
    'unknown option "cache.maxEntry"; did you mean "cache.maxEntries"?',
  ],
  'an unknown name where nothing is near': [
    (read) => {
      read.raw('origin');
      read.raw('methods');
      read.done();
    },
    { zzz: 5 },
    'unknown option "zzz"; known options: methods, origin',
  ],
  'a name with a line break': [(read) => read.done(), { 'a\nb': 1 }, 'unknown option "a\\nb"; there are no options'],
};

describe('options: the reader', () => {
  for (const [what, [use, given, reason]] of Object.entries(WRONG)) {
    it(`rejects ${what}`, () => {
      assert.throws(() => use(reader(given)), { code: 'ERR_CORS_OPTION', message: `cors: ${reason}` });
    });
  }

  it('shows a number that is out of range', () => {
    for (const limit of [0, 257, 7.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => reader({ limit }).integer('limit', 5, { min: 1, max: 256 }), {
        code: 'ERR_CORS_OPTION_RANGE',
        message: `cors: option "limit" must be a whole number from 1 to 256, not ${limit}`,
      });
    }
  });

  const NO_OPTIONS = {
    text: ['a', 'options must be an object such as { origin: [...] }, not a string'],
    'a list': [[], 'options must be an object such as { origin: [...] }, not an empty array'],
    'a function': [() => {}, 'options must be an object such as { origin: [...] }, not a function'],
    'a promise': [
      Promise.resolve({}),
      'options must be a plain object: inherited properties would be ignored (got a promise: await it first)',
    ],
  };
  for (const [what, [given, reason]] of Object.entries(NO_OPTIONS)) {
    it(`rejects ${what} in place of options`, () => {
      assert.throws(() => reader(given), { code: 'ERR_CORS_OPTION', message: `cors: ${reason}` });
    });
  }

  it('accepts options without a prototype and of another realm', () => {
    for (const given of [Object.assign(Object.create(null), { name: 'a' }), vm.runInNewContext('({ name: "a" })')]) {
      const read = reader(given);
      assert.equal(read.string('name', undefined), 'a');
      read.done();
    }
  });

  it('returns a copy of a list, read entry by entry', () => {
    const keys = ['a', 'b'];
    const read = reader({ keys, one: 'c', none: [] });
    assert.deepEqual(read.list('keys', { of: upper }), ['A', 'B']);
    assert.deepEqual(read.list('one', { of: upper, single: true }), ['C']);
    assert.deepEqual(read.list('none', { of: upper, min: 0 }), []);
    assert.equal(read.list('absent', { of: upper, defined: true }), undefined);
    assert.deepEqual(keys, ['a', 'b']);
    read.done();
  });

  const NEAR = [
    ['orgin', 'origin'],
    ['Origin', 'origin'],
    ['orgiin', 'origin'],
    ['oirgin', 'origin'],
    ['window', 'windowMs'],
    ['ms', undefined],
    ['keys', 'key'],
    ['xyz', undefined],
  ];
  for (const [name, expected] of NEAR) {
    it(`takes ${name} for ${expected}`, () => {
      assert.equal(nearest(name, ['origin', 'windowMs', 'key', 'maxEntries']), expected);
    });
  }
});
