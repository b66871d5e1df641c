// @ts-check
'use strict';

// redis (node-redis) 4 and newer: client, pool, Sentinel and cluster. The client itself follows MOVED and ASK.

const { nodeRedisListener, sentinelListener } = require('./node-redis-listener');
const { eventReadiness, polledReadiness } = require('./readiness');

/**
 * @typedef {object} CommandOptions
 * @property {object} typeMapping
 * @property {AbortSignal} abortSignal removes a command that was not written yet (redis 5 and newer)
 * @property {0} timeout none: beside an abort, the client's own timeout would remove the command from its queue twice
 *
 * @typedef {import('node:events').EventEmitter & {
 *   isReady?: boolean, isOpen: boolean, options?: { socket?: object },
 *   connect: () => Promise<unknown>, disconnect: () => Promise<unknown>, destroy?: () => unknown, ping: () => Promise<unknown>,
 *   subscribe: (channel: string, onMessage: (message: string) => void) => Promise<unknown>,
 *   duplicate: (options?: object) => NodeRedis,
 * }} Common
 * @typedef {Common & { sendCommand: (args: string[], options: CommandOptions) => Promise<import('./client').Reply> }} NodeRedis
 * @typedef {NodeRedis & { totalClients: number, execute: <T>(act: (client: NodeRedis) => T) => Promise<T> }} Pool
 * @typedef {Omit<Common, 'duplicate'> & {
 *   sendCommand: (isReadonly: boolean, args: string[], options: CommandOptions) => Promise<import('./client').Reply>,
 *   getMasterNode: () => unknown, duplicate: () => Sentinel,
 * }} Sentinel
 * @typedef {object} Node
 * @property {NodeRedis} [client]
 * @typedef {Common & {
 *   sendCommand: (key: string | undefined, isReadonly: boolean, args: string[], options: CommandOptions) =>
 *     Promise<import('./client').Reply>,
 *   masters: Node[], nodeClient: (node: Node) => NodeRedis | Promise<NodeRedis>,
 * }} Cluster
 */

/** @param {object} value @returns {value is NodeRedis | Pool | Sentinel | Cluster} */
function isNodeRedis(value) {
  const client = /** @type {Partial<NodeRedis>} */ (value);
  const isKnown = typeof client.isReady === 'boolean' || isPool(value) || isCluster(value);
  return isKnown && typeof client.sendCommand === 'function' && typeof client.on === 'function';
}

/** @param {object} client @returns {client is Pool} */
const isPool = (client) => 'totalClients' in client && typeof client.totalClients === 'number' && 'execute' in client;

/** @param {object} client @returns {client is Sentinel} */
const isSentinel = (client) => 'getMasterNode' in client && typeof client.getMasterNode === 'function';

/** @param {object} client @returns {client is Cluster} */
const isCluster = (client) => 'nodeClient' in client && typeof client.nodeClient === 'function' && 'masters' in client;

/** Scripts return text and whole numbers, whatever the user's client maps replies to. @param {AbortSignal} signal @returns {CommandOptions} */
const optionsOf = (signal) => ({ typeMapping: {}, abortSignal: signal, timeout: 0 });

/** @param {NodeRedis | Pool | Sentinel | Cluster} client @returns {import('./client').Client} */
function ofNodeRedis(client) {
  if (isPool(client)) return ofPool(client);
  if (isSentinel(client)) return ofSentinel(client);
  if (isCluster(client)) return ofCluster(client);
  return {
    keyPrefix: '',
    whenReady: eventReadiness(client, () => client.isReady === true),
    send: (args, _key, signal) => client.sendCommand(args, optionsOf(signal)),
    listener: () => nodeRedisListener(async () => client),
  };
}

/** @param {Pool} pool @returns {import('./client').Client} */
function ofPool(pool) {
  return {
    keyPrefix: '',
    whenReady: polledReadiness(() => pool.isOpen),
    send: (args, _key, signal) => pool.sendCommand(args, optionsOf(signal)),
    listener: () => nodeRedisListener(() => pool.execute((client) => client)),
  };
}

/** @param {Sentinel} sentinel @returns {import('./client').Client} */
function ofSentinel(sentinel) {
  return {
    keyPrefix: '',
    whenReady: polledReadiness(() => sentinel.isReady === true),
    send: (args, _key, signal) => sentinel.sendCommand(false, args, optionsOf(signal)),
    listener: () => sentinelListener(sentinel),
  };
}

/** @param {Cluster} cluster @returns {import('./client').Client} */
function ofCluster(cluster) {
  return {
    keyPrefix: '',
    // redis 4 and 5 have no `isReady` for a cluster.
    whenReady: polledReadiness(() => (cluster.isReady ?? cluster.isOpen) && cluster.masters.length > 0),
    send: (args, key, signal) => cluster.sendCommand(key, false, args, optionsOf(signal)),
    listener: () => nodeRedisListener(async () => connectedNode(cluster)),
  };
}

/** The nodes of a cluster forward messages to each other: any of them will do. @param {Cluster} cluster */
function connectedNode(cluster) {
  const ready = cluster.masters.filter(({ client }) => client?.isReady === true);
  const nodes = ready.length > 0 ? ready : cluster.masters;
  const node = nodes[Math.floor(Math.random() * nodes.length)];
  if (node === undefined) throw new Error('no node of the cluster is connected');
  return node.client?.isReady === true ? node.client : cluster.nodeClient(node);
}

module.exports = { isNodeRedis, ofNodeRedis };
