'use strict';

const assert = require('node:assert');
const { EventEmitter, once } = require('node:events');
const { describe, it, mock } = require('node:test');
const { Worker } = require('node:worker_threads');

const erl = require('express-rate-limit');

const majors = require('../support/apps');
const { request } = require('../support/request');
const vectors = require('../vectors/rate-limit.json');
const { addressKey, createLimiter, rateLimit } = require('../../lib/rate-limit');

/** A clock that stands until it is moved. */
function fakeClock(now = 1_000_000) {
  const clock = () => clock.now;
  clock.now = now;
  return clock;
}

/** A response that records what it is told, without a socket. */
class Recorder extends EventEmitter {
  statusCode = 200;
  headersSent = false;
  writableEnded = false;
  fields = {};
  getHeader(name) {
    return this.fields[name.toLowerCase()];
  }
  setHeader(name, value) {
    this.fields[name.toLowerCase()] = value;
  }
  append(name, value) {
    const before = this.getHeader(name);
    this.setHeader(name, before === undefined ? value : [].concat(before, value));
  }
  status(code) {
    this.statusCode = code;
    return this;
  }
  send(body) {
    this.body = body;
    this.headersSent = this.writableEnded = true;
    return this;
  }
  end(body) {
    return this.send(body);
  }
}

/** Runs one request through a middleware without a server. @returns {Promise<{ res: Recorder, passed: boolean, error: any, req: any }>} */
async function run(middleware, { ip = '192.0.2.1', headers = {}, trust = 1 } = {}) {
  const req = { ip, headers, socket: { remoteAddress: ip }, app: { get: () => trust } };
  const res = new Recorder();
  const outcome = await new Promise((resolve) => {
    res.send = (body) => {
      Recorder.prototype.send.call(res, body);
      resolve({ passed: false });
      return res;
    };
    middleware(req, res, (error) => resolve({ passed: error === undefined, error }));
  });
  return { res, req, error: undefined, ...outcome };
}

const code = (expected) => (error) => error.code === expected;

