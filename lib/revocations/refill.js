// @ts-check
'use strict';

// A server that lost its data is refilled by the processes that run. A process that starts just then would find nothing to
// refuse: it waits until the data has some age, or has not grown for a few polls.
const SETTLED_SECONDS = 60;
const QUIET_POLLS = 3;

class Refill {
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

module.exports = { Refill };
