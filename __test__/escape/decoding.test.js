'use strict';

// What a real parser reads from escaped text is the text, and nothing beside it: no element, attribute or statement more.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const fc = require('fast-check');
const { JSDOM } = require('jsdom');
const portcullis = require('portcullis');

const { texts } = require('../support/escape-texts');

const { escapeAttribute, escapeCssString, escapeCsv, escapeHtml, escapeJsString, escapeLog } = portcullis;
const { escapeUnquotedAttribute, escapeUrlComponent, jsonForScript } = portcullis;

const { fragment } = JSDOM;
const REPLACEMENT = '\ufffd';

/** @param {import('fast-check').Arbitrary<any>} arbitrary @param {(value: any) => void} check @param {number} [numRuns] */
const always = (arbitrary, check, numRuns = 1500) => fc.assert(fc.property(arbitrary, check), { numRuns });

/** The only child of a fragment, which has these attributes and no others. @param {string} markup @param {string[]} names */
function onlyElement(markup, names) {
  const { childNodes } = fragment(markup);
  assert.equal(childNodes.length, 1, markup);
  assert.deepEqual(childNodes[0].getAttributeNames(), names, markup);
  return childNodes[0];
}

describe('decoding of HTML', () => {
  it('gives text of an element back, but for what parsers change', () => {
    always(texts(), (text) => {
      const element = onlyElement(`<p>${escapeHtml(text)}</p>`, []);
      assert.equal(element.childElementCount, 0);
      assert.equal(element.textContent, text.replace(/\r\n?/g, '\n').replaceAll('\0', ''));
    });
  });

  for (const quote of ['"', "'"]) {
    it(`gives an attribute in ${quote} back, but for NUL`, () => {
      // Long values take another way than short ones.
      always(fc.oneof(texts(), texts(120)), (text) => {
        const element = onlyElement(`<a title=${quote}${escapeAttribute(text)}${quote} id=b>t</a>`, ['title', 'id']);
        assert.equal(element.title, text.replaceAll('\0', REPLACEMENT));
        assert.equal(element.textContent, 't');
      });
    });
  }

  for (const after of ['', ' id=b', '\tid=b', ' id="b"']) {
    it(`gives an attribute without quotes back before ${JSON.stringify(after)}, but for NUL`, () => {
      const nonEmpty = texts().filter((text) => text !== '');
      always(nonEmpty, (text) => {
        const names = after === '' ? ['title'] : ['title', 'id'];
        const element = onlyElement(`<a title=${escapeUnquotedAttribute(text)}${after}>t</a>`, names);
        assert.equal(element.title, text.replaceAll('\0', REPLACEMENT));
        assert.equal(element.textContent, 't');
      });
    });
  }

  it('leaves no ASCII character but letters, digits and three marks in an attribute without quotes', () => {
    always(texts().filter(Boolean), (text) => {
      assert.match(escapeUnquotedAttribute(text).replace(/&#\d+;/g, ''), /^[\w.\-\x80-\uffff]*$/);
    });
  });
});

describe('decoding of JavaScript', () => {
  for (const [before, after] of [
    ["'", "'"],
    ['"', '"'],
    ['`', '`'],
    // What the app writes beside the hole must not complete a placeholder with it.
    ['`$', '{`'],
    ["'\\\\", "'"],
  ]) {
    it(`gives a literal in ${before} ${after} back`, () => {
      const outside = (/** @type {string} */ quoted) => quoted.replace(/['"`]/g, '').replaceAll('\\\\', '\\');
      always(texts().filter(Boolean), (text) => {
        const value = Function(`return ${before}${escapeJsString(text)}${after}`)();
        assert.equal(value, outside(before) + text + outside(after));
      });
    });
  }

  it('ends no script element, and no event handler, with or without escaping for the attribute', () => {
    always(texts(), (text) => {
      const code = `f('${escapeJsString(text)}')`;
      assert.equal(onlyElement(`<script>${code}</script>`, []).textContent, code);
      for (const attribute of [`onclick="${code}"`, `onclick="${escapeAttribute(code)}"`]) {
        const seen = [];
        Function(
          'f',
          onlyElement(`<b ${attribute}></b>`, ['onclick']).getAttribute('onclick'),
        )((one) => seen.push(one));
        assert.deepEqual(seen, [text]);
      }
    });
  });

  it('gives a string of JSON back', () => {
    always(texts(), (text) => assert.equal(JSON.parse(`"${escapeJsString(text)}"`), text));
  });

  it('gives any JSON back, as an expression and in a script element', () => {
    always(fc.oneof(fc.jsonValue(), fc.dictionary(texts(3), texts(3))), (value) => {
      const json = jsonForScript(value);
      const plain = JSON.parse(JSON.stringify(value));
      assert.deepEqual(JSON.parse(json), plain);
      // As an expression, a key `__proto__` sets the prototype, however it is spelt; the guide says so.
      const sets = json.includes('"__proto__"');
      assert.equal(sets || JSON.stringify(Function(`return (${json})`)()), sets || JSON.stringify(plain));
      assert.equal(onlyElement(`<script>${json}</script>`, []).textContent, json);
      assert.doesNotMatch(json, /[<>&\u2028\u2029]/);
    });
  });
});

describe('decoding of URLs', () => {
  it('gives a component back, well-formed, and is one segment and one value of a query', () => {
    always(texts(), (text) => {
      const escaped = escapeUrlComponent(text);
      assert.match(escaped, /^[\w.~%-]*$/);
      assert.equal(decodeURIComponent(escaped), text.toWellFormed());
      const url = new URL(`https://a.example/x${escaped}/y?q=${escaped}&r=1`);
      assert.equal(url.pathname.split('/').length, 3);
      assert.deepEqual([...url.searchParams], Object.entries({ q: text.toWellFormed(), r: '1' }));
    });
  });
});

describe('decoding of CSS', () => {
  const decoded = (/** @type {string} */ text) => text.toWellFormed().replaceAll('\0', REPLACEMENT);
  /** CSS Syntax Level 3, section 4.3.7. @param {string} escaped */
  const decode = (escaped) =>
    escaped.replace(/\\([\da-f]{1,6})\s?/gi, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)));

  it('gives a string and an identifier back', () => {
    always(texts(), (text) => {
      const escaped = escapeCssString(text);
      assert.equal(decode(escaped), decoded(text));
      const whole = /^(?:[\w\xb7\xc0-\uffff-]|\\[\da-f]{1,6} )*$/;
      assert.match(escaped, whole);
      assert.doesNotMatch(escaped, /^-?\d|^-$|^--/);
    });
  });

  it('matches the same element as a selector of a real parser, as a string and as an identifier', () => {
    const { document } = new JSDOM('<i></i>').window;
    const element = document.querySelector('i');
    always(
      // jsdom finds no string with a character beyond the basic plane, raw or escaped.
      texts(5).filter((text) => text !== '' && !/[\u{10000}-\u{10ffff}]/u.test(text)),
      (text) => {
        element.id = decoded(text);
        assert.equal(document.querySelector(`[id="${escapeCssString(text)}"]`), element);
        assert.equal(document.querySelector(`#${escapeCssString(text)}`), element);
      },
      300,
    );
  });

  it('ends no string, rule, style element or style attribute', () => {
    always(
      texts(),
      (text) => {
        const sheet = `a::after { content: "${escapeCssString(text)}"; } b { color: red; }`;
        const { document } = new JSDOM(`<style>${sheet}</style><b style="content: '${escapeCssString(text)}'">`).window;
        assert.equal(document.querySelector('style').textContent, sheet);
        assert.deepEqual(document.querySelector('b').getAttributeNames(), ['style']);
        const rules = [...document.styleSheets[0].cssRules];
        assert.deepEqual(
          rules.map((rule) => rule.selectorText),
          ['a::after', 'b'],
        );
      },
      100,
    );
  });
});

describe('decoding of CSV', () => {
  /** RFC 4180. @param {string} file @param {string} delimiter @returns {string[][]} */
  function parseCsv(file, delimiter) {
    const rows = [];
    let row = [];
    const cell = new RegExp(
      `(?:"((?:[^"]|"")*)"|([^${delimiter}"\\r\\n]*))(${delimiter.replace('|', '\\|')}|\\r\\n|$)`,
      'y',
    );
    while (cell.lastIndex <= file.length) {
      const found = cell.exec(file);
      assert.ok(found, file);
      const [, quoted, plain, end] = found;
      row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
      if (end === delimiter) continue;
      rows.push(row);
      row = [];
      if (end === '') return rows;
    }
  }
  const MARK = /^'(?='*[\t\r\n]|[\0-\x20"'\x7f-\xa0\u200b-\u200f\u2028\u2029\u2060\ufeff]*[=+\-@＝＋－＠])/;

  for (const delimiter of [',', ';', '\t', '|']) {
    it(`gives all cells of a file back that is separated by ${JSON.stringify(delimiter)}`, () => {
      const rows = fc.array(fc.array(texts(5), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
      always(rows, (cells) => {
        const file = cells.map((row) => row.map(escapeCsv).join(delimiter)).join('\r\n');
        const read = parseCsv(file, delimiter).map((row) => row.map((cell) => cell.replace(MARK, '')));
        assert.deepEqual(read, cells);
      });
    });
  }

  it('lets no cell start with what starts a formula, quoted or not, but for a negative number', () => {
    always(texts(), (text) => {
      for (const cell of [escapeCsv(text), escapeCsv(`=${text}`), escapeCsv(`"\ufeff ${text}`)]) {
        const seen = cell
          .replace(/^"/, '')
          .replaceAll('""', '"')
          .trim()
          .replace(/^["\0-\x20\x7f-\xa0\u200b\ufeff]+/, '');
        assert.doesNotMatch(seen.replace(/^-\d+(\.\d+)?$/, ''), /^[=+\-@＝＋－＠]/, JSON.stringify(text));
      }
    });
  });
});

describe('decoding of logs', () => {
  const decode = (/** @type {string} */ line) =>
    line.replace(/\\(?:([\\nrt])|x([\da-f]{2})|u([\da-f]{4}))/g, (_, short, byte, unit) =>
      short === undefined
        ? String.fromCharCode(Number.parseInt(byte ?? unit, 16))
        : ({ n: '\n', r: '\r', t: '\t' }[short] ?? '\\'),
    );

  it('gives the text back from one line without controls', () => {
    always(texts(), (text) => {
      const line = escapeLog(text);
      assert.equal(decode(line), text);
      assert.doesNotMatch(line, /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ud800-\udfff]/u);
    });
  });
});
