// @ts-check
'use strict';

// ioredis and iovalkey: one server, Sentinel and Cluster. The client itself follows MOVED and ASK, and adds its `keyPrefix`
// to the keys of a script.

const { eventReadiness } = require('./readiness');

/**
 * @typedef {object} RedisOptions
 * @property {string} [keyPrefix]
 * @property {{ keyPrefix?: string }} [redisOptions] of a cluster
 *
 * @typedef {import('node:events').EventEmitter & {
 *   status: string, options?: RedisOptions, isCluster?: boolean,
 *   call: (name: string, ...args: string[]) => Promise<import('./client').Reply>,
 *   connect: () => Promise<unknown>, disconnect: () => void, ping: () => Promise<unknown>,
 *   subscribe: (channel: string) => Promise<unknown>, nodes?: (role: string) => Ioredis[],
 *   duplicate: (options?: object) => Ioredis,
 * }} Ioredis
 */

/** @param {object} value @returns {value is Ioredis} */
function isIoredis(value) {
  const client = /** @type {Partial<Ioredis>} */ (value);
  return (
    typeof client.call === 'function' &&
    typeof client.status === 'string' &&
    typeof client.duplicate === 'function' &&
    typeof client.on === 'function'
  );
}

/** @param {Ioredis} client @returns {import('./client').Client} */
function ofIoredis(client) {
  return {
    keyPrefix: client.options?.keyPrefix ?? client.options?.redisOptions?.keyPrefix ?? '',
    whenReady: eventReadiness(client, () => {
      // A lazy client connects when it is first used.
      if (client.status === 'wait') client.connect().catch(ignore);
      return client.status === 'ready';
    }),
    send: ([name = '', ...args]) => client.call(name, ...args),
    listener: () => ioredisListener(client),
  };
}

/** Fails instead of retrying, so that the loss of the connection is seen. */
const CONNECT_ONCE = {
  lazyConnect: true,
  enableOfflineQueue: false,
  autoResubscribe: false,
  retryStrategy: () => null,
  sentinelRetryStrategy: () => null,
};

/** @param {Ioredis} client @returns {import('./client').Listener} */
function ioredisListener(client) {
  const once = connectedNode(client).duplicate(CONNECT_ONCE);
  once.on('error', ignore);
  return {
    listen: async (channel, onMessage, onLost) => {
      once.on('close', onLost).on('end', onLost);
      once.on('message', (/** @type {string} */ _from, /** @type {string} */ message) => onMessage(message));
      await once.connect();
      await once.subscribe(channel);
    },
    ping: () => once.ping(),
    destroy: () => once.disconnect(),
  };
}

/** The nodes of a cluster forward messages to each other: any of them will do. @param {Ioredis} client @returns {Ioredis} */
function connectedNode(client) {
  if (client.isCluster !== true || client.nodes === undefined) return client;
  const nodes = client.nodes('master').filter(({ status }) => status === 'ready');
  const node = nodes[Math.floor(Math.random() * nodes.length)];
  if (node === undefined) throw new Error('no node of the cluster is connected');
  return node;
}

function ignore() {}

module.exports = { isIoredis, ofIoredis };
