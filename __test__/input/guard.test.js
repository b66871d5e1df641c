'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const cookieParser = require('cookie-parser');
const multer = require('multer');

const { errorHandler, guard, harden } = require('../..');
const majors = require('../support/apps');
const { request } = require('../support/request');

/** An app that responds with what the handlers see. @param {any} express @param {...any} middlewares */
const app = (express, ...middlewares) => parsedBy(undefined, express, ...middlewares);

/** Express 4 reads the setting when the first middleware is mounted. @param {any} parser @param {any} express @param {...any} middlewares */
function parsedBy(parser, express, ...middlewares) {
  const made = express();
  if (parser !== undefined) made.set('query parser', parser);
  made.use(...middlewares);
  made.use('/', (/** @type {any} */ req, /** @type {any} */ res) => {
    const { query, cookies, body } = req;
    res.json({ query, again: req.query, cookies, body, header: req.headers.cookie });
  });
  made.use(errorHandler({ onError() {} }));
  return made;
}

const PARSERS = ['simple', 'extended'];

const HOSTILE = [
  ['email[$ne]=x', 'ERR_INPUT_OPERATOR_KEY', '/email/$ne'],
  ['email[%24ne]=x', 'ERR_INPUT_OPERATOR_KEY', '/email/$ne'],
  ['%24where=1', 'ERR_INPUT_OPERATOR_KEY', '/$where'],
  ['$where=1', 'ERR_INPUT_OPERATOR_KEY', '/$where'],
  ['a=1&b[c][$gt]=', 'ERR_INPUT_OPERATOR_KEY', '/b/c/$gt'],
  ['a[b][c][d][e][f][g][$gt]=1', 'ERR_INPUT_OPERATOR_KEY', undefined],
  ['a[]=1&a[$gt]=2', 'ERR_INPUT_OPERATOR_KEY', undefined],
];
const HONEST = [
  '',
  'page=2&sort=name&q=O%27Brien%20%26%20Sons',
  'hub.mode=subscribe&hub.challenge=1',
  'price=$5&regex=^a$',
  'tags[]=a&tags[]=b',
  'a=1&a=2',
  'filter[name]=x&filter[age]=3',
  'constructor=x&prototype=y',
  'redirect=https%3A%2F%2Fa.example%2F%3Fx%5B%24ne%5D%3D1',
  'utf8=%E2%9C%93',
  '&&=&a',
];

