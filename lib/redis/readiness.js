// @ts-check
'use strict';

/** @param {any} client @param {() => boolean} isReady @returns {import('./client').Client['whenReady']} */
function readiness(client, isReady) {
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

module.exports = { readiness };
