'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { dangerouslyTrustHtml, html, safeUrl } = require('portcullis');

const apps = require('../support/apps');
const { request } = require('../support/request');

const HOSTILE = `"'><script>alert(1)</script>`;
const IN_TEXT = '&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;';
const JS_URL = 'java\tscript:alert(1)';

/** @param {string} reason */
const template = (reason) => ({ name: 'TypeError', code: 'ERR_ESCAPE_TEMPLATE', message: new RegExp(reason) });

describe('html', () => {
  const x = HOSTILE;
  const WRITTEN = {
    text: [() => html`<p>${x}</p>`, `<p>${IN_TEXT}</p>`],
    'text beside text': [() => html`a${x}b${1}c`, `a${IN_TEXT}b1c`],
    'text alone': [() => html`${x}`, IN_TEXT],
    'no placeholder': [() => html`<script>if (a < b) f('</p>')</script>`, `<script>if (a < b) f('</p>')</script>`],
    'an attribute in double quotes': [() => html`<p title="${x}">`, `<p title="${IN_TEXT}">`],
    'an attribute in single quotes': [() => html`<p title='${x}'>`, `<p title='${IN_TEXT}'>`],
    'a part of an attribute': [() => html`<p class="a ${x} b ${'`'}">`, `<p class="a ${IN_TEXT} b &#96;">`],
    'an attribute with spaces around the equals sign': [() => html`<p title = "${x}">`, `<p title = "${IN_TEXT}">`],
    'an attribute whose name has capitals': [() => html`<a HREF="${JS_URL}">`, '<a HREF="about:invalid">'],
    'a title': [() => html`<title>a ${x}</title>`, `<title>a ${IN_TEXT}</title>`],
    'a title with capitals': [() => html`<TITLE>${x}</tItLe><p>${x}</p>`, `<TITLE>${IN_TEXT}</tItLe><p>${IN_TEXT}</p>`],
    'a textarea': [() => html`<textarea name="a">${x}</textarea>`, `<textarea name="a">${IN_TEXT}</textarea>`],
    'a line end at the start of a textarea': [() => html`<textarea>${'\na'}</textarea>`, '<textarea>\n\na</textarea>'],
    'text after a comment': [() => html`<!-- a > b -->${x}`, `<!-- a > b -->${IN_TEXT}`],
    'text after an empty comment': [() => html`<!-->${x}`, `<!-->${IN_TEXT}`],
    'text after a comment that an exclamation mark ends': [() => html`<!-- --!>${x}`, `<!-- --!>${IN_TEXT}`],
    'text after a doctype': [() => html`<!doctype html>${x}`, `<!doctype html>${IN_TEXT}`],
    'text after an end tag that names nothing': [() => html`</>${x}`, `</>${IN_TEXT}`],
    'text after a script': [() => html`<script>"<b>"</script >${x}`, `<script>"<b>"</script >${IN_TEXT}`],
    'a title with a lesser-than sign': [() => html`<title>a < ${1} &lt;b></title>`, '<title>a < 1 &lt;b></title>'],
    'text after a lesser-than sign': [() => html`a < b ${x}`, `a < b ${IN_TEXT}`],
    'text after an attribute with a greater-than sign': [() => html`<p title=">">${x}`, `<p title=">">${IN_TEXT}`],
    'text after an attribute without quotes': [() => html`<p title=a"b>${x}`, `<p title=a"b>${IN_TEXT}`],
    'text after a tag that closes itself': [() => html`<br/>${x}`, `<br/>${IN_TEXT}`],
    'a number, a bigint and zero': [() => html`${1.5}${2n}${0}${Number.NaN}`, '1.520NaN'],
    'nothing for null, undefined and booleans in text': [() => html`a${null}${undefined}${false}${true}b`, 'ab'],
    'nothing for null and undefined in attributes': [() => html`<p a="${null}" b="${undefined}">`, '<p a="" b="">'],
    'the words for booleans in attributes': [
      () => html`<p aria-a="${true}" b="${false}">`,
      '<p aria-a="true" b="false">',
    ],
    'lists, in order and nested': [() => html`${[x, [1, [html`<b>`]], null]}`, `${IN_TEXT}1<b>`],
    'markup inside markup': [
      () => html`<ul>${[1, 2].map((n) => html`<li>${n}</li>`)}</ul>`,
      '<ul><li>1</li><li>2</li></ul>',
    ],
    'trusted markup': [() => html`<p>${dangerouslyTrustHtml('<b>')}</p>`, '<p><b></p>'],
    'a URL': [() => html`<a href="${'https://a.example/?a=1&b="'}">`, '<a href="https://a.example/?a=1&amp;b=&quot;">'],
    'a URL that runs': [() => html`<a href="${JS_URL}">`, '<a href="about:invalid">'],
    'a URL that leads to another host without a scheme': [
      () => html`<img src='${'//a.example'}'>`,
      `<img src='about:invalid'>`,
    ],
    'a part of a path': [() => html`<a href="/u/${'a&b'}?c=1&amp;d=${2}">`, '<a href="/u/a&amp;b?c=1&amp;d=2">'],
    'a path that becomes a host': [() => html`<a href="/${'/a.example'}">`, '<a href="about:invalid">'],
    'a scheme in two parts': [() => html`<a href="java${'script:alert(1)'}">`, '<a href="about:invalid">'],
    'a scheme in two values': [() => html`<a href="${'java'}${'script'}:1">`, '<a href="about:invalid">'],
    'a scheme that the template names': [() => html`<a href="sms:${'+1'}">`, '<a href="sms:+1">'],
    'a host that the template names': [() => html`<a href="//a.example/${1}">`, '<a href="//a.example/1">'],
    'an empty URL': [() => html`<a href="${null}">`, '<a href="">'],
    'a URL of SVG': [
      () => html`<svg><use xlink:href="${JS_URL}"/></svg>`,
      '<svg><use xlink:href="about:invalid"/></svg>',
    ],
    'a srcset': [() => html`<img srcset="${'/a.png'} 1x, /b.png 2x">`, '<img srcset="/a.png 1x, /b.png 2x">'],
    'a srcset that runs': [() => html`<img srcset="/b.png 2x, ${JS_URL} 1x">`, '<img srcset="">'],
    'a list of URLs': [() => html`<a ping="/a ${'/b'}">`, '<a ping="/a /b">'],
    'a list of URLs that runs': [() => html`<a ping="/a ${'javascript:1'}">`, '<a ping="">'],
    'numbers in a style': [
      () => html`<p style="width: ${50}%; top: ${-1.5}px">`,
      '<p style="width: 50%; top: -1.5px">',
    ],
    'markup in srcdoc': [
      () => html`<iframe srcdoc="${html`<p title="${'&"'}">`}"></iframe>`,
      '<iframe srcdoc="&lt;p title=&quot;&amp;amp;&amp;quot;&quot;&gt;"></iframe>',
    ],
    'a link without effect': [
      () => html`<link rel="canonical icon" href="${'/a'}">`,
      '<link rel="canonical icon" href="/a">',
    ],
    'the content of a named meta': [
      () => html`<meta name="description" content="${x}">`,
      `<meta name="description" content="${IN_TEXT}">`,
    ],
    'a nonce of a script': [() => html`<script nonce="${'abc'}">f()</script>`, '<script nonce="abc">f()</script>'],
  };
  for (const [what, [make, expected]] of Object.entries(WRITTEN)) {
    it(`writes ${what}`, () => assert.equal(String(make()), expected));
  }

  for (const name of [
    'href',
    'src',
    'action',
    'formaction',
    'poster',
    'cite',
    'data',
    'background',
    'manifest',
    'xml:base',
  ]) {
    it(`passes ${name} through safeUrl`, () => {
      const strings = Object.assign([`<x ${name}="`, '">'], { raw: [`<x ${name}="`, '">'] });
      for (const url of [JS_URL, '//a.example', 'data:text/html,x', 'https://a.example/', '/a']) {
        assert.equal(String(html(strings, url)), `<x ${name}="${safeUrl(url)}">`);
      }
    });
  }
});

describe('html, refused places', () => {
  const x = 'x';
  const REFUSED = {
    'in a script': [() => html`<script>f(${x})</script>`, 'placeholder 1 stands inside <script>'],
    'in a string of a script': [() => html`<script>f("${x}")</script>`, 'inside <script>'],
    'in a script with capitals': [() => html`<SCRIPT>${x}</sCript>`, 'inside <script>'],
    'in a script that goes on after a similar end tag': [
      () => html`<script></scripts>${x}</script>`,
      'inside <script>',
    ],
    'in a style': [() => html`<style>a { color: ${x} }</style>`, 'inside <style>'],
    'in a noscript': [() => html`<noscript>${x}</noscript>`, 'inside <noscript>'],
    'in an xmp': [() => html`<xmp>${x}</xmp>`, 'inside <xmp>'],
    'in an iframe': [() => html`<iframe>${x}</iframe>`, 'inside <iframe>'],
    'in a noembed': [() => html`<noembed>${x}</noembed>`, 'inside <noembed>'],
    'in a noframes': [() => html`<noframes>${x}</noframes>`, 'inside <noframes>'],
    'in an attribute without quotes': [() => html`<a title=${x}>`, 'without quotes; write quotes'],
    'in a part of an attribute without quotes': [() => html`<a title=a${x} b>`, 'without quotes'],
    'in an attribute whose quote comes late': [() => html`<a title= a"${x}">`, 'without quotes'],
    'in place of an attribute': [() => html`<a ${x}>`, 'in place of an attribute'],
    'in the name of an attribute': [() => html`<a data-${x}="1">`, 'in place of an attribute'],
    'between an attribute and its value': [() => html`<a title ${x}="1">`, 'in place of an attribute'],
    'after a quoted value': [() => html`<a title="1"${x}>`, 'in place of an attribute'],
    'in place of a tag name': [() => html`<${x}>`, 'in place of a tag name'],
    'in a tag name': [() => html`<h${1}>`, 'in a tag name'],
    'in place of the name of an end tag': [() => html`</${x}>`, 'in place of a tag name'],
    'in the name of an end tag': [() => html`</h${1}>`, 'in a tag name'],
    'in an end tag': [() => html`</p title="${x}">`, 'in an end tag'],
    'in a comment': [() => html`<!-- ${x} -->`, 'in a comment'],
    'in a comment that looks ended': [() => html`<!-- -- > ${x} -->`, 'in a comment'],
    'in a doctype': [() => html`<!doctype ${x}>`, 'in a declaration'],
    'in a declaration': [() => html`<?xml ${x}>`, 'in a declaration'],
    'in an end tag that is a comment': [() => html`</ ${x}>`, 'in a declaration'],
    'in CDATA': [() => html`<svg><![CDATA[${x}]]></svg>`, 'remove CDATA'],
    'in an event handler': [() => html`<a onclick="f('${x}')">`, 'onclick of <a>, which runs as code'],
    'in an event handler with capitals': [() => html`<a OnMouseOver='${x}'>`, 'runs as code'],
    'in an attribute that a framework runs': [() => html`<a x-data="{ a: '${x}' }">`, 'runs as code'],
    'in a shorthand that a framework runs': [() => html`<a @click="${x}">`, 'runs as code'],
    'in a binding that a framework runs': [() => html`<a :href="${x}">`, 'runs as code'],
    'in the source of a script': [() => html`<script src="${x}"></script>`, 'src of <script>, which loads code'],
    'in a part of the source of a script': [() => html`<script src="/a/${x}.js"></script>`, 'loads code'],
    'in the reference of a script of SVG': [() => html`<svg><script xlink:href="${x}"></script></svg>`, 'loads code'],
    'in the base of a page': [() => html`<base href="${x}">`, 'where all other URLs lead'],
    'in a link to a style sheet': [() => html`<link href="${x}" rel="stylesheet">`, 'may load code or styles'],
    'in a link to a style sheet beside another relation': [
      () => html`<link rel="icon StyleSheet" href="${x}">`,
      'may load',
    ],
    'in a link without a relation': [() => html`<link href="${x}">`, 'may load code or styles'],
    'in the relation of a link': [() => html`<link rel="${x}" href="/a">`, 'decides whether'],
    'in a redirect of a meta': [() => html`<meta content="0; url=${x}" http-equiv="refresh">`, 'controls the browser'],
    'in the kind of a meta': [() => html`<meta http-equiv="${x}" content="0">`, 'controls the browser'],
    'in an animation': [() => html`<svg><a><set attributeName="href" to="${x}"/></a></svg>`, 'can set an attribute'],
    'in the name of what is animated': [() => html`<svg><animate attributeName="${x}"/></svg>`, 'can set an attribute'],
    'in a URL of JavaScript': [() => html`<a href="javascript:f('${x}')">`, 'the scheme "javascript:"'],
    'in a URL of JavaScript with a tab': [() => html`<a href=" java\tscript:f('${x}')">`, 'the scheme "javascript:"'],
    'in a URL of data': [() => html`<img src="data:image/png;base64,${x}">`, 'the scheme "data:"'],
    'in a URL with a character reference': [() => html`<a href="javascript&colon;${x}">`, 'character reference'],
    'in a URL with a number as reference': [() => html`<a href="/&#47;${x}">`, 'character reference'],
    'in a URL with a reference that is written twice': [() => html`<a href="a&amp;amp;${x}">`, 'character reference'],
    'in an attribute that is on whatever its value is': [
      () => html`<input checked="${false}">`,
      'checked of <input>, which is on whatever its value is; choose between',
    ],
    'in such an attribute with capitals': [() => html`<button DISABLED='${x}'>`, 'disabled of <button>, which is on'],
    'behind what is markup in a title of SVG': [() => html`<svg><title>a <${x}</title></svg>`, 'write "&lt;" in place'],
    'in what is an attribute in a title of SVG': [
      () => html`<svg><title><b a="${x}"></title></svg>`,
      '"&lt;" in place',
    ],
    'in what is an end tag in a textarea of MathML': [
      () => html`<math><textarea></${x}</textarea></math>`,
      '"&lt;" in place of "<" in <textarea>',
    ],
    'in plaintext': [() => html`<plaintext>${x}`, 'nothing ends it'],
    'after a script that may not have ended': [() => html`<script><!--<script></script>${x}`, 'remove the "<!--"'],
    'with NUL in the template': [() => html`<p>\0${x}`, 'NUL'],
    'with an escape that JavaScript cannot read': [() => html`\u{}${x}`, 'wrong escape'],
  };
  for (const [what, [make, reason]] of Object.entries(REFUSED)) {
    it(`refuses a placeholder ${what}, at every use`, () => {
      assert.throws(make, template(reason.replace(/[()]/g, '\\$&')));
      assert.throws(make, { code: 'ERR_ESCAPE_TEMPLATE' });
    });
  }

  it('counts the placeholders of the message', () => {
    assert.throws(() => html`<p title="${1}">${2} <a b="${3}" ${4}>`, template('placeholder 4 '));
  });

  const UNFINISHED = {
    'a tag': () => html`<p title="a"`,
    'a tag name': () => html`<p`,
    'the start of a tag': () => html`a <`,
    'the start of an end tag': () => html`a </`,
    'a quoted value': () => html`<p title="a>`,
    'a quoted value with a placeholder': () => html`<p title="${1}>`,
    'a comment': () => html`<!-- a ->`,
    'a doctype': () => html`<!doctype`,
    'a title': () => html`<title>${1}`,
    'a textarea': () => html`<textarea></textareas>`,
    'a script': () => html`<script>`,
  };
  for (const [what, make] of Object.entries(UNFINISHED)) {
    it(`refuses a template that ends inside ${what}, because what follows would change its meaning`, () => {
      assert.throws(make, template('the template ends inside '));
    });
  }

  const CALLS = {
    text: '<b>',
    'a list of JSON': ['<b>'],
    'a list with raw': { 0: '<b>', length: 1, raw: ['<b>'] },
    nothing: undefined,
  };
  for (const [what, value] of Object.entries(CALLS)) {
    it(`refuses a call with ${what}`, () => assert.throws(() => html(value), template('not a call with')));
  }

  it('refuses another number of values than the template has', () => {
    const strings = Object.assign(['a', 'b'], { raw: ['a', 'b'] });
    assert.throws(() => html(strings), { code: 'ERR_ESCAPE_TEMPLATE' });
    assert.throws(() => html(strings, 1, 2), { code: 'ERR_ESCAPE_TEMPLATE' });
  });
});

describe('html, refused values', () => {
  const safe = html`<b>`;
  let deep = ['x'];
  for (let level = 0; level < 40; level++) deep = [deep];
  const REFUSED = {
    'an object': () => html`${{ toString: () => '<b>' }}`,
    'a promise': () => html`${Promise.resolve('a')}`,
    'a function': () => html`${() => 'a'}`,
    'a symbol': () => html`${Symbol('a')}`,
    'a date': () => html`${new Date()}`,
    'a set': () => html`${new Set(['a'])}`,
    'an object in a list': () => html`${['a', {}]}`,
    'a list that is too deep': () => html`${deep}`,
    'a list in an attribute': () => html`<p title="${['a']}">`,
    'an object in an attribute': () => html`<p title="${{}}">`,
    'an object in a URL': () => html`<a href="${new URL('https://a.example')}">`,
    'markup in an attribute': () => html`<p title="${safe}">`,
    'markup in a URL': () => html`<a href="${safe}">`,
    'markup in a title': () => html`<title>${safe}</title>`,
    'markup in a textarea': () => html`<textarea>${safe}</textarea>`,
    'text in srcdoc': () => html`<iframe srcdoc="${'<b>'}"></iframe>`,
    'text in a style': () => html`<p style="color: ${'red'}">`,
    'a number that is not finite in a style': () => html`<p style="width: ${Number.NaN}px">`,
  };
  for (const [what, make] of Object.entries(REFUSED)) {
    it(`refuses ${what}`, () => {
      assert.throws(make, { name: 'TypeError', code: 'ERR_ESCAPE_INPUT', message: /^html: placeholder 1 / });
    });
  }

  it('says how to write a list in an attribute', () => {
    for (const make of [() => html`<p class="${['a', 'b']}">`, () => html`<a href="${['/a']}">`]) {
      assert.throws(make, /must be text, a number or a boolean, not a list; join it with \.join\(' '\)$/);
    }
  });

  it('does not show the value', () => {
    assert.throws(
      () => html`${{ secret: 'secret' }}`,
      ({ message }) => !message.includes('secret'),
    );
  });
});

describe('html in Express', () => {
  for (const [name, express] of apps) {
    it(`is sent as a page on ${name}, and never as JSON that a browser would run`, async () => {
      const app = express();
      app.get('/page', (req, res) => res.type('html').send(String(html`<p title="${req.query.a}">${req.query.a}</p>`)));
      app.get('/forgotten', (req, res) => res.send(html`<p>${req.query.a}</p>`));
      const query = `?a=${encodeURIComponent(HOSTILE)}`;
      const page = await request(app, { path: `/page${query}` });
      assert.match(page.headers['content-type'], /^text\/html; charset=utf-8$/);
      assert.equal(page.text, `<p title="${IN_TEXT}">${IN_TEXT}</p>`);
      const forgotten = await request(app, { path: `/forgotten${query}` });
      assert.match(forgotten.headers['content-type'], /^application\/json/);
      assert.equal(forgotten.json(), `<p>${IN_TEXT}</p>`);
    });

    it(`refuses what a client sends in place of text on ${name}`, async () => {
      const app = express();
      app.use(express.json());
      app.post('/', (req, res) => res.type('html').send(String(html`<p>${req.body.a}</p>`)));
      app.use((error, _req, res, _next) => res.status(500).send(error.code));
      const body = JSON.stringify({ a: { toString: '<b>', toJSON: '<b>' } });
      const answer = await request(app, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      assert.equal(answer.text, 'ERR_ESCAPE_INPUT');
    });
  }
});
