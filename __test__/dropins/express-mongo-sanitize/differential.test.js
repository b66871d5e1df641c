'use strict';

// Random requests through the original and through the drop-in: the same result, except where a listed difference applies.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const original = require('express-mongo-sanitize');
const qs = require('qs');
const sanitize = require('portcullis/express-mongo-sanitize');

const { random } = require('../../support/random');
const { documents, queries } = require('../support/documents');

const SEED = 20_261_125;
const RUNS = 20_000;
const KEYS = [
  'a',
  'b',
  '_a',
  'a_b',
  '$a',
  '$',
  '.',
  'a.b',
  '.a',
  '$a.b',
  'b$',
  '$$a',
  'constructor',
  '$onstructor',
  '__proto__',
  '$_proto__',
  '',
];
const LEAVES = [1, 0, '', 'text', '$gt', 'a.b', true, null];
const NAMES = ['a', 'a[b]', 'a[$gt]', '$a', 'a[]', 'a[0]', 'a[0][$a]', 'x.y', 'a[x.y]', '_a', '%24b', 'a[constructor]'];
const OPTIONS = [
  {},
  { replaceWith: '_' },
  { allowDots: true },
  { allowDots: true, replaceWith: '_' },
  { replaceWith: 'c' },
  { replaceWith: '$' },
  { dryRun: true },
  { dryRun: true, replaceWith: '_' },
];

/** The name that the original gives to a key: another way to write its rule. */
function newName(key, { allowDots, replaceWith }) {
  const isForbidden = key[0] === '$' || (!allowDots && key.split('.').length > 1);
  if (!isForbidden) return key;
  if (!replaceWith || replaceWith === '$') return undefined;
  return (key[0] === '$' ? replaceWith + key.slice(1) : key).split('.').join(replaceWith);
}

/** Whether a difference of the table applies to a value. */
function isListed(value, options) {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((one) => isListed(one, options));
  const keys = Object.keys(value);
  const names = keys.map((key) => newName(key, options)).filter((name) => name !== undefined);
  const isClash = !options.dryRun && new Set(names).size < names.length;
  return keys.includes('__proto__') || isClash || keys.some((key) => isListed(value[key], options));
}

/** What is left of a request, and which parts were reported. */
function outcome(middleware, options, parts) {
  const req = structuredClone(parts);
  const reported = [];
  middleware({ ...options, onSanitize: ({ key }) => reported.push(key) })(req, {}, () => {});
  return { req, reported, text: JSON.stringify(req) };
}

describe('dropins/express-mongo-sanitize, differential', () => {
  it(`leaves the same of ${RUNS} random bodies and queries`, () => {
    const nextBody = documents(SEED, KEYS, LEAVES);
    const nextQuery = queries(SEED + 1, NAMES, ['1', '$x', 'a.b']);
    const source = random(SEED + 2);
    let compared = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const options = source.of(OPTIONS);
      const parts = { body: nextBody(), query: qs.parse(nextQuery()), params: { id: '$x' }, headers: { 'x.y': '1' } };
      const actual = outcome(sanitize, options, parts);
      if (!options.dryRun) assert.equal(sanitize.has(actual.req.body, options.allowDots), false);
      if (isListed(parts.body, options) || isListed(parts.query, options)) continue;
      compared += 1;
      assert.deepEqual(actual, outcome(original, options, parts), `run ${run}, ${JSON.stringify({ options, parts })}`);
      for (const allowDots of [true, false])
        assert.equal(sanitize.has(parts.body, allowDots), original.has(parts.body, allowDots));
    }
    assert.ok(compared > RUNS / 2, `${compared} of ${RUNS} compared`);
  });

  it(`never changes a key that is allowed, in ${RUNS} random bodies`, () => {
    const nextBody = documents(SEED + 3, KEYS, LEAVES);
    const isClean = (key) => newName(key, {}) === key && key !== '__proto__';
    let clashes = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const body = nextBody();
      const flat = Object.entries(body).filter(([key, value]) => isClean(key) && typeof value !== 'object');
      clashes += Number(isListed(body, { replaceWith: '_' }));
      const after = sanitize.sanitize(structuredClone(body), { replaceWith: '_' });
      for (const [key, value] of flat) assert.equal(after[key], value, JSON.stringify(body));
    }
    assert.ok(clashes > RUNS / 20, `${clashes} bodies with a clash`);
  });
});
