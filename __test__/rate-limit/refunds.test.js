'use strict';

const assert = require('node:assert');
const { describe, it } = require('node:test');

const majors = require('../support/apps');
const { fakeClock } = require('../support/fake-clock');
const { run } = require('../support/limited');
const { request } = require('../support/request');
const { rateLimit } = require('../../lib/rate-limit');

describe('rate-limit: refunds', () => {
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

  for (const algorithm of ['fixed', 'gcra']) {
    it(`refunds nothing for a refused request, which took nothing, under ${algorithm}`, async () => {
      const limiter = rateLimit({ limit: 2, windowMs: 600_000, algorithm, skipFailedRequests: true });
      const app = majors[0][1]();
      app.use(limiter);
      app.get('/', (_req, res) => res.end());
      const answers = [];
      for (let index = 0; index < 6; index++) answers.push((await request(app)).status);
      assert.deepStrictEqual(answers, [200, 200, 429, 429, 429, 429]);
    });
  }

  for (const [name, express] of majors) {
    it(`refunds a failed request on ${name}`, async () => {
      const app = express();
      app.use(rateLimit({ limit: 1, skipFailedRequests: true }));
      app.get('/', (_req, res) => res.status(404).end());
      for (let index = 0; index < 4; index++) assert.strictEqual((await request(app)).status, 404);
    });
  }
});
