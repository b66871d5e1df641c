'use strict';

// Every store over a cluster of three primaries with a replica each, and what a killed primary costs.

const assert = require('node:assert/strict');
const { after, afterEach, before, describe, it } = require('node:test');

const { failoverContract } = require('../support/failover-contract');
const { describeRedis } = require('../support/redis');
const { until } = require('../support/until');
const { CLUSTER_CLIENTS } = require('../support/redis-clients');
const { privateCluster } = require('../support/redis-cluster');
const { refreshTokensContract } = require('../support/refresh-tokens-contract');
const { anotherProcess, knows, later } = require('../support/revocations');
const { RedisStore } = require('../..');

describeRedis('redis cluster', () => {
  const cluster = privateCluster();
  before(() => cluster.start());
  let prefixes = 0;

  for (const { name, connect, close } of CLUSTER_CLIENTS) {
    describe(name, () => {
      let client;
      const open = [];
      before(async () => {
        client = await connect(cluster.ports);
        const store = new RedisStore({ client });
        await until(() => store.script('return 1', [store.key('a')], []).then(Boolean, () => false));
      });
      afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));
      after(() => close(client));

      const newStore = (options = {}) => {
        prefixes += 1;
        return new RedisStore({ client, prefix: `${prefixes}:`, ...options });
      };

      refreshTokensContract(() => ({ options: { store: newStore({ deadlineMs: 2_000 }) } }));

      it('spreads the families of many subjects over the nodes', async () => {
        const store = newStore();
        const keys = Array.from({ length: 100 }, (_, i) => store.taggedKey([`${i}`], 'refresh'));
        const lua = "return redis.call('SET', KEYS[1], ARGV[1])";
        const script = async (key) => String(await store.script(lua, [key], ['1']));
        assert.deepEqual(new Set(await Promise.all(keys.map(script))), new Set(['OK']));
        const nodes = new Set(await Promise.all(keys.slice(0, 20).map((key) => cluster.primaryOf(key))));
        assert.equal(nodes.size, 3);
      });

      it('keeps the revocations of two processes in step, by messages from any node', async () => {
        const options = { store: newStore({ onFailure: 'open' }), pollMs: 60_000, maxStaleMs: 600_000 };
        const [one, other] = [anotherProcess(options), anotherProcess(options)];
        open.push(one, other);
        for (let i = 0; !knows(other, `id ${i}`); i += 1) {
          assert.ok(i < 40, 'no message arrived');
          await one.revokeId(`id ${i + 1}`, { expiresAt: later() });
          await until(() => knows(other, `id ${i + 1}`), 500).catch(() => {});
        }
      });
    });
  }

  failoverContract({
    clients: CLUSTER_CLIENTS.filter(({ name }) => name === 'ioredis' || name === 'redis'),
    ports: () => cluster.ports,
    killPrimaryOf: async (key) => {
      const primary = await cluster.primaryOf(key);
      await primary.kill();
      await cluster.failedOver(key, primary);
    },
  });
});