describe('rate limit: createLimiter', () => {
  it('answers the documented decision', () => {
    const clock = fakeClock();
    const limiter = createLimiter({ limit: 2, windowMs: 1000, clock });
    assert.deepStrictEqual(limiter.peek('a'), { allowed: true, limit: 2, remaining: 2, resetMs: 0, retryAfterMs: 0 });
    assert.deepStrictEqual(limiter.consume('a'), {
      allowed: true,
      limit: 2,
      remaining: 1,
      resetMs: 1000,
      retryAfterMs: 0,
    });
    clock.now += 400;
    assert.deepStrictEqual(limiter.consume('a'), {
      allowed: true,
      limit: 2,
      remaining: 0,
      resetMs: 600,
      retryAfterMs: 0,
    });
    assert.deepStrictEqual(limiter.consume('a'), {
      allowed: false,
      limit: 2,
      remaining: 0,
      resetMs: 600,
      retryAfterMs: 600,
    });
    clock.now += 600;
    assert.strictEqual(limiter.consume('a').allowed, true);
  });

  it('refunds, blocks and resets a key', () => {
    const limiter = createLimiter({ limit: 2, windowMs: 1000, clock: fakeClock() });
    limiter.consume('a', 2);
    limiter.refund('a');
    assert.strictEqual(limiter.peek('a').remaining, 1);
    limiter.block('a', 5000);
    assert.strictEqual(limiter.consume('a').retryAfterMs, 5000);
    limiter.reset('a');
    assert.strictEqual(limiter.consume('a').allowed, true);
  });

  it('refills one hit per interval under gcra', () => {
    const clock = fakeClock();
    const limiter = createLimiter({ limit: 2, windowMs: 1000, algorithm: 'gcra', clock });
    assert.ok(limiter.consume('a').allowed && limiter.consume('a').allowed);
    assert.deepStrictEqual(limiter.consume('a'), {
      allowed: false,
      limit: 2,
      remaining: 0,
      resetMs: 1000,
      retryAfterMs: 500,
    });
    clock.now += 500;
    assert.ok(limiter.consume('a').allowed);
  });

  it('runs on a monotonic clock when none is given: a step of the wall clock frees nobody', () => {
    const limiter = createLimiter({ limit: 1, windowMs: 60_000 });
    limiter.consume('a');
    const date = mock.method(Date, 'now', () => 0);
    assert.strictEqual(limiter.consume('a').allowed, false);
    date.mock.restore();
    assert.strictEqual(limiter.consume('a').allowed, false);
  });

  const BAD_OPTIONS = [
    undefined,
    null,
    5,
    'x',
    [],
    {},
    { limit: 5 },
    { windowMs: 1 },
    ...[Number.NaN, Infinity, -1, 1.5, 2 ** 24, 2 ** 53, '5', null, {}].map((limit) => ({ limit, windowMs: 1000 })),
    ...[Number.NaN, Infinity, -1, 0, 0.5, 2 ** 31, 2 ** 53, '5', null].map((windowMs) => ({ limit: 1, windowMs })),
    ...['sliding', 'strict', 'x', null, 1].map((algorithm) => ({ limit: 1, windowMs: 1, algorithm })),
    ...[0, 1024, 2 ** 31, Number.NaN, '1'].map((maxBytes) => ({ limit: 1, windowMs: 1, maxBytes })),
    ...[31, 129, 56.5, true, '56', Number.NaN].map((ipv6Subnet) => ({
      limit: 1,
      windowMs: 1,
      keys: 'address',
      ipv6Subnet,
    })),
    { limit: 1, windowMs: 1, ipv6Subnet: 56 },
    { limit: 1, windowMs: 1, name: '' },
    { limit: 1, windowMs: 1, name: 7 },
    { limit: 1, windowMs: 1, clock: 7 },
    { limit: 1, windowMs: 1, clock: () => Number.NaN },
    { limit: 1, windowMs: 1, clock: () => '5' },
    { limit: 1, windowMs: 1, keys: 'x' },
    { limit: 1, windowMs: 1, store: {} },
    { limit: 1, windowMs: 1, limmit: 1 },
  ];
  for (const [index, row] of BAD_OPTIONS.entries()) {
    it(`rejects bad options, row ${index}`, () => {
      assert.throws(
        () => createLimiter(row),
        (error) => /^ERR_RATE_LIMIT_OPTION(_RANGE)?$/.test(error.code),
      );
    });
  }

  it('rejects keys that are not text of 1 to 1024 bytes', () => {
    const limiter = createLimiter({ limit: 1, windowMs: 1000 });
    for (const key of [
      undefined,
      null,
      5,
      Number.NaN,
      {},
      [],
      Symbol('x'),
      '',
      'x'.repeat(1025),
      'é'.repeat(513),
      '\ud800',
      'a\udfffb',
      'x'.repeat(1 << 20),
    ]) {
      for (const method of ['consume', 'peek', 'refund', 'reset']) {
        assert.throws(() => limiter[method](key), code('ERR_RATE_LIMIT_KEY'), `${method} ${typeof key}`);
      }
    }
  });

  it('never joins two keys that differ', () => {
    const limiter = createLimiter({ limit: 1, windowMs: 60_000 });
    const keys = [
      '__proto__',
      'constructor',
      'a\0b',
      'a',
      'a\0',
      '\ufffd',
      'é',
      'e\u0301',
      'x'.repeat(1024),
      `${'x'.repeat(1023)}y`,
    ];
    for (const key of keys) assert.strictEqual(limiter.consume(key).allowed, true, key);
    for (const key of keys) assert.strictEqual(limiter.consume(key).allowed, false, key);
    assert.strictEqual(limiter.stats().keys, keys.length);
  });

  it('rejects costs that are no whole number from 1 to the limit', () => {
    const limiter = createLimiter({ limit: 3, windowMs: 1000 });
    for (const cost of [0, -1, 1.5, Number.NaN, Infinity, 4, 2 ** 32 + 1, '1', null]) {
      assert.throws(() => limiter.consume('a', cost), code('ERR_RATE_LIMIT_COST'));
      if (cost !== 4) assert.throws(() => limiter.refund('a', cost), code('ERR_RATE_LIMIT_COST'));
    }
    assert.strictEqual(limiter.peek('a').remaining, 3);
  });

  it('rejects a hit when the clock answers nonsense', () => {
    const clock = fakeClock();
    const limiter = createLimiter({ limit: 3, windowMs: 1000, clock });
    for (const now of [Number.NaN, Infinity, undefined, '5']) {
      clock.now = now;
      assert.throws(() => limiter.consume('a'), code('ERR_RATE_LIMIT_OPTION'));
    }
  });

  it('shares a limiter by name and refuses the name with other options', () => {
    const options = { limit: 2, windowMs: 60_000, name: 'shared in a test' };
    createLimiter(options).consume('a');
    assert.strictEqual(createLimiter(options).consume('a').remaining, 0);
    assert.strictEqual(createLimiter({ limit: 2, windowMs: 60_000 }).consume('a').remaining, 1);
    for (const other of [
      { limit: 3 },
      { windowMs: 1 },
      { algorithm: 'gcra' },
      { keys: 'address' },
      { clock: fakeClock() },
      { maxBytes: 65536 },
    ]) {
      assert.throws(() => createLimiter({ ...options, ...other }), code('ERR_RATE_LIMIT_CONFLICT'));
    }
  });

  it('lets exactly the limit pass over worker threads that share a name', async () => {
    const source = `
      const { parentPort } = require('node:worker_threads');
      const { createLimiter } = require(${JSON.stringify(require.resolve('../../lib/rate-limit'))});
      const limiter = createLimiter({ limit: 1000, windowMs: 600_000, name: 'workers' });
      let passed = 0;
      for (let index = 0; index < 2000; index++) passed += limiter.consume('a').allowed ? 1 : 0;
      parentPort.postMessage(passed);`;
    const workers = [1, 2, 3].map(() => new Worker(source, { eval: true }));
    const counts = await Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0]));
    assert.strictEqual(
      counts.reduce((sum, count) => sum + count, 0),
      1000,
    );
    assert.strictEqual(createLimiter({ limit: 1000, windowMs: 600_000, name: 'workers' }).peek('a').allowed, false);
  });
});

