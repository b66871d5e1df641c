// @ts-check
'use strict';

// Whose status counts, and the options that change what a client reads.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { errorHandler } = require('../../lib/error-handler');
const { PortcullisError } = require('../../lib/support/errors');
const apps = require('../support/apps');
const { foreign } = require('../support/realm');
const { request } = require('../support/request');

const SECRET = 'hunter2-secret';
const errorWith = (/** @type {object} */ fields) => Object.assign(new Error(SECRET), fields);

/** @param {any} express @param {unknown} thrown @param {any} [options] */
function fail(express, thrown, options) {
  const app = express();
  app.get('/', (/** @type {any} */ _req, /** @type {any} */ _res, /** @type {any} */ next) => next(thrown));
  app.use(errorHandler({ onError() {}, ...options }));
  return request(app);
}

/** The warnings that a piece of work causes. @param {any} t @param {() => Promise<unknown>} work */
async function warningsOf(t, work) {
  const { mock } = t.mock.method(process, 'emitWarning', () => {});
  await work();
  const calls = mock.calls.map((/** @type {any} */ call) => call.arguments);
  mock.restore();
  return calls;
}

/** Errors of other libraries, in the shape that these give them. */
const ZOD = errorWith({
  name: 'ZodError',
  issues: [{ code: 'invalid_type', path: ['user', 'age'], message: `Expected number, received "${SECRET}"` }],
});
const PRISMA = (/** @type {string} */ code) =>
  errorWith({ name: 'PrismaClientKnownRequestError', code, meta: { target: [SECRET] } });
const MULTER = (/** @type {string} */ code) => errorWith({ name: 'MulterError', code, field: SECRET });

/** The recipe of docs/error-handler.md. @param {any} error */
function mapError(error) {
  if (error?.name === 'ZodError') {
    return {
      status: 400,
      errors: error.issues.map((/** @type {any} */ { path, code }) => ({ path: path.join('.'), code })),
    };
  }
  if (error?.code === 'P2002') return { status: 409, detail: 'This record already exists.' };
  if (error?.code === 'P2025') return { status: 404 };
  if (error?.name === 'MulterError') return { status: error.code === 'LIMIT_FILE_SIZE' ? 413 : 400 };
  return undefined;
}

const blank = (/** @type {number} */ status, /** @type {string} */ title) => ({ type: 'about:blank', title, status });
/** @type {Array<[what: string, thrown: unknown, document: object]>} */
const MAPPED = [
  ['an error of zod', ZOD, { ...blank(400, 'Bad Request'), errors: [{ path: 'user.age', code: 'invalid_type' }] }],
  [
    'a unique constraint in Prisma',
    PRISMA('P2002'),
    { ...blank(409, 'Conflict'), detail: 'This record already exists.' },
  ],
  ['a missing record in Prisma', PRISMA('P2025'), blank(404, 'Not Found')],
  ['another error of Prisma', PRISMA('P1001'), blank(500, 'Internal Server Error')],
  ['a file too large for multer', MULTER('LIMIT_FILE_SIZE'), blank(413, 'Content Too Large')],
  ['an unexpected file in multer', MULTER('LIMIT_UNEXPECTED_FILE'), blank(400, 'Bad Request')],
  ['a refusal of ours', new PortcullisError('ERR_JWT_EXPIRED', SECRET), blank(401, 'Unauthorized')],
  ['text', SECRET, blank(500, 'Internal Server Error')],
];

