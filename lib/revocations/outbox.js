// @ts-check
'use strict';

// What this process has to write to Redis: entries that were not written yet, and after a failure those that were written
// shortly before it. Redis replicates after it has replied, so a primary that dies takes its last writes along. Writing an
// entry twice changes nothing.

const MAX_UNSENT = 10_000;
const MAX_RECENT = 10_000;
// Far longer than a replica lags behind, and longer than the failover that replaces a primary.
const RECENT_MS = 60_000;

class Outbox {
  /** @type {InstanceType<typeof import('./redis').SharedLog>} */ #log;
  /** @type {InstanceType<typeof import('./table').Table>} */ #table;
  /** @type {Set<Buffer>} */ #unsent = new Set();
  /** By the time of the write; the oldest come first. @type {Map<Buffer, number>} */ #recent = new Map();
  #mustSendAll = false;

  /** @param {InstanceType<typeof import('./redis').SharedLog>} log @param {InstanceType<typeof import('./table').Table>} table */
  constructor(log, table) {
    this.#log = log;
    this.#table = table;
  }

  /** Resolves when Redis has the entry. If that fails, flush() sends it again until Redis has it. @param {Buffer} entry */
  async push(entry) {
    if (this.#unsent.size < MAX_UNSENT) this.#unsent.add(entry);
    // The table also has it.
    else this.#mustSendAll = true;
    await this.#log.write(entry);
    this.#sent(entry);
  }

  /** Sends what Redis may not have. */
  async flush() {
    if (this.#mustSendAll) await this.#sendAll();
    const unsent = [...this.#unsent];
    await this.#log.write(Buffer.concat(unsent));
    for (const entry of unsent) this.#sent(entry);
  }

  /** The server lost its data: the next flush() sends the whole table. */
  requestAll() {
    this.#mustSendAll = true;
  }

  /** A primary may have died: the next flush() sends again what was written shortly before. */
  requestRecent() {
    this.#forgetOld();
    for (const entry of this.#recent.keys()) this.#unsent.add(entry);
    this.#recent.clear();
  }

  /** @param {Buffer} entry */
  #sent(entry) {
    this.#unsent.delete(entry);
    this.#recent.set(entry, performance.now());
    this.#forgetOld();
  }

  #forgetOld() {
    const until = performance.now() - RECENT_MS;
    for (const [entry, writtenMs] of this.#recent) {
      if (writtenMs > until && this.#recent.size <= MAX_RECENT) return;
      this.#recent.delete(entry);
    }
  }

  async #sendAll() {
    // Reset first: an entry that is added meanwhile, after its part was sent, requests all of them again.
    this.#mustSendAll = false;
    try {
      for (let part = 0; ; part += 1) {
        const entries = this.#table.export(part);
        if (entries === null) break;
        await this.#log.write(entries);
      }
    } catch (error) {
      this.#mustSendAll = true;
      throw error;
    }
  }
}

module.exports = { Outbox };
