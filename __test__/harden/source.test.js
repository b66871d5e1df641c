// @ts-check
'use strict';

// Who may have caused a request: csrf, enforce of cors and the token cookie under one list of trusted origins.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { authenticate, createSigner, createVerifier, csrf, errorHandler, harden } = require('portcullis');
const apps = require('../support/apps');
const { foreign, loadInRealm } = require('../support/realm');
const { request } = require('../support/request');
const { SECRET: KEY } = require('../support/secret');

const ALONE = { rateLimit: false, input: false };
const APP = 'https://app.example.com';
const EVIL = 'https://evil.example';
const verifier = createVerifier({ key: KEY });
const Cookie = `__Host-token=${createSigner({ key: KEY, expiresInSeconds: 60 }).sign({ sub: 'ada' })}`;

/** The status of a POST. @param {any} express @param {any} options @param {any} headers @param {any} [init] */
async function post(express, options, headers, { path = '/', behind = [] } = {}) {
  const app = express();
  app.use(harden({ ...ALONE, ...options }), ...behind);
  app.use((/** @type {any} */ _req, /** @type {any} */ res) => res.sendStatus(202));
  app.use(errorHandler({ onError() {} }));
  return (await request(app, { method: 'POST', path, headers })).status;
}

/** Options, the headers of a POST, and its status. @type {Array<[what: string, options: any, headers: any, status: number]>} */
const POSTS = [
  ['a foreign page by default', {}, { Origin: EVIL }, 202],
  ['a foreign page in the preset web', { preset: 'web' }, { Origin: EVIL }, 403],
  ['a foreign page where csrf is on', { csrf: true }, { 'Sec-Fetch-Site': 'cross-site' }, 403],
  ['a foreign page where csrf is off in web', { preset: 'web', csrf: false }, { Origin: EVIL }, 202],
  ['a program in web', { preset: 'web' }, {}, 202],
  ['a cookie without a source in web', { preset: 'web' }, { Cookie: 'a=1' }, 403],
  ['a cookie without a source by default', {}, { Cookie: 'a=1' }, 202],
  [
    'a trusted page in web',
    { preset: 'web', trustedOrigins: APP },
    { Origin: APP, 'Sec-Fetch-Site': 'same-site' },
    202,
  ],
  ['a page trusted by csrf itself', { csrf: { trustedOrigins: APP } }, { Origin: APP }, 202],
  ['a page trusted by either', { csrf: { trustedOrigins: APP }, trustedOrigins: EVIL }, { Origin: APP }, 202],
  ['a page that CORS allows, in web', { preset: 'web', cors: { origin: APP } }, { Origin: APP }, 202],
  ['a page that CORS does not allow, in web', { preset: 'web', cors: { origin: APP } }, { Origin: EVIL }, 403],
  [
    'a page that an origin function allows',
    { csrf: true, cors: { origin: (/** @type {any} */ _o, /** @type {any} */ cb) => setImmediate(cb, null, true) } },
    { Origin: EVIL },
    202,
  ],
  [
    'a page that an origin function refuses',
    { csrf: true, cors: { origin: (/** @type {any} */ _o, /** @type {any} */ cb) => setImmediate(cb, null, false) } },
    { Origin: EVIL },
    403,
  ],
  [
    'a request without Origin that an origin function allows',
    { csrf: true, cors: { origin: (/** @type {any} */ _o, /** @type {any} */ cb) => cb(null, true) } },
    { Cookie: 'a=1' },
    403,
  ],
  ['any page where CORS is open, in web', { preset: 'web', cors: true }, { Origin: EVIL }, 403],
  ['any page where CORS is open', { cors: true }, { Origin: EVIL }, 202],
  ['a foreign page where CORS names origins', { cors: { origin: APP } }, { Origin: EVIL }, 403],
  ['a foreign page where enforce is off', { cors: { origin: APP, enforce: false } }, { Origin: EVIL }, 202],
  [
    'a foreign page where enforce is off and csrf on',
    { csrf: true, cors: { origin: APP, enforce: false } },
    { Origin: EVIL },
    403,
  ],
  ['a foreign page where csrf is waived', { csrf: false, cors: { origin: APP } }, { Origin: EVIL }, 202],
  [
    'a foreign page where csrf is waived and enforce written',
    { csrf: false, cors: { origin: APP, enforce: true } },
    { Origin: EVIL },
    403,
  ],
  ['a trusted page that CORS does not allow', { trustedOrigins: EVIL, cors: { origin: APP } }, { Origin: EVIL }, 202],
  [
    'trusted origins as those of CORS: the page',
    { trustedOrigins: [APP], cors: { credentials: true } },
    { Origin: APP },
    202,
  ],
  [
    'trusted origins as those of CORS: another',
    { trustedOrigins: [APP], cors: { credentials: true } },
    { Origin: EVIL },
    403,
  ],
  [
    'an ftp origin of this host where CORS names origins',
    { cors: { origin: APP } },
    { Host: 'a', Origin: 'ftp://a' },
    403,
  ],
  [
    'a cors middleware of the app, in web',
    { preset: 'web', cors: (/** @type {any} */ _q, /** @type {any} */ _s, /** @type {any} */ next) => next() },
    { Origin: EVIL },
    403,
  ],
];

