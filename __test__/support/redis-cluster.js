// @ts-check
'use strict';

// A private cluster: three primaries with one replica each, on free ports of 127.0.0.1.

const { after } = require('node:test');

const { RedisServer, memoryOnly } = require('./redis');
const { until } = require('./until');

const PRIMARIES = 3;
const SLOTS = 16_384;
const NODES = 2 * PRIMARIES;
const CLUSTER = {
  'cluster-enabled': 'yes',
  // As short as a loaded machine bears: a primary that is silent for so long is replaced.
  'cluster-node-timeout': 2_000,
  'cluster-replica-validity-factor': 0,
  'cluster-require-full-coverage': 'no',
  'repl-diskless-sync-delay': 0,
};

class RedisCluster {
  /** @type {RedisServer[]} */ nodes = Array.from(
    { length: NODES },
    () => new RedisServer((server) => memoryOnly(server, CLUSTER)),
  );

  get ports() {
    return this.nodes.map(({ port }) => port);
  }

  async start() {
    await Promise.all(this.nodes.map((node) => node.start()));
    const [first, ...rest] = /** @type {[RedisServer, ...RedisServer[]]} */ (this.nodes);
    await Promise.all(this.nodes.map((node, i) => node.ask(`CLUSTER SET-CONFIG-EPOCH ${i + 1}`)));
    await Promise.all(this.nodes.slice(0, PRIMARIES).map((node, i) => node.ask(`CLUSTER ADDSLOTS ${slotsOf(i)}`)));
    for (const node of rest) await first.ask(`CLUSTER MEET 127.0.0.1 ${node.port}`);
    await this.#all((node) => knowsNodes(node, NODES));
    const ids = await Promise.all(this.nodes.map((node) => node.ask('CLUSTER MYID').then(bulk)));
    await Promise.all(this.nodes.slice(PRIMARIES).map((node, i) => node.ask(`CLUSTER REPLICATE ${ids[i]}`)));
    await this.#all(async (node) => (await node.ask('CLUSTER INFO')).includes('cluster_state:ok'));
    await Promise.all(this.nodes.slice(PRIMARIES).map((node) => until(() => isFollowing(node))));
  }

  /** @param {(node: RedisServer) => Promise<boolean>} isSo */
  async #all(isSo) {
    await Promise.all(this.nodes.map((node) => until(() => isSo(node), 20_000)));
  }

  /** Empties it. */
  async flush() {
    await Promise.all(this.nodes.map((node) => node.ask('FLUSHALL')));
  }

  /** The primary that serves a key now. @param {string} key @returns {Promise<RedisServer>} */
  async primaryOf(key) {
    for (const node of this.nodes) {
      const answer = await node.ask(`EXISTS ${key}`).catch(() => '-gone');
      if (!answer.startsWith('-')) return node;
    }
    throw new Error(`no node serves ${key}`);
  }

  /** Waits until another node serves the key. @param {string} key @param {RedisServer} killed */
  async failedOver(key, killed) {
    await until(async () => (await this.primaryOf(key).catch(() => killed)) !== killed, 20_000);
  }

  async stop() {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }
}

/** @param {number} primary */
function slotsOf(primary) {
  const [from, to] = [primary, primary + 1].map((i) => Math.ceil((i * SLOTS) / PRIMARIES));
  return Array.from({ length: Number(to) - Number(from) }, (_, i) => Number(from) + i).join(' ');
}

/** @param {string} answer */
const bulk = (answer) => answer.split('\r\n')[1];

/** @param {RedisServer} node @param {number} count */
async function knowsNodes(node, count) {
  const answer = await node.ask('CLUSTER NODES');
  const lines = answer.split('\n').filter((line) => /^[0-9a-f]{40} /.test(line));
  return lines.length === count && lines.every((line) => !/handshake|noaddr/.test(line));
}

/** @param {RedisServer} node */
const isFollowing = async (node) => /master_link_status:up/.test(await node.ask('INFO replication').catch(() => ''));

/** Call it in a suite, before its tests: `before(() => cluster.start())`. */
function privateCluster() {
  const cluster = new RedisCluster();
  after(() => cluster.stop());
  return cluster;
}

module.exports = { privateCluster };
