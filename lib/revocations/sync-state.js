// @ts-check
'use strict';

// jsdom replaces the global timers by some whose handles have no unref().
const { clearTimeout, setTimeout } = require('node:timers');

/** Whether this process is in step with the others: it is for `maxStaleMs` after each round that read to the end. */
class SyncState {
  /** @type {number} */ #maxStaleMs;
  /** @type {(isInStep: boolean) => void} */ #onChange;
  /** @type {NodeJS.Timeout | undefined} */ #timer;
  /** A plain field, because it is read before each verification. */
  isInStep = false;

  /** @param {number} maxStaleMs @param {(isInStep: boolean) => void} onChange also called when it was never in step */
  constructor(maxStaleMs, onChange) {
    this.#maxStaleMs = maxStaleMs;
    this.#onChange = onChange;
    this.#restart(performance.now());
  }

  /** @param {number} startedMs when the round began: later revocations of other processes may be unknown */
  confirm(startedMs) {
    this.#restart(startedMs);
    if (this.isInStep) return;
    this.isInStep = true;
    this.#onChange(true);
  }

  close() {
    clearTimeout(this.#timer);
    this.isInStep = false;
  }

  /** @param {number} startedMs */
  #restart(startedMs) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#expire(), Math.max(0, startedMs + this.#maxStaleMs - performance.now()));
    this.#timer.unref();
  }

  #expire() {
    this.isInStep = false;
    this.#onChange(false);
  }
}

module.exports = { SyncState };
