// @ts-check
'use strict';

const { readiness } = require('./readiness');

// Whatever the user's client turns replies into, scripts read text and whole numbers.
const PLAIN = Object.freeze({ typeMapping: Object.freeze({}) });

/** @param {any} client @returns {import('./client').Client} */
function ofNodeRedis(client) {
  return {
    whenReady: readiness(client, () => client.isReady),
    send: (args) => client.sendCommand(args, PLAIN),
    listener: () => nodeRedisListener(client),
  };
}

/** @param {any} client @returns {import('./client').Listener} */
function nodeRedisListener(client) {
  const socket = { ...client.options?.socket, reconnectStrategy: false };
  const once = client.duplicate({ socket, disableOfflineQueue: false });
  once.on('error', ignore);
  return {
    listen: async (channel, onMessage) => {
      await once.connect();
      await once.subscribe(channel, onMessage);
    },
    ping: () => once.ping(),
    whenLost: (onLost) => void once.on('error', onLost).on('end', onLost),
    destroy: () => {
      // redis 4 knows no destroy(); its disconnect() drops the connection as well, and rejects one that is closed.
      if (typeof once.destroy !== 'function') once.disconnect().catch(ignore);
      else if (once.isOpen) once.destroy();
    },
  };
}

function ignore() {}

module.exports = { ofNodeRedis };
