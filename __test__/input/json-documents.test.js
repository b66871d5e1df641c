'use strict';

// The guard beside V8 and a naive twin, on at least 200,000 generated and mutated documents for each run. The seed is printed:
// PORTCULLIS_FUZZ_SEED repeats a run, and PORTCULLIS_FUZZ_ROUNDS multiplies the documents.

const assert = require('node:assert');
const { isUtf8 } = require('node:buffer');
const { describe, it } = require('node:test');

const { createParser } = require('../../lib/input/parse');
const { CODES } = require('../../lib/support/errors');
const native = require('../../lib/support/native');
const { json, mutated } = require('../support/documents');
const { offences } = require('../support/json-twin');
const { random } = require('../support/random');

const SEED = Number(process.env.PORTCULLIS_FUZZ_SEED ?? Date.now() % 2 ** 32);
const ROUNDS = Number(process.env.PORTCULLIS_FUZZ_ROUNDS ?? 1);
const DOCUMENTS = 200_000 * ROUNDS;

const EVERY_RULE = { operators: true, dots: true, prototypes: true, duplicates: true };
const NO_RULE = { operators: false, dots: false, prototypes: false, duplicates: false };
const BOUNDS = { limit: 102_400, maxDepth: 5, maxKeys: 12, maxKeyLength: 16, strict: true };
const POLICIES = [
  { ...BOUNDS, ...EVERY_RULE },
  { ...BOUNDS, ...EVERY_RULE, dots: false, maxDepth: 32, maxKeys: 1_000, maxKeyLength: 256 },
  { ...BOUNDS, ...NO_RULE, strict: false },
  { ...BOUNDS, ...NO_RULE, duplicates: true },
];

const readJson = native.inputReadJsonFunction();

/** What V8 and the twin say: the codes that the guard may return, none if it has to accept. */
function expected(body, policy) {
  if (body.subarray(0, 3).equals(Buffer.from('\ufeff'))) return new Set(['ERR_INPUT_BOM']);
  if (!isUtf8(body)) return new Set(['ERR_INPUT_UTF8']);
  const text = body.toString();
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return offences(text, policy);
}

/** A forbidden key in a parsed value. */
function hasForbiddenKey(value, policy, inConstructor = false) {
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).some((key) => {
    const isPrototype = key === '__proto__' || (inConstructor && key === 'prototype' && !Array.isArray(value));
    if (policy.operators && key.startsWith('$')) return true;
    if (policy.dots && key.includes('.')) return true;
    return (policy.prototypes && isPrototype) || hasForbiddenKey(value[key], policy, key === 'constructor');
  });
}

function judge(guard, policy, body, trace, counts) {
  const verdict = readJson(guard.slot, body);
  const codes = expected(body, policy);
  const code = typeof verdict === 'string' ? 'ok' : CODES[verdict];
  counts[code] = (counts[code] ?? 0) + 1;
  assert.strictEqual(guard.locate(body) === null, code === 'ok', trace());
  if (code !== 'ok')
    return assert.ok(codes === undefined || codes.has(code), `${code} ${[...(codes ?? [])]} ${trace()}`);
  assert.ok(codes?.size === 0, `accepted, and ${codes ? [...codes] : 'V8 does not'}: ${trace()}`);
  assert.strictEqual(verdict, body.toString(), trace());
  assert.strictEqual(hasForbiddenKey(JSON.parse(verdict), policy), false, trace());
}

describe('input: JSON documents', () => {
  for (const [index, policy] of POLICIES.entries()) {
    it(`agrees with V8 and the twin under policy ${index}`, (t) => {
      const next = random(SEED + index);
      const guard = new native.InputGuard(policy);
      const counts = {};
      for (let round = 0; round < DOCUMENTS / POLICIES.length; round++) {
        const document = Buffer.from(json(next, 1 + next.below(6), next.of([0, 0.03, 0.3])));
        const body = next.chance(0.4) ? mutated(next, document) : document;
        judge(guard, policy, body, () => `seed ${SEED}, ${JSON.stringify(body.toString('latin1'))}`, counts);
      }
      t.diagnostic(`seed ${SEED}; ${JSON.stringify(counts)}`);
      assert.ok(counts.ok > DOCUMENTS / POLICIES.length / 10, 'enough documents are accepted');
    });
  }
});

describe('input: where a JSON body offends', () => {
  const policy = { ...BOUNDS, ...EVERY_RULE };
  const parse = createParser(policy);

  for (const [what, body, code, pointer] of [
    ['an operator', '{"user":{"email":{"$gt":""}}}', 'ERR_INPUT_OPERATOR_KEY', '/user/email/$gt'],
    ['an operator in a list', '[{"a":1},{"\\u0024gt":1}]', 'ERR_INPUT_OPERATOR_KEY', '/1/$gt'],
    ['a repeated key', '{"a":{"b":1,"c":2,"\\u0062":3}}', 'ERR_INPUT_DUPLICATE_KEY', '/a/b'],
    [
      'a key with a slash and a line break',
      '{"a/b\\n":{"__proto__":1}}',
      'ERR_INPUT_PROTOTYPE_KEY',
      '/a~1b\\u000a/__proto__',
    ],
    ['a number', '{"a":[1,1e999]}', 'ERR_INPUT_NUMBER', '/a/1'],
    ['broken JSON', '{"a":1', 'ERR_INPUT_SYNTAX', '/a'],
    ['another encoding', Buffer.from('{"a":1}', 'utf16le'), 'ERR_INPUT_SYNTAX', ''],
    ['the whole body', Buffer.from([0x7b, 0xff]), 'ERR_INPUT_UTF8', ''],
  ]) {
    it(`points to ${what}`, () => {
      assert.throws(() => parse(Buffer.from(body)), { code, pointer, status: 400, type: 'entity.parse.failed' });
    });
  }

  it('keeps the pointer short whatever the keys are', () => {
    const deep = new native.InputGuard({ ...policy, maxDepth: 1_000, maxKeyLength: 65_536, maxKeys: 1_000 });
    const body = Buffer.from(`${'{"0123456789":'.repeat(500)}{"$${'x'.repeat(5_000)}":1}${'}'.repeat(500)}`);
    const pointer = deep.locate(body);
    assert.ok(Buffer.byteLength(pointer) <= 256, pointer);
    assert.match(pointer, /^\/0123456789\/.*\/\u2026\/\$x{63}\u2026$/);
  });
});
