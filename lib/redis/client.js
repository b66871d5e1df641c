// @ts-check
'use strict';

// One interface for all packages and kinds of clients. A client is recognised by its methods, never by its class: an
// application may use another copy of the package than the one that would be found from here.

const { isGlide, ofGlide } = require('./glide');
const { isIoredis, ofIoredis } = require('./ioredis');
const { ofNodeRedis } = require('./node-redis');

/**
 * @typedef {any} Reply what a command or a script returned: text, a whole number, null, or a list of them
 *
 * @typedef {object} Client the user's client
 * @property {string} keyPrefix what the client itself adds before the keys of a script
 * @property {number} [requestTimeoutMs] for how long the client keeps a command that it cannot send, if `signal` has no effect
 * @property {(start: () => void) => (() => void)} whenReady calls `start` at once or when the client is next connected;
 *   returns a function that stops waiting
 * @property {(args: string[], key: string | undefined, signal: AbortSignal) => Promise<Reply>} send `key` selects the node
 *   of a cluster; once `signal` is aborted, a command that was not written yet must not be sent
 * @property {() => Listener} listener a connection for messages; not connected yet
 *
 * @typedef {object} Listener a connection that is used once: when it is lost, another one is made
 * @property {(channel: string, onMessage: (message: string) => void, onLost: () => void) => Promise<unknown>} listen
 *   connects and subscribes; may call `onLost` several times
 * @property {() => Promise<unknown>} ping
 * @property {() => void} destroy
 */

/** A client is adapted once, so that stores which share it also share its event listeners. @type {WeakMap<object, Client>} */
const adapted = new WeakMap();

/** @param {object} client one that has no problem @returns {Client} */
function adaptClient(client) {
  const known = adapted.get(client);
  if (known !== undefined) return known;
  const made = adapt(client);
  adapted.set(client, made);
  return made;
}

/** @param {object} client @returns {Client} */
function adapt(client) {
  if (isGlide(client)) return ofGlide(client);
  const emitter = /** @type {import('node:events').EventEmitter} */ (client);
  // Node.js ends the process on an 'error' event without a listener. The command that fails reports the error instead.
  emitter.on('error', () => {});
  return isIoredis(client) ? ofIoredis(client) : ofNodeRedis(/** @type {Parameters<typeof ofNodeRedis>[0]} */ (client));
}

module.exports = { adaptClient };
