'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const vm = require('node:vm');

const { html } = require('portcullis');

const { SafeHtml, safeTextOf } = require('../../lib/support/safe-html');

const MARKUP = '<b onclick="alert(1)">';
const ESCAPED = '&lt;b onclick=&quot;alert(1)&quot;&gt;';
const PATH = require.resolve('../../lib/support/safe-html');

/** A second copy of the file, as another installed version has it. */
function anotherCopy() {
  const kept = require.cache[PATH];
  delete require.cache[PATH];
  const copy = require(PATH);
  require.cache[PATH] = kept;
  return copy;
}

describe('SafeHtml', () => {
  it('returns its text, as a string and in JSON', () => {
    const safe = new SafeHtml(MARKUP);
    assert.equal(String(safe), MARKUP);
    assert.equal(`${safe}`, MARKUP);
    assert.equal(JSON.stringify({ safe }), JSON.stringify({ safe: MARKUP }));
    assert.equal(safeTextOf(safe), MARKUP);
    assert.match(require('node:util').inspect(safe), /^SafeHtml "<b/);
  });

  it('holds text only', () => {
    for (const value of [undefined, 5, [MARKUP], { toString: () => MARKUP }])
      assert.throws(() => new SafeHtml(value), TypeError);
  });

  it('cannot be changed, and shows no property that could be copied', () => {
    const safe = new SafeHtml(MARKUP);
    assert.ok(Object.isFrozen(safe) && Object.isFrozen(SafeHtml.prototype) && Object.isFrozen(SafeHtml));
    assert.deepEqual(Reflect.ownKeys(safe), []);
    // No key that JSON can write leads to the mark.
    assert.deepEqual(Object.getOwnPropertyNames(SafeHtml.prototype), ['constructor', 'toString', 'toJSON']);
    assert.throws(() => Object.assign(safe, { text: 'x' }), TypeError);
  });

  it('is trusted across two copies of the package, and across realms', () => {
    const other = anotherCopy();
    assert.notEqual(other.SafeHtml, SafeHtml);
    assert.equal(safeTextOf(new other.SafeHtml(MARKUP)), MARKUP);
    assert.equal(other.safeTextOf(new SafeHtml(MARKUP)), MARKUP);
    assert.equal(String(html`${new other.SafeHtml(MARKUP)}`), MARKUP);
    const source = require('node:fs').readFileSync(PATH, 'utf8');
    const realm = vm.runInNewContext(`const module = {}; ${source}; module.exports`);
    assert.equal(safeTextOf(new realm.SafeHtml(MARKUP)), MARKUP);
  });

  const text = JSON.stringify(MARKUP);
  /** Every shape that comes from outside: JSON has neither symbols nor functions. */
  const FORGERIES = {
    'an object with the text': `{"text":${text}}`,
    'an object with the names of methods': `{"toString":${text},"toJSON":${text}}`,
    'an object with a prototype of JSON': `{"__proto__":{"toString":${text}}}`,
    'an object with the names of the mark': `{"portcullis.SafeHtml":${text},"Symbol(portcullis.SafeHtml)":${text},"@@portcullis.SafeHtml":true}`,
    'an object with a private name': `{"#text":${text}}`,
    'an object with the name of the class': `{"constructor":{"name":"SafeHtml"},"$$typeof":"SafeHtml"}`,
    'JSON of trusted markup': JSON.stringify(new SafeHtml(MARKUP)),
    'JSON of an object with trusted markup': JSON.stringify({ ...new SafeHtml(MARKUP), a: new SafeHtml(MARKUP) }),
  };
  for (const [what, json] of Object.entries(FORGERIES)) {
    it(`never trusts ${what}`, () => {
      const value = JSON.parse(json);
      assert.equal(safeTextOf(value), undefined);
      if (typeof value === 'string') assert.equal(String(html`${value}`), ESCAPED);
      else assert.throws(() => html`${value}`, { code: 'ERR_ESCAPE_INPUT' });
    });
  }

  it('never trusts a copy, nor what only inherits', () => {
    const safe = new SafeHtml(MARKUP);
    for (const value of [structuredClone(safe), { ...safe }, Object.assign({}, safe), 'text', null, undefined, 5]) {
      assert.equal(safeTextOf(value), undefined);
    }
    for (const value of [Object.create(SafeHtml.prototype), Object.create(safe), new Proxy(safe, {})]) {
      assert.throws(() => safeTextOf(value), TypeError);
    }
  });
});