describe('harden: who caused a request', () => {
  for (const [major, express] of apps) {
    for (const [what, options, headers, status] of POSTS) {
      it(`responds with ${status} to ${what} on ${major}`, async () => {
        assert.equal(await post(express, options, headers), status);
      });
    }

    it(`exempts paths from csrf and from enforce on ${major}`, async () => {
      for (const options of [
        { csrf: { except: ['/callback'] } },
        { csrf: { except: ['/callback'] }, cors: { origin: APP } },
      ]) {
        assert.equal(await post(express, options, { Origin: EVIL }, { path: '/callback' }), 202);
        assert.equal(await post(express, options, { Origin: EVIL }, { path: '/callback/' }), 403);
      }
    });

    it(`applies trusted origins to the token cookie on ${major}`, async () => {
      const behind = [authenticate({ verifier, cookie: true })];
      const headers = { Cookie, Origin: APP, 'Sec-Fetch-Site': 'same-site' };
      assert.equal(await post(express, {}, headers, { behind }), 403);
      assert.equal(await post(express, { trustedOrigins: APP }, headers, { behind }), 202);
      assert.equal(await post(express, { trustedOrigins: APP }, { ...headers, Origin: EVIL }, { behind }), 403);
      assert.equal(await post(express, { csrf: { trustedOrigins: APP } }, headers, { behind }), 202);
      const after = [csrf({ trustedOrigins: APP }), ...behind];
      assert.equal(await post(express, { trustedOrigins: EVIL }, headers, { behind: after }), 202);
      assert.equal(await post(express, { trustedOrigins: EVIL }, { ...headers, Origin: EVIL }, { behind: after }), 202);
      // To read responses is less than to act for the user.
      assert.equal(await post(express, { cors: { origin: APP, credentials: true } }, headers, { behind }), 403);
      // An exemption of csrf is none of the token's.
      assert.equal(await post(express, { csrf: { except: ['/'] } }, { ...headers, Origin: EVIL }, { behind }), 403);
    });

    it(`refuses before the limiter and after CORS on ${major}`, async () => {
      const app = express();
      app.use(harden({ csrf: true, cors: { origin: APP }, rateLimit: () => assert.fail('reached'), input: false }));
      app.use(errorHandler({ onError() {} }));
      const answer = await request(app, { method: 'POST', headers: { Origin: EVIL } });
      assert.deepEqual([answer.status, answer.headers.vary], [403, 'Origin']);
    });
  }

  it('refuses wide trusted origins, and wide origins of CORS beside enforce', () => {
    assert.throws(() => harden({ trustedOrigins: 'https://*.vercel.app' }), { code: 'ERR_HARDEN_OPTION' });
    assert.throws(() => harden({ csrf: true, cors: { origin: /^.*$/, enforce: false } }), { code: 'ERR_CORS_OPTION' });
    harden({ cors: { origin: /^.*$/, enforce: false } });
  });

  it('reads options of another realm', async () => {
    const [[, express]] = /** @type {any} */ (apps);
    const options = foreign(`{ preset: 'web', trustedOrigins: [/^https:\\/\\/app\\.example\\.com$/],
      headers: { contentSecurityPolicy: { directives: { 'default-src': new Set(["'self'"]) } } }, csrf: { except: ['/x'] } }`);
    assert.equal(await post(express, options, { Origin: APP }), 202);
    assert.equal(await post(express, options, { Origin: EVIL }), 403);
    assert.equal(await post(express, options, { Origin: EVIL }, { path: '/x' }), 202);
  });

  it('runs inside of another realm, as test runners load it', async () => {
    const [[, express]] = /** @type {any} */ (apps);
    const lib = loadInRealm('../../index.js');
    assert.notEqual(lib.harden, harden);
    const app = express();
    const options = { preset: 'web', trustedOrigins: [/^https:\/\/app\.example\.com$/], cors: { credentials: true } };
    app.use(lib.harden(options));
    app.get('/broken', () => {
      throw new RangeError('secret');
    });
    app.use((/** @type {any} */ req, /** @type {any} */ res) => res.json(req.body ?? null));
    app.use(lib.errorHandler({ onError() {} }));
    const send = (/** @type {any} */ init) => request(app, init);
    const headers = { Origin: APP, 'Content-Type': 'application/json' };
    const answer = await send({ method: 'POST', headers, body: '{"a":1}' });
    assert.deepEqual([answer.status, answer.text], [200, '{"a":1}']);
    assert.equal(answer.headers['access-control-allow-origin'], APP);
    assert.equal((await send({ method: 'POST', headers: { Origin: EVIL } })).status, 403);
    assert.equal((await send({ path: '/broken' })).status, 500);
    assert.equal((await send({ path: '/%zz' })).status, 200);
    assert.equal((await send({ method: 'POST', headers, body: '{"$where":1}' })).status, 400);
  });
});
