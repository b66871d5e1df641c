'use strict';

const assert = require('node:assert');
const { describe, it } = require('node:test');

const { code } = require('../support/limited');
const vectors = require('../vectors/rate-limit.json');
const { PortcullisError } = require('../../lib/support/errors');
const { addressKey, createLimiter } = require('../../lib/rate-limit');

describe('rate-limit: addresses', () => {
  for (const { ip, subnet, key } of vectors.addresses) {
    it(`counts ${ip} /${subnet} as ${key}`, () => {
      assert.strictEqual(addressKey(ip, subnet), key);
      const limiter = createLimiter({ limit: 1, windowMs: 60_000, keys: 'address', ipv6Subnet: subnet });
      limiter.consume(ip);
      assert.strictEqual(limiter.consume(key.split('/')[0]).allowed, false);
    });
  }

  it('rejects a text that is not an address, as a rejection with status 400', () => {
    const limiter = createLimiter({ limit: 1, windowMs: 60_000, keys: 'address' });
    const rejected = (error) =>
      error instanceof PortcullisError && error.code === 'ERR_RATE_LIMIT_ADDRESS' && error.status === 400;
    for (const text of [...vectors.rejected, '1'.repeat(5000), '\ud800']) {
      for (const method of ['consume', 'peek', 'refund', 'reset']) {
        assert.throws(() => limiter[method](text), rejected, `${method} ${text}`);
      }
      assert.throws(() => limiter.block(text, 1), rejected, text);
      assert.throws(() => addressKey(text), rejected, text);
    }
  });

  it('throws a TypeError for a key that is not a string', () => {
    const limiter = createLimiter({ limit: 1, windowMs: 60_000, keys: 'address' });
    for (const text of [undefined, null, 5, {}]) {
      assert.throws(() => limiter.consume(text), { name: 'TypeError', code: 'ERR_RATE_LIMIT_KEY' });
      assert.throws(() => addressKey(text), { name: 'TypeError', code: 'ERR_RATE_LIMIT_KEY' });
    }
    for (const subnet of [31, 129, Number.NaN, '56', true]) {
      assert.throws(() => addressKey('::1', subnet), code('ERR_RATE_LIMIT_OPTION_RANGE'));
    }
  });

  it('counts IPv4 clients behind NAT64 apart, and with the same client over IPv4', () => {
    const limiter = createLimiter({ limit: 1, windowMs: 60_000, keys: 'address' });
    assert.strictEqual(limiter.consume('64:ff9b::198.51.100.1').allowed, true);
    assert.strictEqual(limiter.consume('64:ff9b::198.51.100.2').allowed, true);
    assert.strictEqual(limiter.consume('198.51.100.1').allowed, false);
    assert.strictEqual(limiter.consume('64:ff9b:1::198.51.100.1').allowed, true);
    assert.strictEqual(limiter.consume('64:ff9b:1::198.51.100.2').allowed, true);
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
