// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { httpsOnly } = require('../../lib/https');
const apps = require('../support/apps');
const { request } = require('../support/request');

/** @type {Record<string, any>} */
const MISUSES = {
  'a redirect without a host': { mode: 'redirect' },
  'a host that is never used': { mode: 'reject', host: 'a.example' },
  'both ways to name hosts': { host: 'a.example', allowedHosts: ['a.example'] },
  'a host in upper case': { host: 'A.example' },
  'a host with a path': { host: 'a.example/x' },
  'a host with a user': { host: 'x@a.example' },
  'an empty host': { host: '' },
  'an empty list': { allowedHosts: [] },
  'a list with a port': { allowedHosts: ['a.example:443'] },
  'a list with a number': { allowedHosts: [1] },
  'an exception without a slash': { host: 'a.example', except: ['health'] },
  'exceptions that are no list': { host: 'a.example', except: '/health' },
  'an unknown mode': { mode: 'warn' },
  'a misspelt name': { host: 'a.example', hots: 1 },
};

/** @param {any} express @param {any} options @param {any} init @param {(app: any) => void} [prepare] */
function ask(express, options, init, prepare) {
  const app = express();
  prepare?.(app);
  app.use(httpsOnly(options));
  app.use((/** @type {any} */ _req, /** @type {any} */ res) => res.status(202).send('handler'));
  app.use((/** @type {any} */ error, /** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ _next) => {
    res.status(error.status).send(error.code);
  });
  return request(app, init);
}

describe('https', () => {
  for (const [major, express] of apps) {
    it(`redirects to the one host with 308, keeping path and query, on ${major}`, async () => {
      for (const method of ['GET', 'HEAD', 'POST', 'DELETE']) {
        const answer = await ask(
          express,
          { host: 'a.example:8443' },
          { method, path: '/x/y?z=1&u=http://b', headers: { Host: 'evil.example' } },
        );
        assert.deepEqual([answer.status, answer.headers.location], [308, 'https://a.example:8443/x/y?z=1&u=http://b']);
      }
    });

    it(`redirects to an allowed host, without its plain port, on ${major}`, async () => {
      for (const host of ['a.example', 'A.EXAMPLE', 'a.example:80', 'a.example:']) {
        const { headers } = await ask(
          express,
          { allowedHosts: ['b.example', 'a.example'] },
          { path: '/p', headers: { Host: host } },
        );
        assert.equal(headers.location, 'https://a.example/p', host);
      }
    });

    it(`never repeats an unknown Host on ${major}`, async () => {
      for (const host of [
        'evil.example',
        'a.example.evil.example',
        'evil.example#a.example',
        'x@a.example',
        'a.example@evil',
        '',
      ]) {
        const answer = await ask(
          express,
          { allowedHosts: ['a.example'] },
          { raw: `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n` },
        );
        assert.deepEqual(
          [answer.status, answer.text, answer.headers.location],
          [400, 'ERR_HTTPS_HOST', undefined],
          host,
        );
      }
    });

    it(`responds with 400 to a request without Host on ${major}`, async () => {
      const answer = await ask(express, { allowedHosts: ['a.example'] }, { raw: 'GET / HTTP/1.0\r\n\r\n' });
      assert.equal(answer.status, 400);
    });

    it(`reads absolute-form targets on ${major}`, async () => {
      const targets = /** @type {Array<[string, number, string | undefined]>} */ ([
        ['http://a.example/p?q', 308, 'https://a.example/p?q'],
        ['http://a.example:80', 308, 'https://a.example/'],
        ['http://a.example?q', 308, 'https://a.example/?q'],
        ['http://evil.example/p', 400, undefined],
      ]);
      for (const [target, status, location] of targets) {
        const answer = await ask(
          express,
          { allowedHosts: ['a.example'] },
          { raw: `GET ${target} HTTP/1.1\r\nHost: a.example\r\n\r\n` },
        );
        assert.deepEqual([answer.status, answer.headers.location], [status, location], target);
      }
    });

    it(`keeps a path of two slashes on the host on ${major}`, async () => {
      const { headers } = await ask(
        express,
        { host: 'a.example' },
        { raw: 'GET //evil.example/x HTTP/1.1\r\nHost: a\r\n\r\n' },
      );
      assert.equal(headers.location, 'https://a.example//evil.example/x');
    });

    it(`believes X-Forwarded-Proto only from a trusted proxy on ${major}`, async () => {
      const headers = { 'X-Forwarded-Proto': 'https' };
      assert.equal((await ask(express, { mode: 'reject' }, { headers })).status, 403);
      assert.equal(
        (await ask(express, { mode: 'reject' }, { headers }, (app) => app.set('trust proxy', 'loopback'))).status,
        202,
      );
    });

    it(`rejects with 403 on ${major}`, async () => {
      const answer = await ask(express, { mode: 'reject' }, { path: '/x', headers: { Authorization: 'Bearer t' } });
      assert.deepEqual([answer.status, answer.text, answer.headers.location], [403, 'ERR_HTTPS_REQUIRED', undefined]);
    });

    it(`accepts the exempt paths and no others on ${major}`, async () => {
      const options = { mode: 'reject', except: ['/.well-known/acme-challenge/', '/health'] };
      for (const path of ['/.well-known/acme-challenge/abc', '/health', '/health?full=1']) {
        assert.equal(
          (await ask(express, options, { raw: `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n` })).status,
          202,
          path,
        );
      }
      for (const path of [
        '/healthy',
        '/health/',
        '/HEALTH',
        '/x?/health',
        '/.well-known/acme-challenge/../../admin',
        '/.well-known/acme-challenge/%2e%2e/admin',
        '/.well-known/acme-challenge/..%2fadmin',
        '/.well-known/acme-challenge/..\\admin',
      ]) {
        assert.equal(
          (await ask(express, options, { raw: `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n` })).status,
          403,
          path,
        );
      }
    });

    it(`compares the whole path inside a mounted router on ${major}`, async () => {
      const app = express();
      app.use('/api', httpsOnly({ host: 'a.example', except: ['/health'] }));
      assert.equal((await request(app, { path: '/api/health' })).headers.location, 'https://a.example/api/health');
    });
  }

  it('percent-encodes what a lenient parser or HTTP/2 lets through', () => {
    const sent = /** @type {Record<string, string>} */ ({});
    const res = {
      setHeader: (/** @type {string} */ name, /** @type {string} */ value) => (sent[name] = value),
      end() {},
    };
    httpsOnly({ host: 'a.example' })({ url: '/caf\u00e9 \r\nX: 1', headers: {} }, res, assert.fail);
    assert.equal(sent.Location, 'https://a.example/caf%E9%20%0D%0AX:%201');
  });

  for (const [name, options] of Object.entries(MISUSES)) {
    it(`rejects ${name} at set-up`, () => {
      assert.throws(() => httpsOnly(options), { name: 'TypeError', code: 'ERR_HTTPS_OPTION' });
    });
  }
});
