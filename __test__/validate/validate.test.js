// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { type } = require('arktype');
const cookieParser = require('cookie-parser');
const Joi = require('joi');
const v = require('valibot');
const yup = require('yup');
const { z } = require('zod');
const { errorHandler, json, standardSchema, validate } = require('portcullis');

const APPS = require('../support/apps');
const { request } = require('../support/request');

const SECRET = 'hunter2secret';
const ARK = type({ '+': 'reject', name: 'string > 1', n: 'number', e: "'x'" });
/** @type {Record<string, any>} */
const SCHEMAS = {
  zod: z.strictObject({ name: z.string().min(2), n: z.number(), e: z.enum(['x']) }),
  valibot: v.strictObject({ name: v.pipe(v.string(), v.minLength(2)), n: v.number(), e: v.picklist(['x']) }),
  arktype: ARK,
  joi: Joi.object({ name: Joi.string().min(2).required(), n: Joi.number().required(), e: Joi.valid('x').required() }),
  'joi 17': oldJoi(
    Joi.object({ name: Joi.string().min(2).required(), n: Joi.number().required(), e: Joi.valid('x').required() }),
  ),
  yup: yup
    .object({
      name: yup.string().min(2).required(),
      n: yup.number().required(),
      e: yup.string().oneOf(['x']).required(),
    })
    .noUnknown()
    .strict(),
  'messages that quote': standardSchema((value) =>
    JSON.stringify(value) === '{"name":"Ada","n":1,"e":"x"}'
      ? { value }
      : { issues: [{ message: `got ${JSON.stringify(value).toUpperCase()}`, path: [] }] },
  ),
};
const VALID = { name: 'Ada', n: 1, e: 'x' };
const INVALID = [
  { ...VALID, name: [SECRET] },
  { ...VALID, name: { [SECRET]: 1 } },
  { ...VALID, n: SECRET },
  { ...VALID, e: SECRET },
  { ...VALID, e: `  ${SECRET}` },
  { ...VALID, [SECRET]: 1 },
  { name: SECRET },
  [SECRET],
  { ...VALID, n: { a: { b: SECRET } } },
];

/** The interface of joi 17: no `~standard`. @param {any} schema */
function oldJoi(schema) {
  return {
    [Symbol.for('@hapi/joi/schema')]: {},
    validate: (/** @type {any[]} */ ...given) => schema.validate(...given),
    validateAsync: (/** @type {any[]} */ ...given) => schema.validateAsync(...given),
  };
}

/** @param {any} express @param {any} middleware @param {any} [handler] */
function appOf(express, middleware, handler = (/** @type {any} */ req, /** @type {any} */ res) => res.json(req.body)) {
  const app = express();
  app.post('/:id', json(), middleware, handler);
  app.use(errorHandler());
  return app;
}

