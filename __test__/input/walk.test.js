'use strict';

// The walker of parsed values, beside core's guard of bytes: both must come to the same verdict.
// PORTCULLIS_FUZZ_ROUNDS and PORTCULLIS_FUZZ_SEED repeat or lengthen the run.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const fc = require('fast-check');

const { inspect, judge } = require('../../lib/input/judge');
const { createParser } = require('../../lib/input/parse');
const { readRules } = require('../../lib/input/rules');
const { Options } = require('../../lib/support/options');
const { random } = require('../support/random');

const rulesOf = (/** @type {object} */ options) => readRules(new Options('INPUT', 'guard', options));
const BODY = { source: 'body' };
const QUERY = { source: 'query', isForm: true };
const HOSTILE = [
  '$gt',
  '$',
  'a.b',
  '__proto__',
  'constructor',
  'prototype',
  'a',
  '',
  '0',
  'x'.repeat(300),
  'é'.repeat(90),
];

const ROUNDS = Number(process.env.PORTCULLIS_FUZZ_ROUNDS ?? 200_000);
const SEED = Number(process.env.PORTCULLIS_FUZZ_SEED ?? Date.now() % 2 ** 32);

/** Text of a document whose objects hold each key once. @param {ReturnType<typeof random>} next @param {number} depth @returns {string} */
function documentOf(next, depth = 0) {
  const items = () => Array.from({ length: next.below(4) }, () => documentOf(next, depth + 1));
  if (depth > 0 && next.below(3) > 0) return next.of(['1', '"a"', 'null', '"$gt"']);
  if (depth > 0 && next.below(3) === 0) return `[${items()}]`;
  const keys = new Set(items().map(() => next.of(HOSTILE)));
  return `{${[...keys].map((key) => `${JSON.stringify(key)}:${documentOf(next, depth + 1)}`)}}`;
}

/** The two judges of one policy. @param {object} options */
function judgesOf(options) {
  const rules = rulesOf(options);
  const { on, maxDepth, maxKeyLength, maxKeys } = rules;
  const switches = Object.fromEntries(Object.entries(on).map(([rule, mode]) => [rule, mode !== false]));
  const parse = createParser({ limit: 102_400, maxDepth, maxKeyLength, maxKeys, strict: true, ...switches });
  return {
    ofBytes: (/** @type {string} */ text) => codeOf(() => parse(Buffer.from(text))),
    ofValue: (/** @type {string} */ text) => judge(rules, BODY, JSON.parse(text))?.code,
  };
}

/** @param {() => unknown} parse */
function codeOf(parse) {
  try {
    parse();
  } catch (error) {
    return error.code;
  }
}

