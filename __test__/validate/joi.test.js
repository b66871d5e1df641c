// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const Joi = require('joi');
const { validate } = require('portcullis');

/** The interface of joi 17: no `~standard`, no isAsync(). @param {any} schema */
function oldJoi(schema) {
  return {
    [Symbol.for('@hapi/joi/schema')]: {},
    validate: (/** @type {any[]} */ ...given) => schema.validate(...given),
    validateAsync: (/** @type {any[]} */ ...given) => schema.validateAsync(...given),
  };
}

/** @param {any} schema @param {any} body @returns {Promise<{ error: any, body: any }>} */
function run(schema, body) {
  const req = { body };
  return new Promise((resolve) =>
    /** @type {any} */ (validate({ body: schema }))(req, {}, (/** @type {any} */ error) =>
      resolve({ error, body: req.body }),
    ),
  );
}

const PAIR = Joi.object({ n: Joi.number(), m: Joi.number() });
const OUTSIDE = Joi.object({
  name: Joi.string().external(async (/** @type {string} */ name, /** @type {any} */ { message }) => {
    if (name === 'taken') return message({ external: 'is in use' });
    if (name === 'broken') throw new Error('connect ECONNREFUSED 192.0.2.1');
    return `${name}!`;
  }),
});

for (const [version, form] of /** @type {const} */ ([
  ['18', (/** @type {any} */ schema) => schema],
  ['17', oldJoi],
])) {
  describe(`validate with joi ${version}`, () => {
    it('writes converted values', async () => {
      assert.deepEqual((await run(form(PAIR), { n: '1' })).body, { n: 1 });
    });

    it('reports every problem, unless the schema has preferences of its own', async () => {
      const wrong = { n: 'x', m: 'y' };
      const pointers = async (/** @type {any} */ schema) =>
        (await run(form(schema), wrong)).error.issues.map((/** @type {any} */ one) => one.pointer);
      assert.deepEqual(await pointers(PAIR), ['/n', '/m']);
      assert.deepEqual(await pointers(PAIR.prefs({ abortEarly: true })), ['/n']);
    });

    it('awaits external(): a value, a refusal, and an error of its own', async () => {
      assert.deepEqual((await run(form(OUTSIDE), { name: 'Ada' })).body, { name: 'Ada!' });
      const { error } = await run(form(OUTSIDE), { name: 'taken' });
      assert.deepEqual([error.status, error.issues[0].pointer], [400, '/name']);
      const broken = (await run(form(OUTSIDE), { name: 'broken' })).error;
      assert.deepEqual([broken.status, broken.code], [500, 'ERR_VALIDATE_SCHEMA']);
      assert.match(broken.cause.message, /ECONNREFUSED/);
    });
  });
}

describe('validate with joi', () => {
  it('is synchronous where the schema is', () => {
    let isDone = false;
    /** @type {any} */ (validate({ body: PAIR }))({ body: { n: 1 } }, {}, () => (isDone = true));
    assert.ok(isDone);
  });
});
