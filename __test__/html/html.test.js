'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { createHtmlSanitizer, html, sanitizeHtml } = require('portcullis');

const { PROFILES } = require('../../lib/html/profiles');

describe('html', () => {
  it('keeps what a profile lists, and the text of all other tags', () => {
    const page = '<h1>Hi</h1><p>a <b>b</b> <a href="/x">c</a></p><script>d()</script><style>e{}</style><x-y>f</x-y>';
    assert.equal(sanitizeHtml(page, 'text'), 'Hia b cf');
    assert.equal(sanitizeHtml(page), 'Hi<p>a <b>b</b> <a href="/x">c</a></p>f');
    assert.equal(sanitizeHtml(page, 'article'), '<h1>Hi</h1><p>a <b>b</b> <a href="/x">c</a></p>f');
  });

  it('returns text without markup as the same string, fast', () => {
    const text = 'Ordinary text, with "quotes" and emoji 😀 and ünïcode.\n\tIndented. '.repeat(40);
    for (const profile of /** @type {const} */ (['text', 'basic', 'article', 'browser'])) {
      assert.equal(sanitizeHtml(text, profile), text);
    }
    for (const [one, written] of [
      ['a & b', 'a &amp; b'],
      ['a > b', 'a &gt; b'],
      ['a\u00a0b', 'a&nbsp;b'],
      ['a\0b', 'ab'],
      ['a\r\nb', 'a\nb'],
      ['\ufeffa', 'a'],
      ['a\ud800', 'a\ufffd'],
      ['&#13;', '&#13;'],
    ]) {
      assert.equal(sanitizeHtml(one), written, JSON.stringify(one));
      assert.equal(sanitizeHtml(written), written);
    }
  });

  it('does the same on another thread', async () => {
    const sanitize = createHtmlSanitizer({ profile: 'article' });
    for (const times of [1, 2_000]) {
      const text = '<p onclick=x>One <b>two</b> <img src=x onerror=y></p>'.repeat(times);
      assert.equal(await sanitize.sanitizeAsync(text), sanitize(text));
    }
    await assert.rejects(sanitize.sanitizeAsync('<div>'.repeat(20_000)), { code: 'ERR_HTML_COMPLEX', status: 400 });
    await assert.rejects(sanitize.sanitizeAsync(/** @type {any} */ (5)), { code: 'ERR_HTML_INPUT' });
  });

  it('refuses new work when too much waits, and does what was accepted', async () => {
    const sanitize = createHtmlSanitizer({ maxLength: 2 ** 22 });
    const text = '<b>bold</b> '.repeat(20_000);
    const calls = await Promise.allSettled(Array.from({ length: 600 }, () => sanitize.sanitizeAsync(text)));
    const refused = calls.filter(({ status }) => status === 'rejected');
    assert.ok(refused.length > 0 && refused.length < 600, `${refused.length} of 600`);
    for (const { reason } of /** @type {PromiseRejectedResult[]} */ (refused)) {
      assert.deepEqual([reason.code, reason.status], ['ERR_HTML_BUSY', 503]);
    }
  });

  it('reports tags and attributes, never a value', () => {
    const sanitize = createHtmlSanitizer({ profile: 'article' });
    const { html: kept, removed } = sanitize.report(
      '<img src="javascript:secret" alt=a><b onclick=secret>x</b><secret-x>',
    );
    assert.equal(kept, '<img alt="a"><b>x</b>');
    assert.deepEqual(removed, [
      { tag: 'img', attribute: 'src', reason: 'attribute' },
      { tag: 'b', attribute: 'onclick', reason: 'attribute' },
      { tag: 'secret-x', reason: 'not-listed' },
    ]);
    assert.equal(sanitize.report('<x-y>'.repeat(500)).removed.length, 100);
    assert.ok(sanitize.report(`<b ${'a'.repeat(5_000)}>`).removed[0].attribute.length <= 64);
  });

  it('gives the template `html` markup that it takes as it is', () => {
    const sanitize = createHtmlSanitizer();
    assert.equal(String(html`<p>${sanitize.toSafeHtml('<b>x</b><i onclick=y>')}</p>`), '<p><b>x</b><i></i></p>');
    assert.equal(String(html`<p>${sanitize('<b>x</b>')}</p>`), '<p>&lt;b&gt;x&lt;/b&gt;</p>');
  });

  it('refuses what is not text, or is too long', () => {
    for (const value of [undefined, null, 5, {}, ['<b>'], Buffer.from('<b>')]) {
      assert.throws(() => sanitizeHtml(/** @type {any} */ (value)), {
        code: 'ERR_HTML_INPUT',
        message: /must be a string/,
      });
    }
    const sanitize = createHtmlSanitizer({ maxLength: 10 });
    assert.throws(() => sanitize('<b>é</b>'.repeat(2)), { code: 'ERR_HTML_TOO_LONG', status: 413 });
    assert.throws(() => sanitize('x'.repeat(11)), { code: 'ERR_HTML_TOO_LONG' });
    assert.equal(sanitize('x'.repeat(10)), 'x'.repeat(10));
  });
});

