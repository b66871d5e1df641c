// @ts-check
'use strict';

// Patterns that match origins of other owners, beside credentials, enforce or trust.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const fc = require('fast-check');

const { cors } = require('../../lib/cors');
const { csrf } = require('../../lib/csrf');
const { foreign } = require('../support/realm');

const WIDE = [
  /^.*$/,
  /^.+$/,
  /^[\s\S]*$/,
  /^[\d\D]*$/,
  /^https?:\/\/.*$/,
  /^(?:https:\/\/.+)$/,
  /^https:\/\/[^/]+$/,
  /^https:\/\/(?:[a-z0-9-]+\.)+[a-z]+$/,
  /^https:\/\/[a-z]+\.com$/,
  /^https:\/\/\w+\.(?:com|net)$/i,
  /^(https:\/\/a\.example|.*)$/,
  /^https:\/\/app.example.com$/,
  /^https:\/\/app\.example.com$/,
  /^https:\/\/app.?\.example\.com$/,
  /^https:\/\/.*example\.com$/,
  /^https:\/\/[a-z]*example\.com$/,
  /^https:\/\/.*-example\.com$/,
  /^https:\/\/.*\.co\.uk$/,
  /^https:\/\/[a-z]+\.com\.au$/,
  /^https:\/\/[a-z0-9-]+\.vercel\.app$/,
  /^https:\/\/pr-\d+\.netlify\.app$/,
  /^https:\/\/my-app-[a-z0-9]+\.vercel\.app$/,
  /^https:\/\/[a-z]+\.com(?::\d+)?$/,
  /^http:\/\/\d+\.github\.io$/,
  /^https:\/\/[a-z]{4,8}\.vercel\.app$/,
  /^https:\/\/pr-\d{1,4}-acme\.vercel\.app$/,
  /^https:\/\/[A-F0-9]{12}\.ngrok\.io$/i,
  /^https:\/\/[a-z]{1,2}\.com$/,
  'https://*.co.uk',
  'https://*.com.au',
  'https://*.ac.jp',
  'https://*.github.io',
  'https://*.vercel.app',
  'https://*.pages.dev:8443',
];
const NARROW = [
  /^https:\/\/app\.example\.com$/,
  /^https:\/\/(?:www\.)?example\.com$/,
  /^https:\/\/[a-z0-9-]+\.example\.com$/,
  /^https:\/\/.*\.example\.com$/,
  /^https:\/\/.+\.example\.com(?::8443)?$/,
  /^https:\/\/(?:[a-z]+\.)*example\.co\.uk$/,
  /^https:\/\/pr-\d+\.example\.com$/,
  /^https:\/\/[a-z]+\.my-app\.vercel\.app$/,
  /^https:\/\/(?:app|admin)\.example\.(?:com|net)$/,
  /^https:\/\/[.]example\.com$/,
  /^https?:\/\/localhost:\d+$/,
  /^http:\/\/[a-z]+\.localhost:3000$/,
  /^capacitor:\/\/localhost$/,
  'https://*.example.com',
  'https://*.example.co.uk',
  'https://*.my-app.vercel.app',
  'http://*.localhost:3000',
];
const shown = (/** @type {string | RegExp} */ pattern) => (typeof pattern === 'string' ? pattern : String(pattern));

describe('patterns of origins', () => {
  for (const pattern of WIDE) {
    it(`refuses ${shown(pattern)} where its pages act for the user, and repeats nothing of it`, () => {
      for (const make of [
        () => cors({ origin: pattern, credentials: true }),
        () => cors({ origin: ['https://a.example', pattern], enforce: true }),
        () => csrf({ trustedOrigins: pattern }),
      ]) {
        assert.throws(make, (/** @type {any} */ error) => {
          assert.match(error.code, /^ERR_(CORS|CSRF)_OPTION$/);
          return typeof pattern !== 'string' || !error.message.includes(pattern);
        });
      }
    });

    it(`allows ${shown(pattern)} if pages may only read`, () => {
      assert.equal(typeof cors({ origin: pattern }), 'function');
    });
  }

  for (const pattern of NARROW) {
    it(`allows ${shown(pattern)}`, () => {
      for (let round = 0; round < 20; round++) {
        cors({ origin: pattern, credentials: true });
        csrf({ trustedOrigins: pattern });
      }
    });
  }

  it('refuses every expression that a random prefix of a domain passes', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);
    const gap = fc.constantFrom('.*', '.+', '[a-z0-9]+', '\\w*', '[^/]*', '(?:.*)', '(.+)?');
    fc.assert(
      fc.property(label, gap, (name, open) => {
        const wide = new RegExp(`^https:\\/\\/${open}${name}\\.com$`);
        assert.throws(() => csrf({ trustedOrigins: wide }), { code: 'ERR_CSRF_OPTION' }, String(wide));
        csrf({ trustedOrigins: new RegExp(`^https:\\/\\/${open}\\.${name}z\\.com$`) });
      }),
    );
  });

  it('shows in the error how to write a dot', () => {
    assert.throws(() => csrf({ trustedOrigins: /^https:\/\/app.example\.com$/ }), /unescaped "\."/);
  });

  it('reads arrays and RegExps of another realm', () => {
    const list = foreign('[/^https:\\/\\/app\\.example\\.com$/, "https://b.example"]');
    assert.equal(list[0] instanceof RegExp, false);
    const allowed = (/** @type {any} */ middleware, /** @type {string} */ origin) => {
      const headers = /** @type {Record<string, string>} */ ({});
      const res = {
        getHeader() {},
        setHeader: (/** @type {string} */ name, /** @type {string} */ value) => (headers[name] = value),
      };
      middleware({ method: 'GET', headers: { origin } }, res, () => {});
      return headers['Access-Control-Allow-Origin'];
    };
    const called = (/** @type {any} */ _origin, /** @type {any} */ done) => done(null, list);
    for (const origin of [list, list[0], called]) {
      assert.equal(allowed(cors({ origin, credentials: true }), 'https://app.example.com'), 'https://app.example.com');
      assert.equal(allowed(cors({ origin, credentials: true }), 'https://evil.example'), undefined);
    }
    assert.throws(() => csrf({ trustedOrigins: foreign('/^.*$/') }), { code: 'ERR_CSRF_OPTION' });
  });
});
