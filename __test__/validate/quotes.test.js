// @ts-check
'use strict';

// With messages: 'safe', no library quotes input of any shape, and messages that quote none stay as they are.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { type } = require('arktype');
const fc = require('fast-check');
const Joi = require('joi');
const v = require('valibot');
const yup = require('yup');
const { z } = require('zod');
const { standardSchema, validate } = require('portcullis');

const SECRETS = [
  'hunter2secret',
  'P@s$w&rd',
  '$$$%%%^^^',
  'ab-cd-ef-gh',
  '\u{1F511}\u{1F511}\u{1F511}',
  'a b c d e',
  'must not be null',
  'long-valid-key',
  '"""""',
  '!"!"!"!"',
  'C:\\x\\y\\z',
  'ПАРОЛЬ',
  'first line\nsecond',
  '4711',
];
/** Schemas that no secret matches, of the values, items and keys. @type {Record<string, any[]>} */
const SCHEMAS = {
  zod: [
    z.object({ name: z.email() }),
    z.object({ name: z.number() }),
    z.strictObject({}),
    z.object({ name: z.enum(['x']) }),
    z.object({ name: z.string().refine(() => false, { error: (issue) => `${issue.input} was taken` }) }),
  ],
  valibot: [
    v.object({ name: v.pipe(v.string(), v.email()) }),
    v.object({ name: v.pipe(v.string(), v.ip()) }),
    v.object({ name: v.number() }),
    v.strictObject({}),
    v.object({ name: v.picklist(['x']) }),
  ],
  arktype: [
    type({ name: 'string.email' }),
    type({ name: 'string.ip' }),
    type({ name: 'number' }),
    type({ '+': 'reject' }),
    type({ name: "'x'" }),
  ],
  joi: [
    Joi.object({ name: Joi.string().email() }),
    Joi.object({ name: Joi.date().iso() }),
    Joi.object({}),
    Joi.object({ name: Joi.valid('x') }),
    Joi.object({ name: Joi.string().pattern(/^x$/) }),
  ],
  yup: [
    yup.object({ name: yup.string().email() }),
    yup.object({ name: yup.boolean() }),
    yup.object({ name: yup.array() }),
    yup.object({}).noUnknown().strict(),
    yup.object({ name: yup.string().matches(/^x$/, ({ value }) => `${value} is wrong`) }),
  ],
};

/** @param {any} schema @param {unknown} body @param {any} [options] @returns {Promise<any>} */
function refusalOf(schema, body, options) {
  return new Promise((resolve) => /** @type {any} */ (validate({ body: schema }, options))({ body }, {}, resolve));
}

/** @param {any} error @param {string} secret */
function assertSilent(error, secret) {
  assert.equal(error?.code, 'ERR_VALIDATE_INPUT');
  for (const { message } of error.issues) {
    for (const form of [secret, JSON.stringify(secret).slice(1, -1)]) {
      assert.ok(!message.toLowerCase().includes(form.toLowerCase()), message);
    }
  }
}

describe('validate, messages that quote', () => {
  for (const [library, schemas] of Object.entries(SCHEMAS)) {
    for (const secret of SECRETS) {
      it(`sends none of ${library} with ${JSON.stringify(secret)}`, async () => {
        for (const schema of schemas) {
          for (const body of [{ name: secret }, { name: [secret] }, { name: { [secret]: secret } }, { [secret]: 1 }]) {
            const error = await refusalOf(schema, body);
            if (error !== undefined) assertSilent(error, secret);
          }
        }
        assertSilent(await refusalOf(schemas[0], { name: secret }), secret);
      });
    }
  }

  for (const [library, schemas] of Object.entries(SCHEMAS)) {
    it(`sends none of ${library} with generated values`, async () => {
      const piece = fc.constantFrom(
        'a',
        'Ab',
        'uuid',
        'must',
        ' ',
        '  ',
        '\n',
        '\t',
        '"',
        "'",
        '`',
        '\\',
        '@',
        '-',
        '$&',
        'É',
        '\u{1F511}',
        '7',
      );
      const value = fc.array(piece, { minLength: 3, maxLength: 8 }).map((pieces) => pieces.join(''));
      await fc.assert(
        fc.asyncProperty(value, fc.nat(schemas.length - 1), async (secret, at) => {
          const error = await refusalOf(schemas[at], { name: secret });
          const trimmed = secret.trim();
          if (error === undefined || trimmed.length < 3 || /^(uuid|must)$/.test(trimmed)) return;
          assertSilent(error, trimmed);
        }),
        { seed: 9, numRuns: 2000 },
      );
    });
  }

  it('finds a quotation that is cut, in upper case or escaped', async () => {
    const secret = 'P@s$w&rd-"ab"';
    for (const quotation of [
      secret.slice(0, 6),
      secret.toUpperCase(),
      JSON.stringify(secret),
      `(${secret.slice(2)})`,
    ]) {
      const schema = standardSchema(() => ({ issues: [{ message: `got ${quotation}`, path: ['name'] }] }));
      assert.equal((await refusalOf(schema, { name: secret })).issues[0].message, 'is not valid', quotation);
    }
  });

  it('counts a message as one that quotes when there is too much to compare', async () => {
    const schema = standardSchema(() => ({ issues: [{ message: 'no', path: ['name'] }] }));
    for (const body of [{ name: 'x'.repeat(70_000) }, { name: 1, list: Array(3000).fill(1) }]) {
      assert.equal((await refusalOf(schema, body)).issues[0].message, 'is not valid');
    }
  });

  it('counts a key as input that the pointer has no room for', async () => {
    const key = `secret-${'k'.repeat(300)}`;
    const schema = standardSchema(() => ({ issues: [{ message: `"${key}" is wrong`, path: [key] }] }));
    assert.deepEqual((await refusalOf(schema, { [key]: 1 })).issues, [
      { source: 'body', pointer: '', message: 'is not valid' },
    ]);
  });

  it('finds a value that begins with the key', async () => {
    const schema = standardSchema(() => ({ issues: [{ message: 'got "a-bxy"', path: ['a-b'] }] }));
    assert.equal((await refusalOf(schema, { 'a-b': 'a-bxy' })).issues[0].message, 'is not valid');
  });

  it('has no effect with messages: "library"', async () => {
    const error = await refusalOf(SCHEMAS.valibot?.[0], { name: 'P@s$w&rd' }, { messages: 'library' });
    assert.match(error.issues[0].message, /P@s\$w&rd/);
  });
});

describe('validate, messages that quote nothing', () => {
  const KEPT = [
    [Joi.object({ 'first-name': Joi.number() }), { 'first-name': 'Ada' }, '"first-name" must be a number'],
    [Joi.object({ list: Joi.array().items(Joi.number()) }), { list: ['Ada'] }, '"list[0]" must be a number'],
    [type({ name: 'number' }), { name: 'Ada' }, 'name must be a number (was a string)'],
    [yup.object({ name: yup.string().email() }), { name: 'Ada' }, 'name must be a valid email'],
    [z.object({ name: z.email() }), { name: 'Ada' }, 'Invalid email address'],
  ];
  for (const [at, [schema, body, message]] of KEPT.entries()) {
    it(`sends them with the names of keys: ${at}, ${message}`, async () => {
      const error = await refusalOf(schema, body);
      assert.equal(error.issues[0].message, message);
    });
  }
});
