'use strict';

const assert = require('node:assert');
const { describe, it } = require('node:test');
const vm = require('node:vm');

const majors = require('../support/apps');
const { Recorder, run } = require('../support/limited');
const { request } = require('../support/request');
const { rateLimit } = require('../../lib/rate-limit');

describe('rate-limit: rateLimit', () => {
  const BAD = [
    { limit: Number.NaN },
    { limit: '5' },
    { max: -1 },
    { windowMs: 0 },
    { store: {} },
    { passOnStoreError: true },
    { standardHeaders: 'draft-9' },
    { standardHeaders: 1 },
    { identifier: 'ü' },
    { identifier: 'a\r\nb' },
    { identifier: '' },
    { identifier: 5 },
    { statusCode: 200 },
    { keyGenerator: 'ip' },
    { keyGenerator: () => 'a', ipv6Subnet: 56 },
    { algorithm: 'sliding' },
    { algorithm: 'gcra', limit: () => 5 },
    { handler: 5 },
    { skip: true },
    { requestPropertyName: '' },
    { legacyHeaders: 1 },
    null,
    7,
  ];
  for (const [index, row] of BAD.entries()) {
    it(`rejects the wrong options of row ${index}`, () => {
      assert.throws(
        () => rateLimit(row),
        (error) => /^ERR_RATE_LIMIT_OPTION(_RANGE)?$/.test(error.code),
      );
    });
  }

  it('defaults to 5 hits a minute with draft-8 and a problem document', async () => {
    const middleware = rateLimit();
    for (let index = 0; index < 5; index++) assert.strictEqual((await run(middleware)).passed, true);
    const { res, req, passed } = await run(middleware, { ip: '::ffff:192.0.2.1' });
    assert.strictEqual(passed, false);
    assert.strictEqual(res.statusCode, 429);
    assert.match(res.fields.ratelimit, /^"5-in-1min"; r=0; t=60$/);
    assert.strictEqual(res.fields['ratelimit-policy'], '"5-in-1min"; q=5; w=60');
    assert.strictEqual(res.fields['retry-after'], '60');
    assert.strictEqual(JSON.parse(res.body).status, 429);
    assert.ok(req.rateLimit.resetTime instanceof Date);
    assert.deepStrictEqual(
      Object.keys(res.fields).filter((name) => name.startsWith('x-')),
      [],
    );
  });

  it('takes options, functions and promises of another realm, as under Jest', async () => {
    const options = vm.runInNewContext(`({
      limit: async () => 1,
      keyGenerator: (req) => Promise.resolve(req.ip),
      skip: () => false,
      message: { error: 'slow down' },
    })`);
    const middleware = rateLimit(options);
    assert.strictEqual((await run(middleware)).passed, true);
    const { passed, res } = await run(middleware);
    assert.deepStrictEqual([passed, res.statusCode, res.body.error], [false, 429, 'slow down']);
  });

  it('escapes an identifier, so that it injects no parameter', async () => {
    const { res } = await run(rateLimit({ identifier: 'a";r=9;x="\\' }));
    assert.strictEqual(res.fields['ratelimit-policy'], '"a\\";r=9;x=\\"\\\\"; q=5; w=60');
    const { error } = await run(rateLimit({ identifier: () => 'a\nb' }));
    assert.strictEqual(error.code, 'ERR_RATE_LIMIT_OPTION');
  });

  it('keeps the fields of two limiters of one request', async () => {
    const [one, two] = [rateLimit({ limit: 5 }), rateLimit({ limit: 9, windowMs: 1000 })];
    const { res } = await run((req, res, next) => one(req, res, () => two(req, res, next)));
    assert.deepStrictEqual(res.fields['ratelimit-policy'], ['"5-in-1min"; q=5; w=60', '"9-in-1sec"; q=9; w=1']);
  });

  it('lets exactly the limit of same-tick requests pass, with sync and async options', async () => {
    for (const keyGenerator of [() => 'a', async () => 'a']) {
      const middleware = rateLimit({ limit: 3, keyGenerator });
      const answers = await Promise.all(Array.from({ length: 10 }, () => run(middleware)));
      assert.strictEqual(answers.filter(({ passed }) => passed).length, 3);
    }
  });

  it('calls next in the same tick while every option returns a plain value', () => {
    let called = false;
    rateLimit({ keyGenerator: () => 'a', skip: () => false, limit: () => 2 })(
      {},
      new Recorder(),
      () => (called = true),
    );
    assert.strictEqual(called, true);
  });

  it('skips, and applies a limit per request', async () => {
    const skipping = rateLimit({ limit: 0, skip: async () => true });
    assert.strictEqual((await run(skipping)).passed, true);
    const varying = rateLimit({ limit: async (req) => (req.ip === '192.0.2.1' ? 1 : 0) });
    assert.strictEqual((await run(varying)).passed, true);
    assert.strictEqual((await run(varying)).passed, false);
    assert.strictEqual((await run(varying, { ip: '192.0.2.2' })).passed, false);
  });

  it('resets and reads a key under any notation of its address', async () => {
    const middleware = rateLimit({ limit: 1 });
    await run(middleware);
    assert.strictEqual(middleware.getKey('::ffff:192.0.2.1').totalHits, 1);
    middleware.resetKey('::ffff:c000:201');
    assert.strictEqual(middleware.getKey('192.0.2.1'), undefined);
  });

  for (const [name, express] of majors) {
    it(`limits a real server on ${name} and leaves other header fields alone`, async () => {
      const app = express();
      app.use((_req, res, next) => {
        res.setHeader('X-Content-Type-Options', 'nosniff');
        next();
      });
      app.use(rateLimit({ limit: 2, legacyHeaders: true }));
      app.get('/', (req, res) => res.json({ used: req.rateLimit.used }));
      assert.deepStrictEqual((await request(app)).json(), { used: 1 });
      assert.deepStrictEqual((await request(app)).json(), { used: 2 });
      const refused = await request(app);
      assert.strictEqual(refused.status, 429);
      assert.strictEqual(refused.headers['content-type'], 'application/problem+json');
      assert.strictEqual(refused.headers['x-content-type-options'], 'nosniff');
      assert.strictEqual(refused.headers['x-ratelimit-remaining'], '0');
      assert.ok(Number(refused.headers['retry-after']) >= 1);
      assert.strictEqual(refused.json().title, 'Too Many Requests');
    });
  }
});
