// @ts-check
'use strict';

// What must hold for any header and any path.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const fc = require('fast-check');

const { csrf } = require('../../lib/csrf');

const HOST = 'app.example.com';

/** @param {any} middleware @param {any} req */
function isRefused(middleware, req) {
  let error;
  middleware(req, {}, (/** @type {any} */ given) => (error = given));
  return error !== undefined;
}

const text = fc.oneof(
  fc.string(),
  fc.webUrl(),
  fc.constantFrom('null', '', 'same-site', 'cross-site', `https://${HOST}`),
);

describe('csrf for any input', () => {
  it('accepts only two values of Sec-Fetch-Site, whatever Origin and cookies are', () => {
    const middleware = csrf();
    fc.assert(
      fc.property(text, fc.option(text, { nil: undefined }), text, (site, origin, cookie) => {
        const headers = { host: HOST, 'sec-fetch-site': site, ...(origin !== undefined && { origin }), cookie };
        const isOwn = site === 'same-origin' || site === 'none';
        assert.equal(isRefused(middleware, { method: 'POST', url: '/', headers }), !isOwn);
      }),
    );
  });

  it('accepts no other origin without Sec-Fetch-Site', () => {
    const middleware = csrf();
    fc.assert(
      fc.property(text, (origin) => {
        const isOwn = origin === `https://${HOST}` || origin === `http://${HOST}`;
        assert.equal(isRefused(middleware, { method: 'POST', url: '/', headers: { host: HOST, origin } }), !isOwn);
      }),
    );
  });

  it('passes a request without Origin and Sec-Fetch-Site exactly if it has no Cookie header', () => {
    const middleware = csrf();
    fc.assert(
      fc.property(fc.option(text, { nil: undefined }), text, (cookie, referer) => {
        const headers = { host: HOST, referer, ...(cookie !== undefined && { cookie }) };
        assert.equal(isRefused(middleware, { method: 'POST', url: '/', headers }), cookie !== undefined);
      }),
    );
  });

  it('exempts a path only if its text is the entry, or begins with an entry that ends in "/"', () => {
    const middleware = csrf({ except: ['/callback', '/hooks/'] });
    const piece = fc.constantFrom(
      '/',
      '//',
      'callback',
      'hooks',
      'CALLBACK',
      '..',
      '.',
      '%2e',
      '%2F',
      ';',
      '\\',
      'a',
      '#',
      '%63',
      'é',
    );
    const path = fc.array(piece, { maxLength: 6 }).map((pieces) => `/${pieces.join('')}`);
    fc.assert(
      fc.property(fc.oneof(path, fc.webPath()), (url) => {
        const headers = { host: HOST, origin: 'https://evil.example' };
        if (isRefused(middleware, { method: 'POST', url, headers })) return;
        assert.ok(url === '/callback' || url.startsWith('/callback?') || url.startsWith('/hooks/'), url);
        // However a reader resolves the path, it stays below the folder.
        for (const seen of [url, safeDecoded(url), safeDecoded(safeDecoded(url))]) {
          const { pathname } = new URL(seen.split(/[?#]/)[0] ?? '', 'http://a');
          assert.ok(pathname === '/callback' || pathname.startsWith('/hooks/'), `${url} is ${pathname}`);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

/** @param {string} url */
function safeDecoded(url) {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
