'use strict';

// Which keys the scripts of every area touch, and what the client's own prefix does to them.

const assert = require('node:assert/strict');
const { after, before, describe, it } = require('node:test');

const { strictStore } = require('../support/declared-keys');
const { describeRedis, privateRedis } = require('../support/redis');
const { until } = require('../support/until');
const { refreshTokensContract } = require('../support/refresh-tokens-contract');
const { anotherProcess, knows, later } = require('../support/revocations');
const { createRefreshTokens, RedisStore } = require('../..');

describeRedis('redis keys', () => {
  const server = privateRedis();
  const clients = [];
  before(() => server.start());
  after(() => {
    for (const client of clients) client.disconnect();
  });

  /** @param {object} [options] */
  function connect(options) {
    const { Redis } = require('ioredis');
    const client = new Redis({ port: server.port, host: '127.0.0.1', ...options });
    clients.push(client);
    return client;
  }

  it('refuses an undeclared key in the tests below', async () => {
    const store = strictStore({ client: connect() });
    const [one, other] = [store.taggedKey(['a'], 'x'), store.taggedKey(['b'], 'x')];
    await store.script("return redis.call('HGET', KEYS[1], 'a')", [one], []);
    await assert.rejects(store.script("return redis.call('HGET', ARGV[1], 'a')", [one], [other]), /not in KEYS/);
    await assert.rejects(store.script("return redis.call('HGET', KEYS[1] .. 'x', 'a')", [one], []), /not in KEYS/);
    await assert.rejects(store.script('return 1', [one, other], []), /another hash tag/);
    await assert.rejects(store.script('return 1', [store.key('a')], []), /no hash tag/);
  });

  describe('of refresh tokens', () => {
    let prefixes = 0;
    refreshTokensContract(() => {
      prefixes += 1;
      return { options: { store: strictStore({ client: connect(), prefix: `${prefixes}:` }) } };
    });
  });

  it('are all declared by the scripts of revocations', { timeout: 20_000 }, async (t) => {
    const store = strictStore({ client: connect(), prefix: 'strict:', onFailure: 'closed' });
    const [one, other] = [1, 2].map(() => anotherProcess({ name: 'a}b', store, pollMs: 50, maxStaleMs: 5_000 }));
    t.after(() => Promise.all([one.close(), other.close()]));
    await Promise.all([one.ready(), other.ready()]);
    await one.revokeId('a', { expiresAt: later() });
    await one.revokeId('expired', { expiresAt: Math.floor(Date.now() / 1000) - 299 });
    await one.revokeKey('k');
    await until(() => knows(other, 'a') && other.isRevoked({}, 'k'));
  });

  describe('with the keyPrefix of ioredis', () => {
    const storeOf = (keyPrefix) => new RedisStore({ client: connect({ keyPrefix }), onFailure: 'closed' });

    it('are all below that prefix, and revokeSubject() ends every family', async () => {
      const refreshTokens = createRefreshTokens({ store: storeOf('shop:') });
      const [first, second] = [
        await refreshTokens.issue({ subject: 'ada' }),
        await refreshTokens.issue({ subject: 'ada' }),
      ];
      assert.equal((await refreshTokens.list('ada')).length, 2);
      assert.equal(await refreshTokens.revokeSubject('ada'), 2);
      for (const { token } of [first, second]) {
        await assert.rejects(refreshTokens.rotate(token), { code: 'ERR_REFRESH_TOKENS_REVOKED' });
      }
      const keys = await connect().keys('*refresh*');
      assert.ok(keys.some((key) => key.startsWith('shop:portcullis:{')));
      assert.ok(!keys.some((key) => key.startsWith('portcullis:{')));
    });

    it('keep two applications apart', { timeout: 20_000 }, async (t) => {
      const options = { pollMs: 50, maxStaleMs: 5_000 };
      const [shop, sameShop, blog] = ['shop:', 'shop:', 'blog:'].map((prefix) =>
        anotherProcess({ ...options, store: storeOf(prefix) }),
      );
      t.after(() => Promise.all([shop, sameShop, blog].map((one) => one.close())));
      await Promise.all([shop, sameShop, blog].map((one) => one.ready()));
      await shop.revokeId('a', { expiresAt: later() });
      await until(() => knows(sameShop, 'a'));
      assert.equal(knows(blog, 'a'), false);
      assert.equal(blog.size, 0);
    });
  });

  it('of revocations get numbers that a replica with older data does not use again', { timeout: 20_000 }, async (t) => {
    const store = new RedisStore({ client: connect(), prefix: 'older:', onFailure: 'closed' });
    const make = () => anotherProcess({ store, pollMs: 60_000, maxStaleMs: 600_000 });
    const [writer, reader] = [make(), make()];
    t.after(() => Promise.all([writer.close(), reader.close()]));
    const redis = connect();
    await until(async () => (await redis.pubsub('NUMSUB', 'older:revocations:default:news'))[1] === 2);
    await writer.revokeId('kept', { expiresAt: later() });
    await until(() => reader.size === 1);
    const before = await redis.hgetall('older:{revocations:default}:meta');
    await writer.revokeId('lost', { expiresAt: later() });
    await until(() => reader.size === 2);
    // What a replica without the last write has.
    const [[digest]] = [await redis.zrange('older:{revocations:default}:log', -1, -1)];
    await redis.zrem('older:{revocations:default}:log', digest);
    await redis.hdel('older:{revocations:default}:terms', digest);
    await redis.hset('older:{revocations:default}:meta', before);
    await writer.revokeId('next', { expiresAt: later() });
    await until(() => reader.size === 3);
  });
});
