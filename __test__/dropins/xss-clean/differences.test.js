'use strict';

// Where the drop-in differs on purpose.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const express5 = require('express');
const { clean: original } = require('xss-clean/lib/xss');
const originalXss = require('xss-clean');
const xss = require('portcullis/xss-clean');

const { request } = require('../../support/request');
const { differenceTests } = require('../support/differences');
const { appOf } = require('../support/subjects');

const { clean } = xss;
const TOO_DEEP = 100_000;

function nested() {
  let value = /** @type {any} */ ({ b: '<' });
  for (let depth = 0; depth < TOO_DEEP; depth += 1) value = { a: value };
  return value;
}

const TESTS = differenceTests('xss-clean', {
  'Express 5': async () => {
    const app = (one) => appOf(express5, (app) => app.use(one()));
    assert.equal((await request(app(originalXss), { path: '/?a=%3C' })).status, 500);
    assert.deepEqual((await request(app(xss), { path: '/?a=%3C' })).json().query, { a: '&lt;' });
  },

  'bytes, dates and objects of other classes': async () => {
    for (const bytes of [
      Buffer.from('<\xff', 'latin1'),
      new Uint8Array([60, 255]),
      new Date(0),
      new Map([['a', '<']]),
    ]) {
      assert.notDeepEqual(original(bytes), bytes);
      assert.equal(clean(bytes), bytes);
      assert.equal(clean({ file: bytes }).file, bytes);
    }
    const body = Buffer.from([0x3c, 0xff, 0x00]);
    const app = express5();
    app.use(express5.raw({ type: '*/*' }), xss());
    app.use((req, res) => res.send(req.body));
    const got = await request(app, { method: 'POST', headers: { 'content-type': 'image/png' }, body });
    assert.equal(Number(got.headers['content-length']), body.length);
  },

  'values that JSON cannot express': () => {
    const value = { a: undefined, n: Number.NaN, big: 1n };
    assert.throws(() => original(value), TypeError);
    assert.deepEqual(original({ a: undefined, n: Number.NaN }), { n: null });
    assert.deepEqual(clean(value), value);
  },

  'an own `__proto__` key': () => {
    const value = JSON.parse('{"a":{"__proto__":{"isAdmin":true}},"b":1}');
    assert.deepEqual(Object.entries(clean(value)), [
      ['a', {}],
      ['b', 1],
    ]);
    assert.equal(clean(value).a.isAdmin, undefined);
  },

  'a new name that another key has': () => {
    const value = { '&lt;': 'user', '<': 'admin' };
    assert.deepEqual(clean(value), { '&lt;': 'user' });
  },

  'input that is nested very deeply': () => {
    let inner = clean(nested());
    while (!('b' in inner)) inner = inner.a;
    assert.deepEqual(inner, { b: '&lt;' });
  },

  'a value that contains itself': () => {
    const value = { text: '<', self: /** @type {unknown} */ (undefined) };
    value.self = value;
    assert.throws(() => original(value), TypeError);
    const copy = clean(value);
    assert.deepEqual([copy.text, copy.self === copy], ['&lt;', true]);
  },

  '`clean`': () => {
    assert.equal(originalXss.clean, undefined);
    assert.equal(xss.clean('<'), '&lt;');
  },
});

describe('dropins/xss-clean, differences', () => {
  for (const [title, test] of TESTS) it(title, test);
});
