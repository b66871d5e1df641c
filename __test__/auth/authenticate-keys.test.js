'use strict';

// Keys that have to be fetched: a verifier that says so is asked once more, and waited for.

const assert = require('node:assert');
const http = require('node:http');
const { describe, it } = require('node:test');

const { authenticate, errorHandler, PortcullisError } = require('portcullis');

const apps = require('../support/apps');
const { request } = require('../support/request');

const bearer = { Authorization: 'Bearer x' };

/** A verifier of remote keys, which answers what it is told. */
function remote({ verify, verifyAsync, isRemote = true }) {
  const calls = { verify: 0, verifyAsync: 0 };
  const verifier = {
    isRemote,
    verify: (token) => {
      calls.verify += 1;
      return verify(token);
    },
    verifyAsync: (token) => {
      calls.verifyAsync += 1;
      return verifyAsync(token);
    },
  };
  return { verifier, calls };
}

const fails =
  (code, thrown = new PortcullisError(code, 'for the log')) =>
  () => {
    throw thrown;
  };
const later = async (value) => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return value;
};

function appOf(express, options) {
  const app = express();
  const errors = [];
  app.get('/', authenticate(options), (req, res) => res.json(req.auth));
  app.use((error, _req, _res, next) => {
    errors.push(error.code);
    next(error);
  });
  app.use(errorHandler({ onError: () => {} }));
  return { app, errors };
}

describe('authenticate with remote keys', () => {
  for (const [name, express] of apps) {
    for (const code of ['ERR_JWT_KEY_UNKNOWN', 'ERR_JWT_KEYS_UNAVAILABLE']) {
      it(`waits for keys after ${code} on ${name}`, async () => {
        const { verifier, calls } = remote({ verify: fails(code), verifyAsync: () => later({ sub: 'ada' }) });
        const { app } = appOf(express, { verifier, authorize: { check: (claims) => claims.sub === 'ada' } });
        const answer = await request(app, { headers: bearer });
        assert.deepStrictEqual(answer.json(), { token: 'x', claims: { sub: 'ada' } });
        assert.deepStrictEqual(calls, { verify: 1, verifyAsync: 1 });
      });
    }

    it(`makes no promise where the token passes at once on ${name}`, async () => {
      const { verifier, calls } = remote({ verify: () => ({ sub: 'ada' }), verifyAsync: assert.fail });
      const { app } = appOf(express, { verifier });
      assert.strictEqual((await request(app, { headers: bearer })).status, 200);
      assert.deepStrictEqual(calls, { verify: 1, verifyAsync: 0 });
    });

    const FINAL = {
      'another refusal': { code: 'ERR_JWT_SIGNATURE', status: 401 },
      'keys that are not remote': { code: 'ERR_JWT_KEY_UNKNOWN', status: 401, isRemote: false },
      'a verifier that only seems to be remote': { code: 'ERR_JWT_KEY_UNKNOWN', status: 401, isRemote: 'yes' },
    };
    for (const [what, { code, status, isRemote }] of Object.entries(FINAL)) {
      it(`does not call verifyAsync after ${what} on ${name}`, async () => {
        const { verifier, calls } = remote({ verify: fails(code), verifyAsync: () => later({}), isRemote });
        const { app, errors } = appOf(express, { verifier });
        assert.strictEqual((await request(app, { headers: bearer })).status, status);
        assert.deepStrictEqual([errors, calls.verifyAsync], [[code], 0]);
      });
    }

    const LATE_REFUSALS = [
      ['ERR_JWT_KEY_UNKNOWN', 401, 'Bearer error="invalid_token"'],
      ['ERR_JWT_EXPIRED', 401, 'Bearer error="invalid_token"'],
      ['ERR_JWT_KEYS_UNAVAILABLE', 503, undefined],
      ['ERR_JWT_BUSY', 503, undefined],
    ];
    for (const [code, status, challenge] of LATE_REFUSALS) {
      it(`responds with ${status} to a late ${code} on ${name}`, async () => {
        const verifyAsync = async () => fails(code)();
        const { verifier } = remote({ verify: fails('ERR_JWT_KEY_UNKNOWN'), verifyAsync });
        const { app, errors } = appOf(express, { verifier, optional: true });
        const answer = await request(app, { headers: bearer });
        assert.deepStrictEqual([answer.status, errors], [status, [code]]);
        assert.strictEqual(answer.headers['www-authenticate'], challenge);
      });
    }

    const LATE_MISTAKES = {
      'no claims': async () => undefined,
      'claims that are true': async () => true,
      'a rejection without an error': () => Promise.reject(),
      'a rejection with a text that Express knows': () => Promise.reject('route'),
      'a throw': fails('', undefined),
    };
    for (const [what, verifyAsync] of Object.entries(LATE_MISTAKES)) {
      it(`refuses a request if verifyAsync returns ${what} on ${name}`, async () => {
        const { verifier } = remote({ verify: fails('ERR_JWT_KEY_UNKNOWN'), verifyAsync });
        const { app } = appOf(express, { verifier });
        assert.strictEqual((await request(app, { headers: bearer })).status, 500);
      });
    }

    it(`refuses late claims that the rule does not allow on ${name}`, async () => {
      const { verifier } = remote({ verify: fails('ERR_JWT_KEY_UNKNOWN'), verifyAsync: () => later({ roles: [] }) });
      const { app, errors } = appOf(express, { verifier, authorize: { roles: ['admin'] } });
      assert.strictEqual((await request(app, { headers: bearer })).status, 403);
      assert.deepStrictEqual(errors, ['ERR_AUTH_FORBIDDEN']);
    });
  }

  it('calls next once for a client that is gone meanwhile', async () => {
    let finish;
    const pending = new Promise((resolve) => {
      finish = resolve;
    });
    const { verifier } = remote({ verify: fails('ERR_JWT_KEY_UNKNOWN'), verifyAsync: () => pending });
    const middleware = authenticate({ verifier });
    let calls = 0;
    const server = http.createServer((req, res) => {
      res.on('close', () => finish({ sub: 'ada' }));
      middleware(req, res, () => {
        calls += 1;
        res.end();
      });
      outgoing.destroy();
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
    const outgoing = http.get({ host: '127.0.0.1', port: server.address().port, headers: bearer, agent: false });
    outgoing.on('error', () => {});
    await pending;
    await new Promise(setImmediate);
    server.close();
    assert.strictEqual(calls, 1);
  });

  it('does not catch what a late next() throws, and calls it once', async () => {
    const { verifier } = remote({ verify: fails('ERR_JWT_KEY_UNKNOWN'), verifyAsync: async () => ({}) });
    const ticks = [];
    const { nextTick } = process;
    const next = () => assert.fail('downstream');
    process.nextTick = (call, ...args) => (call === next ? ticks.push(args) : nextTick(call, ...args));
    try {
      const returned = authenticate({ verifier })({ headers: { authorization: 'Bearer x' }, rawHeaders: [] }, {}, next);
      assert.strictEqual(returned, undefined);
      await new Promise(setImmediate);
    } finally {
      process.nextTick = nextTick;
    }
    assert.deepStrictEqual(ticks, [[]]);
  });
});
