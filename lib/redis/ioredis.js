// @ts-check
'use strict';

const { readiness } = require('./readiness');

/** @param {any} client @returns {import('./client').Client} */
function ofIoredis(client) {
  return {
    whenReady: readiness(client, () => {
      // A lazy client connects when it is first needed.
      if (client.status === 'wait') client.connect().catch(ignore);
      return client.status === 'ready';
    }),
    send: ([name, ...args]) => client.call(name, ...args),
    listener: () => ioredisListener(client),
  };
}

/** @param {any} client @returns {import('./client').Listener} */
function ioredisListener(client) {
  const once = client.duplicate({
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResubscribe: false,
    retryStrategy: () => null,
  });
  once.on('error', ignore);
  return {
    listen: async (channel, onMessage) => {
      once.on('message', (/** @type {string} */ _from, /** @type {string} */ message) => onMessage(message));
      await once.connect();
      await once.subscribe(channel);
    },
    ping: () => once.ping(),
    whenLost: (onLost) => void once.on('close', onLost).on('end', onLost),
    destroy: () => once.disconnect(),
  };
}

function ignore() {}

module.exports = { ofIoredis };
