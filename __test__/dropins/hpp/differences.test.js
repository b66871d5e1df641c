'use strict';

// Where the drop-in differs on purpose.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { once } = require('node:events');
const express5 = require('express');
const original = require('hpp');
const hpp = require('portcullis/hpp');

const { request } = require('../../support/request');
const { differenceTests } = require('../support/differences');
const { appOf } = require('../support/subjects');

const FORM = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '1' };
const JSON_FORM = { 'content-type': 'application/json', 'content-length': '1' };

/** What a middleware makes of a request. */
function after(middleware, req) {
  middleware(req, {}, () => {});
  return req;
}

const TESTS = differenceTests('hpp', {
  'Express 5': async () => {
    const app = (one) => appOf(express5, (app) => app.use(one()));
    assert.deepEqual((await request(app(original), { path: '/?a=1&a=2' })).json().query, { a: ['1', '2'] });
    assert.deepEqual((await request(app(hpp), { path: '/?a=1&a=2' })).json().query, { a: '2' });
  },

  'an own `__proto__` key': () => {
    const parsed = JSON.parse('{"__proto__":[{"isAdmin":true}],"a":1}');
    const req = after(hpp({ checkBodyOnlyForContentType: 'json' }), { headers: JSON_FORM, body: parsed });
    const { body, bodyPolluted } = req;
    assert.deepEqual([body, bodyPolluted], [{ a: 1 }, {}]);
    assert.equal(Object.getPrototypeOf(bodyPolluted), Object.prototype);
  },

  'a name of `Object.prototype` in `whitelist`': () => {
    const req = (one) => after(one({ whitelist: 'toString' }), { headers: {}, query: { a: '1' } });
    assert.ok(Object.hasOwn(req(original).query, 'toString'));
    assert.deepEqual(req(hpp).query, { a: '1' });
  },

  'a wrong `whitelist`': async () => {
    const warned = once(process, 'warning');
    hpp({ whitelist: /** @type {any} */ ({ name: true }) });
    const [{ code, message }] = await warned;
    assert.deepEqual(
      [code, message],
      ['PORTCULLIS_HPP_WHITELIST', 'hpp: whitelist is ignored: it must be a name or a list of names'],
    );
  },

  'a form without `Content-Length`': () => {
    const { 'content-length': _, ...headers } = FORM;
    const req = (one) => after(one(), { headers, body: { a: ['1', '2'] } });
    assert.deepEqual(req(original).body, { a: ['1', '2'] });
    assert.deepEqual(req(hpp).body, { a: '2' });
  },

  'short names of other media types': () => {
    const headers = { 'content-type': 'text/html', 'content-length': '1' };
    const req = (one, type) => after(one({ checkBodyOnlyForContentType: type }), { headers, body: { a: ['1', '2'] } });
    assert.deepEqual(req(original, 'html').body, { a: '2' });
    assert.deepEqual(req(hpp, 'html').body, { a: ['1', '2'] });
    assert.deepEqual(req(hpp, 'text/html').body, { a: '2' });
  },
});

describe('dropins/hpp, differences', () => {
  for (const [title, test] of TESTS) it(title, test);
});
