// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { type } = require('arktype');
const Joi = require('joi');
const v = require('valibot');
const yup = require('yup');
const { z } = require('zod');
const { validate } = require('portcullis');

const SECRET = 'hunter2secret';
/** @type {Record<string, any>} */
const SCHEMAS = {
  zod: z.strictObject({ a: z.enum(['x']) }),
  valibot: v.strictObject({ a: v.picklist(['x']) }),
  arktype: type({ '+': 'reject', a: "'x'" }),
  joi: Joi.object({ a: Joi.valid('x') }),
  yup: yup
    .object({ a: yup.string().oneOf(['x']) })
    .noUnknown()
    .strict(),
};

describe('validate', () => {
  for (const [library, schema] of Object.entries(SCHEMAS)) {
    for (const source of ['params', 'headers', 'cookies', 'query', 'body']) {
      it(`quotes no input of ${source}: ${library}`, async () => {
        for (const value of [{ a: SECRET }, { a: 'x', [SECRET]: '1' }, SECRET]) {
          const call = /** @type {any} */ (validate({ [source]: schema }));
          const error = await new Promise((resolve) => call({ [source]: value }, {}, resolve));
          assert.equal(error?.code, 'ERR_VALIDATE_INPUT');
          assert.equal(error.issues[0].source, source);
          assert.doesNotMatch(JSON.stringify(error.issues) + error.stack, /hunter/i);
        }
      });
    }
  }
});
