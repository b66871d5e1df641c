'use strict';

const assert = require('node:assert');
const { describe, it } = require('node:test');

const erl = require('express-rate-limit');

const majors = require('../support/apps');
const { run } = require('../support/limited');
const { request } = require('../support/request');
const { errorHandler } = require('../../lib/error-handler');
const { rateLimit } = require('../../lib/rate-limit');

const NAMES_BOTH_RESOLVE = [
  'windowMs',
  'limit',
  'message',
  'statusCode',
  'legacyHeaders',
  'requestPropertyName',
  'skipFailedRequests',
  'skipSuccessfulRequests',
];

/** The options that a `handler` gets from a limiter made with `options`. */
async function told(make, options) {
  let seen;
  const handler = (_req, res, _next, resolved) => {
    seen = resolved;
    res.status(429).send('');
  };
  const middleware = make({ ...options, handler });
  while (seen === undefined) await run(middleware);
  return seen;
}

describe('rate-limit: refusals', () => {
  it('responds with message, statusCode or handler', async () => {
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

  it('passes the options with their defaults to handler, as express-rate-limit does', async () => {
    const given = { limit: 1, legacyHeaders: false };
    const theirs = await told((options) => erl.rateLimit({ ...options, validate: false }), given);
    const ours = await told(rateLimit, given);
    for (const name of NAMES_BOTH_RESOLVE) assert.deepStrictEqual(ours[name], theirs[name], name);
    assert.strictEqual(ours.requestWasSuccessful(undefined, { statusCode: 200 }), true);
    assert.strictEqual(ours.standardHeaders, 'draft-8');
    assert.ok(Object.isFrozen(ours));
    assert.deepStrictEqual((await told(rateLimit, { max: 2, message: { error: 'slow down' } })).message, {
      error: 'slow down',
    });
    assert.strictEqual((await told(rateLimit, { max: 2 })).limit, 2);
  });

  it('passes the options with their defaults to message', async () => {
    const message = (_req, _res, options) => `${options.limit} in ${options.windowMs} ms, ${options.statusCode}`;
    assert.strictEqual((await run(rateLimit({ limit: 0, message }))).res.body, '0 in 60000 ms, 429');
  });

  it("rejects options that respond beside `refuse: 'next'`", () => {
    for (const extra of [{ handler: () => {} }, { message: 'no' }, { statusCode: 503 }]) {
      assert.throws(() => rateLimit({ refuse: 'next', ...extra }), {
        code: 'ERR_RATE_LIMIT_OPTION',
        message: /cannot be combined with `refuse: "next"`/,
      });
    }
    assert.throws(() => rateLimit({ refuse: 'later' }), { code: 'ERR_RATE_LIMIT_OPTION' });
  });

  for (const [name, express] of majors) {
    it(`passes a refusal on to errorHandler and its onError with \`refuse: 'next'\` on ${name}`, async () => {
      const seen = [];
      const app = express();
      app.use(rateLimit({ limit: 1, refuse: 'next' }));
      app.get('/', (_req, res) => res.end('ok'));
      app.use(errorHandler({ onError: (error, _req, _res, status) => seen.push([error.code, status, error.headers]) }));
      assert.strictEqual((await request(app)).status, 200);
      const refused = await request(app);
      assert.deepStrictEqual(seen, [
        ['ERR_RATE_LIMIT_EXCEEDED', 429, { 'Retry-After': refused.headers['retry-after'] }],
      ]);
      assert.deepStrictEqual([refused.status, refused.json().title], [429, 'Too Many Requests']);
      assert.strictEqual(refused.headers['content-type'], 'application/problem+json');
      assert.ok(Number(refused.headers['retry-after']) >= 1);
      assert.match(refused.headers.ratelimit, /^"1-in-1min"; r=0; t=\d+$/);
    });

    it(`responds 429 through the error handler of ${name} itself with \`refuse: 'next'\``, async () => {
      const app = express();
      app.set('env', 'test');
      app.use(rateLimit({ limit: 0, refuse: 'next' }));
      const refused = await request(app);
      assert.strictEqual(refused.status, 429);
      assert.ok(Number(refused.headers['retry-after']) >= 1);
    });
  }
});
