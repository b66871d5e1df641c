'use strict';

// What xss-clean promises, case by case, on the original and on the drop-in.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { request } = require('../../support/request');
const { appOf, subjectsOf } = require('../support/subjects');

const MARKUP = '<script>alert(1)</script>';
const CLEANED = '&lt;script>alert(1)&lt;/script>';

/** The functions of both, which the original exports from a file of its own. */
const CLEANERS = new Map([
  ['xss-clean', require('xss-clean/lib/xss').clean],
  ['the drop-in', require('portcullis/xss-clean').clean],
]);

/** [value, result] */
const VALUES = [
  ['<hello>', '&lt;hello>'],
  [' <b> & "quoted" \' ', '&lt;b> & "quoted" \''],
  [{ hi: '<hello>' }, { hi: '&lt;hello>' }],
  [
    ['<hello>', ' kept '],
    ['&lt;hello>', ' kept '],
  ],
  [
    { a: [{ b: { c: '<' } }], n: 1, t: true, z: null },
    { a: [{ b: { c: '&lt;' } }], n: 1, t: true, z: null },
  ],
  [{ '<key>': 1 }, { '&lt;key>': 1 }],
  [undefined, ''],
  [null, null],
  [5, '5'],
  [true, 'true'],
  ['&lt;', '&lt;'],
];

for (const [name, clean] of CLEANERS) {
  describe(`dropins/xss-clean: ${name}, clean`, () => {
    for (const [value, expected] of VALUES)
      it(`makes ${JSON.stringify(expected)} of ${JSON.stringify(value)}`, () =>
        assert.deepEqual(clean(value), expected));

    it('leaves what it was given', () => {
      const value = { a: ['<'] };
      assert.notEqual(clean(value), value);
      assert.deepEqual(value, { a: ['<'] });
    });
  });
}

for (const [subject, xss, express] of subjectsOf('xss-clean')) {
  const app = () => appOf(express, (one) => one.use(xss()));

  describe(`dropins/xss-clean: ${subject}`, () => {
    it('escapes in a query', async () => {
      const path = `/?a=${encodeURIComponent(MARKUP)}&b[c]=%3C`;
      assert.deepEqual((await request(app(), { path })).json().query, { a: CLEANED, b: { c: '&lt;' } });
    });

    it('escapes in a form and in a JSON body', async () => {
      const body = { a: MARKUP, b: ['<', 'x'] };
      for (const [type, text] of [
        ['application/json', JSON.stringify(body)],
        ['application/x-www-form-urlencoded', `a=${encodeURIComponent(MARKUP)}&b=%3C&b=x`],
      ]) {
        const got = await request(app(), { method: 'POST', headers: { 'content-type': type }, body: text });
        assert.deepEqual(got.json().body, { a: CLEANED, b: ['&lt;', 'x'] });
      }
    });

    it('escapes in route parameters', async () => {
      const one = express();
      one.get('/:id', xss(), (req, res) => res.json(req.params));
      assert.deepEqual((await request(one, { path: '/%3Cb%3E' })).json(), { id: '&lt;b>' });
    });

    it('works on an object that is no request of Express', () => {
      const req = { body: { hi: '<hello>' }, query: { hi: '<hello>' }, params: { hi: '<hello>' } };
      xss()(req, {}, () => {});
      const cleaned = { hi: '&lt;hello>' };
      assert.deepEqual(req, { body: cleaned, query: cleaned, params: cleaned });
      const empty = {};
      xss()(empty, {}, () => {});
      assert.deepEqual(empty, {});
    });
  });
}
