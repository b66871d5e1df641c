// @ts-check
'use strict';

// Whether a process is in step with the others: it is for `maxStaleMs` after each round that read to the end.

class Step {
  /** @type {number} */ #maxStaleMs;
  /** @type {(isInStep: boolean) => void} */ #onChange;
  /** @type {NodeJS.Timeout | undefined} */ #timer;
  /** A field, for it is read before each verification. */
  isInStep = false;

  /** @param {number} maxStaleMs @param {(isInStep: boolean) => void} onChange also told when it was never in step */
  constructor(maxStaleMs, onChange) {
    this.#maxStaleMs = maxStaleMs;
    this.#onChange = onChange;
    this.#restart(performance.now());
  }

  /** @param {number} startedMs when the round began: what was revoked elsewhere since may be unknown */
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
    this.#timer = setTimeout(() => this.#lose(), Math.max(0, startedMs + this.#maxStaleMs - performance.now()));
    this.#timer.unref();
  }

  #lose() {
    this.isInStep = false;
    this.#onChange(false);
  }
}

// A server that has come back empty is filled again by the processes that live. One that starts just then would find
// nothing to refuse: it waits until the data is of some age, or has stopped growing for a few polls.
const SETTLED_SECONDS = 60;
const QUIET_POLLS = 3;

class Settling {
  #seq = -1;
  #quietSinceMs = 0;
  #isOver = false;
  /** @type {number} */ #quietMs;

  /** @param {number} pollMs */
  constructor(pollMs) {
    this.#quietMs = pollMs * QUIET_POLLS;
  }

  /** @param {{ ageSeconds: number, seq: number }} page the end of a read @param {number} nowMs */
  isOver({ ageSeconds, seq }, nowMs) {
    if (this.#isOver) return true;
    if (this.#seq !== seq) this.#quietSinceMs = nowMs;
    this.#seq = seq;
    this.#isOver = ageSeconds >= SETTLED_SECONDS || nowMs - this.#quietSinceMs >= this.#quietMs;
    return this.#isOver;
  }
}

module.exports = { Settling, Step };
