// @ts-check
'use strict';

// Keeps a table in step with the other processes. One round: send what is not yet there, read what is new. A round runs
// when the bell rings, when the subscription is (re)made, and every `pollMs`, which finds what a lost message or a dead
// connection hid. Only what was read moves `since`, so that no message can make an entry be passed over.

const { PortcullisError } = require('../support/errors');
const { Settling, Step } = require('./step');

const MAX_UNSENT = 10_000;

class Feed {
  /** @type {InstanceType<typeof import('./redis').SharedLog>} */ #log;
  /** @type {InstanceType<typeof import('./table').Table>} */ #table;
  /** @type {number} */ #pollMs;
  /** @type {InstanceType<typeof Step>} */ #step;
  /** @type {InstanceType<typeof Settling>} */ #settling;
  /** @type {Promise<() => Promise<void>>} */ #subscription;
  /** @type {string | undefined} */ #epoch;
  #since = 0;
  /** @type {Set<Buffer>} */ #unsent = new Set();
  #mustRefill = false;
  #isRunning = false;
  #isAsked = false;
  #isClosed = false;
  /** @type {NodeJS.Timeout | undefined} */ #poll;
  /** Why the last round failed. @type {unknown} */ failure;

  /**
   * @param {InstanceType<typeof import('./redis').SharedLog>} log
   * @param {InstanceType<typeof import('./table').Table>} table
   * @param {{ pollMs: number, maxStaleMs: number }} pace @param {(isInStep: boolean) => void} onChange
   */
  constructor(log, table, { pollMs, maxStaleMs }, onChange) {
    this.#log = log;
    this.#table = table;
    this.#pollMs = pollMs;
    this.#step = new Step(maxStaleMs, onChange);
    this.#settling = new Settling(pollMs);
    const onNews = (/** @type {number} */ seq) => void (seq > this.#since && this.#run());
    this.#subscription = log.listen(onNews, () => void this.#run());
    this.#run();
  }

  get isInStep() {
    return this.#step.isInStep;
  }

  /** Settles when Redis has the entry; where that fails, it is sent again until it has. @param {Buffer} entry */
  async push(entry) {
    if (this.#isClosed) throw new PortcullisError('ERR_REVOCATIONS_UNAVAILABLE', 'revocations: close() was called');
    if (this.#unsent.size < MAX_UNSENT) this.#unsent.add(entry);
    // The table has it as well.
    else this.#mustRefill = true;
    await this.#log.write(entry);
    this.#unsent.delete(entry);
  }

  async close() {
    this.#isClosed = true;
    clearTimeout(this.#poll);
    this.#step.close();
    const unsubscribe = await this.#subscription;
    await unsubscribe();
  }

  /** One round at a time, and another where it was asked for meanwhile. */
  async #run() {
    this.#isAsked = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    clearTimeout(this.#poll);
    while (this.#isAsked && !this.#isClosed) {
      this.#isAsked = false;
      await this.#round();
    }
    this.#isRunning = false;
    if (this.#isClosed) return;
    this.#poll = setTimeout(() => this.#run(), this.#pollMs);
    this.#poll.unref();
  }

  async #round() {
    const startedMs = performance.now();
    try {
      await this.#send();
      const page = await this.#catchUp();
      this.failure = undefined;
      if (!this.#isClosed && this.#settling.isOver(page, performance.now())) this.#step.confirm(startedMs);
    } catch (error) {
      this.failure = error;
      // A server that fails is not pressed: the next round is the poll's.
      this.#isAsked = false;
    }
  }

  async #send() {
    if (this.#mustRefill) await this.#refilled();
    const unsent = [...this.#unsent];
    await this.#log.write(Buffer.concat(unsent));
    for (const entry of unsent) this.#unsent.delete(entry);
  }

  async #refilled() {
    // Before the work: an entry that comes meanwhile, when its part was sent already, asks for it again.
    this.#mustRefill = false;
    try {
      await this.#refill();
    } catch (error) {
      this.#mustRefill = true;
      throw error;
    }
  }

  /** Sends all that is refused here; what Redis has already changes nothing there. */
  async #refill() {
    for (let part = 0; ; part += 1) {
      const entries = this.#table.export(part);
      if (entries === null) break;
      await this.#log.write(entries);
    }
  }

  /** Reads to the end; answers the last page. */
  async #catchUp() {
    for (;;) {
      const page = await this.#log.read(this.#since);
      if (page.epoch !== this.#epoch || page.seq < this.#since) {
        // The first look, or the server came back empty or with older data.
        this.#epoch = page.epoch;
        this.#since = 0;
        this.#mustRefill = true;
        await this.#send();
        continue;
      }
      this.#table.merge(page.entries);
      this.#since = page.next;
      if (page.next >= page.seq) return page;
    }
  }
}

module.exports = { Feed };
