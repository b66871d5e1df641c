'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const portcullis = require('portcullis');

const vectors = require('../vectors/escape-places.json');

const { escapeCsv, escapeHtml, escapeUnquotedAttribute, jsonForScript } = portcullis;
const TEXT_FUNCTIONS = [
  'escapeHtml',
  'escapeAttribute',
  'escapeUnquotedAttribute',
  'escapeJsString',
  'escapeUrlComponent',
  'escapeCssString',
  'escapeLog',
  'safeUrl',
  'dangerouslyTrustHtml',
];
/** The rules of the guide that every function has a row for. */
const SPECIAL_UNITS = { 'lone surrogate': /[\ud800-\udfff]/u, NUL: /\0/, 'line separator': /\u2028/ };

describe('escape, by place', () => {
  for (const { function: owner, name, text, escaped } of vectors) {
    it(`${owner} escapes ${name}`, () => assert.equal(portcullis[owner](text), escaped));
  }

  for (const [what, pattern] of Object.entries(SPECIAL_UNITS)) {
    it(`has a vector with a ${what} for every function`, () => {
      const covered = new Set(vectors.filter(({ text }) => pattern.test(text)).map((row) => row.function));
      const others = ['escapeHtml', 'dangerouslyTrustHtml'];
      assert.deepEqual(
        [...covered].sort(),
        [...TEXT_FUNCTIONS, 'escapeCsv'].filter((one) => !others.includes(one)).sort(),
      );
    });
  }

  it('escapeHtml leaves lone surrogates, NUL and line separators as they are', () => {
    for (const unit of ['\ud800', '\udc00', '\0', '\u2028', '\u2029'])
      assert.equal(escapeHtml(`${unit}<`), `${unit}&lt;`);
  });

  for (const owner of TEXT_FUNCTIONS) {
    for (const value of [undefined, null, 5, true, {}, ['<'], Symbol('x'), 10n, Buffer.from('<'), new String('<')]) {
      it(`${owner} rejects a value that is not a string: ${typeof value} ${String(value)}`, () => {
        const expected = new RegExp(`^${owner}: the text must be a string`);
        assert.throws(() => portcullis[owner](value), {
          name: 'TypeError',
          code: 'ERR_ESCAPE_INPUT',
          message: expected,
        });
      });
    }

    it(`${owner} returns plain text as it is, and does not show a wrong value`, () => {
      if (owner !== 'dangerouslyTrustHtml') assert.equal(portcullis[owner]('plain'), 'plain');
      assert.throws(
        () => portcullis[owner](['secret']),
        ({ message }) => !message.includes('secret'),
      );
    });
  }

  it('returns the empty text for the empty text, but not without quotes', () => {
    for (const owner of TEXT_FUNCTIONS.filter((one) => one !== 'escapeUnquotedAttribute')) {
      assert.equal(String(portcullis[owner]('')), '');
    }
    assert.throws(() => escapeUnquotedAttribute(''), { code: 'ERR_ESCAPE_INPUT', message: /needs quotes/ });
  });

  it('rejects text that is too long in every function', () => {
    const long = 'a'.repeat(89_478_482);
    for (const owner of [...TEXT_FUNCTIONS, 'escapeCsv']) {
      assert.throws(() => portcullis[owner](long), { code: 'ERR_ESCAPE_INPUT', message: /not be longer/ });
    }
  });
});

describe('escapeAttribute', () => {
  it('escapes the same characters in values of any length', () => {
    for (const length of [0, 1, 63, 64, 65, 66, 500, 5000]) {
      const clean = 'é'.repeat(length);
      assert.equal(portcullis.escapeAttribute(clean), clean);
      assert.equal(
        portcullis.escapeAttribute(`${clean}"&'<>\0\r\``),
        `${clean}&quot;&amp;&#39;&lt;&gt;\ufffd&#13;&#96;`,
        `after ${length} characters`,
      );
    }
  });
});

describe('escapeCsv', () => {
  const CELLS = [
    [-5, '-5'],
    [1.5, '1.5'],
    [10n, '10'],
    [-10n, '-10'],
    [true, 'true'],
    [null, ''],
    [undefined, ''],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, "'-Infinity"],
  ];
  for (const [cell, written] of CELLS) {
    it(`writes ${typeof cell} ${cell} as ${written}`, () => assert.equal(escapeCsv(cell), written));
  }

  for (const cell of [{}, [], new Date(), Symbol('x'), () => 1]) {
    it(`rejects ${typeof cell}`, () => assert.throws(() => escapeCsv(cell), { code: 'ERR_ESCAPE_INPUT' }));
  }

  it('is a callback of map, whose index it does not take for anything', () => {
    assert.equal(['=1', 'b', 3].map(escapeCsv).join(), "'=1,b,3");
  });
});

describe('jsonForScript', () => {
  const cycle = {};
  cycle.self = cycle;
  const REFUSED = {
    undefined: undefined,
    'a function': () => 1,
    'a symbol': Symbol('x'),
    'a BigInt': { a: [1n] },
    'a cycle': cycle,
    'a toJSON that returns nothing': { toJSON: () => undefined },
    'a toJSON that throws': {
      toJSON() {
        throw new Error('secret');
      },
    },
  };
  for (const [what, value] of Object.entries(REFUSED)) {
    it(`rejects ${what}, and keeps the reason in the cause`, () => {
      assert.throws(
        () => jsonForScript(value),
        ({ code, message }) =>
          code === 'ERR_ESCAPE_INPUT' && /^jsonForScript: /.test(message) && !/secret/.test(message),
      );
    });
  }

  it('keeps the error of JSON.stringify as the cause', () => {
    assert.throws(
      () => jsonForScript(1n),
      ({ cause }) => cause instanceof TypeError,
    );
  });

  const VECTORS = [
    [{ a: '</script><!--' }, '{"a":"\\u003c/script\\u003e\\u003c!--"}'],
    ['&\u2028\u2029', '"\\u0026\\u2028\\u2029"'],
    ['a\ud800\0', '"a\\ud800\\u0000"'],
    [{ '<': 1, b: undefined, c: [undefined] }, '{"\\u003c":1,"c":[null]}'],
    [null, 'null'],
  ];
  for (const [value, json] of VECTORS) {
    it(`writes ${json}`, () => assert.equal(jsonForScript(value), json));
  }
});
