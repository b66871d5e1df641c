'use strict';

const assert = require('node:assert');
const { once } = require('node:events');
const http = require('node:http');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { describe, it, mock } = require('node:test');

const majors = require('../support/apps');
const { Recorder, run } = require('../support/limited');
const { request } = require('../support/request');
const { addressKey, rateLimit } = require('../../lib/rate-limit');

/** Sends one request to an app that listens on a unix socket. */
async function requestOverUnixSocket(app, headers = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-'));
  const socketPath = join(folder, 'app.sock');
  const server = http.createServer(app).listen(socketPath);
  await once(server, 'listening');
  try {
    const [response] = await once(http.get({ socketPath, headers, agent: false }), 'response');
    response.resume();
    return response.statusCode;
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  }
}

/** An app that keeps the errors it passes on. */
function keepingErrors(express, ...middlewares) {
  const app = express();
  app.errors = [];
  app.use(...middlewares);
  app.get('/', (_req, res) => res.end('ok'));
  app.use((error, _req, res, _next) => {
    app.errors.push(error);
    res.status(error.status ?? 500).end();
  });
  return app;
}

const WRONG_ADDRESSES = ['unknown', '_hidden', '1.2.3.4.5', '1'.repeat(5000), 'ÿ', '<script>', '10.0.0.1;DROP'];

describe('rate-limit: the client of a request', () => {
  it('refuses a request whose key, limit or address cannot be used', async () => {
    for (const key of [undefined, null, 5, {}, '', Number.NaN]) {
      for (const keyGenerator of [() => key, async () => key]) {
        assert.strictEqual((await run(rateLimit({ keyGenerator }))).error?.code, 'ERR_RATE_LIMIT_KEY');
      }
    }
    const { error } = await run(rateLimit({ keyGenerator: () => 5 }));
    assert.strictEqual(error.message, 'rateLimit: `keyGenerator` must return a string, not a number; write String(id)');
    for (const limit of [undefined, null, Number.NaN, -1, 'x', Infinity, 1.5]) {
      for (const answer of [() => limit, async () => limit]) {
        assert.strictEqual((await run(rateLimit({ limit: answer }))).error?.code, 'ERR_RATE_LIMIT_OPTION_RANGE');
      }
    }
    assert.strictEqual((await run(rateLimit(), { ip: null })).error?.code, 'ERR_RATE_LIMIT_KEY');
    const gone = { headers: {} };
    rateLimit()(gone, new Recorder(), (error) => assert.strictEqual(error.code, 'ERR_RATE_LIMIT_KEY'));
    const broken = async () => Promise.reject(new Error('down'));
    assert.match((await run(rateLimit({ keyGenerator: broken }))).error.message, /down/);
  });

  it('warns once for each limiter about trust proxy, and once for the process about forwarded requests', async () => {
    const warnings = mock.method(process, 'emitWarning', () => {});
    const [plain, second, open] = [rateLimit(), rateLimit(), rateLimit()];
    for (let index = 0; index < 3; index++) {
      await run(plain, { trust: false, headers: { 'x-forwarded-for': '1.1.1.1' } });
      await run(second, { trust: false, headers: { 'x-forwarded-for': '1.1.1.1' } });
      await run(open, { trust: true });
    }
    const codes = warnings.mock.calls.map(({ arguments: [, { code }] }) => code);
    warnings.mock.restore();
    assert.deepStrictEqual(codes, ['WRN_RATE_LIMIT_FORWARDED', 'WRN_RATE_LIMIT_TRUST_PROXY']);
  });

  it('rejects a request whose req.ip is not an address', async () => {
    for (const ip of ['', ...WRONG_ADDRESSES]) {
      const { error } = await run(rateLimit(), { ip });
      assert.deepStrictEqual(
        [error?.name, error?.code, error?.status],
        ['PortcullisError', 'ERR_RATE_LIMIT_ADDRESS', 400],
      );
    }
  });

  it('reports that the connection was closed', async () => {
    const gone = { headers: {}, socket: { destroyed: true } };
    let error;
    rateLimit()(gone, new Recorder(), (failure) => {
      error = failure;
    });
    assert.match(error.message, /connection was closed/);
  });

  for (const [name, express] of majors) {
    it(`responds 400 to an X-Forwarded-For that is not an address on ${name}, and to no other client`, async () => {
      for (const middleware of [rateLimit(), rateLimit({ keyGenerator: (req) => `user ${addressKey(req.ip)}` })]) {
        const app = keepingErrors(express, middleware);
        app.set('trust proxy', 1);
        for (const address of WRONG_ADDRESSES) {
          assert.strictEqual((await request(app, { headers: { 'x-forwarded-for': address } })).status, 400, address);
        }
        assert.deepStrictEqual([...new Set(app.errors.map((error) => error.code))], ['ERR_RATE_LIMIT_ADDRESS']);
        assert.ok(!app.errors.some((error) => WRONG_ADDRESSES.some((address) => error.message.includes(address))));
        assert.strictEqual((await request(app, { headers: { 'x-forwarded-for': '192.0.2.7' } })).status, 200);
      }
    });

    it(`names the cure for a unix socket without trust proxy on ${name}`, {
      skip: process.platform === 'win32',
    }, async () => {
      const app = keepingErrors(express, rateLimit({ limit: 1 }));
      assert.strictEqual(await requestOverUnixSocket(app), 500);
      assert.strictEqual(app.errors[0].code, 'ERR_RATE_LIMIT_KEY');
      assert.match(app.errors[0].message, /unix socket.*app\.set\("trust proxy", 1\)/);
      app.set('trust proxy', 1);
      const headers = { 'x-forwarded-for': '192.0.2.1' };
      assert.strictEqual(await requestOverUnixSocket(app, headers), 200);
      assert.strictEqual(await requestOverUnixSocket(app, headers), 429);
    });
  }
});
