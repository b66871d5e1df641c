'use strict';

const assert = require('node:assert');
const { describe, it } = require('node:test');

const escapeHtmlPackage = require('escape-html');
const fc = require('fast-check');
const { escapeHtml } = require('portcullis');

const vectors = require('../vectors/escape.json');

describe('escape', () => {
  for (const { name, text, html } of vectors) {
    it(`escapes ${name}`, () => {
      assert.strictEqual(escapeHtml(text), html);
    });
  }

  it('hands the same string back when it is clean, at any length', () => {
    for (const length of [0, 1, 63, 64, 65, 4095, 4096, 4097, 5000, 1_000_000]) {
      const text = 'a'.repeat(length);
      assert.strictEqual(escapeHtml(text), text);
    }
  });

  it('escapes the last character of a text of any length', () => {
    for (const length of [1, 63, 64, 65, 4091, 4095, 4096, 4097, 4103, 4104, 5000, 1_000_000]) {
      const clean = 'é'.repeat(length - 1);
      assert.strictEqual(escapeHtml(`${clean}<`), `${clean}&lt;`);
    }
  });

  it('gives what escape-html gives, for any string, lone surrogates included', () => {
    const unit = fc.oneof(
      fc.constantFrom('"', '&', "'", '<', '>'),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    );
    const text = fc.array(unit, { maxLength: 300 }).map((units) => units.join(''));
    fc.assert(
      fc.property(text, (value) => {
        assert.strictEqual(escapeHtml(value), escapeHtmlPackage(value));
      }),
      { numRuns: 2000 },
    );
  });

  it('escapes a rope and a sliced string', () => {
    let rope = '';
    for (let i = 0; i < 200; i++) rope += `<${i}>`;
    assert.strictEqual(escapeHtml(rope), escapeHtmlPackage(rope));
    const slice = rope.slice(10, 300);
    assert.strictEqual(escapeHtml(slice), escapeHtmlPackage(slice));
  });

  for (const value of [undefined, null, 5, Number.NaN, true, {}, [], Symbol('x'), 10n, Buffer.from('<')]) {
    it(`refuses a value that is no string: ${typeof value} ${String(value)}`, () => {
      assert.throws(() => escapeHtml(value), { name: 'TypeError', code: 'ERR_ESCAPE_INPUT' });
    });
  }

  it('escapes or refuses text whose escaped form meets the bound of a string, and never answers undefined', () => {
    const most = 89_478_481;
    assert.strictEqual(escapeHtml('"'.repeat(most)).length, 6 * most);
    assert.throws(() => escapeHtml('"'.repeat(most + 1)), { code: 'ERR_ESCAPE_INPUT' });
  });
});
