'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { createSvgSanitizer, errorHandler, sanitizeSvg } = require('portcullis');

const apps = require('../support/apps');
const { request } = require('../support/request');

const svg = (/** @type {string} */ inner, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg"${attributes}>${inner}</svg>`;
const PNG = 'data:image/png;base64,iVBORw0KGgo=';
const RECT = '<rect width="9" height="9"/>';

describe('svg: options', () => {
  it('accepts a string, a Buffer, and a view into a buffer', () => {
    const text = svg(RECT);
    const bytes = Buffer.from(`xx${text}yy`);
    for (const input of [text, Buffer.from(text), new Uint8Array(Buffer.from(text)), bytes.subarray(2, -2)]) {
      assert.equal(sanitizeSvg(input), text);
    }
  });

  it('throws for anything else', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(9));
    for (const input of [
      undefined,
      null,
      5,
      {},
      [],
      new ArrayBuffer(3),
      new Uint16Array(3),
      Promise.resolve(''),
      shared,
    ]) {
      assert.throws(() => sanitizeSvg(/** @type {any} */ (input)), { name: 'TypeError', code: 'ERR_SVG_INPUT' });
      assert.throws(() => createSvgSanitizer().report(/** @type {any} */ (input)), { code: 'ERR_SVG_INPUT' });
    }
  });

  it('keeps pictures inside the picture unless dataImages is false', () => {
    const input = svg(`<image href="${PNG}"/>`);
    assert.equal(createSvgSanitizer()(input), input);
    assert.equal(createSvgSanitizer({ dataImages: false })(input), svg('<image/>'));
  });

  it('keeps every kind of raster image that is what it says, and no other', () => {
    const image = (/** @type {string} */ type, /** @type {string | Buffer} */ bytes) =>
      svg(`<image href="data:image/${type};base64,${Buffer.from(bytes).toString('base64')}"/>`);
    const JPEG = Buffer.from([255, 216, 255, 224, 0, 16]);
    const accepted = [
      ['jpeg', JPEG],
      ['jpg', JPEG],
      ['gif', 'GIF89a..'],
      ['webp', 'RIFF....WEBPVP8 '],
    ];
    for (const [type, bytes] of accepted)
      assert.equal(sanitizeSvg(image(String(type), bytes)), image(String(type), bytes));
    const refused = [
      ['png', 'GIF89a'],
      ['webp', 'RIFF....AVI '],
      ['svg+xml', '<svg/>'],
      ['bmp', 'BM'],
      ['png', '<svg onload=x>'],
      ['avif', 'x'],
    ];
    for (const [type, bytes] of refused)
      assert.equal(sanitizeSvg(image(String(type), bytes)), svg('<image/>'), String(type));
  });

  it('drops animations if they are off', () => {
    const input = svg('<rect><animate attributeName="x" to="9" dur="1s"/><set attributeName="y" to="1"/></rect>');
    assert.equal(createSvgSanitizer()(input), input);
    assert.equal(createSvgSanitizer({ animations: false })(input), svg('<rect/>'));
  });

  it('puts idPrefix before ids and references', () => {
    const sanitize = createSvgSanitizer({ idPrefix: 'p1-' });
    const safe = sanitize(svg('<g id="a"/><use href="#a"/><rect style="fill:url(#b)"/>'));
    assert.equal(safe, svg('<g id="p1-a"/><use href="#p1-a"/><rect style="fill:url(#p1-b)"/>'));
    assert.equal(sanitize(safe), safe);
  });

  for (const [name, policy] of Object.entries({
    'an unknown option': { allowedTags: [] },
    'a string for a number': { maxBytes: '1mb' },
    'a prefix that is no name': { idPrefix: '"><script>' },
    'an empty prefix': { idPrefix: '' },
    'a list': [],
    'a boolean that is a string': { animations: 'no' },
  })) {
    it(`throws for ${name}`, () => {
      assert.throws(() => createSvgSanitizer(/** @type {any} */ (policy)), {
        name: 'TypeError',
        code: 'ERR_SVG_OPTION',
      });
    });
  }

  it('explains the options of other packages', () => {
    assert.throws(
      () => createSvgSanitizer(/** @type {any} */ ({ ALLOWED_TAGS: ['svg'] })),
      /unknown option "ALLOWED_TAGS"; remove it/,
    );
  });
});