describe('rate limit: addresses', () => {
  for (const { ip, subnet, key } of vectors.addresses) {
    it(`counts ${ip} /${subnet} as ${key}`, () => {
      assert.strictEqual(addressKey(ip, subnet), key);
      const limiter = createLimiter({ limit: 1, windowMs: 60_000, keys: 'address', ipv6Subnet: subnet });
      limiter.consume(ip);
      assert.strictEqual(limiter.consume(key.split('/')[0]).allowed, false);
    });
  }

  it('rejects what is no address', () => {
    const limiter = createLimiter({ limit: 1, windowMs: 60_000, keys: 'address' });
    for (const text of [...vectors.rejected, undefined, null, 5, {}]) {
      assert.throws(() => limiter.consume(text), code('ERR_RATE_LIMIT_KEY'), String(text));
      assert.throws(() => addressKey(text), code('ERR_RATE_LIMIT_KEY'), String(text));
    }
    for (const subnet of [31, 129, Number.NaN, '56', true]) {
      assert.throws(() => addressKey('::1', subnet), code('ERR_RATE_LIMIT_OPTION_RANGE'));
    }
  });

  it('never gives a client another limit inside its own /56', () => {
    const limiter = createLimiter({ limit: 1, windowMs: 60_000, keys: 'address' });
    assert.strictEqual(limiter.consume('2001:db8:1:1::1').allowed, true);
    for (let index = 0; index < 256; index++) {
      assert.strictEqual(limiter.consume(`2001:db8:1:${index.toString(16)}::${index}`).allowed, false);
    }
    assert.strictEqual(limiter.consume('2001:db8:1:100::1').allowed, true);
  });
});

describe('rate limit: rateLimit beside express-rate-limit', () => {
  const HEADERS = ['draft-6', 'draft-7', 'draft-8'].flatMap((draft) =>
    [5000, 60_000, 7_200_000, 172_800_000, 1500].map((windowMs) => [draft, windowMs]),
  );
  for (const [standardHeaders, windowMs] of HEADERS) {
    it(`writes the same header fields for ${standardHeaders}, ${windowMs} ms`, async (t) => {
      t.mock.timers.enable({ apis: ['Date', 'setInterval'], now: 1_700_000_000_000 });
      const options = { windowMs, limit: 3, standardHeaders, legacyHeaders: true };
      const ours = rateLimit({ ...options, clock: () => Date.now() });
      const theirs = erl.rateLimit({ ...options, validate: false });
      let seed = 7;
      for (let step = 0; step < 60; step++) {
        seed = (seed * 1103515245 + 12345) % 2 ** 31;
        t.mock.timers.tick(seed % Math.ceil(windowMs / 2));
        const ip = `192.0.2.${seed % 4}`;
        const [a, b] = [await run(ours, { ip }), await run(theirs, { ip })];
        const fields = structuredClone(b.res.fields);
        if (standardHeaders === 'draft-8')
          fields['ratelimit-policy'] = fields['ratelimit-policy'].replace(/; pk=.*$/, '');
        delete a.res.fields['content-type'];
        assert.deepStrictEqual(a.res.fields, fields, `step ${step}`);
        assert.strictEqual(a.passed, b.passed, `step ${step}`);
        const { limit, used, remaining, resetTime } = a.req.rateLimit;
        const { key: _key, ...expected } = b.req.rateLimit;
        assert.deepStrictEqual({ limit, used, remaining, resetTime }, expected, `step ${step}`);
      }
    });
  }
});

