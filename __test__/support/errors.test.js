// @ts-check
'use strict';

// One error has one code in three places: the native tables, lib/support/errors and the contract. This holds them together,
// in both directions. docs/errors.md is generated from the table.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const { CODES, MISUSES, PortcullisError, REJECTIONS, misuse, rejection } = require('../../lib/support/errors');

const read = (/** @type {string} */ name) => readFileSync(join(__dirname, '../..', name), 'utf8');
const LOADER_CODES = [...new Set(read('lib/support/native.js').match(/ERR_NATIVE_\w+/g))];
const TABLES = [...Object.keys(REJECTIONS), ...MISUSES.keys()];
const PUBLIC_CODES = [...TABLES, ...LOADER_CODES].sort();

describe('errors', () => {
  it('has a row for every native code in one table', () => {
    for (const code of CODES) {
      assert.equal(Number(code in REJECTIONS) + Number(MISUSES.has(code)), 1, `${code} must be in exactly one table`);
    }
  });

  it('lists no code that neither the native side nor lib raises', () => {
    const raised = sourcesOfLib();
    const unused = TABLES.filter(
      (code) => !CODES.includes(code) && !raised.includes(code.replace(/_(OPTION|OPTION_RANGE)$/, '')),
    );
    assert.deepEqual(unused, []);
  });

  it('has in ErrorCode of types/errors.d.ts exactly the codes there are', () => {
    const union = /export type ErrorCode =([\s\S]*?);\n/.exec(read('types/errors.d.ts'))?.[1] ?? '';
    assert.deepEqual([...union.matchAll(/\| '(ERR_\w+)'/g)].map(([, code]) => code).sort(), PUBLIC_CODES);
  });

  it('names no code in the types that does not exist', () => {
    const types = readdirSync(join(__dirname, '../../types')).map((name) => read(`types/${name}`));
    const named = [...new Set(types.join('\n').match(/\bERR_[A-Z0-9_]+[A-Z0-9]\b/g))];
    assert.deepEqual(
      named.filter((code) => !PUBLIC_CODES.includes(code)),
      [],
    );
  });

  it('sets the status of a rejection and hides its message from clients', () => {
    const error = new PortcullisError('ERR_RATE_LIMIT_EXCEEDED', 'for the log');
    assert.deepEqual(
      [error.name, error.code, error.status, error.statusCode, error.expose],
      ['PortcullisError', 'ERR_RATE_LIMIT_EXCEEDED', 429, 429, false],
    );
    assert.ok(error instanceof Error);
  });

  it('turns the number of a native verdict into its code, and an unknown number into ERR_INTERNAL', () => {
    assert.equal(rejection(CODES.indexOf('ERR_JWT_EXPIRED'), 'x').code, 'ERR_JWT_EXPIRED');
    for (const ordinal of [CODES.length, -1, NaN]) assert.equal(rejection(ordinal, 'x').status, 500);
  });

  it('throws misuse as the class that the table names', () => {
    for (const [code, ErrorClass] of MISUSES) {
      const error = misuse(code, 'x');
      assert.ok(error instanceof ErrorClass);
      assert.equal(error.code, code);
    }
  });

  it('never lets a table be changed', () => {
    assert.ok(
      Object.isFrozen(REJECTIONS) && Object.values(REJECTIONS).every(Object.isFrozen) && Object.isFrozen(CODES),
    );
  });
});

/** Every code that lib writes out, and ERR_<AREA> for each area whose options it reads. */
function sourcesOfLib() {
  const names = readdirSync(join(__dirname, '../..', 'lib'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js'),
  );
  const sources = names.filter((name) => !name.startsWith('support/errors')).map((name) => read(join('lib', name)));
  const written = sources.flatMap((source) => source.match(/ERR_[A-Z0-9_]+[A-Z0-9]/g) ?? []);
  const areas = sources.flatMap((source) =>
    [...source.matchAll(/new Options\('([A-Z_]+)'/g)].map(([, area]) => `ERR_${area}`),
  );
  const caught = read('src/error.rs').match(/ERR_INTERNAL/g) ?? [];
  return [...written, ...areas, ...caught];
}
