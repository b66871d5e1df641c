// @ts-check
'use strict';

// How users create and close a client of each package. No client has an `error` listener: RedisStore must add one.

/**
 * @typedef {object} Kind
 * @property {string} name
 * @property {number} [minDeadlineMs] of a store with this client
 * @property {(ports: number[]) => Promise<any>} connect one port, or those of the nodes or the sentinels
 * @property {(client: any) => unknown} close
 */

const HOST = '127.0.0.1';
const RETRY_MS = 50;
const SET_NAME = 'main';
// A store's deadline must not be shorter.
const GLIDE_TIMEOUT_MS = 250;

const addresses = (/** @type {number[]} */ ports) => ports.map((port) => ({ host: HOST, port }));
const disconnect = (/** @type {any} */ client) => client.disconnect();
const destroy = (/** @type {any} */ client) => {
  if (client.destroy === undefined) return client.disconnect().catch(() => {});
  return client.isOpen ? client.destroy() : undefined;
};
/** Not awaited: there may be no server yet. @param {any} client */
const connecting = (client) => {
  client.connect().catch(() => {});
  return client;
};
/** A new object for each client: redis 4 writes into it. */
const retrying = () => ({ socket: { reconnectStrategy: RETRY_MS } });

/** @type {(name: string, create: (packageOf: any, ports: number[]) => any) => Kind} */
const ofIoredis = (name, create) => ({
  name,
  connect: async (ports) => create(require(name), ports),
  close: disconnect,
});
/** @type {(name: string, create: (packageOf: any, ports: number[]) => any, label?: string) => Kind} */
const ofNodeRedis = (name, create, label = name) => ({
  name: label,
  connect: async (ports) => connecting(create(require(name), ports)),
  close: destroy,
});
/** @type {(className: string) => Kind} */
const ofGlide = (className) => ({
  name: className,
  minDeadlineMs: GLIDE_TIMEOUT_MS,
  connect: async (ports) => {
    const glide = require('@valkey/valkey-glide');
    glide.Logger.setLoggerConfig('off');
    return glide[className].createClient({
      addresses: addresses(ports),
      requestTimeout: GLIDE_TIMEOUT_MS,
      lazyConnect: true,
      connectionBackoff: { numberOfRetries: 5, factor: RETRY_MS, exponentBase: 1 },
    });
  },
  close: (client) => client.close(),
});

/** For one server. */
const CLIENTS = [
  ...['ioredis', 'ioredis5', 'iovalkey'].map((name) =>
    ofIoredis(name, ({ Redis }, [port]) => new Redis({ port, host: HOST, retryStrategy: () => RETRY_MS })),
  ),
  ...['redis', 'redis5', 'redis4'].map((name) =>
    ofNodeRedis(name, ({ createClient }, [port]) => createClient({ url: `redis://${HOST}:${port}`, ...retrying() })),
  ),
  ofNodeRedis(
    'redis',
    ({ createClientPool }, [port]) =>
      createClientPool({ url: `redis://${HOST}:${port}`, ...retrying() }, { minimum: 1, maximum: 1 }),
    'redis (pool)',
  ),
  ofGlide('GlideClient'),
];

/** For the sentinels of one set, named `main`. */
const SENTINEL_CLIENTS = [
  ...['ioredis', 'iovalkey'].map((name) =>
    ofIoredis(
      name,
      ({ Redis }, ports) =>
        new Redis({
          sentinels: addresses(ports),
          name: SET_NAME,
          retryStrategy: () => RETRY_MS,
          sentinelRetryStrategy: () => RETRY_MS,
        }),
    ),
  ),
  ofNodeRedis('redis', ({ createSentinel }, ports) =>
    createSentinel({ name: SET_NAME, sentinelRootNodes: addresses(ports), nodeClientOptions: retrying() }),
  ),
];

/** For the nodes of a cluster. */
const CLUSTER_CLIENTS = [
  ...['ioredis', 'ioredis5', 'iovalkey'].map((name) =>
    ofIoredis(name, ({ Cluster }, ports) => new Cluster(addresses(ports), { clusterRetryStrategy: () => RETRY_MS })),
  ),
  ...['redis', 'redis5', 'redis4'].map((name) =>
    ofNodeRedis(name, ({ createCluster }, ports) =>
      createCluster({ rootNodes: ports.map((port) => ({ url: `redis://${HOST}:${port}` })), defaults: retrying() }),
    ),
  ),
  ofGlide('GlideClusterClient'),
];

module.exports = { CLIENTS, CLUSTER_CLIENTS, SENTINEL_CLIENTS, SET_NAME };
