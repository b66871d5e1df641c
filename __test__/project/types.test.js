// @ts-check
'use strict';

// The types as their readers see them: every member says what it is, every factory shows a call that compiles, and a
// mistake that is made often is explained by its own name.

const assert = require('node:assert/strict');
const { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { after, describe, it } = require('node:test');

const manifest = require('../../package.json');
const { typeErrors } = require('../support/compiler');

const ROOT = join(__dirname, '../..');
const TYPES = readdirSync(join(ROOT, 'types'))
  .filter((name) => name.endsWith('.d.ts'))
  .map((name) => ({ name, lines: readFileSync(join(ROOT, 'types', name), 'utf8').split('\n') }));

const folder = mkdtempSync(join(tmpdir(), 'portcullis-types-'));
after(() => rmSync(folder, { recursive: true }));

/**
 * What the compiler says of these programs, each a module of a project that has the package installed.
 * @param {Record<string, string>} programs @param {Record<string, unknown>} [options] @returns {Promise<string>}
 */
function compile(programs, options = {}) {
  const at = (/** @type {string} */ path) => join(ROOT, path);
  const dropIns = Object.fromEntries(
    readdirSync(at('dropins')).map((name) => [`portcullis/${name}`, [at(`dropins/${name}/index.d.ts`)]]),
  );
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: 'es2023',
    module: 'node16',
    typeRoots: [at('node_modules/@types')],
    types: ['node'],
    paths: {
      portcullis: [at('index.d.ts')],
      ...dropIns,
      'portcullis/express': [at('types/express.d.ts')],
      '*': [at('node_modules/@types/*'), at('node_modules/*')],
    },
    ...options,
  };
  for (const [name, code] of Object.entries(programs)) writeFileSync(join(folder, name), code);
  const project = join(folder, 'tsconfig.json');
  writeFileSync(project, JSON.stringify({ compilerOptions, files: Object.keys(programs) }));
  return typeErrors(project);
}

/** The comment that ends right above a line, or undefined. @param {string[]} lines @param {number} at */
function commentAbove(lines, at) {
  if (!lines[at - 1]?.trimEnd().endsWith('*/')) return undefined;
  let from = at - 1;
  while (!lines[from].includes('/**')) from -= 1;
  return lines.slice(from, at).join('\n');
}

describe('types', () => {
  for (const { name, lines } of TYPES) {
    it(`says of every member of ${name} what it is`, () => {
      let isInside = false;
      const bare = lines.flatMap((line, at) => {
        if (/^(?:export )?(?:declare )?(?:interface|class|type) /.test(line)) isInside = true;
        else if (/^\S/.test(line)) isInside = false;
        // Members of interfaces and classes stand two spaces in, those of unions of shapes six.
        const isMember =
          isInside &&
          /^ {2}(?: {4})?(?:readonly )?'?[\w-]+'?\??(?:<[^>]*>)?[(:]/.test(line) &&
          !/^ {2}[\w]+: .*,$/.test(line);
        const isExcluded = /\?: undefined;$/.test(line);
        return isMember && !isExcluded && commentAbove(lines, at) === undefined ? [`${at + 1}: ${line.trim()}`] : [];
      });
      assert.deepEqual(bare, []);
    });
  }

  it('shows a call of every factory, and each example compiles', async () => {
    /** @type {Record<string, string>} */
    const programs = {};
    const missing = [];
    for (const { name, lines } of TYPES) {
      for (const [at, line] of lines.entries()) {
        const factory = /^export (?:function|class) (\w+)/.exec(line)?.[1];
        const comment = commentAbove(lines, at) ?? '';
        const isOverload = factory !== undefined && lines[at - 1]?.startsWith('): ');
        const code = /@example\n([\s\S]*?)(?=\n \* @|\n \*\/)/.exec(comment)?.[1].replace(/^ \* ?/gm, '');
        if (factory !== undefined && factory !== 'PortcullisError' && code === undefined && !isOverload)
          missing.push(`${name}: ${factory}`);
        if (code !== undefined) programs[`${name.replace('.d.ts', '')}-${at}.ts`] = `${code}\nexport {};\n`;
      }
    }
    assert.deepEqual(missing, []);
    assert.equal(await compile(programs), '');
  });

  it('names the key that may not be set', async () => {
    const unset = 'const key = process.env.JWT_SECRET;\n';
    for (const [factory, call] of Object.entries({
      createVerifier: 'createVerifier({ key, algorithms: ["HS256"] })',
      createSigner: 'createSigner({ key, expiresInSeconds: 900 })',
      authenticate: 'authenticate({ key, algorithms: ["HS256"], cookie: true })',
    })) {
      const said = await compile({ 'unset.ts': `import { ${factory} } from 'portcullis';\n${unset}${call};\n` });
      assert.match(said, /Types of property 'key' are incompatible\.\s+Type 'string \| undefined'/, factory);
      assert.doesNotMatch(said, /Property '\w+' is missing/, factory);
    }
  });

  it('types req.auth and req.id, also beside pino-http', async () => {
    const program = (/** @type {string} */ more) => `import 'portcullis/express';
      import express = require('express');
      ${more}
      express().get('/', (req, res) => {
        const sub: string | undefined = req.auth?.claims.sub;
        const id: string | undefined = String(req.id);
        // @ts-expect-error There is no such claim on a request.
        req.auth.token.sub;
        res.json({ sub, id });
      });`;
    const programs = { 'alone.ts': program('') };
    assert.equal(await compile(programs, { skipLibCheck: false }), '');
    assert.equal(await compile({ 'beside.ts': program("import 'pino-http';") }, { skipLibCheck: false }), '');
  });

  it('is installed with the doors that it promises', () => {
    assert.deepEqual(manifest.exports['./express'], {
      types: './types/express.d.ts',
      default: './types/express.js',
    });
    assert.deepEqual(require('portcullis/express'), {});
  });
});
