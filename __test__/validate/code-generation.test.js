// @ts-check
'use strict';

// The table in docs/validate.md: which library works where the process may not make code from text.

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { describe, it } = require('node:test');

const ROOT = join(__dirname, '../..');
const GUIDE = String(readFileSync(join(ROOT, 'docs/validate.md'), 'utf8').split('## Without code generation')[1]);

const AJV = "const S = standardSchema(value => check(value) ? { value } : { issues: [{ message: 'no' }] });";
/** A program that makes the schema S of `{ n: number }`, by the name in the guide. @type {Record<string, string>} */
const LIBRARIES = {
  zod: "const { z } = require('zod'); const S = z.object({ n: z.number() });",
  'zod with `jitless`':
    "const { z } = require('zod'); z.config({ jitless: true }); const S = z.object({ n: z.number() });",
  valibot: "const v = require('valibot'); const S = v.object({ n: v.number() });",
  arktype: "const { type } = require('arktype'); const S = type({ n: 'number' });",
  'arktype with `jitless`':
    "const { configure } = require('arktype/config'); configure({ jitless: true }); const { type } = require('arktype'); const S = type({ n: 'number' });",
  joi: "const Joi = require('joi'); const S = Joi.object({ n: Joi.number() });",
  yup: "const yup = require('yup'); const S = yup.object({ n: yup.number() });",
  ajv: `const Ajv = require('ajv'); const check = new Ajv().compile({ type: 'object', properties: { n: { type: 'number' } } }); ${AJV}`,
  'ajv standalone': `const check = STANDALONE; ${AJV}`,
};

/** Made at build time, as users do. */
function standalone() {
  const Ajv = require('ajv').default;
  const write = require('ajv/dist/standalone').default;
  const ajv = new Ajv({ code: { source: true } });
  const source = write(ajv, ajv.compile({ type: 'object', properties: { n: { type: 'number' } } }));
  return `(() => { const module = { exports: {} }; ${source}; return module.exports; })()`;
}

/** @param {string} program */
function works(program) {
  const source = `const { standardSchema, validate } = require(${JSON.stringify(ROOT)});
    ${program.replace('STANDALONE', standalone)}
    const run = (body) => new Promise((resolve) => validate({ body: S })({ body }, {}, resolve));
    run({ n: 1 }).then(async (one) => { if (one !== undefined || (await run({ n: 'x' }))?.status !== 400) process.exit(2); });`;
  const child = spawnSync(process.execPath, ['--disallow-code-generation-from-strings', '-e', source], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { isFine: child.status === 0, stderr: child.stderr };
}

describe('validate under --disallow-code-generation-from-strings', () => {
  for (const [name, program] of Object.entries(LIBRARIES)) {
    it(`does with ${name} what the guide says`, () => {
      const row = GUIDE.split('\n').find((line) => line.startsWith(`| ${name} |`));
      assert.ok(row, `no row for ${name}`);
      const { isFine, stderr } = works(program);
      assert.equal(isFine, row.startsWith(`| ${name} | yes`), stderr);
    });
  }
});
