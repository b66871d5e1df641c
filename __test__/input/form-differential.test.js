'use strict';

// The guard of forms beside qs and node:querystring, each as body-parser calls it, and beside a naive twin: at least 200,000
// generated and mutated forms for each dialect and run. The seed is printed: PORTCULLIS_FUZZ_SEED repeats a run, and
// PORTCULLIS_FUZZ_ROUNDS multiplies the forms.

const assert = require('node:assert');
const { isUtf8 } = require('node:buffer');
const { describe, it } = require('node:test');
const querystring = require('node:querystring');

const qs = require('qs');

const { CODES } = require('../../lib/support/errors');
const native = require('../../lib/support/native');
const { offences } = require('../support/form-twin');
const { form, mutatedForm } = require('../support/forms');
const { random } = require('../support/random');

const SEED = Number(process.env.PORTCULLIS_FUZZ_SEED ?? Date.now() % 2 ** 32);
const ROUNDS = Number(process.env.PORTCULLIS_FUZZ_ROUNDS ?? 1);
const FORMS = 200_000 * ROUNDS;

const BOUNDS = { limit: 102_400, parameterLimit: 1_000, maxDepth: 32, maxKeyLength: 256 };
const SMALL = { limit: 102_400, parameterLimit: 100, maxDepth: 3, maxKeyLength: 16 };
const RULES = { operators: true, dots: false, prototypes: true };
const NO_RULE = { operators: false, dots: false, prototypes: false };
const POLICIES = [
  { ...BOUNDS, ...RULES },
  { ...SMALL, ...RULES, dots: true },
  { ...BOUNDS, ...RULES, ...NO_RULE },
];

const readForm = native.inputReadFormFunction();

const DIALECTS = {
  extended(text, { parameterLimit, maxDepth }) {
    return qs.parse(text, {
      allowPrototypes: true,
      arrayLimit: Math.max(100, text.split('&').length),
      depth: maxDepth,
      parameterLimit,
      strictDepth: true,
    });
  },
  simple: (text, { parameterLimit }) => ({
    ...querystring.parse(text, undefined, undefined, { maxKeys: parameterLimit }),
  }),
};

function expected(body, policy) {
  if (body.subarray(0, 3).equals(Buffer.from('\ufeff'))) return new Set(['ERR_INPUT_BOM']);
  return isUtf8(body) ? offences(body.toString(), policy) : new Set(['ERR_INPUT_UTF8']);
}

function hasForbiddenKey(value, policy, outer) {
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).some((key) => {
    if (policy.operators && key.startsWith('$')) return true;
    if (policy.dots && key.includes('.')) return true;
    if (policy.prototypes && (key === '__proto__' || (key === 'prototype' && outer === 'constructor'))) return true;
    return hasForbiddenKey(value[key], policy, key);
  });
}

function judge(guard, policy, parse, body, trace, counts) {
  const verdict = readForm(guard.slot, body);
  const codes = expected(body, policy);
  const code = typeof verdict === 'string' ? 'ok' : CODES[verdict];
  counts[code] = (counts[code] ?? 0) + 1;
  assert.strictEqual(guard.locate(body) === null, code === 'ok', trace());
  if (code !== 'ok') return assert.ok(codes.has(code), `${code} ${[...codes]} ${trace()}`);
  assert.strictEqual(codes.size, 0, `accepted, and ${[...codes]}: ${trace()}`);
  const value = JSON.parse(verdict);
  assert.deepStrictEqual(value, parse(body.toString(), policy), trace());
  assert.strictEqual(hasForbiddenKey(value, policy), false, trace());
}

for (const [dialect, parse] of Object.entries(DIALECTS)) {
  describe(`input: ${dialect} forms`, () => {
    for (const [index, shared] of POLICIES.entries()) {
      it(`are read as the parser reads them under policy ${index}`, (t) => {
        const policy = { ...shared, extended: dialect === 'extended' };
        const next = random(SEED + index);
        const guard = new native.InputFormGuard(policy);
        const counts = {};
        for (let round = 0; round < FORMS / POLICIES.length; round++) {
          const honest = Buffer.from(form(next, next.of([0, 0.02, 0.3])));
          const body = next.chance(0.3) ? mutatedForm(next, honest) : honest;
          judge(guard, policy, parse, body, () => `seed ${SEED}, ${JSON.stringify(body.toString('latin1'))}`, counts);
        }
        t.diagnostic(`seed ${SEED}; ${JSON.stringify(counts)}`);
        assert.ok(counts.ok > FORMS / POLICIES.length / 4, 'enough forms are accepted');
      });
    }
  });
}
