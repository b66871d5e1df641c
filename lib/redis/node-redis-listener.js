// @ts-check
'use strict';

/** @typedef {import('./node-redis').NodeRedis} NodeRedis */

/** @param {() => Promise<NodeRedis>} original finds the client whose server sends the messages @returns {import('./client').Listener} */
function nodeRedisListener(original) {
  /** @type {NodeRedis | undefined} */
  let once;
  let isDestroyed = false;
  return {
    listen: async (channel, onMessage, onLost) => {
      const client = await original();
      if (isDestroyed) return;
      // Fails instead of reconnecting, so that the loss of the connection is seen.
      const socket = { ...client.options?.socket, reconnectStrategy: false };
      once = client.duplicate({ socket, disableOfflineQueue: false });
      once.on('error', onLost).on('end', onLost);
      await once.connect();
      await once.subscribe(channel, onMessage);
    },
    ping: async () => once?.ping(),
    destroy: () => {
      isDestroyed = true;
      // The event may still come after the connection was given up.
      once?.on('error', ignore);
      if (once !== undefined) destroy(once);
    },
  };
}

/** @param {NodeRedis} client */
function destroy(client) {
  // redis 4 has no destroy(); its disconnect() also drops the connection, and rejects when it is closed already.
  if (typeof client.destroy !== 'function') client.disconnect().catch(ignore);
  else if (client.isOpen) client.destroy();
}

/**
 * A second Sentinel client. It reconnects and subscribes again by itself; each sign of that counts as a loss, because
 * messages may have been missed meanwhile.
 * @param {import('./node-redis').Sentinel} sentinel @returns {import('./client').Listener}
 */
function sentinelListener(sentinel) {
  const once = sentinel.duplicate();
  return {
    listen: async (channel, onMessage, onLost) => {
      once.on('error', onLost);
      await once.connect();
      await once.subscribe(channel, onMessage);
      once.on('topology-change', (/** @type {{ type: string }} */ { type }) => {
        if (type === 'MASTER_CHANGE') onLost();
      });
    },
    ping: () => once.ping(),
    destroy: () => {
      once.on('error', ignore);
      Promise.resolve(once.destroy?.()).catch(ignore);
    },
  };
}

function ignore() {}

module.exports = { nodeRedisListener, sentinelListener };
