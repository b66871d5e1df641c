// @ts-check
'use strict';

// The revocations of all processes, as Redis keeps them. The keys follow from the store's prefix and the table's name.

const { randomUUID } = require('node:crypto');

const { toEntries, toRows } = require('./entry');
const { READ, WRITE } = require('./scripts');

// A script with this many entries runs for a few milliseconds, during which the server runs nothing else.
const ENTRIES_PER_READ = 1_000;
const ENTRIES_PER_WRITE = 200;
// Microseconds since 1970 have 16 digits.
const NUMBER = /^\d{1,16}$/;

/**
 * @typedef {InstanceType<typeof import('../redis').RedisStore>} Store
 *
 * @typedef {object} Page what a read returns
 * @property {string} epoch names the set of data; it changes when the server comes back empty
 * @property {number} ageSeconds how old the epoch is
 * @property {number} seq the number of the last entry
 * @property {number} next where the next read continues
 * @property {Buffer} entries
 */

class SharedLog {
  /** @type {Store} */ #store;
  /** @type {string[]} */ #keys;
  /** @type {string} */ #channel;
  /** @type {() => number} */ #now;

  /** @param {Store} store @param {string} name of the table @param {() => number} now seconds since 1970 */
  constructor(store, name, now) {
    const tag = ['revocations', name];
    this.#store = store;
    this.#keys = ['meta', 'log', 'terms', 'expiry'].map((part) => store.taggedKey(tag, part));
    this.#channel = store.channel('revocations', name, 'news');
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

  /** Resolves when the server has them. @param {Buffer} entries @returns {Promise<void>} */
  async write(entries) {
    const rows = toRows(entries);
    for (let i = 0; i < rows.length; i += ENTRIES_PER_WRITE) {
      await this.#run(WRITE, [this.#channel, ...rows.slice(i, i + ENTRIES_PER_WRITE).flat()]);
    }
  }

  /**
   * Announces that there is something to read. A message only carries a number: whoever can publish can make other
   * processes read, and nothing else.
   * @param {{ onNews: (seq: number) => void, onUp: () => void, onDown: () => void }} callbacks
   * @returns {() => void} ends it
   */
  listen({ onNews, onUp, onDown }) {
    const onMessage = (/** @type {string} */ message) => {
      if (NUMBER.test(message)) onNews(Number(message));
    };
    return this.#store.subscribe(this.#channel, onMessage, onUp, onDown);
  }

  /** @param {string} script @param {string[]} args @returns {Promise<string[]>} */
  #run(script, args) {
    return this.#store.script(script, this.#keys, [randomUUID(), String(Math.floor(this.#now())), ...args]);
  }
}

module.exports = { SharedLog };