describe('input: the walker of parsed values', () => {
  it('comes to the verdict of core on 200,000 documents', () => {
    const next = random(SEED);
    const policies = [{}, { rules: { dots: 'reject' } }, { maxDepth: 2, maxKeys: 5 }].map(judgesOf);
    let rejected = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const text = documentOf(next);
      const { ofBytes, ofValue } = next.of(policies);
      const [expected, code] = [ofBytes(text), ofValue(text)];
      const trace = `seed ${SEED}, round ${round}: ${text}`;
      assert.equal(code === undefined, expected === undefined, trace);
      // An object sorts keys that are whole numbers to its front, so that another offence may be the first.
      if (!text.includes('"0"')) assert.equal(code, expected, trace);
      rejected += code === undefined ? 0 : 1;
    }
    assert.ok(rejected > ROUNDS / 10 && rejected < ROUNDS, `${rejected} documents were rejected`);
  });

  it('leaves what it accepts as it was', () => {
    for (const mode of ['reject', 'strip', 'replace']) {
      const value = { a: [1, { b: 'x', c: [[], {}] }], $: undefined };
      delete value.$;
      const before = structuredClone(value);
      assert.deepEqual(inspect(rulesOf({ mode }), BODY, value), { rejection: undefined, isChanged: false });
      assert.deepEqual(value, before);
    }
  });

  const parsed = (/** @type {string} */ text) => JSON.parse(text);

  it('removes keys, at any depth, and looks into nothing that it removed', () => {
    const value = parsed('{"a":{"$gt":1,"b":[{"$ne":{"$in":[]}}]},"__proto__":{"x":1},"constructor":{"prototype":1}}');
    assert.equal(judge(rulesOf({ mode: 'strip' }), BODY, value), undefined);
    assert.equal(JSON.stringify(value), '{"a":{"b":[{}]},"constructor":{}}');
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
  });

  it('renames keys, and never makes a key that breaks a rule', () => {
    const rules = { mode: 'replace', rules: { dots: 'replace' } };
    for (const [from, to] of [
      ['{"$gt":{"a.b.c":1}}', '{"_gt":{"a_b_c":1}}'],
      ['{"$":1}', '{"_":1}'],
      ['{"a":[{"$$x":1}]}', '{"a":[{"_$x":1}]}'],
    ]) {
      const value = parsed(from);
      assert.equal(judge(rulesOf(rules), BODY, value), undefined, from);
      assert.equal(JSON.stringify(value), to);
    }
    const clash = parsed('{"_role":"user","$role":"admin"}');
    assert.equal(judge(rulesOf(rules), BODY, clash)?.code, 'ERR_INPUT_KEY_CLASH');
    assert.equal(clash._role, 'user');
    for (const [replaceWith, key] of [
      ['__proto__', '$'],
      ['__', '$proto__'],
      ['pro', '$totype'],
    ]) {
      const value = parsed(`{"constructor":{${JSON.stringify(key)}:{"isAdmin":true}}}`);
      const own = rulesOf({ ...rules, replaceWith });
      assert.equal(judge(own, BODY, value)?.code, 'ERR_INPUT_KEY_CLASH', key);
      assert.equal(/** @type {any} */ (value.constructor).isAdmin, undefined);
    }
  });

  it('has no key left that breaks a rule, whatever it removed or renamed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('strip', 'replace'), (seed, mode) => {
        const value = JSON.parse(documentOf(random(seed)));
        const rules = { mode, rules: { dots: mode }, maxDepth: 1_000, maxKeyLength: 1_000 };
        if (judge(rulesOf(rules), BODY, value) !== undefined) return;
        assert.equal(judge(rulesOf({ ...rules, mode: 'reject', rules: { dots: 'reject' } }), BODY, value), undefined);
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });

  it('reports what passes, with the place and never the value', () => {
    /** @type {any[]} */
    const told = [];
    const onReport = (/** @type {any} */ finding) => told.push(finding);
    const value = parsed('{"a":[{"$gt":"secret"}],"b":{"__proto__":"secret"}}');
    const req = {};
    assert.equal(judge(rulesOf({ mode: 'report', onReport }), BODY, value, req), undefined);
    assert.deepEqual(told, [
      { source: 'body', rule: 'operators', code: 'ERR_INPUT_OPERATOR_KEY', action: 'report', pointer: '/a/0/$gt', req },
      {
        source: 'body',
        rule: 'prototypes',
        code: 'ERR_INPUT_PROTOTYPE_KEY',
        action: 'report',
        pointer: '/b/__proto__',
        req,
      },
    ]);
    assert.equal(JSON.stringify(value), '{"a":[{"$gt":"secret"}],"b":{"__proto__":"secret"}}');
    assert.ok(!JSON.stringify(told).includes('secret'));
  });

  it('tells of at most 20 findings, in short pointers', () => {
    /** @type {any[]} */
    const told = [];
    const onReport = (/** @type {any} */ finding) => told.push(finding.pointer);
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`$${at}/~${'x'.repeat(90)}`, 1]));
    judge(rulesOf({ mode: 'strip', onReport }), BODY, { ['long'.repeat(60)]: { ['\ud800'.repeat(60)]: many } });
    assert.equal(told.length, 20);
    for (const pointer of told) assert.ok(pointer.length <= 256 && pointer.isWellFormed(), pointer);
  });

  it('contains what onReport throws or rejects with', async () => {
    for (const onReport of [
      () => {
        throw new Error('the log is full');
      },
      async () => assert.fail('the log is full'),
    ]) {
      const value = { $gt: 1 };
      assert.equal(judge(rulesOf({ mode: 'strip', onReport }), BODY, value), undefined);
      assert.deepEqual(value, {});
    }
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('passes exempt places, themselves and below, and no others', () => {
    const exempt = [['bio'], ['posts', '*', 'text'], ['$schema']];
    const accepts = (/** @type {unknown} */ value) => judge(rulesOf({}), { ...BODY, exempt }, value) === undefined;
    assert.ok(accepts({ bio: { $gt: 1 }, posts: [{ text: { $a: { $b: 1 } } }], $schema: 'x' }));
    for (const value of [
      { a: { bio: { $gt: 1 } } },
      { posts: { text: { $a: 1 } } },
      { $schem: 1 },
      { posts: [{ $t: 1 }] },
    ]) {
      assert.ok(!accepts(value), JSON.stringify(value));
    }
    assert.equal(judge(rulesOf({ maxDepth: 3 }), { ...BODY, exempt }, { bio: [[[]]] })?.code, 'ERR_INPUT_DEPTH');
  });

  it('reads bracketed names of forms as what they stand for', () => {
    for (const name of [
      'a[$gt]',
      '[$gt]',
      'a[b][$gt]',

      'a[__proto__][x]',
      'constructor[prototype]',
      'a[constructor][prototype]',
    ]) {
      assert.ok(judge(rulesOf({}), QUERY, { [name]: '1' }), name);
      const value = { [name]: '1', b: '2' };
      judge(rulesOf({ mode: 'strip' }), QUERY, value);
      assert.deepEqual(value, { b: '2' }, name);
    }
    for (const name of ['a[gt]', 'a[]', 'a[b$]', '[', ']', '[]', 'constructor[x]', 'prototype[constructor]']) {
      assert.equal(judge(rulesOf({}), QUERY, { [name]: '1' }), undefined, name);
    }
    assert.equal(judge(rulesOf({}), BODY, { 'a[$gt]': 1 }), undefined);
  });

  it('takes one of several values, unless the name is declared', () => {
    const value = () => ({ a: ['1', '2'], b: { c: ['3', '4'], d: [['5', '6']] }, tags: ['7', '8'], e: [{ f: ['9'] }] });
    const arrays = ['/tags', '/b/c'];
    const first = value();
    assert.equal(judge(rulesOf({ repeats: 'first', arrays }), QUERY, first), undefined);
    assert.deepEqual(first, { a: '1', b: { c: ['3', '4'], d: '5' }, tags: ['7', '8'], e: { f: '9' } });
    const last = value();
    assert.equal(judge(rulesOf({ repeats: 'last', arrays }), QUERY, last), undefined);
    assert.deepEqual(last, { a: '2', b: { c: ['3', '4'], d: '6' }, tags: ['7', '8'], e: { f: '9' } });
    const rejection = judge(rulesOf({ repeats: 'reject', arrays: ['/a'] }), QUERY, value());
    assert.deepEqual([rejection?.code, /** @type {any} */ (rejection).pointer], ['ERR_INPUT_REPEATED', '/b/c']);
    assert.equal(judge(rulesOf({ repeats: 'reject' }), BODY, value()), undefined);
  });

  it('judges what it takes of several values', () => {
    assert.equal(judge(rulesOf({ repeats: 'last' }), QUERY, { a: ['1', { $gt: '' }] })?.code, 'ERR_INPUT_OPERATOR_KEY');
  });

  it('neither recurses nor enters objects of a class', () => {
    let deep = {};
    for (let depth = 0; depth < 100_000; depth += 1) deep = { a: deep };
    assert.equal(judge(rulesOf({}), BODY, deep)?.code, 'ERR_INPUT_DEPTH');
    const circle = /** @type {any} */ ({});
    circle.a = circle;
    assert.equal(judge(rulesOf({}), BODY, circle)?.code, 'ERR_INPUT_DEPTH');
    assert.equal(judge(rulesOf({ maxKeys: 5 }), BODY, { file: Buffer.alloc(1_000), at: new Date() }), undefined);
  });

  it('rejects an object whose prototype a client chose, and looks into no class', () => {
    for (const prototype of [{ isAdmin: true }, { constructor: 1 }, Object.create({ a: 1 })]) {
      const body = Object.setPrototypeOf({ password: { $ne: null } }, prototype);
      assert.equal(judge(rulesOf({}), BODY, body)?.code, 'ERR_INPUT_PROTOTYPE_KEY');
      assert.equal(judge(rulesOf({ mode: 'strip' }), BODY, { a: body })?.code, 'ERR_INPUT_PROTOTYPE_KEY');
    }
    class Upload {
      $size = 1;
    }
    assert.equal(judge(rulesOf({}), BODY, { a: new Upload(), b: new Map([['$a', 1]]) }), undefined);
  });

  it('makes no prototype by a new name, whatever rules are off', () => {
    const value = parsed('{"$_proto__":{"isAdmin":true}}');
    const rules = rulesOf({ mode: 'replace', rules: { prototypes: false } });
    assert.equal(judge(rules, BODY, value)?.code, 'ERR_INPUT_KEY_CLASH');
    assert.equal(value.isAdmin, undefined);
  });

  it('rejects what it cannot remove', () => {
    const frozen = Object.freeze({ $gt: 1 });
    assert.equal(judge(rulesOf({ mode: 'strip' }), BODY, frozen)?.code, 'ERR_INPUT_OPERATOR_KEY');
    assert.equal(judge(rulesOf({ mode: 'replace' }), BODY, frozen)?.code, 'ERR_INPUT_KEY_CLASH');
  });
});
