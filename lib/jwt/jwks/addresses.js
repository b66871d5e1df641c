// @ts-check
'use strict';

// Keys that are published one by one, each at an address with its id in it, such as those of a cloud's load balancers. Every
// key id has its own source. A token chooses its key id freely, so new ids are bounded: only some may start a fetch
// within a cooldown, and an id that the endpoint does not know is not asked for again for a while.

const { EventEmitter } = require('node:events');
const { misuse } = require('../../support/errors');
const { isMissing, unknownKey } = require('./failure');
const { readJwksOptions } = require('./options');
const { UnknownKids } = require('./unknown-kids');

/** @typedef {{ judge: any, source: import('node:events').EventEmitter, close(): void }} Opened */

const PLACE = '{kid}';
// Of this form an id can stand in a path without changing which path it is.
const KEY_ID = /^[\w-]{1,128}$/;
/** A rotation brings a few new ids at once, one for each machine behind an address. */
const NEW_IDS_PER_COOLDOWN = 5;
const EVENTS = ['refresh', 'rotate', 'refresh-failed'];

/** @param {unknown} value of the option `jwks` @returns {value is string | { url: string }} */
function isAddressPerKey(value) {
  const url = typeof value === 'string' ? value : /** @type {{ url?: unknown } | null} */ (value)?.url;
  return typeof url === 'string' && url.includes(PLACE);
}

class KeyAddresses extends EventEmitter {
  /** @type {Map<string, Opened>} least recently used first */ #opened = new Map();
  /** When the last new ids started a fetch. @type {number[]} */ #starts = [];
  #isClosed = false;

  /**
   * @param {Record<string, unknown> & { url: string }} options of each source
   * @param {(options: Record<string, unknown>, kid: string) => Opened} open
   * @param {import('./options').Origin} origin of the options
   */
  constructor(options, open, origin) {
    super();
    this.at = (/** @type {string} */ kid) => options.url.replaceAll(PLACE, kid);
    const settings = readJwksOptions({ ...options, url: this.at('kid') }, origin);
    if (new URL(this.at('a')).origin !== new URL(this.at('b')).origin) {
      const reason = `option "${origin.path}url" must have "{kid}" in its path or query, not in its host`;
      throw misuse(`ERR_${origin.area}_OPTION`, `${origin.owner}: ${reason}`);
    }
    this.open = (/** @type {string} */ kid) => open({ ...options, url: this.at(kid), prefetch: true }, kid);
    this.settings = settings;
    this.unknown = new UnknownKids(settings.unknownKidForMs);
  }

  /** What judges the tokens of a key. @param {unknown} kid @returns {any} */
  of(kid) {
    if (typeof kid !== 'string' || !KEY_ID.test(kid)) throw unknownKey();
    const opened = this.#opened.get(kid) ?? this.#start(kid);
    this.#opened.delete(kid);
    this.#opened.set(kid, opened);
    return opened.judge;
  }

  /** @param {string} kid */
  #start(kid) {
    const { maxKeys, cooldownMs, monotonic } = this.settings;
    const now = monotonic();
    this.#starts = this.#starts.filter((start) => now < start + cooldownMs);
    const isFull = this.#starts.length >= NEW_IDS_PER_COOLDOWN;
    if (this.#isClosed || isFull || this.unknown.has(kid, now)) throw unknownKey();
    this.#starts.push(now);
    if (this.#opened.size >= maxKeys) this.#evict();
    const opened = this.open(kid);
    this.#follow(kid, opened);
    return opened;
  }

  #evict() {
    const [[kid, oldest]] = this.#opened;
    this.#opened.delete(kid);
    oldest.close();
  }

  /** Passes the events on, and drops an id whose first fetch failed. @param {string} kid @param {Opened} opened */
  #follow(kid, opened) {
    for (const name of EVENTS) opened.source.on(name, (event) => this.emit(name, event));
    const drop = (/** @type {{ error: unknown }} */ { error }) => {
      opened.close();
      this.#opened.delete(kid);
      // After any other failure the next token may try again.
      if (isMissing(error)) this.unknown.add(kid, this.settings.monotonic());
    };
    opened.source.once('refresh-failed', drop);
    opened.source.once('refresh', () => opened.source.off('refresh-failed', drop));
  }

  /** There is nothing to fetch before the first token. */
  async ready() {}

  close() {
    this.#isClosed = true;
    for (const opened of this.#opened.values()) opened.close();
  }
}

module.exports = { KeyAddresses, isAddressPerKey };
