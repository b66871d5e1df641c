'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const fc = require('fast-check');
const { JSDOM } = require('jsdom');
const { safeUrl } = require('portcullis');

const FALLBACK = 'about:invalid';

const ACCEPTED = [
  'https://a.example',
  'HTTPS://A.example/b?c=d#e',
  'http://127.0.0.1:3000/',
  'https://user@a.example/',
  'https://[::1]/',
  'https:\\\\a.example\\b',
  'https://пример.example/путь',
  'https://ｅｘａｍｐｌｅ.example/',
  'mailto:ada@a.example?subject=Hi%20there',
  'tel:+49-30-1234',
  '',
  '/',
  '/path/to?x=1&y=javascript:alert(1)#z:1',
  'path/to:b',
  './a:b',
  '../a',
  '?q=a:b&c=d',
  '#a:b',
  '\\path',
  '/path//double',
  '/日本語?q=ü',
  './/a.example',
  '%2e%2e/a',
];

const REFUSED = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  'j\r\na\tv\nascript\t:alert(1)',
  ' javascript:alert(1)',
  '\0javascript:alert(1)',
  '\x01\x1f javascript:alert(1)',
  'javascript\0:alert(1)',
  'javascript:alert(1)\0',
  'javascript://a.example/%0aalert(1)',
  '\u00a0javascript:alert(1)',
  '\u200bjavascript:alert(1)',
  '\ufeffjavascript:alert(1)',
  '\u2028javascript:alert(1)',
  'java\u200bscript:alert(1)',
  'java\u00adscript:alert(1)',
  'ｊavascript:alert(1)',
  'javaſcript:alert(1)',
  'javascript\uff1aalert(1):x',
  '%6aavascript:alert(1)',
  '&#106;avascript:alert(1)',
  '&#0000106avascript:alert(1)',
  'javascript&colon;alert(1)',
  'javascript&#58;alert(1)',
  'java&Tab;script:alert(1)',
  'vbscript:msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  'DATA:text/html;base64,PHNjcmlwdD4=',
  'blob:https://a.example/1',
  'filesystem:https://a.example/1',
  'view-source:javascript:alert(1)',
  'about:blank',
  'file:///etc/passwd',
  'ftp://a.example/',
  'intent://a#Intent;end',
  'feed:javascript:alert(1)',
  'jar:https://a.example!/b',
  ':javascript:alert(1)',
  '-javascript:alert(1)',
  'a.b:c',
  '//a.example/',
  '/\\a.example',
  '\\/a.example',
  '\\\\a.example',
  '/\t/a.example',
  '\n//a.example',
  '  //a.example',
  '///a.example',
  '\u00a0//a.example',
  'https:a.example',
  'https:/a.example',
  'http:\\a.example',
  'https://',
  'https://a b/',
  'https://a.example:99999/',
  'https://%00/',
  'https://a<b/',
  '/a\0b',
  '/a\x7fb',
  'https://a.example/\x1bb',
];

describe('safeUrl', () => {
  for (const url of ACCEPTED) {
    it(`returns ${JSON.stringify(url)}`, () => assert.equal(safeUrl(url), url));
  }

  for (const url of REFUSED) {
    it(`refuses ${JSON.stringify(url)}`, () => assert.equal(safeUrl(url), FALLBACK));
  }

  it('returns what the parser sees, without tabs, line ends, and controls at the ends', () => {
    assert.equal(safeUrl('\0 htt\tps://a.exa\r\nmple/ \x1f'), 'https://a.example/');
    assert.equal(safeUrl(' /a b '), '/a b');
    assert.equal(safeUrl('\t'), '');
    // Halves of a pair that a tab separates do not become one.
    assert.equal(safeUrl('/\ud83d\t\ude00'), '/\ufffd\ufffd');
  });

  const OPTIONS = [
    ['sms:1', { schemes: ['sms'] }, 'sms:1'],
    ['https://a.example', { schemes: ['sms'] }, FALLBACK],
    ['https://a.example', { schemes: [] }, FALLBACK],
    ['/a', { schemes: [] }, '/a'],
    ['/a', { relative: false }, FALLBACK],
    ['', { relative: false }, FALLBACK],
    ['//a.example/', { protocolRelative: true }, '//a.example/'],
    ['/\\a.example/', { protocolRelative: true }, '/\\a.example/'],
    ['//a b/', { protocolRelative: true }, FALLBACK],
    ['//', { protocolRelative: true }, FALLBACK],
    ['//a.example/', { protocolRelative: true, relative: false }, '//a.example/'],
    ['javascript:1', { fallback: '/' }, '/'],
    ['javascript:1', { fallback: '#' }, '#'],
    ['javascript:1', { fallback: '' }, ''],
    ['javascript:1', { fallback: 'about:invalid' }, FALLBACK],
    ['javascript:1', { fallback: 'https://a.example/', relative: false }, 'https://a.example/'],
    ['/a', {}, '/a'],
    ['/a', undefined, '/a'],
  ];
  for (const [url, options, result] of OPTIONS) {
    it(`returns ${result || 'nothing'} for ${url} with ${JSON.stringify(options)}`, () =>
      assert.equal(safeUrl(url, options), result));
  }

  const MISUSES = [
    [{ schemes: ['javascript'] }, /"schemes\[0\]" must be a scheme such as "https".*javascript.*never allowed/],
    [{ schemes: ['https', 'data'] }, /"schemes\[1\]"/],
    [{ schemes: ['vbscript'] }, /never allowed/],
    [{ schemes: ['blob'] }, /never allowed/],
    [{ schemes: ['https:'] }, /without a colon/],
    [{ schemes: ['HTTPS'] }, /"schemes\[0\]"/],
    [{ schemes: 'https' }, /must be a list of schemes/],
    [{ schemes: undefined }, /environment variable/],
    [{ relative: 'no' }, /must be true or false/],
    [{ fallback: 'javascript:alert(1)' }, /"fallback" must be a URL that these options allow/],
    [{ fallback: 'java\tscript:alert(1)' }, /"fallback"/],
    [{ fallback: '//a.example' }, /"fallback"/],
    [{ fallback: 5 }, /not a number/],
    [{ fallback: undefined }, /environment variable/],
    [{ protocols: ['https'] }, /use `schemes`/],
    [{ scheme: ['https'] }, /did you mean "schemes"/],
    [0, /must be an object .*not a number; in a map\(\)/],
    [['https'], /not an array/],
    [null, /not null/],
  ];
  for (const [options, message] of MISUSES) {
    it(`throws for the options ${JSON.stringify(options)}`, () => {
      assert.throws(() => safeUrl('/', options), { name: 'TypeError', code: 'ERR_ESCAPE_OPTION', message });
    });
  }
});

