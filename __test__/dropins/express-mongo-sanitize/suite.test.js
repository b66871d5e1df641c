'use strict';

// What express-mongo-sanitize promises, case by case, on the original and on the drop-in.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { request } = require('../../support/request');
const { appOf, subjectsOf } = require('../support/subjects');

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
const DIRTY = { $where: 'code', 'dotted.data': 'text' };

/** The same values as a query string. `[name, query, removed, renamed]` */
const PARAMETERS = [
  [
    'a top-level key',
    'q=search&$where=code&dotted.data=text',
    { q: 'search' },
    { q: 'search', _where: 'code', dotted_data: 'text' },
  ],
  ['a nested key', 'user[$gt]=a&user[dotted.data]=b', { user: {} }, { user: { _gt: 'a', dotted_data: 'b' } }],
  [
    'a key in a list',
    'user[0][$gt]=a&user[0][dotted.data]=b',
    { user: [{}] },
    { user: [{ _gt: 'a', dotted_data: 'b' }] },
  ],
];
const BODIES = [
  [
    'a top-level key',
    { q: 'x', is: true, and: 1, even: null, ...DIRTY },
    { q: 'x', is: true, and: 1, even: null },
    { q: 'x', is: true, and: 1, even: null, _where: 'code', dotted_data: 'text' },
  ],
  ['a nested key', { user: DIRTY }, { user: {} }, { user: { _where: 'code', dotted_data: 'text' } }],
  ['a key in a list', { user: [DIRTY] }, { user: [{}] }, { user: [{ _where: 'code', dotted_data: 'text' }] }],
  ['a key under another one', { user: { 'a.b': { 'c.d.e': 1 } } }, { user: {} }, { user: { a_b: { c_d_e: 1 } } }],
];
const DOTS_ALLOWED = [
  ['keeps dots', {}, { q: 'x', 'dotted.data': 'text', user: {} }],
  ['renames operators', { replaceWith: '_' }, { q: 'x', 'dotted.data': 'text', _where: 'code', user: { _gt: 1 } }],
];
/** A name that a replacement must not make: [replacement, key]. */
const PROTOTYPE_NAMES = [
  ['_', '$_proto__'],
  ['c', '$onstructor'],
  ['p', '$rototype'],
];
const FOUND = [
  [{ $a: 1 }, true, true],
  [{ 'a.b': 1 }, true, false],
  [{ nested: { $a: 1 } }, true, true],
  [{ nested: { 'a.b': 1 } }, true, false],
  [[{ $a: 1 }], true, true],
  [[{ 'a.b': 1 }], true, false],
  [[{ some: { deep: [{ nested: { $a: 1 } }] } }], true, true],
  [[{ some: { deep: [{ nested: { 'a..b': 1 } }] } }], true, false],
  [{ some: { nested: [{ data: 'a.b $c' }] } }, false, false],
  [{ a$: 1, a$b: 2 }, false, false],
];

