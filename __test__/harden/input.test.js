'use strict';

// The member `input`: one policy for all that a request brings.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { errorHandler, harden } = require('../..');
const majors = require('../support/apps');
const { request } = require('../support/request');

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

for (const [name, express] of majors) {
  describe(`harden: input on ${name}`, () => {
    const send = async (/** @type {any} */ input, /** @type {any} */ init, /** @type {any[]} */ before = []) => {
      const app = express();
      app.use(...before, harden({ rateLimit: false, input }));
      app.use((/** @type {any} */ req, /** @type {any} */ res) => res.json({ body: req.body, query: req.query }));
      app.use(errorHandler({ onError() {} }));
      const { status, headers, json } = await request(app, init);
      // An address that no router can read gets Express's own page.
      return { status, ...(/json/.test(headers['content-type'] ?? '') && json()) };
    };
    const post = (/** @type {any} */ headers, /** @type {string} */ body, path = '/') => ({
      method: 'POST',
      headers,
      body,
      path,
    });

    it('judges query, cookies, JSON bodies and forms by default', async () => {
      for (const [init, source] of [
        [{ path: '/?a[$gt]=1' }, 'query'],
        [{ headers: { cookie: 'a=j:{"$gt":1}' } }, 'cookies'],
        [post(JSON_TYPE, '{"a":{"$gt":1}}'), 'body'],
        [post(FORM_TYPE, 'a[$gt]=1'), 'body'],
      ]) {
        assert.deepEqual((await send(true, init)).source, source);
      }
      assert.deepEqual((await send(true, post(JSON_TYPE, '{"a":[1]}', '/?b=2'))).body, { a: [1] });
      assert.deepEqual((await send(true, post(FORM_TYPE, 'a[b]=1'))).body, { a: { b: '1' } });
    });

    it('judges a body that another parser has read before', async () => {
      const before = [express.json({ type: '*/*' })];
      assert.equal(
        (await send(true, post({ 'content-type': 'text/x-json' }, '{"a":{"$gt":1}}'), before)).source,
        'body',
      );
      assert.equal((await send(true, post({ 'content-type': 'text/x-json' }, '{"a":1}'), before)).status, 200);
    });

    it('applies one policy to every source', async () => {
      const input = { mode: 'strip', exempt: { query: ['/$filter'], body: ['/bio'] } };
      assert.deepEqual((await send(input, { path: '/?$filter=x&$top=1' })).query, { $filter: 'x' });
      assert.deepEqual((await send(input, post(JSON_TYPE, '{"bio":{"$a":1},"$b":2}'))).body, { bio: { $a: 1 } });
      assert.deepEqual((await send(input, post(FORM_TYPE, 'bio[$a]=1&$b=2'))).body, { bio: { $a: '1' } });
    });

    it('lets routes have other options, rule by rule', async () => {
      const routes = [
        { path: '/schemas/', rules: { operators: false } },
        { path: ['/upload', '/import'], limit: '1mb', maxKeys: 100_000 },
      ];
      const input = { limit: '1kb', rules: { dots: 'reject' }, routes };
      const schema = '{"$schema":"x"}';
      assert.equal((await send(input, post(JSON_TYPE, schema))).status, 400);
      assert.equal((await send(input, post(JSON_TYPE, schema, '/schemas/1?x=1'))).status, 200);
      assert.equal((await send(input, post(JSON_TYPE, '{"a.b":1}', '/schemas/1'))).code, 'ERR_INPUT_DOTTED_KEY');
      const long = JSON.stringify({ a: 'x'.repeat(5_000) });
      assert.equal((await send(input, post(JSON_TYPE, long))).status, 413);
      for (const path of ['/upload', '/import'])
        assert.equal((await send(input, post(JSON_TYPE, long, path))).status, 200);
      for (const path of [
        '/UPLOAD',
        '/upload/',
        '//upload',
        '/upload/x',
        '/schemas',
        '/schemas/../x',
        '/schemas%2fx',
      ]) {
        const body = path.includes('schemas') ? schema : long;
        assert.ok((await send(input, post(JSON_TYPE, body, path))).status >= 400, path);
      }
    });

    it('takes no part of a host for a path', async () => {
      const input = { routes: [{ path: '/documents/', rules: { operators: false } }] };
      for (const host of ['h:acme', 'h%61', 'a@b']) {
        const answer = await send(input, post(JSON_TYPE, '{"$a":1}', `http://${host}/documents/x`));
        assert.ok(answer.status >= 400, host);
      }
      assert.equal((await send(input, post(JSON_TYPE, '{"$a":1}', 'http://h.example:80/documents/x'))).status, 200);
    });

    it('passes a request without a body at once', async () => {
      const answer = await send(true, { path: '/?a=1' });
      assert.deepEqual([answer.status, answer.body, answer.query], [200, undefined, { a: '1' }]);
    });
  });
}

describe('harden: options of input', () => {
  for (const [input, message] of [
    [{ limt: 1 }, /harden input: unknown option "limt"; did you mean "limit"\?/],
    [{ routes: [{ limit: 1 }] }, /harden input: `routes\[0\]\.path` is required/],
    [{ routes: [{ path: '/a', routes: [] }] }, /unknown option "routes\[0\]\.routes"/],
    [{ routes: [{ path: '/a', mode: 'x' }] }, /option "routes\[0\]\.mode" must be one of/],
    [{ routes: [{ path: 'a' }] }, /option "routes\[0\]\.path/],
    [
      {
        routes: [
          { path: '/a/', limit: 1 },
          { path: '/a/b', limit: 2 },
        ],
      },
      /"routes\[1\]\.path" is never used: routes\[0\] comes first/,
    ],
    [{ routes: [{ path: ['/a', '/a'] }] }, /lists a path twice/],
    [{ routes: {} }, /option "routes" must be a list of objects/],
    [{ exempt: ['/a'] }, /option "exempt" must be/],
    [{ mode: 'sanitize' }, /option "mode" must be one of "reject"/],
  ]) {
    it(`refuses ${JSON.stringify(input)}`, () => {
      assert.throws(() => harden(/** @type {any} */ ({ input })), { code: 'ERR_INPUT_OPTION', message });
    });
  }
});
