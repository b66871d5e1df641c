// @ts-check
'use strict';

const { setTimeout: sleep } = require('node:timers/promises');

/** Waits until the answer is true, for a bounded time. @param {() => boolean | Promise<boolean>} isSo */
async function until(isSo, withinMs = 10_000) {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`it was not so within ${withinMs} ms: ${isSo}`);
    await sleep(10);
  }
}

module.exports = { until };
