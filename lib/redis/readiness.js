// @ts-check
'use strict';

// jsdom replaces the global timers by some whose handles have no unref().
const { clearInterval, setInterval } = require('node:timers');

const POLL_MS = 20;

/** For clients that emit `ready`. @param {import('node:events').EventEmitter} client @param {() => boolean} isReady @returns {import('./client').Client['whenReady']} */
function eventReadiness(client, isReady) {
  /** @type {Set<() => void>} */
  const waiting = new Set();
  client.on('ready', () => {
    const all = [...waiting];
    waiting.clear();
    for (const start of all) start();
  });
  return (start) => {
    if (isReady()) start();
    else waiting.add(start);
    return () => void waiting.delete(start);
  };
}

/** For clients without such an event. @param {() => boolean} isReady @returns {import('./client').Client['whenReady']} */
function polledReadiness(isReady) {
  return (start) => {
    if (isReady()) {
      start();
      return () => {};
    }
    const poll = setInterval(() => {
      if (!isReady()) return;
      clearInterval(poll);
      start();
    }, POLL_MS);
    return () => clearInterval(poll);
  };
}

module.exports = { eventReadiness, polledReadiness };
