// @ts-check
'use strict';

const assert = require('node:assert/strict');
const http = require('node:http');
const { describe, it } = require('node:test');

const { errorHandler } = require('../../lib/error-handler');
const { PortcullisError, REJECTIONS } = require('../../lib/support/errors');
const apps = require('../support/apps');
const { request } = require('../support/request');

const SECRET = 'hunter2-secret';
const quiet = () => errorHandler({ onError() {} });

/** @param {any} fields @returns {any} */
function errorWith(fields) {
  return Object.assign(new Error(SECRET), fields);
}

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const throwing = () => {
  throw new Error(SECRET);
};

/** Whatever is thrown, and the status that a client may see. @type {Record<string, [thrown: any, status: number]>} */
const THROWN = {
  'a plain error': [new Error(SECRET), 500],
  'an upstream error with 401': [errorWith({ status: 401, response: { data: SECRET } }), 500],
  'an error with a status code alone': [errorWith({ statusCode: 404 }), 500],
  'an exposed 404': [errorWith({ status: 404, expose: true }), 404],
  'an exposed 499': [errorWith({ status: 499, expose: true }), 499],
  'an exposed 503': [errorWith({ status: 503, expose: true }), 500],
  'an exposed 200': [errorWith({ status: 200, expose: true }), 500],
  'a status that is text': [errorWith({ status: '404', expose: true }), 500],
  'a status that is a fraction': [errorWith({ status: 404.5, expose: true }), 500],
  'a body-parser error': [errorWith({ status: 415, type: 'charset.unsupported' }), 415],
  'a path that does not decode': [Object.assign(new URIError(SECRET), { status: 400 }), 400],
  'a code of ours on a foreign error': [errorWith({ code: 'ERR_JWT_EXPIRED' }), 500],
  'a string': [SECRET, 500],
  'a number': [404, 500],
  'a symbol': [Symbol(SECRET), 500],
  'an object': [{ message: SECRET, toString: throwing, toJSON: throwing }, 500],
  'a null-prototype object': [Object.create(null), 500],
  'a revoked proxy': [revoked(), 500],
  'a getter that throws': [Object.defineProperty({}, 'status', { get: throwing }), 500],
  'getters that throw all over': [new Proxy({}, { get: throwing, getPrototypeOf: throwing, has: throwing }), 500],
};

/** @param {any} express @param {any} thrown @param {any} [handler] @param {any} [init] */
function fail(express, thrown, handler = quiet(), init = {}) {
  const app = express();
  app.disable('x-powered-by');
  app.get('/', (/** @type {any} */ _req, /** @type {any} */ _res, /** @type {any} */ next) => next(thrown));
  app.use(handler);
  return request(app, init);
}