describe('options of the error handler', () => {
  for (const [major, express] of apps) {
    it(`keeps the 4xx of an operational error, and no other status, on ${major}`, async () => {
      for (const [fields, status] of /** @type {const} */ ([
        [{ status: 404, isOperational: true }, 404],
        [{ statusCode: 409, isOperational: true }, 409],
        [{ status: 404, isOperational: 'true' }, 500],
        [{ status: 503, isOperational: true }, 500],
        [{ status: 404, isOperational: false }, 500],
      ])) {
        const answer = await fail(express, errorWith({ ...fields, detail: SECRET }));
        assert.equal(answer.status, status);
        assert.ok(!answer.text.includes(SECRET));
      }
    });

    it(`uses the status of every error with trustStatus, and still sends nothing else, on ${major}`, async () => {
      for (const [status, expected] of [
        [401, 401],
        [404, 404],
        [503, 503],
        [599, 599],
        [200, 500],
        [302, 500],
        ['404', 500],
        [600, 500],
      ]) {
        const answer = await fail(express, errorWith({ status, detail: SECRET }), { trustStatus: true });
        assert.equal(answer.status, expected);
        assert.ok(!answer.text.includes(SECRET));
      }
      assert.equal(
        (await fail(express, errorWith({ status: 599 }), { trustStatus: true })).json().title,
        'Server Error',
      );
    });

    for (const [what, thrown, document] of MAPPED) {
      it(`maps ${what} as in the recipe on ${major}`, async () => {
        const answer = await fail(express, thrown, { mapError });
        assert.deepEqual(answer.json(), document);
        assert.equal(answer.headers['content-type'], 'application/problem+json');
        assert.ok(!answer.text.includes(SECRET));
      });
    }

    it(`uses an error that mapError returns, with its headers, on ${major}`, async () => {
      const seen = /** @type {unknown[]} */ ([]);
      const busy = errorWith({ status: 405, expose: true, headers: { allow: 'GET' } });
      const thrown = new Error(SECRET);
      const answer = await fail(express, thrown, {
        mapError: () => busy,
        onError: (
          /** @type {unknown} */ error,
          /** @type {any} */ _q,
          /** @type {any} */ _s,
          /** @type {number} */ status,
        ) => seen.push(error, status),
      });
      assert.deepEqual([answer.status, answer.headers.allow], [405, 'GET']);
      assert.deepEqual(seen, [thrown, 405]);
      assert.equal((await fail(express, thrown, { mapError: () => foreign('new Error("x")') })).status, 500);
    });

    it(`treats an error as unmapped if mapError fails, and reports that, on ${major}`, async (t) => {
      const log = t.mock.method(console, 'error', () => {});
      const broken = [
        () => {
          throw new Error('broken');
        },
        () => ({}),
        () => ({ status: 200 }),
        () => ({ status: '404' }),
        () => ({ status: 404, detail: 5 }),
        () => [404],
        () => 404,
        async () => ({ status: 404 }),
      ];
      for (const mapError of broken) {
        assert.deepEqual(
          (await fail(express, new Error(SECRET), { mapError })).json(),
          blank(500, 'Internal Server Error'),
        );
      }
      assert.equal(log.mock.callCount(), broken.length);
      for (const {
        arguments: [line],
      } of log.mock.calls)
        assert.match(line, /^errorHandler: mapError failed: /);
      const cyclic = /** @type {any} */ ({ status: 422 });
      cyclic.self = cyclic;
      for (const document of [cyclic, { status: 422, big: 1n }]) {
        const answer = await fail(express, new Error(SECRET), { mapError: () => document });
        assert.deepEqual(answer.json(), blank(422, 'Unprocessable Content'));
      }
    });

    it(`sends what format makes of the document, and the document if it fails, on ${major}`, async (t) => {
      const log = t.mock.method(console, 'error', () => {});
      const format = ({ status, title }, /** @type {any} */ req) => ({ error: { status, title, path: req.path } });
      const answer = await fail(express, errorWith({ status: 404, expose: true }), { format });
      assert.deepEqual(answer.json(), { error: { status: 404, title: 'Not Found', path: '/' } });
      assert.deepEqual([answer.status, answer.headers['content-type']], [404, 'application/json']);
      const failing = [
        () => undefined,
        () => 1n,
        () => {
          throw new Error('broken');
        },
      ];
      for (const broken of failing) {
        const document = await fail(express, new Error(SECRET), { format: broken });
        assert.deepEqual(document.json(), blank(500, 'Internal Server Error'));
        assert.equal(document.headers['content-type'], 'application/problem+json');
      }
      assert.equal(log.mock.callCount(), failing.length);
    });

    it(`survives hooks that return promises, and sends the document, on ${major}`, async (t) => {
      const log = t.mock.method(console, 'error', () => {});
      const unhandled = /** @type {unknown[]} */ ([]);
      const note = (/** @type {unknown} */ reason) => unhandled.push(reason);
      process.on('unhandledRejection', note);
      t.after(() => process.off('unhandledRejection', note));
      const late = [async () => ({ status: 404 }), () => Promise.reject(new Error(SECRET))];
      for (const hook of late.flatMap((made) => [{ mapError: made }, { format: made }])) {
        const answer = await fail(express, new Error(SECRET), hook);
        assert.deepEqual(answer.json(), blank(500, 'Internal Server Error'));
      }
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(unhandled, []);
      assert.equal(log.mock.callCount(), 4);
      for (const {
        arguments: [line],
      } of log.mock.calls)
        assert.match(line, /a promise is not awaited/);
    });

    it(`does not send the detail of a database's error, which quotes the row, on ${major}`, async () => {
      // createError(409, error) of http-errors marks the driver's own error as exposed. pg and postgres.js fill these fields.
      const row = { severity: 'ERROR', code: '23505', detail: `Key (email)=(${SECRET}) already exists.` };
      const answer = await fail(express, errorWith({ status: 409, expose: true, ...row }));
      assert.deepEqual(answer.json(), blank(409, 'Conflict'));
      const own = errorWith({
        status: 409,
        expose: true,
        severity: 'low',
        code: 'TAKEN_NAME',
        detail: 'The name is taken.',
      });
      assert.equal((await fail(express, own)).json().detail, 'The name is taken.');
    });

    it(`sends of err.headers only what belongs to the status on ${major}`, async () => {
      const headers = {
        'WWW-Authenticate': 'Bearer',
        'retry-after': 3,
        Allow: 'GET',
        'Set-Cookie': 'a=1',
        Location: '/x',
      };
      for (const [status, expected] of /** @type {const} */ ([
        [401, ['www-authenticate']],
        [404, []],
        [405, ['allow']],
        [413, ['retry-after']],
        [429, ['retry-after']],
        [503, ['retry-after']],
      ])) {
        const answer = await fail(express, errorWith({ status, headers }), { trustStatus: true });
        const sent = ['www-authenticate', 'retry-after', 'allow', 'set-cookie', 'location'].filter(
          (name) => name in answer.headers,
        );
        assert.deepEqual(sent, expected);
      }
      const hostile = new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error(SECRET);
          },
        },
      );
      for (const odd of [null, 5, 'x', hostile, { 'Retry-After': null }]) {
        assert.equal(
          (await fail(express, errorWith({ status: 503, headers: odd }), { trustStatus: true })).status,
          503,
        );
      }
    });

    it(`explains once why it did not use a status on ${major}`, async (t) => {
      const app = express();
      app.get('/', (/** @type {any} */ _q, /** @type {any} */ _s, /** @type {any} */ next) =>
        next(errorWith({ status: 404 })),
      );
      app.use(errorHandler({ onError() {} }));
      const calls = await warningsOf(t, async () => {
        for (let i = 0; i < 3; i++) assert.equal((await request(app)).status, 500);
      });
      assert.equal(calls.length, 1);
      const [[text, { code }]] = calls;
      assert.equal(code, 'WRN_ERROR_HANDLER_STATUS');
      assert.match(text, /status 404.*`expose: true`.*`isOperational: true`.*`mapError` or `trustStatus`/);
      assert.ok(!text.includes(SECRET));
    });

    it(`does not warn of errors that claim no 4xx, or that count, on ${major}`, async (t) => {
      const calls = await warningsOf(t, async () => {
        for (const thrown of [
          new Error('x'),
          null,
          errorWith({ status: 503 }),
          errorWith({ status: 404, expose: true }),
        ]) {
          await fail(express, thrown);
        }
        await fail(express, errorWith({ status: 404 }), { trustStatus: true });
        await fail(express, errorWith({ status: 404 }), { mapError: () => ({ status: 404 }) });
        await fail(express, new PortcullisError('ERR_INTERNAL', 'x'));
      });
      assert.deepEqual(calls, []);
    });
  }

  it('recognises a path that does not decode in another realm', async () => {
    const [[, express]] = /** @type {any} */ (apps);
    const thrown = Object.assign(foreign('new URIError("x")'), { status: 400 });
    assert.equal((await fail(express, thrown)).status, 400);
  });

  it('rejects wrong options at set-up', () => {
    for (const options of [{ mapError: {} }, { format: 'json' }, { trustStatus: 'yes' }, { mapErrors() {} }]) {
      assert.throws(() => errorHandler(options), { name: 'TypeError', code: 'ERR_ERROR_HANDLER_OPTION' });
    }
  });
});
