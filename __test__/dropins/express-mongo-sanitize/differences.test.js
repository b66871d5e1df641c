'use strict';

// Where the drop-in differs on purpose.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const express5 = require('express');
const original = require('express-mongo-sanitize');
const sanitize = require('portcullis/express-mongo-sanitize');

const { request } = require('../../support/request');
const { differenceTests } = require('../support/differences');
const { appOf } = require('../support/subjects');

const TOO_DEEP = 100_000;
/** `[[[…{"$a":1}…]]]`, or with objects. @param {(inner: unknown) => unknown} wrap */
function nested(wrap) {
  let value = /** @type {unknown} */ ({ $a: 1, b: 1 });
  for (let depth = 0; depth < TOO_DEEP; depth += 1) value = wrap(value);
  return value;
}
const innermost = (value) => {
  while (!('b' in value)) value = value.a ?? value[0];
  return value;
};
const own = (text) => JSON.parse(text);

const TESTS = differenceTests('express-mongo-sanitize', {
  'Express 5': async () => {
    const app = (one) => appOf(express5, (app) => app.use(one()));
    assert.equal((await request(app(original), { path: '/?$a=1' })).status, 500);
    assert.deepEqual((await request(app(sanitize), { path: '/?$a=1&b=2' })).json().query, { b: '2' });
  },

  'an own `__proto__` key': async () => {
    const TEXT = '{"a":{"__proto__":{"isAdmin":true}},"b":1}';
    for (const options of [{}, { replaceWith: '_' }, { allowDots: true }])
      assert.deepEqual(sanitize.sanitize(own(TEXT), options), { a: {}, b: 1 });
    assert.equal(sanitize.has(own(TEXT)), true);
    const keys = [];
    const app = appOf(express5, (one) => one.use(sanitize({ onSanitize: ({ key }) => keys.push(key) })));
    const headers = { 'content-type': 'application/json' };
    const { text } = await request(app, { method: 'POST', headers, body: TEXT });
    assert.doesNotMatch(text, /isAdmin/);
    assert.deepEqual(keys, ['body']);
  },

  'a new name that another key has': () => {
    const body = () => ({ _role: 'user', $role: 'admin', a_b: 1, 'a.b': { c: 1 } });
    assert.deepEqual(sanitize.sanitize(body(), { replaceWith: '_' }), { _role: 'user', a_b: 1 });
    // Also where the clean key comes last.
    assert.deepEqual(sanitize.sanitize({ $role: 'admin', _role: 'user' }, { replaceWith: '_' }), { _role: 'user' });
  },

  'two keys with the same new name': () => {
    assert.deepEqual(original.sanitize({ $a: 1, '.a': 2 }, { replaceWith: '_' }), { _a: 2 });
    assert.deepEqual(sanitize.sanitize({ $a: 1, '.a': 2 }, { replaceWith: '_' }), { _a: 1 });
  },

  '`$&` and the like in `replaceWith`': () => {
    assert.deepEqual(original.sanitize({ 'a.b': 1 }, { replaceWith: '-$&' }), { 'a-.b': 1 });
    assert.deepEqual(sanitize.sanitize({ 'a.b': 1 }, { replaceWith: '-$&' }), { 'a-$&b': 1 });
  },

  'input that is nested very deeply': () => {
    for (const wrap of [(a) => ({ a }), (a) => [a]]) {
      assert.deepEqual(innermost(sanitize.sanitize(nested(wrap))), { b: 1 });
      assert.equal(sanitize.has(nested(wrap)), true);
    }
  },

  'a value that contains itself': () => {
    const cycle = () => {
      const one = { $a: 1, list: /** @type {unknown[]} */ ([]) };
      one.list.push(one);
      return one;
    };
    assert.throws(() => original.sanitize(cycle()), RangeError);
    assert.deepEqual(Object.keys(sanitize.sanitize(cycle())), ['list']);
  },
});

describe('dropins/express-mongo-sanitize, differences', () => {
  for (const [title, test] of TESTS) it(title, test);
});
