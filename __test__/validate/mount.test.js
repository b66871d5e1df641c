// @ts-check
'use strict';

// Mistakes in mounting validate(), and what the log says of them.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const Joi = require('joi');
const yup = require('yup');
const { z } = require('zod');
const { errorHandler, json, standardSchema, validate } = require('portcullis');

const APPS = require('../support/apps');
const { request } = require('../support/request');

/** Some accept undefined. @type {Record<string, any>} */
const SCHEMAS = {
  joi: Joi.object({ name: Joi.string().required() }),
  yup: yup.object({ name: yup.string() }),
  zod: z.object({ name: z.string() }),
  optional: z.object({ name: z.string() }).optional(),
};
const BODY = '{"name":"Ada"}';

/** @param {any} express @param {...any} layers */
function appOf(express, ...layers) {
  /** @type {any} */ const app = express();
  /** @type {any[]} */ const errors = [];
  app.use(...layers, (/** @type {any} */ _req, /** @type {any} */ res) => res.end('passed'));
  app.use(errorHandler({ onError: (error) => errors.push(error) }));
  return Object.assign(app, { errors });
}

/** @param {string} type @param {any} [body] @param {any} [headers] */
const post = (type, body = BODY, headers = {}) => ({
  method: 'POST',
  headers: { 'Content-Type': type, ...headers },
  body,
});

for (const [name, express] of APPS) {
  describe(`validate, mounted wrongly, on ${name}`, () => {
    for (const [library, schema] of Object.entries(SCHEMAS)) {
      it(`fails in front of json(): ${library}`, async () => {
        for (const type of ['application/json', 'application/merge-patch+json; charset=utf-8']) {
          for (const headers of [{}, { 'Transfer-Encoding': 'chunked' }]) {
            const app = appOf(express, validate({ body: schema }), json());
            for (let count = 0; count < 2; count += 1) {
              assert.equal((await request(app, post(type, BODY, headers))).status, 500);
              const { code, message } = app.errors.at(-1);
              assert.equal(code, 'ERR_VALIDATE_SCHEMA');
              assert.match(message, /mount json\(\) before validate\(\)/);
            }
          }
        }
      });

      it(`refuses a body that json() does not read: ${library}`, async () => {
        const app = appOf(express, json(), validate({ body: schema }));
        const response = await request(app, post('text/plain'));
        assert.deepEqual(
          [response.status, response.json().errors],
          [400, [{ source: 'body', pointer: '', message: 'has a Content-Type that is not accepted' }]],
        );
      });

      it(`blames the client for a JSON type that a parser did not read, once one is known: ${library}`, async () => {
        const app = appOf(express, json(), validate({ body: schema }));
        assert.equal((await request(app, post('application/json'))).text, 'passed');
        assert.equal((await request(app, post('application/merge-patch+json'))).status, 400);
      });
    }

    it('leaves it to the schema whether a body is needed', async () => {
      for (const [library, status] of /** @type {const} */ ([
        ['optional', 200],
        ['zod', 400],
      ])) {
        const app = appOf(express, json(), validate({ body: SCHEMAS[library] }));
        for (const sent of [{}, { method: 'POST' }, { method: 'POST', headers: { 'Content-Length': '0' } }]) {
          assert.equal((await request(app, sent)).status, status, library);
        }
      }
    });

    it('treats a missing body as the guide says', async () => {
      for (const [schema, status] of /** @type {[any, number][]} */ ([
        [Joi.object({ name: Joi.string() }), 200],
        [Joi.object({ name: Joi.string() }).required(), 400],
        [yup.object({ name: yup.string() }).required(), 200],
        [yup.object({ name: yup.string() }).default(undefined).required(), 400],
      ])) {
        assert.equal((await request(appOf(express, json(), validate({ body: schema })))).status, status);
      }
    });

    it('sends the code with the issues', async () => {
      const response = await request(
        appOf(express, json(), validate({ body: SCHEMAS.zod })),
        post('application/json', '{}'),
      );
      const { status, code, errors } = response.json();
      assert.deepEqual([status, code, errors.length], [400, 'ERR_VALIDATE_INPUT', 1]);
    });

    it('causes no 500 by a body of no bytes', async () => {
      const app = appOf(express, json(), validate({ body: SCHEMAS.joi }));
      const sent = post('application/json', '', { 'Transfer-Encoding': 'chunked' });
      assert.ok((await request(app, sent)).status < 500);
    });

    it('names the route in the log if there are no params', async () => {
      const app = appOf(express, validate({ params: z.object({ id: z.string() }) }));
      assert.equal((await request(app, { path: '/7' })).status, 400);
      assert.match(app.errors[0].message, /params is empty: mount validate\(\) on the route/);
    });

    it('says which kind of error a schema threw, and nothing of its contents', async () => {
      const input = JSON.parse('{"constructor":{"name":"hunter2"},"name":"hunter2"}');
      for (const [thrown, kind] of [
        [new RangeError('hunter2'), ' (RangeError);'],
        [Object.assign(new TypeError('hunter2'), input), ' (TypeError);'],
        [input, 'validating;'],
        [null, 'validating;'],
        [new Proxy(new Error('hunter2'), { getPrototypeOf: () => assert.fail('hunter2') }), 'validating;'],
      ]) {
        const schema = standardSchema(() => {
          throw thrown;
        });
        const app = appOf(express, json(), validate({ body: schema }));
        assert.equal((await request(app, post('application/json'))).status, 500);
        const [error] = app.errors;
        assert.match(error.message, /log err\.cause in onError to see why/);
        assert.ok(error.message.includes(kind), error.message);
        assert.doesNotMatch(error.stack, /hunter2/);
        assert.equal(error.cause, thrown);
      }
    });
  });
}