describe('rate limit: rateLimit', () => {
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
    it(`rejects bad options, row ${index}`, () => {
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

  it('fails closed when the key, the limit or the address is no good', async () => {
    for (const key of [undefined, null, 5, {}, '', Number.NaN]) {
      for (const keyGenerator of [() => key, async () => key]) {
        assert.strictEqual((await run(rateLimit({ keyGenerator }))).error?.code, 'ERR_RATE_LIMIT_KEY');
      }
    }
    for (const limit of [undefined, null, Number.NaN, -1, 'x', Infinity, 1.5]) {
      for (const answer of [() => limit, async () => limit]) {
        assert.strictEqual((await run(rateLimit({ limit: answer }))).error?.code, 'ERR_RATE_LIMIT_OPTION_RANGE');
      }
    }
    for (const ip of ['unknown', '', null])
      assert.strictEqual((await run(rateLimit(), { ip })).error?.code, 'ERR_RATE_LIMIT_KEY');
    const gone = { headers: {} };
    rateLimit()(gone, new Recorder(), (error) => assert.strictEqual(error.code, 'ERR_RATE_LIMIT_KEY'));
    const broken = async () => Promise.reject(new Error('down'));
    assert.match((await run(rateLimit({ keyGenerator: broken }))).error.message, /down/);
  });

  it('lets exactly the limit of same-tick requests pass, with sync and async options', async () => {
    for (const keyGenerator of [() => 'a', async () => 'a']) {
      const middleware = rateLimit({ limit: 3, keyGenerator });
      const answers = await Promise.all(Array.from({ length: 10 }, () => run(middleware)));
      assert.strictEqual(answers.filter(({ passed }) => passed).length, 3);
    }
  });

  it('answers in the same tick while its options do', () => {
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

  it('refunds failed or successful requests once, also after an abort, never on a new window', async () => {
    const clock = fakeClock();
    const failed = rateLimit({ limit: 5, skipFailedRequests: true, clock });
    const one = await run(failed);
    one.res.statusCode = 500;
    one.res.emit('finish');
    one.res.emit('close');
    one.res.emit('finish');
    assert.strictEqual(failed.getKey('192.0.2.1').totalHits, 0);
    const two = await run(failed);
    two.res.emit('close');
    assert.strictEqual(failed.getKey('192.0.2.1').totalHits, 0);
    const late = await run(failed);
    clock.now += 60_000;
    await run(failed);
    late.res.emit('close');
    assert.strictEqual(failed.getKey('192.0.2.1').totalHits, 1);
    const successful = rateLimit({ limit: 5, skipSuccessfulRequests: true, requestWasSuccessful: async () => true });
    (await run(successful)).res.emit('finish');
    await new Promise(setImmediate);
    assert.strictEqual(successful.getKey('192.0.2.1').totalHits, 0);
  });

  it('answers with message, statusCode or handler', async () => {
    const texts = [
      ['no', 'no'],
      [async () => 'late', 'late'],
      [{ error: 1 }, { error: 1 }],
    ];
    for (const [message, expected] of texts) {
      const { res } = await run(rateLimit({ limit: 0, message, statusCode: 503 }));
      assert.deepStrictEqual([res.statusCode, res.body], [503, expected]);
    }
    const handler = (_req, res, _next, options) => res.status(418).send(options.limit);
    const { res } = await run(rateLimit({ limit: 0, handler }));
    assert.deepStrictEqual([res.statusCode, res.body, res.fields['retry-after']], [418, 0, '60']);
    const failing = async () => Promise.reject(new Error('handler'));
    assert.strictEqual((await run(rateLimit({ limit: 0, handler: failing }))).error.message, 'handler');
  });

  it('warns once about a proxy setting that makes addresses useless, and once in all about forwarded requests', async () => {
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

    it(`refunds a failed request on ${name}`, async () => {
      const app = express();
      app.use(rateLimit({ limit: 1, skipFailedRequests: true }));
      app.get('/', (_req, res) => res.status(404).end());
      for (let index = 0; index < 4; index++) assert.strictEqual((await request(app)).status, 404);
    });
  }

  for (const algorithm of ['fixed', 'gcra']) {
    it(`gives back nothing for a refused request, which took nothing, under ${algorithm}`, async () => {
      const limiter = rateLimit({ limit: 2, windowMs: 600_000, algorithm, skipFailedRequests: true });
      const app = majors[0][1]();
      app.use(limiter);
      app.get('/', (_req, res) => res.end());
      const answers = [];
      for (let index = 0; index < 6; index++) answers.push((await request(app)).status);
      assert.deepStrictEqual(answers, [200, 200, 429, 429, 429, 429]);
    });
  }
});