describe('html: policy', () => {
  const clean = (/** @type {any} */ policy, /** @type {string} */ text) => createHtmlSanitizer(policy)(text);

  for (const [name, policy, text, expected] of [
    ['tags', { tags: ['b'] }, '<b>a</b><i>b</i>', '<b>a</b>b'],
    ['addTags', { profile: 'text', addTags: ['b'] }, '<b>a</b><i>b</i>', '<b>a</b>b'],
    ['attributes', { attributes: { a: ['title'] } }, '<a href=x title=y>a</a>', '<a title="y">a</a>'],
    [
      'addAttributes',
      { addAttributes: { a: ['target'] } },
      '<a href=x target=_blank>a</a>',
      '<a href="x" target="_blank" rel="noopener noreferrer">a</a>',
    ],
    [
      'attributes by a glob',
      { addAttributes: { '*': ['data-*'] } },
      '<b data-a=1 datab=2>a</b>',
      '<b data-a="1">a</b>',
    ],
    [
      'values',
      { addTags: ['input'], values: { input: { type: ['checkbox'] } } },
      '<input type=checkbox><input type=image>',
      '<input type="checkbox"><input>',
    ],
    [
      'classes',
      { classes: { '*': ['a', 'b-*'] } },
      '<b class="a c b-1">x</b><i class=c>y</i>',
      '<b class="a b-1">x</b><i>y</i>',
    ],
    [
      'styles',
      { styles: { b: { color: ['red'] } } },
      '<b style="color:red;top:0">x</b><i style=color:red>y</i>',
      '<b style="color: red">x</b><i>y</i>',
    ],
    [
      'schemes',
      { schemes: ['https'] },
      '<a href="http://a">a</a><a href="https://a">b</a>',
      '<a>a</a><a href="https://a">b</a>',
    ],
    [
      'schemesByAttribute',
      { profile: 'article', schemesByAttribute: { src: ['data'] } },
      '<img src="data:image/png,x"><img src="data:image/svg+xml,x"><img src="https://a">',
      '<img src="data:image/png,x"><img><img>',
    ],
    ['relativeUrls', { relativeUrls: false }, '<a href=x>a</a><a href="#b">b</a>', '<a>a</a><a>b</a>'],
    ['protocolRelativeUrls', { protocolRelativeUrls: true }, '<a href=//x>a</a>', '<a href="//x">a</a>'],
    [
      'iframeHosts',
      { addTags: ['iframe'], addAttributes: { iframe: ['src'] }, iframeHosts: ['a.example'] },
      '<iframe src=https://a.example/x>b</iframe><iframe src=https://b.example></iframe>',
      '<iframe src="https://a.example/x"></iframe>',
    ],
    [
      'linkRel',
      { linkRel: 'nofollow', linkRelOn: 'all' },
      '<a href=x rel=opener>a</a><a>b</a>',
      '<a href="x" rel="nofollow">a</a><a>b</a>',
    ],
    [
      'linkRel: false',
      { linkRel: false, addAttributes: { a: ['rel', 'target'] } },
      '<a href=x target=y rel=opener>a</a>',
      '<a href="x" target="y" rel="opener">a</a>',
    ],
    ['rename', { rename: { strike: 's' } }, '<strike>a</strike>', '<s>a</s>'],
    [
      'idPrefix',
      { idPrefix: 'u-', addAttributes: { '*': ['id'] } },
      '<b id="a b">x</b><a href="#a">y</a>',
      '<b id="u-a u-b">x</b><a href="#u-a">y</a>',
    ],
    ['disallowed: drop', { disallowed: 'drop' }, 'a<h1>b</h1>c', 'ac'],
    ['disallowed: escape', { disallowed: 'escape' }, '<h1 id=x>b</h1>', '&lt;h1 id="x"&gt;b&lt;/h1&gt;'],
    ['dropContent', { dropContent: ['h1'] }, 'a<h1>b</h1>c', 'ac'],
    ['maxDepth', { maxDepth: 2 }, '<b><i><u><s>x</s></u></i></b>', '<b><i>x</i></b>'],
  ]) {
    it(`applies ${name}`, () => {
      assert.equal(clean(policy, text), expected);
      assert.equal(clean(policy, expected), expected);
    });
  }

  for (const [policy, code, message] of [
    [{ profile: 'full' }, 'ERR_HTML_OPTION', /"profile" must be one of/],
    [{ tags: 'b' }, 'ERR_HTML_OPTION', /"tags" must be a list/],
    [{ tags: ['B'] }, 'ERR_HTML_OPTION', /lower case/],
    ...['script', 'style', 'svg', 'math', 'textarea', 'template', 'select', 'object', 'base', 'noscript'].map((tag) => [
      { tags: [tag] },
      'ERR_HTML_OPTION',
      /cannot be kept|is not a tag/,
    ]),
    [{ tags: ['table'] }, 'ERR_HTML_OPTION', /table, tbody, tr and td/],
    [{ attributes: { b: ['onclick'] } }, 'ERR_HTML_OPTION', /onclick/],
    [{ attributes: { b: ['srcdoc'] } }, 'ERR_HTML_OPTION', /srcdoc/],
    [{ attributes: { b: ['style'] } }, 'ERR_HTML_OPTION', /styles/],
    [{ schemes: ['javascript'] }, 'ERR_HTML_OPTION', /javascript/],
    [{ schemes: ['data'] }, 'ERR_HTML_OPTION', /schemesByAttribute/],
    [{ styles: { b: { color: ['('] } } }, 'ERR_HTML_OPTION', /pattern/],
    [{ rename: { x: 'script' } }, 'ERR_HTML_OPTION', /rename/],
    [{ maxDepth: 0 }, 'ERR_HTML_OPTION_RANGE', /maxDepth/],
    [{ allowedTags: ['b'] }, 'ERR_HTML_OPTION', /unknown option "allowedTags"/],
  ]) {
    it(`refuses ${JSON.stringify(policy)}`, () => {
      assert.throws(() => createHtmlSanitizer(policy), { code, message });
    });
  }

  it('has profiles that sanitize their own output to itself', () => {
    for (const [profile, { tags }] of Object.entries(PROFILES)) {
      const all = tags.map((tag) => `<${tag} title=t>x`).join('');
      const once = sanitizeHtml(all, /** @type {any} */ (profile));
      assert.equal(sanitizeHtml(once, /** @type {any} */ (profile)), once, profile);
    }
  });

  it('says in words of a browser what it keeps', () => {
    const config = createHtmlSanitizer({ profile: 'browser' }).toBrowser();
    assert.deepEqual([config.comments, config.dataAttributes], [false, false]);
    assert.deepEqual(
      config.elements.find(({ name }) => name === 'ol')?.attributes.map(({ name }) => name),
      ['reversed', 'start', 'type'],
    );
    assert.ok(config.replaceWithChildrenElements?.some(({ name }) => name === 'font'));
    for (const policy of [
      { idPrefix: 'a' },
      { classes: { b: ['x'] } },
      { rename: { strike: 's' } },
      { disallowed: 'escape' },
    ]) {
      assert.throws(() => createHtmlSanitizer(/** @type {any} */ (policy)).toBrowser(), { code: 'ERR_HTML_OPTION' });
    }
  });
});