for (const [name, express] of majors) {
  describe(`input: guard() on ${name}`, () => {
    for (const parser of PARSERS) {
      const made = (/** @type {any[]} */ ...middlewares) => parsedBy(parser, express, ...middlewares);

      for (const [query, code, pointer] of HOSTILE) {
        it(`rejects ?${query} with the ${parser} parser`, async () => {
          for (const layer of [guard(), harden({ rateLimit: false })]) {
            const answer = await request(made(layer), { path: `/?${query}` });
            const { requestId, ...problem } = answer.json();
            const place = pointer === undefined ? problem.pointer : pointer;
            const expected = { title: 'Bad Request', status: 400, code, source: 'query', pointer: place };
            assert.deepEqual({ ...problem }, { type: 'about:blank', ...expected });
          }
        });
      }

      it(`passes ordinary queries unchanged with the ${parser} parser`, async () => {
        for (const query of HONEST) {
          const seen = await Promise.all(
            [[], [guard()], [guard({ mode: 'strip' })], [harden({ rateLimit: false })]].map(async (layers) => {
              const pass = (/** @type {any} */ _req, /** @type {any} */ _res, /** @type {any} */ next) => next();
              return (await request(made(pass, ...layers), { path: `/?${query}` })).json().query;
            }),
          );
          for (const one of seen) assert.deepEqual(one, seen[0], query);
        }
      });

      it(`strips, renames and reports with the ${parser} parser, and every later reader sees that`, async () => {
        const ask = async (/** @type {object} */ options, path = '/?a=1&$b=2&c[$d]=3') => {
          const { query, again } = (await request(made(guard(options)), { path })).json();
          assert.deepEqual(again, query);
          return query;
        };
        assert.deepEqual(Object.keys(await ask({ mode: 'strip' }))[0], 'a');
        assert.ok(!JSON.stringify(await ask({ mode: 'strip' })).includes('$'));
        assert.ok(!JSON.stringify(await ask({ mode: 'replace' })).includes('$'));
        assert.equal((await ask({ mode: 'replace' }))._b, '2');
        assert.ok(JSON.stringify(await ask({ mode: 'report', onReport() {} })).includes('$b'));
        assert.equal((await ask({ exempt: { query: ['/$b', '/c'] } })).$b, '2');
      });

      it(`takes one of repeated names with the ${parser} parser`, async () => {
        const ask = async (/** @type {object} */ options) =>
          (await request(made(guard(options)), { path: '/?a=1&a=2&tags=x&tags=y&b=3' })).json();
        const arrays = ['/tags'];
        assert.deepEqual((await ask({ repeats: 'last', arrays })).query, { a: '2', tags: ['x', 'y'], b: '3' });
        assert.deepEqual((await ask({ repeats: 'first', arrays })).query, { a: '1', tags: ['x', 'y'], b: '3' });
        assert.equal((await ask({ repeats: 'reject', arrays })).code, 'ERR_INPUT_REPEATED');
        assert.deepEqual((await ask({})).query.a, ['1', '2']);
      });
    }

    it('takes one of a list that is too long for the parser to be one', async () => {
      for (const query of [
        'role=a&'.repeat(30),
        'role[]=a&'.repeat(30),
        'role[0]=a&role[25]=b',
        'role[]=a&role[x]=b',
      ]) {
        const made = (/** @type {object} */ options) => parsedBy('extended', express, guard(options));
        const rejected = await request(made({ repeats: 'reject' }), { path: `/?${query}` });
        assert.equal(rejected.json().code, 'ERR_INPUT_REPEATED', query);
        const { role } = (await request(made({ repeats: 'last' }), { path: `/?${query}` })).json().query;
        assert.equal(typeof role, 'string', query);
        assert.equal(
          (await request(made({ repeats: 'reject', arrays: ['/role'] }), { path: `/?${query}` })).status,
          200,
        );
      }
    });

    it('exempts no operator inside of a path with a wildcard', async () => {
      for (const parser of PARSERS) {
        const made = parsedBy(parser, express, guard({ exempt: { query: ['/posts/*/text'] } }));
        assert.equal((await request(made, { path: '/?posts[$where][text]=1' })).status, 400, parser);
        assert.equal((await request(made, { path: '/?posts[1][text][$a]=1' })).status, 200, parser);
      }
    });

    it('writes no control characters into pointers', async () => {
      /** @type {any[]} */
      const told = [];
      const layer = guard({ onReport: (/** @type {any} */ { pointer }) => told.push(pointer) });
      await request(app(express, express.json(), layer), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"a\\n\\u202eb":{"$x\\nFAKE":1}}',
      });
      assert.deepEqual(told, ['/a\\u000a\\u202eb/$x\\u000aFAKE']);
    });

    it('lets later middlewares assign to the query', async () => {
      const assign = (/** @type {any} */ req, /** @type {any} */ _res, /** @type {any} */ next) => {
        req.query = { assigned: true };
        next();
      };
      const options = { mode: 'strip' };
      const { query } = (await request(app(express, guard(options), assign), { path: '/?$a=1' })).json();
      assert.deepEqual(query, { assigned: true });
    });

    it('judges what a query parser of the app makes of values', async () => {
      const parse = (/** @type {string} */ text) =>
        Object.fromEntries([...new URLSearchParams(text)].map(([key, value]) => [key, JSON.parse(value)]));
      const made = parsedBy(parse, express, guard());
      const path = `/?filter=${encodeURIComponent('{"$gt":""}')}`;
      assert.equal((await request(made, { path })).json().pointer, '/filter/$gt');
    });

    it('works without a query parser', async () => {
      const made = parsedBy(false, express, guard());
      assert.equal((await request(made, { path: '/?a[$gt]=1' })).status, 200);
    });

    describe('cookies', () => {
      const JSON_COOKIE = `plain=1; token=j:${encodeURIComponent('{"$ne":null}')}; connect.sid=abc`;

      it('rejects operators in JSON cookies, before and after cookie-parser', async () => {
        for (const layers of [
          [cookieParser(), guard()],
          [guard(), cookieParser()],
          [cookieParser(), harden({ rateLimit: false })],
          [harden({ rateLimit: false }), cookieParser()],
        ]) {
          for (const cookie of [
            JSON_COOKIE,
            'token="j:{"$ne":null}"',
            'token=j:[{"a":{"$gt":""}}]',
            'a=J; token=%6a:{"$a":1}',
          ]) {
            const answer = await request(app(express, ...layers), { headers: { cookie } });
            const held = answer.status === 400 ? answer.json().code : JSON.stringify(answer.json().cookies);
            assert.ok(held === 'ERR_INPUT_OPERATOR_KEY' || !held.includes('{"$'), `${cookie}: ${held}`);
          }
        }
      });

      it('rejects what readers of another age take for JSON', async () => {
        for (const cookie of ['a=\u00a0j:{"$gt":""}', 'a="j:{"$gt":""}X', 'a=\u00a0"j:{"$gt":""}"']) {
          const headers = { cookie: Buffer.from(cookie, 'latin1').toString('latin1') };
          assert.equal((await request(app(express, guard()), { headers })).status, 400, JSON.stringify(cookie));
        }
      });

      it('passes ordinary cookies unchanged', async () => {
        const cookie =
          'connect.sid=s%3Aabc.def; $Version=1; prefs=j:{"theme":"dark"}; x="q\\"uoted"; ph=%7B%22%24sesid%22%3A1%7D; j=j:not json';
        const bare = (await request(app(express, cookieParser()), { headers: { cookie } })).json();
        for (const layers of [
          [cookieParser(), guard()],
          [guard({ rules: { dots: 'reject' } }), cookieParser()],
        ]) {
          assert.deepEqual((await request(app(express, ...layers), { headers: { cookie } })).json(), bare);
        }
      });

      it('strips a key of a parsed cookie, and the whole cookie of a header', async () => {
        const strip = guard({ mode: 'strip' });
        const after = (await request(app(express, cookieParser(), strip), { headers: { cookie: JSON_COOKIE } })).json();
        assert.deepEqual(after.cookies, { plain: '1', token: {}, 'connect.sid': 'abc' });
        const before = (
          await request(app(express, strip, cookieParser()), { headers: { cookie: JSON_COOKIE } })
        ).json();
        assert.deepEqual(before.cookies, { plain: '1', 'connect.sid': 'abc' });
      });
    });

    describe('bodies that other parsers read', () => {
      const BOUNDARY = { 'content-type': 'multipart/form-data; boundary=b' };
      const part = (/** @type {string} */ field, value = '1') =>
        `--b\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`;

      it('rejects operators in the text fields of a multipart form', async () => {
        for (const field of ['password[$ne]', '$where', 'a[b][$gt]']) {
          const init = { method: 'POST', headers: BOUNDARY, body: `${part('email', 'x')}${part(field)}--b--\r\n` };
          const answer = await request(app(express, multer().none(), guard()), init);
          assert.deepEqual([answer.status, answer.json().code], [400, 'ERR_INPUT_OPERATOR_KEY'], field);
        }
      });

      it('passes and unites ordinary fields of a multipart form', async () => {
        const body = `${part('user[name]', 'Ada')}${part('a', '1')}${part('a', '2')}--b--\r\n`;
        const ask = async (/** @type {object} */ options) =>
          (
            await request(app(express, multer().none(), guard(options)), { method: 'POST', headers: BOUNDARY, body })
          ).json();
        assert.deepEqual((await ask({})).body, { user: { name: 'Ada' }, a: ['1', '2'] });
        assert.deepEqual((await ask({ repeats: 'last' })).body, { user: { name: 'Ada' }, a: '2' });
      });

      it('judges a body only if it is asked to', async () => {
        const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"$a":1}' };
        const layers = (/** @type {object} */ options) => [express.json(), guard(options)];
        assert.equal((await request(app(express, ...layers({})), init)).status, 400);
        assert.equal((await request(app(express, ...layers({ sources: { body: false } })), init)).status, 200);
      });
    });

    it('judges what app.param makes of a route parameter', async () => {
      const made = express();
      made.param(
        'filter',
        (/** @type {any} */ req, /** @type {any} */ _res, /** @type {any} */ next, /** @type {string} */ value) => {
          req.params.filter = JSON.parse(value);
          next();
        },
      );
      made.get('/:filter', guard(), (/** @type {any} */ req, /** @type {any} */ res) => res.json(req.params));
      made.use(errorHandler({ onError() {} }));
      const ask = (/** @type {string} */ text) => request(made, { path: `/${encodeURIComponent(text)}` });
      assert.equal((await ask('{"$gt":1}')).json().source, 'params');
      assert.equal((await ask('"a.b $c"')).status, 200);
    });

    describe('verify', () => {
      const jsonType = { 'content-type': 'application/json' };
      const formType = { 'content-type': 'application/x-www-form-urlencoded' };

      it('rejects before body-parser parses, and keeps the body out of the error', async () => {
        /** @type {any} */
        let seen;
        const ask = async (/** @type {any} */ headers, /** @type {any} */ body, /** @type {object} */ options = {}) => {
          const { verify } = guard(options);
          const made = express();
          made.use(express.json({ verify }), express.urlencoded({ verify, extended: true }));
          made.use((/** @type {any} */ _req, /** @type {any} */ res) => res.json({}));
          made.use(
            (/** @type {any} */ error, /** @type {any} */ _req, /** @type {any} */ _res, /** @type {any} */ next) => {
              seen = error;
              next(error);
            },
          );
          made.use(errorHandler({ onError() {} }));
          return (await request(made, { method: 'POST', headers, body })).status;
        };
        assert.equal(await ask(jsonType, '{"a":{"$gt":"secret"}}'), 400);
        assert.deepEqual(
          [seen.body, seen.pointer, JSON.stringify(seen).includes('secret')],
          [undefined, '/a/$gt', false],
        );
        assert.equal(await ask(jsonType, '{"a":1,"a":2}'), 400);
        assert.equal(await ask(formType, 'a[$gt]=secret'), 400);
        assert.equal(
          await ask({ 'content-type': 'application/json; charset=utf-16le' }, Buffer.from('{"$a":1}', 'utf16le')),
          415,
        );
        assert.equal(await ask(jsonType, '{"a":1}'), 200);
        assert.equal(await ask(formType, 'a=1&b[c]=2'), 200);
        assert.equal(await ask(jsonType, '{"$a":1}', { exempt: { body: ['/$a'] } }), 200);
      });
    });
  });
}
