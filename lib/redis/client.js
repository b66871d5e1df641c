// @ts-check
'use strict';

// The two packages behind one face. Which one a client is of is seen by what it can do, never by its class: an
// application may hold another copy of the package than this one would find.

const { ofIoredis } = require('./ioredis');
const { ofNodeRedis } = require('./node-redis');

/**
 * @typedef {object} Client one connection of the user's
 * @property {(start: () => void) => (() => void)} whenReady calls at once, or when the connection is next ready; answers
 *   with what stops the wait
 * @property {(args: string[]) => Promise<any>} send
 * @property {() => Listener} listener a second connection, for messages; not connected yet
 */

/**
 * @typedef {object} Listener a connection that lives once: when it is lost, another is made
 * @property {(channel: string, onMessage: (message: string) => void) => Promise<unknown>} listen connects and subscribes
 * @property {() => Promise<unknown>} ping
 * @property {(onLost: () => void) => void} whenLost may call back more than once
 * @property {() => void} destroy
 */

const MAKE = 'a client of ioredis, as new Redis(url) makes it, or of redis, as createClient({ url }) makes it';

/** What stands in the way of a client, or undefined. @param {any} client @returns {string | undefined} */
function clientProblem(client) {
  if (client === null || typeof client !== 'object') return MAKE;
  if (client.isCluster === true || typeof client.nodeClient === 'function' || 'slots' in client) {
    return `${MAKE}: a client of one server, because a script works on several keys at once and a cluster keeps them apart`;
  }
  if (typeof client.getMasterNode === 'function') {
    return 'a client of one server; for Redis Sentinel, make the client with ioredis: new Redis({ sentinels, name })';
  }
  if (typeof client.totalClients === 'number') return 'one client, as createClient({ url }) makes it, and not a pool';
  if (client.options?.legacyMode === true) return 'a client of redis without "legacyMode"';
  if (isIoredis(client) || isNodeRedis(client)) return undefined;
  if (typeof client.send_command === 'function' && typeof client.status !== 'string') {
    return 'a client of redis 4 or newer, whose commands answer with promises';
  }
  return MAKE;
}

/** So that stores which share a client share its listeners. @type {WeakMap<object, Client>} */
const adapted = new WeakMap();

/** @param {any} client one that has no problem @returns {Client} */
function adaptClient(client) {
  const known = adapted.get(client);
  if (known !== undefined) return known;
  // Node.js ends the process at an 'error' that nobody listens to; what went wrong is told by the command that fails.
  client.on('error', ignore);
  const made = isIoredis(client) ? ofIoredis(client) : ofNodeRedis(client);
  adapted.set(client, made);
  return made;
}

/** @param {any} client */
function isIoredis(client) {
  return typeof client.call === 'function' && typeof client.status === 'string' && isDuplicable(client);
}

/** @param {any} client */
function isNodeRedis(client) {
  return typeof client.sendCommand === 'function' && typeof client.isReady === 'boolean' && isDuplicable(client);
}

/** @param {any} client */
function isDuplicable(client) {
  return typeof client.duplicate === 'function' && typeof client.on === 'function';
}

function ignore() {}

module.exports = { adaptClient, clientProblem };
