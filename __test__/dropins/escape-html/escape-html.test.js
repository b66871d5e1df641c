'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const vm = require('node:vm');

const theirs = require('escape-html');
const fc = require('fast-check');
const ours = require('portcullis/escape-html');

const { texts } = require('../../support/escape-texts');

/** What a call returns, or the class and message of what it throws. @param {(value: any) => string} convert @param {any[]} args */
function outcome(convert, args) {
  try {
    return { returned: convert(...args) };
  } catch (/** @type {any} */ error) {
    return { name: error.name, message: error.message };
  }
}

class Labelled {
  toString() {
    return '<label>';
  }
}

/** Each is made anew for both, because converting may have effects. @type {Record<string, () => any[]>} */
const ARGUMENTS = {
  'no argument': () => [],
  undefined: () => [undefined],
  null: () => [null],
  zero: () => [0],
  'minus zero': () => [-0],
  NaN: () => [Number.NaN],
  infinity: () => [Number.NEGATIVE_INFINITY],
  'a large number': () => [1e21],
  'a bigint': () => [12n],
  true: () => [true],
  false: () => [false],
  'a String object': () => [new String('<a>')],
  'a Number object': () => [new Number(5)],
  'an empty object': () => [{}],
  'an object without a prototype': () => [Object.create(null)],
  'an object with toString': () => [{ toString: () => '<b>&' }],
  'an object with valueOf and toString': () => [{ toString: () => '<s>', valueOf: () => '<v>' }],
  'an object with valueOf that returns a number': () => [{ toString: () => '<s>', valueOf: () => 7 }],
  'an object whose toString returns an object': () => [{ toString: () => ({}), valueOf: () => ({}) }],
  'an object whose toString throws': () => [
    {
      toString() {
        throw new RangeError('mine');
      },
    },
  ],
  'an object with Symbol.toPrimitive': () => [{ [Symbol.toPrimitive]: (/** @type {string} */ hint) => `<${hint}>` }],
  'an instance of a class': () => [new Labelled()],
  'an empty list': () => [[]],
  'a list': () => [['<a>', ['&'], null, undefined, 5]],
  'a list with a symbol': () => [[Symbol('a')]],
  'a date': () => [new Date(0)],
  'a RegExp': () => [/<a>&/g],
  'an error': () => [new TypeError('<a>')],
  'a function': () => [(/** @type {number} */ a) => a < 5 && '<b>'],
  'a symbol': () => [Symbol('<a>')],
  'a symbol without a description': () => [Symbol()],
  'a Map': () => [new Map([['<', '>']])],
  'a Buffer': () => [Buffer.from('<a>')],
  'a typed array': () => [new Uint8Array([60, 62])],
  'a URL': () => [new URL('https://a.example/?a=1&b=<')],
  'a promise': () => [Promise.resolve('<a>')],
  'a proxy of a function': () => [new Proxy(function a() {}, {})],
  'a string of another realm': () => [vm.runInNewContext('new String("<a>")')],
  'further arguments': () => ['<a>', '<b>', 5],
};

describe('dropins/escape-html', () => {
  for (const [what, make] of Object.entries(ARGUMENTS)) {
    it(`does what escape-html does with ${what}`, () => {
      assert.deepEqual(outcome(ours, make()), outcome(theirs, make()));
    });
  }

  it('converts a value once', () => {
    let count = 0;
    ours({ toString: () => `<${count++}>` });
    assert.equal(count, 1);
  });

  it('returns what escape-html returns, for any value', () => {
    fc.assert(
      fc.property(fc.oneof(texts(), fc.string({ unit: 'binary' }), fc.anything()), (value) => {
        assert.deepEqual(outcome(ours, [value]), outcome(theirs, [value]));
      }),
      { numRuns: 5000 },
    );
  });

  it('returns what escape-html returns for long texts', () => {
    for (const length of [23, 24, 25, 4095, 4096, 4097, 20_000]) {
      for (const unit of ['a', '<', 'é&', '日"', '\ud800'])
        assert.equal(ours(unit.repeat(length)), theirs(unit.repeat(length)));
    }
  });

  it('is a function with the same name and length, in require and in import', async () => {
    assert.equal(typeof ours, 'function');
    assert.deepEqual([ours.name, ours.length], [theirs.name, theirs.length]);
    const { default: imported } = await import('portcullis/escape-html');
    assert.equal(imported, ours);
  });

  it('works as a callback and without a receiver', () => {
    assert.deepEqual(['<', 5, null].map(ours), ['<', 5, null].map(theirs));
    assert.equal(ours.call(undefined, '<'), '&lt;');
  });

  it('differs as its guide says for text that is too long', () => {
    assert.throws(() => ours('<'.repeat(89_478_482)), { code: 'ERR_ESCAPE_INPUT' });
  });
});
