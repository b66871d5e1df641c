// @ts-check
'use strict';

// The revocations of all processes, as Redis keeps them. The keys depend on the store's prefix alone.

const { randomUUID } = require('node:crypto');

const { toEntries, toRows } = require('./entry');
const { READ, WRITE } = require('./scripts');

// A script of so many entries runs for a few milliseconds; nothing else runs on the server meanwhile.
const ENTRIES_PER_READ = 1_000;
const ENTRIES_PER_WRITE = 200;
const NUMBER = /^\d{1,15}$/;

/**
 * @typedef {object} Page what a read answers
 * @property {string} epoch names the set of data; another one after the server came back empty
 * @property {number} ageSeconds how long the epoch has been there
 * @property {number} seq the number of the last entry there is
 * @property {number} next where the next read goes on
 * @property {Buffer} entries
 */

class SharedLog {
  /** @type {any} */ #store;
  /** @type {string[]} */ #keys;
  /** @type {string} */ #channel;
  /** @type {() => number} */ #now;

  /** @param {any} store @param {() => number} now seconds since 1970 */
  constructor(store, now) {
    this.#store = store;
    this.#keys = ['meta', 'log', 'terms', 'expiry'].map((part) => store.key('revocations', part));
    this.#channel = store.key('revocations', 'news');
    this.#now = now;
  }

  /** @param {number} since @returns {Promise<Page>} */
  async read(since) {
    const args = [String(since), String(ENTRIES_PER_READ)];
    const [epoch, age, seq, next, ...cells] = await this.#run(READ, args);
    if (![age, seq, next].every((one) => NUMBER.test(one)))
      throw new Error('the revocations stored in Redis are damaged');
    return { epoch: String(epoch), ageSeconds: +age, seq: +seq, next: +next, entries: toEntries(cells) };
  }

  /** Settles when the server has them. @param {Buffer} entries @returns {Promise<void>} */
  async write(entries) {
    const rows = toRows(entries);
    for (let i = 0; i < rows.length; i += ENTRIES_PER_WRITE) {
      await this.#run(WRITE, [this.#channel, ...rows.slice(i, i + ENTRIES_PER_WRITE).flat()]);
    }
  }

  /**
   * Says that there is something to read. A message carries a number alone: whoever can publish can make others read, and
   * no more.
   * @param {(seq: number) => void} onNews @param {() => void} onUp @returns {Promise<() => Promise<void>>}
   */
  listen(onNews, onUp) {
    const onMessage = (/** @type {string} */ message) => {
      if (NUMBER.test(message)) onNews(Number(message));
    };
    return this.#store.subscribe(this.#channel, onMessage, onUp, () => {});
  }

  /** @param {string} script @param {string[]} args @returns {Promise<any>} */
  #run(script, args) {
    return this.#store.script(script, this.#keys, [randomUUID(), String(Math.floor(this.#now())), ...args]);
  }
}

module.exports = { SharedLog };
