'use strict';

const assert = require('node:assert');
const { spawnSync } = require('node:child_process');
const { describe, it } = require('node:test');

const escapeHtmlPackage = require('escape-html');
const fc = require('fast-check');
const { escapeHtml } = require('portcullis');

const { searchIsFast } = require('../../lib/escape/probe');

const vectors = require('../vectors/escape.json');

const ALPHABETS = {
  ASCII: 'plain words, ',
  'Latin-1': 'Äpfel señor ',
  'two-byte': '日本語の文章',
  mixed: 'hi 😀 there ',
};

/** Escapes with the other engine's choice, in a process of its own, because the choice is made once. */
const SAME_WITH_THE_OTHER_ANSWER = `
  const probe = require(${JSON.stringify(require.resolve('../../lib/escape/probe'))});
  probe.searchIsFast = !probe.searchIsFast;
  const { escapeHtml } = require('portcullis');
  const theirs = require('escape-html');
  for (const unit of ['a', 'é', '日', '<']) {
    for (const length of [10, 24, 25, 60, 500, 4096, 9000]) {
      for (const text of [unit.repeat(length), unit.repeat(length) + '<', '&' + unit.repeat(length), unit.repeat(length) + '"' + unit.repeat(length)]) {
        if (escapeHtml(text) !== theirs(text)) throw new Error(unit + length);
      }
    }
  }
  process.stdout.write('same');`;

describe('escape', () => {
  for (const { name, text, html } of vectors) {
    it(`escapes ${name}`, () => {
      assert.strictEqual(escapeHtml(text), html);
    });
  }

  it('returns the same string when it is clean, at any length', () => {
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

  for (const [alphabet, sample] of Object.entries(ALPHABETS)) {
    it(`escapes ${alphabet} text as escape-html does, at every size and with the first special character anywhere`, () => {
      for (const length of [1, 23, 24, 25, 26, 32, 48, 100, 4095, 4096, 4097, 4120, 8191, 8192, 8193, 20_000]) {
        const clean = sample.repeat(Math.ceil(length / sample.length)).slice(0, length);
        for (const share of [0, 0.1, 0.5, 0.74, 0.75, 0.76, 0.99, 1]) {
          const at = Math.min(length - 1, Math.floor(length * share));
          for (const dirt of ['<', '&"', `'a>`]) {
            const text = clean.slice(0, at) + dirt + clean.slice(at + 1);
            assert.strictEqual(escapeHtml(text), escapeHtmlPackage(text), `${length} units, ${dirt} at ${at}`);
          }
        }
        assert.strictEqual(escapeHtml(clean), clean);
      }
    });
  }

  it('escapes pieces that are dirty between pieces that are clean', () => {
    const pieces = ['a', '<', 'é', '日', '&'].map((unit) => unit.repeat(4096));
    for (const order of [
      [0, 1, 2],
      [1, 0, 1],
      [0, 0, 3, 3, 4, 0],
      [4, 2, 2, 1, 3],
      [3, 3, 3],
    ]) {
      const text = order.map((index) => pieces[index]).join('');
      assert.strictEqual(escapeHtml(text), escapeHtmlPackage(text), String(order));
    }
  });

  it('decides by a measurement which side looks for special characters first', () => {
    assert.strictEqual(typeof searchIsFast, 'boolean');
    const other = spawnSync(process.execPath, ['-e', SAME_WITH_THE_OTHER_ANSWER], { encoding: 'utf8' });
    assert.strictEqual(other.stderr, '');
    assert.strictEqual(other.stdout, 'same');
  });

  it('returns what escape-html returns, for any string, lone surrogates included', () => {
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
    it(`rejects a value that is not a string: ${typeof value} ${String(value)}`, () => {
      assert.throws(() => escapeHtml(value), { name: 'TypeError', code: 'ERR_ESCAPE_INPUT' });
    });
  }

  it('escapes or rejects text whose escaped form meets the longest string there is, and never returns undefined', () => {
    const most = 89_478_481;
    assert.strictEqual(escapeHtml('"'.repeat(most)).length, 6 * most);
    assert.throws(() => escapeHtml('"'.repeat(most + 1)), { code: 'ERR_ESCAPE_INPUT' });
  });
});