describe('svg: bounds', () => {
  it('rejects what is too large with 413, and counts bytes of UTF-8', () => {
    const sanitize = createSvgSanitizer({ maxBytes: 60 });
    const text = svg('<g/>');
    assert.equal(sanitize(text.padEnd(60)), text);
    for (const input of [text.padEnd(61), Buffer.from(text.padEnd(61)), `${text}${'é'.repeat(10)}`, '😀'.repeat(16)]) {
      assert.throws(() => sanitize(input), { code: 'ERR_SVG_TOO_LARGE', status: 413 });
    }
  });

  it('rejects half of a surrogate pair, UTF-16 and Latin-1', () => {
    const utf16 = Buffer.from(`\ufeff${svg('')}`, 'utf16le');
    for (const input of [
      svg('<text>\ud800</text>'),
      utf16,
      Buffer.from(utf16).swap16(),
      utf16.subarray(2),
      Buffer.from(svg('<text>é</text>'), 'latin1'),
    ]) {
      assert.throws(() => sanitizeSvg(input), { code: 'ERR_SVG_ENCODING', status: 400 });
    }
  });

  const chain = (
    /** @type {number} */ levels,
    /** @type {number} */ times,
    /** @type {(i: number) => [string, string]} */ make,
  ) =>
    Array.from({ length: levels }, (_, i) => make(i))
      .map(([open, inner]) => `${open}${inner.repeat(times)}</${open.slice(1).split(' ')[0]}>`)
      .join('');
  const long = `M0 0${'h1'.repeat(8000)}`;
  /** @type {Record<string, string>} */
  const BOMBS = {
    'a use that doubles 40 times': `<g id="x0">${RECT}</g>${chain(40, 2, (i) => [`<g id="x${i + 1}">`, `<use href="#x${i}"/>`])}`,
    'patterns that multiply': `<pattern id="x0">${RECT}</pattern>${chain(9, 10, (i) => [`<pattern id="x${i + 1}">`, `<rect fill="url(#x${i})"/>`])}`,
    'masks that multiply by style': chain(18, 4, (i) => [`<mask id="x${i + 1}">`, `<rect style="mask:url(#x${i})"/>`]),
    'a filter on many elements': `<filter id="f">${'<feTurbulence/>'.repeat(50)}</filter>${'<rect filter="url(#f)"/>'.repeat(200)}`,
    'markers on a long path': `<marker id="m">${RECT.repeat(50)}</marker><path marker-mid="url(#m)" d="${long}"/>`,
    'markers that a use inherits': `<marker id="m">${RECT.repeat(50)}</marker><path id="p" d="${long}"/><g marker-mid="url(#m)"><use href="#p"/></g>`,
    'a fill that many shapes inherit': `<pattern id="p">${RECT.repeat(400)}</pattern><g fill="url(#p)">${RECT.repeat(400)}</g>`,
    'a use whose target is full of markers': `<marker id="m">${RECT.repeat(400)}</marker><g id="g">${'<path d="M0 0h9"/>'.repeat(400)}</g><use href="#g" marker-start="url(#m)"/>`,
    'a stylesheet that is written into every element': `<style>rect{font-family:"${'a'.repeat(60_000)}"}</style>${RECT.repeat(30)}`,
  };
  for (const [name, inner] of Object.entries(BOMBS)) {
    it(`rejects ${name}`, () => {
      assert.throws(() => sanitizeSvg(svg(inner)), { code: 'ERR_SVG_EXPANSION', status: 400 });
    });
  }

  it('rejects too many elements, nested ones, attributes and namespaces', () => {
    const namespaces = Array.from(
      { length: 6 },
      (_, j) => `<g ${Array.from({ length: 12 }, (_, i) => `xmlns:p${j}x${i}="urn:${i}"`).join(' ')}>`,
    );
    for (const [code, inner] of [
      ['ERR_SVG_ELEMENTS', '<g/>'.repeat(20_000)],
      ['ERR_SVG_DEPTH', '<g>'.repeat(64) + '</g>'.repeat(64)],
      ['ERR_SVG_ATTRIBUTES', `<rect ${Array.from({ length: 65 }, (_, i) => `a${i}="1"`).join(' ')}/>`],
      ['ERR_SVG_ATTRIBUTES', namespaces.join('') + '</g>'.repeat(6)],
    ]) {
      assert.throws(() => sanitizeSvg(svg(inner)), { code, status: 400 });
    }
  });

  it('takes linear time for a megabyte of whatever is repeated', () => {
    const sanitize = createSvgSanitizer({ maxBytes: 2 ** 21, maxElements: 200_000 });
    for (const part of [
      '<a ',
      '<a b="',
      '<!--',
      '<![CDATA[',
      '<g/>',
      '&lt;',
      '<g xmlns:a="b"/>',
      'url(#',
      '<style>',
      '<g>',
    ]) {
      const input = svg(part.repeat(2 ** 20 / part.length));
      const before = process.cpuUsage();
      try {
        sanitize(input);
      } catch (/** @type {any} */ error) {
        assert.match(error.code, /^ERR_SVG_/);
      }
      const { user, system } = process.cpuUsage(before);
      // About 20 ms; a quadratic pass would take minutes.
      assert.ok(user + system < 3_000_000, `${part}: ${user + system} us`);
    }
  });
});

describe('svg: an upload', () => {
  for (const [name, express] of apps) {
    it(`is stored safe, or refused with a coded problem, on ${name}`, async () => {
      const app = express();
      const sanitize = createSvgSanitizer({ maxBytes: 2000 });
      app.post('/logo', express.raw({ type: 'image/svg+xml' }), (req, res) =>
        res.type('image/svg+xml').send(sanitize(req.body)),
      );
      const codes = /** @type {string[]} */ ([]);
      app.use(errorHandler({ onError: (/** @type {any} */ error) => codes.push(error.code) }));
      const post = (/** @type {string} */ body) =>
        request(app, { method: 'POST', path: '/logo', headers: { 'content-type': 'image/svg+xml' }, body });
      const stored = await post(svg(`<script>pwn()</script>${RECT}`));
      assert.deepEqual([stored.status, stored.text], [200, svg(RECT)]);
      const refused = await post('<svg');
      assert.equal(refused.status, 400);
      assert.match(refused.text, /"title":"Bad Request"/);
      const large = await post(svg(RECT.repeat(200)));
      assert.equal(large.status, 413);
      assert.deepEqual(codes, ['ERR_SVG_SYNTAX', 'ERR_SVG_TOO_LARGE']);
    });
  }
});
