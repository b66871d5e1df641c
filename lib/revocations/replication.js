// @ts-check
'use strict';

// Keeps the table in step with the other processes. A round writes what Redis does not have, then reads what is new. It
// runs when a message announces news, when the subscription is made, and every `pollMs`, which finds what a lost message
// or a dead connection hid. Only reading moves `since`, so no message can make this process skip an entry.

// jsdom replaces the global timers by some whose handles have no unref().
const { clearTimeout, setTimeout } = require('node:timers');

const { PortcullisError } = require('../support/errors');
const { Outbox } = require('./outbox');
const { Refill } = require('./refill');
const { SyncState } = require('./sync-state');

class Replication {
  /** @type {InstanceType<typeof import('./redis').SharedLog>} */ #log;
  /** @type {InstanceType<typeof import('./table').Table>} */ #table;
  /** @type {InstanceType<typeof Outbox>} */ #outbox;
  /** @type {number} */ #pollMs;
  /** @type {InstanceType<typeof SyncState>} */ #state;
  /** @type {InstanceType<typeof Refill>} */ #refill;
  /** @type {() => void} */ #unsubscribe;
  /** @type {string | undefined} */ #epoch;
  #since = 0;
  #isRunning = false;
  #isRequested = false;
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
    this.#outbox = new Outbox(log, table);
    this.#pollMs = pollMs;
    this.#state = new SyncState(maxStaleMs, onChange);
    this.#refill = new Refill(pollMs);
    this.#unsubscribe = log.listen({
      onNews: (seq) => void (seq > this.#since && this.#run()),
      onUp: () => void this.#run(),
      onDown: () => this.#outbox.requestRecent(),
    });
    this.#run();
  }

  get isInStep() {
    return this.#state.isInStep;
  }

  /** Resolves when Redis has the entry. @param {Buffer} entry */
  async push(entry) {
    if (this.#isClosed) throw new PortcullisError('ERR_REVOCATIONS_UNAVAILABLE', 'revocations: close() was called');
    await this.#outbox.push(entry);
  }

  close() {
    this.#isClosed = true;
    clearTimeout(this.#poll);
    this.#state.close();
    this.#unsubscribe();
  }

  /** One round at a time, and another one if it was requested meanwhile. */
  async #run() {
    this.#isRequested = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    clearTimeout(this.#poll);
    while (this.#isRequested && !this.#isClosed) {
      this.#isRequested = false;
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
      await this.#outbox.flush();
      const page = await this.#catchUp();
      this.failure = undefined;
      if (!this.#isClosed && this.#refill.isOver(page, performance.now())) this.#state.confirm(startedMs);
    } catch (error) {
      this.failure = error;
      this.#outbox.requestRecent();
      // Do not press a server that fails: the next round is that of the poll.
      this.#isRequested = false;
    }
  }

  /** Reads to the end; returns the last page. */
  async #catchUp() {
    for (;;) {
      const page = await this.#log.read(this.#since);
      if (page.epoch !== this.#epoch || page.seq < this.#since) {
        // The first read, or the server came back empty or with older data.
        this.#epoch = page.epoch;
        this.#since = 0;
        this.#outbox.requestAll();
        await this.#outbox.flush();
        continue;
      }
      this.#table.merge(page.entries);
      this.#since = page.next;
      if (page.next >= page.seq) return page;
    }
  }
}

module.exports = { Replication };
