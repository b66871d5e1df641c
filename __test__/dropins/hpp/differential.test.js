'use strict';

// Random requests through the original and through the drop-in: the same result, except where a listed difference applies.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const original = require('hpp');
const hpp = require('portcullis/hpp');
const qs = require('qs');

const { random } = require('../../support/random');
const { documents, queries } = require('../support/documents');

const SEED = 20_261_126;
const RUNS = 20_000;
const NAMES = ['a', 'b', 'c', 'a[]', 'a[0]', 'a[2]', 'a[b]', 'b[c]', '0', '$a', 'a.b', 'length', 'constructor'];
const KEYS = ['a', 'b', 'c', 'constructor', '0', '__proto__'];
const TYPES = [
  'application/x-www-form-urlencoded',
  'application/json',
  'text/plain',
  'multipart/form-data; boundary=x',
];
const OPTIONS = [
  undefined,
  {},
  { whitelist: 'a' },
  { whitelist: ['a', 'b', '0'] },
  { checkQuery: false },
  { checkBody: false, whitelist: ['c'] },
  { checkBodyOnlyForContentType: 'json' },
  { checkBodyOnlyForContentType: 'application/*', whitelist: 'b' },
  { checkBodyOnlyForContentType: 'multipart' },
];

/** What two middlewares in a row leave of a request. */
function outcome(middleware, options, parts) {
  const req = structuredClone(parts);
  for (const one of options) middleware(one)(req, {}, () => {});
  return { req, text: JSON.stringify(req) };
}

describe('dropins/hpp, differential', () => {
  it(`leaves the same of ${RUNS} random bodies and queries`, () => {
    const nextText = queries(SEED, NAMES, ['1', '2', '', 'x,y']);
    const nextBody = documents(SEED + 1, KEYS, ['1', 2, null]);
    const source = random(SEED + 2);
    let compared = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const options = [source.of(OPTIONS), source.of(OPTIONS)];
      const body = source.chance(0.5) ? nextBody() : qs.parse(nextText());
      const headers = { 'content-type': source.of(TYPES), 'content-length': '1' };
      const parts = { headers, query: qs.parse(nextText()), body };
      const actual = outcome(hpp, options, parts);
      if (Object.hasOwn(body, '__proto__')) continue;
      compared += 1;
      assert.deepEqual(actual, outcome(original, options, parts), `run ${run}, ${JSON.stringify({ options, parts })}`);
    }
    assert.ok(compared > RUNS / 2, `${compared} of ${RUNS} compared`);
  });
});
