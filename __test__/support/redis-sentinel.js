// @ts-check
'use strict';

// A private set of one primary and one replica under three sentinels, on free ports of 127.0.0.1.

const { after } = require('node:test');
const { writeFileSync } = require('node:fs');

const { SET_NAME } = require('./redis-clients');
const { RedisServer, memoryOnly } = require('./redis');
const { until } = require('./until');

const SENTINELS = 3;
const QUORUM = 2;
// A primary that is silent for so long is replaced.
const DOWN_AFTER_MS = 1_500;

class RedisSentinels {
  primary = new RedisServer();
  replica = new RedisServer((server) =>
    memoryOnly(server, { replicaof: `127.0.0.1 ${this.primary.port}`, 'repl-diskless-sync-delay': 0 }),
  );
  sentinels = Array.from({ length: SENTINELS }, () => new RedisServer((server) => this.#configured(server)));

  /** Of the sentinels. */
  get ports() {
    return this.sentinels.map(({ port }) => port);
  }

  async start() {
    await this.primary.start();
    await this.replica.start();
    await until(async () => /master_link_status:up/.test(await this.replica.ask('INFO replication')));
    await Promise.all(this.sentinels.map((sentinel) => sentinel.start()));
    for (const sentinel of this.sentinels) {
      // Without the replica and the other sentinels a failover would find no candidate and no majority.
      await until(async () => {
        const answer = await sentinel.ask('INFO sentinel');
        return answer.includes('status=ok') && answer.includes(`slaves=1,sentinels=${SENTINELS}`);
      }, 20_000);
    }
  }

  /** A sentinel keeps its state in its configuration file. @param {RedisServer} server */
  #configured(server) {
    const path = server.file('sentinel.conf');
    const lines = [
      `port ${server.port}`,
      'bind 127.0.0.1',
      `dir ${server.file('')}`,
      `sentinel monitor ${SET_NAME} 127.0.0.1 ${this.primary.port} ${QUORUM}`,
      `sentinel down-after-milliseconds ${SET_NAME} ${DOWN_AFTER_MS}`,
      // Found otherwise by a question that is asked every ten seconds.
      `sentinel known-replica ${SET_NAME} 127.0.0.1 ${this.replica.port}`,
      `sentinel failover-timeout ${SET_NAME} 5000`,
    ];
    writeFileSync(path, `${lines.join('\n')}\n`);
    return [path, '--sentinel'];
  }

  /** Waits until the replica was promoted and every sentinel names it. */
  async failedOver() {
    for (const sentinel of this.sentinels) {
      await until(
        async () =>
          (await sentinel.ask(`SENTINEL GET-MASTER-ADDR-BY-NAME ${SET_NAME}`)).includes(`${this.replica.port}`),
        20_000,
      );
    }
  }

  async stop() {
    await Promise.all([this.primary, this.replica, ...this.sentinels].map((server) => server.stop()));
  }
}

/** Call it in a suite, before its tests: `before(() => set.start())`. */
function privateSentinels() {
  const set = new RedisSentinels();
  after(() => set.stop());
  return set;
}

module.exports = { privateSentinels };
