// @ts-check
'use strict';

// How long keys last, by a monotonic clock. Each attempt to fetch them moves the instants below:
//
//   success                      fresh until         usable until            expires
//   |----- used as they are -----|-- used, refresh --|-- used after asking --|-- not used
//
// "After asking" is for a source that nobody used for long: its next user waits for a refresh, so that a key which was
// withdrawn in the meantime is not accepted once more. While an endpoint fails under steady use, nobody waits.

/** A response may ask for less freshness than this; it would be fetched all the time. */
const LEAST_FRESH_MS = 30 * 1000;
const LONGEST_PAUSE_MS = 5 * 60 * 1000;

class Lifetime {
  /** From here on there is more to do than to hand out the keys. */
  checkAt = -Infinity;
  /** No fetch begins before. */
  allowedAt = -Infinity;
  /** @private */ freshUntil = -Infinity;
  /** @private */ usableUntil = -Infinity;
  /** @private */ expiresAt = -Infinity;
  /** Attempts that failed since the last success. @private */ failures = 0;

  /** @param {{ freshForMs: number, staleForMs: number, cooldownMs: number }} settings */
  constructor({ freshForMs, staleForMs, cooldownMs }) {
    /** @private */ this.freshForMs = freshForMs;
    /** @private */ this.staleForMs = staleForMs;
    /** @private */ this.cooldownMs = cooldownMs;
  }

  /** @param {number} now @param {number} maxAgeMs what the response allows; Infinity when it says nothing */
  succeed(now, maxAgeMs) {
    const freshMs = Math.min(this.freshForMs, Math.max(LEAST_FRESH_MS, maxAgeMs));
    this.failures = 0;
    this.allowedAt = now + this.cooldownMs;
    // Not shorter than the pause: there would be a gap in which the keys have ended and no fetch may begin.
    this.freshUntil = now + Math.max(freshMs, this.cooldownMs);
    this.expiresAt = this.freshUntil + this.staleForMs;
    this.schedule(this.freshUntil);
  }

  /** @param {number} now */
  fail(now) {
    this.failures += 1;
    // Without keys every user is refused, so the attempts stay as close as the cooldown allows.
    this.allowedAt = now + (now < this.expiresAt ? this.backoffMs() : this.cooldownMs);
    this.schedule(Math.max(this.freshUntil, this.allowedAt));
  }

  /** @private @param {number} dueAt when the next refresh is due */
  schedule(dueAt) {
    this.checkAt = Math.min(dueAt, this.expiresAt);
    this.usableUntil = Math.min(dueAt + this.freshForMs, this.expiresAt);
  }

  /** @private */
  backoffMs() {
    const doubled = this.cooldownMs * 2 ** Math.min(this.failures - 1, 30);
    return Math.min(doubled, Math.max(this.cooldownMs, LONGEST_PAUSE_MS));
  }

  // If the clock returns NaN, all of these are false: no keys and no fetch.

  /** Whether a fetch may begin. @param {number} now */
  isAllowed(now) {
    return now >= this.allowedAt;
  }

  /** Whether the keys may be used without asking. @param {number} now */
  isUsable(now) {
    return now < this.usableUntil;
  }

  /** Whether keys are used beyond their freshness. @param {number} now */
  isStale(now) {
    return now >= this.freshUntil && now < this.expiresAt;
  }
}

module.exports = { Lifetime };