describe('safeUrl and the parser of browsers', () => {
  const PAGES = ['https://app.example/dir/page?q=1', 'http://app.example:8080/'];
  const HEADS = [
    ...'jJaAhHtT:/\\.?#&%;@ -+',
    'javascript',
    'data',
    'http',
    'https',
    'mailto',
    'tel',
    'x',
    '://',
    '//',
    'é',
  ];
  const HIDDEN = [
    '\t',
    '\n',
    '\r',
    '\0',
    '\x01',
    '\x1f',
    '\x7f',
    '\x85',
    '\xa0',
    '\xad',
    '\u200b',
    '\u2028',
    '\ufeff',
    '\ud800',
  ];
  const WIDE = [
    'ｊ',
    '：',
    '／',
    '。',
    'ſ',
    'K',
    '&colon;',
    '&#58;',
    '&Tab;',
    '%3a',
    '%09',
    '1',
    'alert(1)',
    'a.example',
  ];
  const part = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...HEADS, ...HIDDEN, ...WIDE) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) },
  );
  const urls = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
  /** Without URL.canParse(), which is wrong for Latin-1 text on Node.js 20 once it is optimized. @param {string} url @param {string} [page] */
  const read = (url, page) => {
    try {
      return new URL(url, page);
    } catch {
      return undefined;
    }
  };
  /** Whether the text names a scheme or a host by itself. @param {string} url */
  const isAbsolute = (url) => read(url) !== undefined;

  it('accepts a host in Latin-1 however often it is asked', () => {
    let refused = 0;
    for (let time = 0; time < 100_000; time++) if (safeUrl('https://caf\xe9.example/') === FALLBACK) refused += 1;
    assert.equal(refused, 0);
  });

  it('never returns a URL of another scheme, nor of another host without a scheme', () => {
    fc.assert(
      fc.property(urls, fc.constantFrom(...PAGES), (url, page) => {
        const safe = safeUrl(url);
        if (safe === FALLBACK) return;
        const seen = read(safe, page);
        assert.equal(seen?.href, read(url, page)?.href);
        assert.ok(seen === undefined || ['http:', 'https:', 'mailto:', 'tel:'].includes(seen.protocol), seen?.href);
        if (!isAbsolute(url)) assert.equal(seen?.origin, new URL(page).origin);
      }),
      { numRuns: 30_000 },
    );
  });

  it('never returns one that a reader who trims, reads character references or drops invisible characters would run', () => {
    const lenient = (/** @type {string} */ url) =>
      url
        .replace(/&(?:colon|#58);?/g, ':')
        .replace(/&Tab;/g, '\t')
        .replace(/[\s\p{C}]/gu, '');
    fc.assert(
      fc.property(urls, fc.constantFrom('javascript', 'data'), (url, scheme) => {
        for (const hostile of [url, `${url}${scheme}:alert(1)`, `${url}${scheme}&colon;alert(1)`]) {
          const safe = safeUrl(hostile);
          const isOwn = /^[/\\?#.]|^$/.test(safe) || /^(?:https?|mailto|tel):/i.test(safe);
          assert.ok(isOwn || !/^(?:javascript|data):/i.test(lenient(safe)), JSON.stringify(hostile));
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it('returns every absolute URL of an allowed scheme that the parser accepts, with two slashes where hosts are', () => {
    const host = fc.constantFrom(
      'a.example',
      'A.example:80',
      'u:p@a.example',
      '[::1]',
      'пример.example',
      'a_b',
      '1.2.3.4',
    );
    const scheme = fc.constantFrom('http://', 'HTTPS://', 'https:\\/');
    const rest = fc.webPath().chain((path) => fc.webQueryParameters().map((query) => `${path}?${query}`));
    fc.assert(
      fc.property(scheme, host, rest, (first, second, third) => {
        const url = `${first}${second}${third}`;
        assert.equal(safeUrl(url), url);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves an anchor of a page nothing to run', () => {
    const { document } = new JSDOM('<a></a>', { url: PAGES[0] }).window;
    const anchor = document.querySelector('a');
    for (const url of REFUSED) {
      anchor.href = safeUrl(url);
      assert.equal(anchor.protocol, 'about:', url);
    }
    for (const url of ACCEPTED) {
      anchor.href = safeUrl(url);
      assert.match(anchor.protocol, /^(?:https?|mailto|tel):$/, url);
    }
  });

  it('takes linear time for long runs of spaces, colons and slashes', () => {
    for (const unit of [' ', ':', '/', '\t', '&', 'a', '\0', '-']) {
      const url = `a${unit.repeat(1_000_000)}b`;
      const started = process.cpuUsage();
      safeUrl(url);
      assert.ok(process.cpuUsage(started).user < 2_000_000, unit);
    }
  });
});