for (const [subject, sanitize, express] of subjectsOf('express-mongo-sanitize')) {
  const app = (/** @type {object} */ options) => appOf(express, (one) => one.use(sanitize(options)));
  const query = async (options, text) => (await request(app(options), { path: `/?${text}` })).json().query;
  const form = async (options, body) =>
    (await request(app(options), { method: 'POST', headers: FORM_TYPE, body })).json().body;
  const json = async (options, value) =>
    (await request(app(options), { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(value) })).json().body;

  describe(`dropins/express-mongo-sanitize: ${subject}`, () => {
    for (const [name, text, removed, renamed] of PARAMETERS) {
      it(`removes or renames ${name} of a query and of a form`, async () => {
        for (const read of [query, form]) {
          assert.deepEqual(await read({}, text), removed);
          assert.deepEqual(await read({ replaceWith: '_' }, text), renamed);
        }
      });
    }

    for (const [name, value, removed, renamed] of BODIES) {
      it(`removes or renames ${name} of a JSON body`, async () => {
        assert.deepEqual(await json({}, value), removed);
        assert.deepEqual(await json({ replaceWith: '_' }, value), renamed);
      });
    }

    it('removes or renames headers, and keeps the others', async () => {
      const headers = { q: 'search', is: 'true', ...DIRTY };
      const removed = (await request(app({}), { headers })).json().headers;
      assert.deepEqual(
        [removed.q, removed.is, removed.$where, removed['dotted.data']],
        ['search', 'true', undefined, undefined],
      );
      const renamed = (await request(app({ replaceWith: '_' }), { headers })).json().headers;
      assert.deepEqual(
        [renamed.q, renamed._where, renamed.dotted_data, renamed.$where],
        ['search', 'code', 'text', undefined],
      );
    });

    it('removes or renames route parameters', async () => {
      for (const [options, expected] of [
        [{}, {}],
        [{ replaceWith: '_' }, { _id: 'x' }],
      ]) {
        const one = express();
        one.get(
          '/:id',
          (req, _res, next) => {
            req.params.$id = req.params.id;
            delete req.params.id;
            next();
          },
          sanitize(options),
          (req, res) => res.json(req.params),
        );
        assert.deepEqual((await request(one, { path: '/x' })).json(), expected);
      }
    });

    for (const [replaceWith, key] of PROTOTYPE_NAMES) {
      it(`drops ${key}, whose new name would reach a prototype`, async () => {
        const value = { [key]: { injected: 1 }, query: { q: 'x' } };
        assert.deepEqual(await json({ replaceWith }, value), { query: { q: 'x' } });
        assert.equal(sanitize.sanitize({ ...value }, { replaceWith }).injected, undefined);
      });
    }

    for (const replaceWith of ['$', '.', '$a', 'a.b', '', null, false]) {
      it(`removes keys where replaceWith is ${JSON.stringify(replaceWith)}`, async () => {
        assert.deepEqual(await query({ replaceWith }, PARAMETERS[0][1]), PARAMETERS[0][2]);
      });
    }

    for (const [name, options, expected] of DOTS_ALLOWED) {
      it(`${name} with allowDots`, async () => {
        const value = { q: 'x', ...DIRTY, user: { $gt: 1 } };
        assert.deepEqual(await json({ allowDots: true, ...options }, value), expected);
      });
    }

    it('renames the dots of an operator even with allowDots', () => {
      assert.deepEqual(sanitize.sanitize({ '$a.b': 1 }, { allowDots: true, replaceWith: '_' }), { _a_b: 1 });
    });

    it('calls onSanitize once for each part that changed', async () => {
      const calls = [];
      const onSanitize = ({ req, key }) => calls.push(`${req.method} ${key}`);
      const headers = { ...JSON_TYPE, 'x.y': '1' };
      const body = JSON.stringify({ $a: { $b: 1 }, $c: 1 });
      await request(app({ onSanitize }), { method: 'POST', path: '/?$q=1&$r=2', headers, body });
      await request(app({ onSanitize }), { path: '/?q=1' });
      assert.deepEqual(calls, ['POST body', 'POST headers', 'POST query']);
    });

    it('changes nothing in a dry run, and reports', async () => {
      const calls = [];
      const options = { dryRun: true, replaceWith: '_', onSanitize: ({ key }) => calls.push(key) };
      assert.deepEqual(await json(options, { user: DIRTY }), { user: DIRTY });
      assert.deepEqual(await query(options, 'user[$gt]=a'), { user: { $gt: 'a' } });
      assert.deepEqual(calls, ['body', 'query']);
      assert.deepEqual(sanitize.sanitize({ $a: 1 }, { dryRun: true }), { $a: 1 });
    });

    it('leaves a query that handlers can replace, and the headers of the message', async () => {
      const one = appOf(express, (all) =>
        all.use(sanitize(), (req, res) => {
          const before = Object.getOwnPropertyDescriptor(req, 'query');
          req.query = { ...req.query, page: 2 };
          res.json({ before, after: req.query, ownHeaders: Object.hasOwn(req, 'headers'), host: req.get('host') });
        }),
      );
      const { before, after, ownHeaders, host } = (await request(one, { path: '/?a=1&$b=2' })).json();
      assert.deepEqual(before, { value: { a: '1' }, writable: true, enumerable: true, configurable: true });
      assert.deepEqual(after, { a: '1', page: 2 });
      assert.equal(ownHeaders, false);
      assert.match(host, /^127\.0\.0\.1:/);
    });

    it('cleans a value in place and returns it', () => {
      for (const target of [{ $a: 1, b: [{ 'c.d': 1 }] }, [{ $a: 1 }]]) assert.equal(sanitize.sanitize(target), target);
      assert.deepEqual(sanitize.sanitize({ $a: 1, b: [{ 'c.d': 1, e: 2 }] }), { b: [{ e: 2 }] });
    });

    it('says whether a value has such a key', () => {
      for (const [target, found, foundWithDots] of FOUND) {
        const name = JSON.stringify(target);
        assert.equal(sanitize.has(target), found, name);
        assert.equal(sanitize.has(target, true), foundWithDots, name);
      }
    });
  });
}
