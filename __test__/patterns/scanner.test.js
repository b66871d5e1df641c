// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { createThreatScanner, threats } = require('../..');
const { CATEGORIES, RULES } = require('../../lib/patterns/rules');
const { read } = require('../support/pages');
const { attacks } = require('../vectors/threats-attacks.json');
const { texts } = require('../vectors/threats-ordinary.json');

const { scan } = threats;
const rulesOf = (/** @type {string} */ text) => scan(text).map(({ rule }) => rule);
/** The first rule is not the only one that may match. @param {{ text: string, category: string }} attack */
const found = ({ text, category }) => scan(text).flatMap((one) => (one.category === category ? [one.rule] : []));

describe('threats', () => {
  for (const category of CATEGORIES) {
    const own = /** @type {Array<{ category: string, text: string, rule: string | null, unseen?: boolean }>} */ (
      attacks
    ).filter((attack) => attack.category === category);

    it(`report the rule of each ${category} probe, and no other probe of the corpus`, () => {
      assert.ok(own.length >= 55);
      for (const attack of own) {
        const rules = found(attack);
        if (attack.rule === null) assert.deepEqual(rules, [], JSON.stringify(attack.text));
        else assert.ok(rules.includes(attack.rule), `${JSON.stringify(attack.text)}: ${rules}`);
      }
    });

    it(`use every ${category} rule in the corpus`, () => {
      const used = new Set(own.flatMap(found));
      assert.deepEqual(
        Object.keys(RULES[category].rules).filter((rule) => !used.has(rule)),
        [],
      );
    });

    it(`look for ${category} alone if asked`, () => {
      const scanner = createThreatScanner({ categories: [category] });
      for (const { text } of attacks) {
        assert.ok(scanner.scan(text).every((one) => one.category === category));
      }
      assert.ok(own.some(({ text }) => scanner.scan(text).length > 0));
    });
  }

  it('are silent on ordinary text', () => {
    assert.ok(texts.length >= 500);
    assert.ok(new Set(texts.map(({ kind }) => kind)).size >= 15);
    const reported = texts.flatMap(({ text }) => rulesOf(text).map((rule) => ({ rule, text })));
    assert.deepEqual(reported, []);
  });

  it('are silent on ordinary texts joined to a longer one', () => {
    const joined = texts.map(({ text }, at) => `${text}\n\n${texts[(at * 7 + 1) % texts.length].text}`);
    const reported = joined.filter((text) => rulesOf(text).length > 0);
    // A probe may arise where two texts meet; it must stay rare.
    assert.ok(reported.length <= joined.length * 0.01, JSON.stringify(reported));
  });

  it('have in the guide the recall that the unseen probes of the corpus give', () => {
    const unseen = /** @type {any[]} */ (attacks).filter((attack) => attack.unseen);
    const caught = unseen.filter(({ rule }) => rule !== null).length;
    assert.ok(read('docs/patterns.md').includes(`${caught} of ${unseen.length}`), `${caught} of ${unseen.length}`);
  });
});

describe('forms that a scanner reads', () => {
  /** @type {Record<string, [string, string]>} */
  const FORMS = {
    'mixed case': ['<ScRiPt>AlErT(1)</sCrIpT>', 'xss-script'],
    'percent-encoding': ['%3Cscript%3Ealert(1)%3C/script%3E', 'xss-script'],
    'percent-encoding twice': ['%253Cscript%253Ealert(1)', 'xss-script'],
    'percent-encoding of units': ['%u003cscript%u003ealert(1)', 'xss-script'],
    'percent-encoding that is not UTF-8': ['%ff%3Cscript%3Ealert(1)', 'xss-script'],
    'a plus for a space': ['1+union+select+1%2C2', 'sql-union'],
    'decimal entities': ['&#60;script&#62;alert(1)', 'xss-script'],
    'hexadecimal entities without semicolons': ['&#x3c;script&#x3e;alert(1)', 'xss-script'],
    'named entities': ['<a href="java&Tab;script&colon;alert&lpar;1)">', 'xss-javascript-url'],
    'NUL in a word': ['<scr\0ipt>alert(1)</script>', 'xss-script'],
    'comments for spaces': ['1/**/union/* x */select/**/1,2', 'sql-union'],
    'comments that MySQL runs': ['1/*!50000 union select*/ 1,2', 'sql-union'],
  };
  for (const [name, [text, rule]] of Object.entries(FORMS)) {
    it(`include ${name}`, () => assert.ok(rulesOf(text).includes(rule), String(rulesOf(text))));
  }

  it('end after two rounds of percent-encoding', () => {
    assert.deepEqual(rulesOf('%25253Cscript%25253Ealert(1)'), []);
  });

  it('leave entities alone that show markup as text', () => {
    assert.deepEqual(rulesOf('&lt;script&gt;alert(1)&lt;/script&gt;'), []);
  });

  it('keep entities beyond Unicode, and broken escapes', () => {
    for (const text of [
      '&#1114112;',
      '&#x110000;',
      '&#9999999;',
      '%',
      '%zz',
      '%u12',
      '/* open',
      '*/',
      '&#;',
      '%c0%c0',
    ]) {
      assert.deepEqual(rulesOf(text), [], text);
    }
  });

  it('read the start of a long text and no more', () => {
    const probe = '<script>alert(1)</script>';
    const scanner = createThreatScanner({ maxTextLength: 100 });
    assert.equal(scanner.scan(`${'a'.repeat(75)}${probe}`).length, 1);
    assert.equal(scanner.scan(`${'a'.repeat(100)}${probe}`).length, 0);
  });
});

describe('options of a scanner', () => {
  const create = /** @type {any} */ (createThreatScanner);
  /** @type {Record<string, [unknown, string, RegExp]>} */
  const REFUSED = {
    'a category that is not known': [
      { categories: ['nosql'] },
      'ERR_PATTERNS_OPTION',
      /"categories\[0\]" must be one of "sql", "path", "command", "xss"$/,
    ],
    'no category': [{ categories: [] }, 'ERR_PATTERNS_OPTION', /must not be an empty list$/],
    'a length below the bounds': [{ maxTextLength: 15 }, 'ERR_PATTERNS_OPTION_RANGE', /from 16 to 1048576, not 15$/],
    'a length above the bounds': [{ maxTextLength: 1_048_577 }, 'ERR_PATTERNS_OPTION_RANGE', /from 16 to 1048576/],
    'a misspelt name': [{ category: ['sql'] }, 'ERR_PATTERNS_OPTION', /did you mean "categories"\?$/],
  };
  for (const [name, [options, code, message]] of Object.entries(REFUSED)) {
    it(`refuse ${name}`, () => assert.throws(() => create(options), { code, message }));
  }

  it('refuse what is no text', () => {
    for (const value of [undefined, null, 1, {}, Buffer.from('a')]) {
      assert.throws(() => create().scan(value), { name: 'TypeError', code: 'ERR_PATTERNS_INPUT' });
      assert.throws(() => threats.scan(/** @type {any} */ (value)), { code: 'ERR_PATTERNS_INPUT' });
    }
  });
});
