// @ts-check
'use strict';

// Where an issue points to, and what it says in place of a message that quotes the input.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { type } = require('arktype');
const Joi = require('joi');
const v = require('valibot');
const { validate } = require('portcullis');

/** @param {any} schema @param {unknown} body @param {any} [options] @returns {Promise<string[]>} */
async function issuesOf(schema, body, options) {
  const layer = /** @type {any} */ (validate({ body: schema }, options));
  /** @type {any} */ const error = await new Promise((resolve) => layer({ body }, {}, resolve));
  return error.issues.map((/** @type {any} */ one) => `${one.pointer}: ${one.message}`);
}

describe('validate with valibot', () => {
  const USER = v.strictObject({ name: v.string(), deep: v.optional(v.object({ a: v.string() })) });

  it('points to a key that is missing', async () => {
    assert.deepEqual(await issuesOf(USER, {}), ['/name: is required']);
    assert.deepEqual(await issuesOf(USER, { name: 'Ada', deep: {} }), ['/deep/a: is required']);
  });

  it('points to the parent of a key that is not allowed', async () => {
    const stranger = [': has a key that is not allowed'];
    assert.deepEqual(await issuesOf(USER, { name: 'Ada', hunter2: 1 }), stranger);
    assert.deepEqual(await issuesOf(v.record(v.picklist(['a']), v.number()), { hunter2: 1 }), stranger);
  });

  it('leaves the message of a missing key as it is with messages: "library"', async () => {
    const [issue] = await issuesOf(USER, {}, { messages: 'library' });
    assert.equal(issue, '/name: Invalid key: Expected "name" but received undefined');
  });
});

describe('validate with arktype', () => {
  it('points to the whole body with an empty pointer', async () => {
    assert.deepEqual(await issuesOf(type({ a: 'string' }), undefined), [': must be an object (was undefined)']);
    assert.deepEqual(await issuesOf(type({ a: 'string' }), 'hunter2'), [': must be an object (was a string)']);
  });
});

describe('validate, in place of a message that quotes', () => {
  const TYPE = 'has the wrong type';
  const SMALL = 'is too small or too short';
  const LARGE = 'is too large or too long';
  const FORMAT = 'has the wrong format';
  const CHOICE = 'is not one of the allowed values';
  /** Adds a quotation to the message of the library, if it has none. @param {any} schema */
  const quoting = (schema) => schema.messages({ '*': 'got {#value}' });
  /** @type {[any, unknown, string][]} */
  const CASES = [
    [v.number(), 'hunter2', TYPE],
    [v.object({}), 'hunter2', TYPE],
    [
      v.pipe(
        v.string(),
        v.minLength(5, (issue) => issue.input),
      ),
      'h2xq',
      SMALL,
    ],
    [v.pipe(v.number(), v.minValue(5)), 4.25, SMALL],
    [v.pipe(v.number(), v.maxValue(5)), 4711, LARGE],
    [v.pipe(v.string(), v.email()), 'hunter2', FORMAT],
    [v.pipe(v.string(), v.regex(/^x$/)), 'hunter2', FORMAT],
    [v.literal('x'), 'hunter2', CHOICE],
    [v.picklist(['x']), 'hunter2', CHOICE],
    [v.union([v.literal('x'), v.number()]), 'hunter2', 'is not valid'],
    [
      v.pipe(
        v.string(),
        v.check(() => false),
      ),
      'hunter2',
      'is not valid',
    ],
    [type('number > 5'), 4.25, SMALL],
    [type('string.email'), 'hunter2', FORMAT],
    [quoting(Joi.number()), 'hunter2', TYPE],
    [quoting(Joi.string().min(8)), 'hunter2', SMALL],
    [quoting(Joi.string().max(2)), 'hunter2', LARGE],
    [quoting(Joi.string().email()), 'hunter2', FORMAT],
  ];
  for (const [at, [schema, value, message]] of CASES.entries()) {
    it(`says what is wrong: ${at}, ${message}`, async () => {
      const list = Joi.isSchema(schema) ? Joi.array().items(schema) : undefined;
      const [issue] = list ? await issuesOf(list, [value]) : await issuesOf(schema, value);
      assert.equal(issue, `${list ? '/0' : ''}: ${message}`);
    });
  }
});
