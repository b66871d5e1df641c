'use strict';

// A page of `html`, read by a real parser: whatever the values are, the elements and attributes are those of the template, and
// the values are what was passed.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const fc = require('fast-check');
const { JSDOM } = require('jsdom');
const { dangerouslyTrustHtml, html, safeUrl } = require('portcullis');

const { SIGNIFICANT, texts } = require('../support/escape-texts');

const NUM_RUNS = 1000;
const inText = (/** @type {string} */ text) => text.replace(/\r\n?/g, '\n').replaceAll('\0', '');
const inAttribute = (/** @type {string} */ text) => text.replaceAll('\0', '\ufffd');

/** Names of elements and attributes, in order. @param {any} node @returns {string} */
function shapeOf(node) {
  const names = node.getAttributeNames?.().join(' ') ?? '';
  return `${node.localName ?? '#'}[${names}](${[...node.children].map(shapeOf).join(',')})`;
}

/** @param {string} a @param {string} b @param {string} c @param {string} url */
const page = (a, b, c, url) => html`<!doctype html>
  <section class="one ${a}" data-b='${b}'>${c}<a href="${url}" title="${c}">${a}</a>
  <img src="/i/${b}.png" alt="${a}"><textarea>${b}</textarea><input value="${c}">
  ${[a, html`<i id="${b}">${c}</i>`]}</section><!-- > --><p>${b}`;

describe('html and a parser', () => {
  it('keeps every value in its place', () => {
    const { shape } = { shape: shapeOf(JSDOM.fragment(String(page('a', 'b', 'c', '/')))) };
    fc.assert(
      fc.property(texts(6), texts(6), texts(6), texts(6), (a, b, c, url) => {
        const parsed = JSDOM.fragment(String(page(a, b, c, url)));
        assert.equal(shapeOf(parsed), shape);
        const section = parsed.querySelector('section');
        const link = parsed.querySelector('a');
        assert.equal(section.className, `one ${inAttribute(a)}`);
        assert.equal(section.dataset.b, inAttribute(b));
        assert.equal(link.textContent, inText(a));
        assert.equal(link.title, inAttribute(c));
        assert.equal(link.getAttribute('href'), safeUrl(url));
        assert.equal(parsed.querySelector('textarea').value, b.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd'));
        assert.equal(parsed.querySelector('input').getAttribute('value'), inAttribute(c));
        assert.equal(parsed.querySelector('i').textContent, inText(c));
        assert.equal(parsed.querySelector('p').textContent, inText(b));
      }),
      { numRuns: NUM_RUNS },
    );
  });

  // Templates of the author's text in any order, also nonsense: a template that is accepted keeps the value in its place.
  const PIECES = [
    ...'<>/="\'!-? \t\n&a',
    ...[
      '<p',
      '<p>',
      '</p>',
      '<a ',
      ' title="',
      " title='",
      ' title=',
      '">',
      "'>",
      '<!--',
      '-->',
      '--!>',
      '<!-->',
      '<!',
      '<?',
      '</',
    ],
    ...[
      '<script>',
      '</script>',
      '<style>',
      '</style>',
      '<title>',
      '</title>',
      '<textarea>',
      '</textarea>',
      '<svg>',
      '</svg>',
    ],
    ...[
      '<math>',
      '<br/>',
      '<![CDATA[',
      ']]>',
      '<xmp>',
      '</xmp>',
      '<select>',
      '<table>',
      '<template>',
      '</template>',
      '<noscript>',
    ],
    ...[
      '<iframe>',
      '</iframe>',
      ' href="',
      ' src="',
      ' onclick="',
      ' data-a="',
      '<script ',
      '<style ',
      '</title ',
      'x',
    ],
  ];
  const VALUES = [
    '<b c>',
    '" onclick="f()',
    "' onclick='f()",
    ' onclick=f() ',
    '><b c>',
    '--><b c>',
    '</title><b c>',
    '</textarea><b c>',
  ];
  const MORE = [
    '</script><b c>',
    'javascript:f()',
    '&lt;b c&gt;',
    ']]><b c>',
    '/onclick=f()/',
    '`',
    '=',
    '!--',
    '/',
    'script>f()</script>',
  ];
  const part = fc.constantFrom(...PIECES);
  const template = fc.array(fc.array(part, { maxLength: 4 }), { minLength: 2, maxLength: 4 });

  it('keeps a value in its place in any template that it accepts', () => {
    let accepted = 0;
    const value = fc.constantFrom(...VALUES, ...MORE, ...SIGNIFICANT);
    fc.assert(
      fc.property(template, value, (parts, hostile) => {
        const strings = parts.map((one) => one.join(''));
        Object.assign(strings, { raw: [...strings] });
        const written = render(strings, hostile);
        if (written === undefined) return;
        accepted += 1;
        assert.equal(
          shapeOf(JSDOM.fragment(written)),
          shapeOf(JSDOM.fragment(String(render(strings, harmless(hostile))))),
          written,
        );
        // What follows in the page is outside of every tag, comment and text-only element of the template.
        const probe = JSDOM.fragment(`${written}<u id="after"></u>`).querySelector('#after');
        const isHidden = /<(?:select|svg|math|table|template)\b/i.test(written);
        assert.ok(probe !== null || isHidden, written);
      }),
      { numRuns: 15_000 },
    );
    assert.ok(accepted > 1000, `only ${accepted} templates were accepted`);
  });

  it('inserts nested markup as its own template wrote it, whatever stands around it', () => {
    const around = (/** @type {unknown} */ inner) => html`<div><p title="a">${inner}</p></div>`;
    fc.assert(
      fc.property(texts(6), (text) => {
        const nested = JSDOM.fragment(String(around(html`<b title="${text}">${text}</b>`)));
        assert.equal(shapeOf(nested), '#[](div[](p[title](b[title]())))');
        assert.equal(String(around(dangerouslyTrustHtml(text))), `<div><p title="a">${text}</p></div>`);
      }),
      { numRuns: NUM_RUNS },
    );
  });
});

/**
 * A value that must make the same elements. Text opens elements again in a table, which spaces and NUL do not.
 * @param {string} hostile
 */
function harmless(hostile) {
  if (/^\0*$/.test(hostile)) return '';
  return /^[\t\n\f\r ]+$/.test(hostile) ? ' ' : 'x';
}

/** @param {any} strings @param {string} value */
function render(strings, value) {
  try {
    return String(html(strings, ...Array.from({ length: strings.length - 1 }, () => value)));
  } catch (/** @type {any} */ error) {
    assert.equal(error.code, 'ERR_ESCAPE_TEMPLATE');
    return undefined;
  }
}
