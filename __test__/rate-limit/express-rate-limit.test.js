'use strict';

const assert = require('node:assert');
const { describe, it } = require('node:test');

const erl = require('express-rate-limit');

const { run } = require('../support/limited');
const { rateLimit } = require('../../lib/rate-limit');

describe('rate-limit: rateLimit beside express-rate-limit', () => {
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
