'use strict';

// Random values through the original and through the drop-in: the same result, except where a listed difference applies.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { clean: original } = require('xss-clean/lib/xss');
const { clean } = require('portcullis/xss-clean');
const qs = require('qs');

const { documents, queries } = require('../support/documents');

const SEED = 20_261_127;
const RUNS = 20_000;
const KEYS = ['a', 'b', '<', '&lt;', '<a>', 'a<', '&', '1', '0', '__proto__', ' a ', 'constructor'];
const LEAVES = ['<', '<b>', ' <script>\n', '&lt;', '"<\\u003c"', '\u2028<', '\ud800<', '', 1, -0.5, 1e21, true, null];

/** Whether a difference of the table applies to a value. */
function isListed(value) {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value);
  const isClash = keys.some((key) => key.includes('<') && keys.includes(key.split('<').join('&lt;')));
  return keys.includes('__proto__') || isClash || keys.some((key) => isListed(value[key]));
}

describe('dropins/xss-clean, differential', () => {
  for (const [name, next] of [
    ['bodies', documents(SEED, KEYS, LEAVES)],
    ['queries', () => qs.parse(nextText())],
    ['texts', () => nextText().replaceAll('%3C', '<')],
  ]) {
    it(`returns the same of ${RUNS} random ${name}`, () => {
      let compared = 0;
      for (let run = 0; run < RUNS; run += 1) {
        const value = next();
        const actual = clean(value);
        assert.doesNotMatch(JSON.stringify(actual), /</);
        if (isListed(value)) continue;
        compared += 1;
        const expected = original(value);
        assert.deepEqual(actual, expected, `run ${run}, ${JSON.stringify(value)}`);
        assert.equal(JSON.stringify(actual), JSON.stringify(expected));
      }
      assert.ok(compared > RUNS / 2, `${compared} of ${RUNS} compared`);
    });
  }
});

const nextText = queries(SEED + 1, ['a', 'a[<]', '<', 'a[]', 'a[b][<c>]', 'x'], ['<', '<b>', ' x ', '']);