/** @param {unknown} body */
const post = (body) => ({
  method: 'POST',
  path: '/7?page=2',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

for (const [name, express] of APPS) {
  describe(`validate on ${name}`, () => {
    for (const [library, schema] of Object.entries(SCHEMAS)) {
      it(`accepts a valid body: ${library}`, async () => {
        const response = await request(appOf(express, validate({ body: schema })), post(VALID));
        assert.deepEqual([response.status, response.json()], [200, VALID]);
      });

      it(`rejects and never quotes the input: ${library}`, async () => {
        for (const body of INVALID) {
          const plain = express();
          plain.use(json(), validate({ body: schema }));
          for (const app of [appOf(express, validate({ body: schema })), plain]) {
            const response = await request(app, post(body));
            assert.equal(response.status, 400, JSON.stringify(body));
            assert.doesNotMatch(response.text, /hunter/i, JSON.stringify(body));
          }
        }
      });
    }

    it('sends a quoting message with messages: "library"', async () => {
      const app = appOf(express, validate({ body: SCHEMAS.valibot }, { messages: 'library' }));
      assert.match((await request(app, post({ ...VALID, e: SECRET }))).text, /hunter2secret/);
    });

    it('writes parsed values back, and headers to req.valid only', async () => {
      const schemas = {
        params: z.object({ id: z.coerce.number() }),
        headers: z.object({ host: z.string() }),
        query: z.object({ page: z.coerce.number() }),
        body: z.object({ name: z.string().trim() }),
      };
      const app = appOf(express, validate(schemas), (/** @type {any} */ req, /** @type {any} */ res) => {
        const { writable, configurable, enumerable } = Object(Object.getOwnPropertyDescriptor(req, 'query'));
        res.json({
          valid: req.valid,
          seen: [req.params, req.query, req.body],
          flags: [writable, configurable, enumerable],
          type: req.headers['content-type'],
        });
      });
      const { valid, seen, flags, type: mime } = (await request(app, post({ name: ' Ada ' }))).json();
      assert.deepEqual(seen, [{ id: 7 }, { page: 2 }, { name: 'Ada' }]);
      assert.deepEqual([valid.params, valid.query, valid.body], seen);
      assert.deepEqual(Object.keys(valid.headers), ['host']);
      assert.deepEqual([flags, mime], [[true, true, true], 'application/json']);
    });

    it('writes parsed cookies back', async () => {
      const app = express();
      const cookies = z.object({ visits: z.coerce.number() });
      app.use(cookieParser(), validate({ cookies }));
      app.get('/', (/** @type {any} */ req, /** @type {any} */ res) => res.json([req.cookies, req.valid.cookies]));
      const response = await request(app, { headers: { Cookie: 'visits=3; other=1' } });
      assert.deepEqual(response.json(), [{ visits: 3 }, { visits: 3 }]);
    });

    it('lists source, pointer and message, and no more than maxIssues', async () => {
      const list = z.array(z.object({ 'a/b~c': z.string() }));
      const app = appOf(express, validate({ params: z.object({ id: z.email() }), body: list }, { maxIssues: 3 }));
      const document = (await request(app, post([{}, {}, {}, {}]))).json();
      assert.deepEqual(
        document.errors.map((/** @type {any} */ one) => `${one.source} ${one.pointer}`),
        ['params /id', 'body /0/a~1b~0c', 'body /1/a~1b~0c'],
      );
      assert.equal(document.more, true);
      assert.equal(document.errors[0].message, 'Invalid email address');
    });

    it('awaits schemas, and rejects by them', async () => {
      const slow = z.object({ name: z.string().refine(async (text) => text !== 'taken', 'is taken by someone') });
      const app = appOf(express, validate({ body: slow }));
      assert.equal((await request(app, post({ name: 'free' }))).status, 200);
      assert.equal((await request(app, post({ name: 'taken' }))).status, 400);
    });

    it('responds 500 to a schema that throws, rejects or returns garbage', async () => {
      const checks = [
        () => {
          throw new Error(SECRET);
        },
        () => Promise.reject(new Error(SECRET)),
        () => undefined,
        () => 1,
        () => ({}),
        () => ({ issues: 'no' }),
        () => Promise.resolve(null),
        () => ({ issues: [null, new Proxy({}, { get: () => assert.fail(SECRET) })] }),
      ];
      for (const check of checks) {
        const app = express();
        app.use(json(), validate({ body: standardSchema(/** @type {any} */ (check)) }));
        app.use((/** @type {any} */ err, /** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ _next) =>
          res.status(err.status).json({ code: err.code, message: err.message }),
        );
        const response = await request(app, post({}));
        assert.deepEqual([response.status, response.json().code], [500, 'ERR_VALIDATE_SCHEMA'], String(check));
        assert.doesNotMatch(response.text, /hunter/);
      }
    });

    it('names json() in the log if there is no body', async () => {
      let message = '';
      const app = express();
      app.use(validate({ body: SCHEMAS.zod }));
      app.use(errorHandler({ onError: (/** @type {any} */ error) => (message = error.message) }));
      app.use(errorHandler());
      assert.equal((await request(app, { method: 'POST' })).status, 400);
      assert.match(message, /mount json\(\) before validate\(\)/);
    });
  });
}

describe('validate', () => {
  const REFUSED = [
    [undefined, /schemas are required/],
    [{}, /there is no schema/],
    [SCHEMAS.zod, /not a schema; write validate\(\{ body: schema \}\)/],
    [SCHEMAS.arktype, /not a schema/],
    [{ bodies: SCHEMAS.zod }, /known options: body, cookies/],
    [{ body: { parse() {} } }, /zod 3\.24/],
    [{ body: () => true }, /standardSchema\(\)/],
    [[SCHEMAS.zod], /not an array; write validate\(\{ body: schema \}\)/],
    [{ body: undefined }, /"body" is undefined: is the schema exported, and is there no circular import\?/],
    [{ body: null }, /"body" must be a Standard Schema, not null/],
    [{ body: SCHEMAS.zod, maxIssues: 5 }, /not a source; write validate\(\{ body: schema \}, \{ maxIssues: 5 \}\)/],
    [{ body: SCHEMAS.zod, messages: 'library' }, /write validate\(\{ body: schema \}, \{ messages: 'library' \}\)/],
    [{ body: { '~standard': { version: 2, validate() {} } } }, /another version/],
  ];
  for (const [at, [schemas, message]] of REFUSED.entries()) {
    it(`refuses a mistake at set-up: ${at}, ${message}`, () => {
      assert.throws(() => validate(/** @type {any} */ (schemas)), {
        code: 'ERR_VALIDATE_OPTION',
        message: /** @type {any} */ (message),
      });
    });
  }

  it('refuses options that are out of range', () => {
    assert.throws(() => validate({ body: SCHEMAS.zod }, { maxIssues: 0 }), { code: 'ERR_VALIDATE_OPTION_RANGE' });
  });

  it('does not call next for a request that was aborted meanwhile', async () => {
    const res = { destroyed: true };
    let calls = 0;
    const schema = standardSchema(() => Promise.resolve({ value: 1 }));
    /** @type {any} */ (validate({ body: schema }))({ body: 1 }, res, () => (calls += 1));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(calls, 0);
  });

  it('stays synchronous, awaits thenables, and writes nothing unless all is valid', async () => {
    const thenable = standardSchema(
      // biome-ignore lint/suspicious/noThenProperty: a promise of another library
      () => /** @type {any} */ ({ then: (/** @type {any} */ done) => done({ value: 'parsed' }) }),
    );
    const req = { query: 'raw', body: 1 };
    const call = (/** @type {any} */ schemas) =>
      new Promise((resolve) => /** @type {any} */ (validate(schemas))(req, {}, resolve));
    assert.equal(/** @type {any} */ (await call({ query: thenable, body: SCHEMAS.zod })).code, 'ERR_VALIDATE_INPUT');
    assert.deepEqual(req, { query: 'raw', body: 1 });
    assert.equal(await call({ query: thenable }), undefined);
    assert.equal(req.query, 'parsed');
    let isDone = false;
    /** @type {any} */ (validate({ body: z.number() }))(req, {}, () => (isDone = true));
    assert.ok(isDone);
  });

  it('pollutes no prototype by a result with the key __proto__', () => {
    const value = JSON.parse('{"__proto__":{"isAdmin":true}}');
    const req = /** @type {any} */ ({});
    /** @type {any} */ (validate({ body: standardSchema(() => ({ value })) }))(req, {}, () => {});
    assert.equal(req.body, value);
    assert.equal(/** @type {any} */ ({}).isAdmin ?? req.isAdmin ?? req.valid.isAdmin, undefined);
  });
});
