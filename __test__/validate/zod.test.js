// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { z } = require('zod');
const mini = require('zod/mini');
const { z: z3 } = require('zod/v3');
const { validate } = require('portcullis');

/** @param {any} schema @param {unknown} body @returns {Promise<any>} */
function errorOf(schema, body) {
  return new Promise((resolve) => /** @type {any} */ (validate({ body: schema }))({ body }, {}, resolve));
}

/** Rejections that nobody handled while the action ran. @param {() => Promise<unknown>} action */
async function unhandledOf(action) {
  /** @type {unknown[]} */ const reasons = [];
  const note = (/** @type {unknown} */ reason) => reasons.push(reason);
  process.on('unhandledRejection', note);
  try {
    await action();
    await new Promise((resolve) => setTimeout(resolve, 10));
  } finally {
    process.off('unhandledRejection', note);
  }
  return reasons;
}

/** @type {Record<string, (check: (value: any) => any) => any>} */
const FORMS = {
  'zod 4': (check) => z.object({ name: z.string().refine(check, 'is taken') }),
  'zod 4 mini': (check) => mini.object({ name: mini.string().check(mini.refine(check, 'is taken')) }),
  'zod 4 in a union of an array': (check) => z.object({ name: z.union([z.string().refine(check), z.array(z.any())]) }),
  'zod 3': (check) => z3.object({ name: z3.string().refine(check, 'is taken') }),
  'zod 3 deep inside': (check) =>
    z3.object({ name: z3.union([z3.number(), z3.string().optional().pipe(z3.string().refine(check))]) }),
};

for (const [form, schemaOf] of Object.entries(FORMS)) {
  describe(`validate with ${form}`, () => {
    it('leaves no rejection of a check unhandled', async () => {
      const schema = schemaOf(() => Promise.reject(new Error('connect ECONNREFUSED')));
      const reasons = await unhandledOf(async () => {
        for (let count = 0; count < 2; count += 1) {
          const error = await errorOf(schema, { name: 'Ada' });
          assert.deepEqual([error.code, error.cause.message], ['ERR_VALIDATE_SCHEMA', 'connect ECONNREFUSED']);
        }
      });
      assert.deepEqual(reasons, []);
    });

    it('runs every check once, whether it returns, throws or makes a promise', async () => {
      let calls = 0;
      const counted = (/** @type {any} */ act) =>
        schemaOf((value) => {
          calls += 1;
          return act(value);
        });
      const fail = () => {
        throw new Error('broken');
      };
      for (const [act, code] of [
        [() => true, undefined],
        [() => false, 'ERR_VALIDATE_INPUT'],
        [async () => true, undefined],
        [async () => false, 'ERR_VALIDATE_INPUT'],
        [fail, 'ERR_VALIDATE_SCHEMA'],
      ]) {
        calls = 0;
        assert.equal((await errorOf(counted(act), { name: 'Ada' }))?.code, code);
        assert.equal(calls, 1, String(act));
      }
    });
  });
}

describe('validate with zod', () => {
  it('is synchronous where the schema is, and has the messages of zod', () => {
    const wrong = 'Invalid input: expected string, received number';
    for (const [schema, message] of [
      [FORMS['zod 4']?.(() => true), wrong],
      [FORMS['zod 4 mini']?.(() => true), wrong],
      [z3.object({ name: z3.string() }), 'Expected string, received number'],
    ]) {
      /** @type {any[]} */ const errors = [];
      const layer = /** @type {any} */ (validate({ body: schema }));
      layer({ body: { name: 'Ada' } }, {}, (/** @type {any} */ error) => errors.push(error));
      layer({ body: { name: 1 } }, {}, (/** @type {any} */ error) => errors.push(error.issues[0].message));
      assert.deepEqual(errors, [undefined, message]);
    }
  });

  it('keeps requests apart when a check validates with its own schema', async () => {
    /** @type {any} */ let layer;
    const schema = z.string().refine(async (text) => text === 'outer');
    const outer = z.string().refine((text) => {
      if (text === 'outer') layer({ body: 'inner' }, {}, () => {});
      return schema.safeParseAsync(text).then(({ success }) => success);
    });
    layer = validate({ body: outer });
    assert.equal(await new Promise((resolve) => layer({ body: 'outer' }, {}, resolve)), undefined);
  });
});