describe('error handler', () => {
  for (const [major, express] of apps) {
    for (const [name, [thrown, status]] of Object.entries(THROWN)) {
      it(`responds with ${status} to ${name}, and no word of it, on ${major}`, async () => {
        const answer = await fail(express, thrown);
        assert.equal(answer.status, status);
        assert.deepEqual(Object.keys(answer.json()), ['type', 'title', 'status']);
        assert.equal(answer.json().type, 'about:blank');
        assert.equal(answer.json().status, status);
        assert.equal(answer.headers['content-type'], 'application/problem+json');
        assert.equal(answer.headers['cache-control'], 'no-store');
        assert.ok(!answer.text.includes(SECRET));
      });
    }

    it(`responds to each rejection by its table on ${major}`, async () => {
      for (const [code, { status, title }] of Object.entries(REJECTIONS)) {
        const answer = await fail(express, new PortcullisError(code, SECRET));
        assert.deepEqual(answer.json(), { type: 'about:blank', title, status });
        assert.equal(answer.status, status);
        assert.ok(!answer.text.includes('ERR_'));
      }
    });

    it(`does not echo a body that express.json could not read on ${major}`, async () => {
      const app = express();
      app.use(express.json({ limit: 100 }));
      app.use(quiet());
      const headers = { 'Content-Type': 'application/json' };
      const broken = await request(app, { method: 'POST', headers, body: `{"password": ${SECRET}}` });
      assert.deepEqual(broken.json(), { type: 'about:blank', title: 'Bad Request', status: 400 });
      const large = await request(app, { method: 'POST', headers, body: JSON.stringify('x'.repeat(200)) });
      assert.deepEqual(large.json(), { type: 'about:blank', title: 'Content Too Large', status: 413 });
    });

    it(`responds with 400 to a path that does not decode on ${major}`, async () => {
      const app = express();
      app.get('/:id', (/** @type {any} */ _req, /** @type {any} */ res) => res.send('ok'));
      app.use(quiet());
      assert.equal((await request(app, { path: '/%zz' })).status, 400);
    });

    it(`carries a challenge and a delay on ${major}`, async () => {
      const unauthorized = Object.assign(new PortcullisError('ERR_AUTH_MISSING', 'm'), {
        headers: { 'WWW-Authenticate': 'Bearer realm="api"' },
      });
      assert.equal((await fail(express, unauthorized)).headers['www-authenticate'], 'Bearer realm="api"');
      const limited = new PortcullisError('ERR_RATE_LIMIT_EXCEEDED', 'm');
      for (const [retryAfter, expected] of /** @type {any[]} */ ([
        [1.2, '2'],
        [0, '0'],
        ['120', '120'],
        [-1, undefined],
        [NaN, undefined],
        ['1\r\nX: y', undefined],
        [{}, undefined],
      ])) {
        assert.equal(
          (await fail(express, Object.assign(limited, { headers: { 'Retry-After': retryAfter } }))).headers[
            'retry-after'
          ],
          expected,
        );
      }
      const split = Object.assign(new PortcullisError('ERR_AUTH_MISSING', 'm'), {
        headers: { 'WWW-Authenticate': 'Bearer\r\nX: y' },
      });
      assert.equal((await fail(express, split)).headers['www-authenticate'], undefined);
      for (const [status, expected] of /** @type {const} */ ([
        [400, 'Bearer error="invalid_request"'],
        [401, 'Bearer error="invalid_request"'],
        [403, 'Bearer error="invalid_request"'],
        [404, undefined],
      ])) {
        const exposed = errorWith({
          status,
          expose: true,
          headers: { 'www-authenticate': 'Bearer error="invalid_request"' },
        });
        assert.equal((await fail(express, exposed)).headers['www-authenticate'], expected);
      }
      const upstream = errorWith({ status: 401, headers: { 'WWW-Authenticate': 'Bearer' } });
      assert.equal((await fail(express, upstream)).headers['www-authenticate'], undefined);
    });

    it(`sends the detail that an app wrote for the client, and no other, on ${major}`, async () => {
      const detail = 'name must be a string';
      const written = await fail(express, errorWith({ status: 400, expose: true, detail }));
      assert.deepEqual(written.json(), { type: 'about:blank', title: 'Bad Request', status: 400, detail });
      for (const fields of [
        { status: 400, detail: SECRET },
        { status: 400, expose: 'yes', detail: SECRET },
        { status: 503, expose: true, detail: SECRET },
        { status: 400, type: 'entity.parse.failed', detail: SECRET },
        { status: 400, expose: true, detail: { text: SECRET } },
        {
          status: 400,
          expose: true,
          get detail() {
            throw new Error(SECRET);
          },
        },
      ]) {
        const error = Object.defineProperties(new Error(SECRET), Object.getOwnPropertyDescriptors(fields));
        assert.deepEqual(Object.keys((await fail(express, error)).json()), ['type', 'title', 'status']);
      }
      const ours = Object.assign(new PortcullisError('ERR_JWT_EXPIRED', SECRET), { expose: true, detail: SECRET });
      assert.ok(!(await fail(express, ours)).text.includes(SECRET));
    });

    it(`keeps security and CORS headers and drops those of the lost body on ${major}`, async () => {
      const app = express();
      app.get('/', (/** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ next) => {
        res.set({
          'X-Frame-Options': 'DENY',
          'Access-Control-Allow-Origin': 'https://a.example',
          Vary: 'Origin',
          'X-Request-Id': 'r',
        });
        res.set({
          ETag: '"x"',
          'Last-Modified': 'x',
          'Content-Encoding': 'gzip',
          'Content-Disposition': 'attachment',
          'Content-Length': '5',
        });
        res.set({
          'Cache-Control': 'public',
          'Content-Type': 'text/html',
          'Transfer-Encoding': 'chunked',
          Expires: 'x',
        });
        res.statusMessage = SECRET;
        next(new Error());
      });
      app.use(quiet());
      const { headers, text } = await request(app);
      for (const name of ['date', 'connection']) delete headers[name];
      assert.deepEqual(headers, {
        'access-control-allow-origin': 'https://a.example',
        'cache-control': 'no-store',
        'content-length': String(text.length),
        'content-type': 'application/problem+json',
        vary: 'Origin',
        'x-frame-options': 'DENY',
        'x-request-id': 'r',
        ...('x-powered-by' in headers && { 'x-powered-by': 'Express' }),
      });
      const { rawHeaders } = await request(app, { raw: 'GET / HTTP/1.1\r\nHost: a\r\n\r\n' });
      assert.ok(!rawHeaders.join().includes(SECRET));
    });

    it(`names the request by a safe id on ${major}`, async () => {
      for (const [id, expected] of [
        ['r-1.a:b_c', 'r-1.a:b_c'],
        ['<script>', undefined],
        [5, '5'],
        [-1, undefined],
        [0.5, undefined],
        [Number.NaN, undefined],
        [{ toString: () => 'x' }, undefined],
        ['x'.repeat(129), undefined],
      ]) {
        const app = express();
        app.get('/', (/** @type {any} */ req, /** @type {any} */ _res, /** @type {any} */ next) => {
          req.id = id;
          next(new Error());
        });
        app.use(quiet());
        assert.equal((await request(app)).json().requestId, expected);
      }
    });

    it(`responds to HEAD without a body on ${major}`, async () => {
      const answer = await fail(express, new Error(), quiet(), { method: 'HEAD' });
      assert.deepEqual([answer.status, answer.text], [500, '']);
    });

    it(`cuts off a response that has begun on ${major}`, async () => {
      const app = express();
      app.get('/', (/** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ next) => {
        res.set('Content-Length', '100');
        res.write('half');
        setImmediate(next, new Error(SECRET));
      });
      app.use(quiet());
      await assert.rejects(request(app), { code: 'ECONNRESET' });
    });

    it(`leaves a complete response alone on ${major}`, async () => {
      const app = express();
      app.get('/', (/** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ next) => {
        res.send('done');
        next(new Error());
      });
      app.use(quiet());
      assert.equal((await request(app)).text, 'done');
    });

    it(`calls onError for every error, and survives its failures, on ${major}`, async (t) => {
      const log = t.mock.method(console, 'error', () => {});
      const seen = /** @type {any[]} */ ([]);
      const thrown = errorWith({ status: 404, expose: true });
      const noting = errorHandler({
        onError: (/** @type {any} */ error, /** @type {any} */ req) => seen.push([error, req.method]),
      });
      await fail(express, thrown, noting);
      assert.deepEqual(seen, [[thrown, 'GET']]);
      assert.equal((await fail(express, new Error(), errorHandler({ onError: throwing }))).status, 500);
      assert.equal((await fail(express, new Error(), errorHandler({ onError: async () => throwing() }))).status, 500);
      assert.equal(log.mock.callCount(), 2);
    });

    it(`logs the stack of a server error and of no other on ${major}`, async (t) => {
      const log = t.mock.method(console, 'error', () => {});
      const error = errorWith({ input: 'password' });
      await fail(express, error, errorHandler());
      await fail(express, null, errorHandler());
      await fail(express, errorWith({ status: 404, expose: true }), errorHandler());
      for (const [thrown] of Object.values(THROWN)) await fail(express, thrown, errorHandler());
      assert.deepEqual(log.mock.calls[0]?.arguments, [error.stack]);
      assert.ok(log.mock.calls.every(({ arguments: [line] }) => typeof line === 'string' && !line.includes('input')));
    });
  }

  it('serves a plain node:http server', async () => {
    const server = http.createServer((req, res) => quiet()(new Error(SECRET), req, res, () => {}));
    assert.equal((await request(server)).status, 500);
  });

  it('rejects wrong options at set-up', () => {
    for (const options of [null, { onError: 'log' }, { onerror() {} }, 5]) {
      assert.throws(() => errorHandler(options), { name: 'TypeError', code: 'ERR_ERROR_HANDLER_OPTION' });
    }
  });

  for (const code of ['constructor', '__proto__', 'toString', { toString: null }, undefined]) {
    it(`responds with 500 to a rejection with an unknown code: ${typeof code} ${JSON.stringify(code)}`, async () => {
      const error = new PortcullisError('ERR_INTERNAL', SECRET);
      error.code = /** @type {any} */ (code);
      const answer = await request((/** @type {any} */ req, /** @type {any} */ res) =>
        quiet()(error, req, res, () => {}),
      );
      assert.equal(answer.status, 500);
      assert.equal(answer.text.includes(SECRET), false);
    });
  }

  it('sets the status 500 for a rejection with an unknown code', () => {
    for (const code of ['constructor', '__proto__', 'toString']) {
      assert.equal(new PortcullisError(code, SECRET).status, 500);
    }
  });
});
