'use strict';

// Every store over a primary and a replica under three sentinels, and what a killed primary costs.

const assert = require('node:assert/strict');
const { after, before, describe, it } = require('node:test');

const { failoverContract } = require('../support/failover-contract');
const { describeRedis } = require('../support/redis');
const { SENTINEL_CLIENTS } = require('../support/redis-clients');
const { privateSentinels } = require('../support/redis-sentinel');
const { refreshTokensContract } = require('../support/refresh-tokens-contract');
const { RedisStore, createRefreshTokens } = require('../..');

describeRedis('redis sentinel', () => {
  const set = privateSentinels();
  before(() => set.start());
  let prefixes = 0;

  for (const { name, connect, close } of SENTINEL_CLIENTS) {
    describe(name, () => {
      let client;
      before(async () => {
        client = await connect(set.ports);
      });
      after(() => close(client));

      it('lists through the primary what was issued through it', async () => {
        const store = new RedisStore({ client, prefix: `list ${name}:`, deadlineMs: 5_000 });
        const refreshTokens = createRefreshTokens({ store });
        const { familyId } = await refreshTokens.issue({ subject: 'ada' });
        assert.deepEqual(
          (await refreshTokens.list('ada')).map((family) => family.familyId),
          [familyId],
        );
      });

      refreshTokensContract(() => {
        prefixes += 1;
        return { options: { store: new RedisStore({ client, prefix: `${prefixes}:`, deadlineMs: 5_000 }) } };
      });
    });
  }

  failoverContract({
    clients: SENTINEL_CLIENTS,
    ports: () => set.ports,
    killPrimaryOf: async () => {
      await set.primary.kill();
      await set.failedOver();
    },
  });
});
