// @ts-check
'use strict';

// Where TLS ends: at this server, with and without Express, or at a proxy that Express was not told of.

const assert = require('node:assert/strict');
const { generateKeyPairSync } = require('node:crypto');
const { once } = require('node:events');
const https = require('node:https');
const { describe, it, mock } = require('node:test');

const { httpsOnly } = require('../../lib/https');
const apps = require('../support/apps');
const { certificate, pem } = require('../support/certificate');
const { request } = require('../support/request');

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const TLS = {
  cert: pem(certificate(pair), 'CERTIFICATE'),
  key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
};

/** The status over TLS. @param {any} app @returns {Promise<number>} */
async function statusOverTls(app) {
  const server = https.createServer(TLS, app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  try {
    const sent = https.get({ host: '127.0.0.1', port, agent: false, rejectUnauthorized: false });
    const [response] = await once(sent, 'response');
    response.resume();
    return response.statusCode;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A handler without Express. @param {any} [options] */
function bare(options) {
  const only = httpsOnly(options);
  return (/** @type {any} */ req, /** @type {any} */ res) =>
    only(req, res, (/** @type {any} */ error) => {
      res.statusCode = error?.status ?? 202;
      res.end();
    });
}

describe('https: connections', () => {
  for (const [major, express] of apps) {
    it(`accepts what came over TLS to ${major} itself, without "trust proxy"`, async () => {
      const app = express();
      app.use(httpsOnly());
      app.use((/** @type {any} */ _req, /** @type {any} */ res) => res.status(202).end());
      assert.equal(await statusOverTls(app), 202);
    });
  }

  it('accepts what came over TLS to a handler without Express, and nothing else', async () => {
    assert.equal(await statusOverTls(bare()), 202);
    assert.equal((await request(bare(), { headers: { 'X-Forwarded-Proto': 'https' } })).status, 403);
    assert.equal((await request(bare({ host: 'a.example' }), {})).headers.location, 'https://a.example/');
  });

  it('warns once of a redirect that leads in a circle', async () => {
    const warnings = mock.method(process, 'emitWarning', () => {});
    const headers = { 'X-Forwarded-Proto': 'https' };
    const status = async (/** @type {any} */ express, /** @type {any} */ trust, /** @type {any} */ fields) => {
      const app = express();
      app.set('trust proxy', trust);
      app.use(httpsOnly({ host: 'a.example' }));
      return (await request(app, { headers: fields })).status;
    };
    for (const [, express] of apps) {
      // A trusted proxy that received plain HTTP, and a client that wrote nothing of the kind.
      assert.equal(await status(express, 1, { 'X-Forwarded-Proto': 'http' }), 308);
      assert.equal(await status(express, false, {}), 308);
    }
    assert.equal(warnings.mock.callCount(), 0);
    for (const [, express] of apps) assert.equal(await status(express, false, headers), 308);
    const codes = warnings.mock.calls.map(({ arguments: [/** @type {any} */ , options] }) => options.code);
    warnings.mock.restore();
    assert.deepEqual(codes, ['WRN_HTTPS_FORWARDED']);
  });
});
