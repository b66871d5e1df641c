// @ts-check
'use strict';

// A subscription that reports whether it is connected. A message that is published while it is not is lost, so its owner
// must catch up at each `onUp`. A connection is used once and replaced when it is lost: then all packages behave alike, and
// no `onUp` is missed. Pings find a connection whose other end vanished without closing it.

// jsdom replaces the global timers by some whose handles have no unref().
const { clearTimeout, setTimeout } = require('node:timers');

const CONNECT_MS = 5_000;
const PING_EVERY_MS = 2_000;
const MIN_WAIT_MS = 50;
const MAX_WAIT_MS = 2_000;

class Subscription {
  /** @type {import('./client').Client} */ #client;
  /** @type {string} */ #channel;
  /** @type {{ onMessage: (message: string) => void, onUp: () => void, onDown: () => void }} */ #callbacks;
  /** @type {number} */ #pongMs;
  /** @type {import('./client').Listener | undefined} */ #listener;
  /** @type {NodeJS.Timeout | undefined} */ #timer;
  #failures = 0;
  #isUp = false;
  #isClosed = false;

  /**
   * @param {import('./client').Client} client @param {string} channel
   * @param {{ onMessage: (message: string) => void, onUp: () => void, onDown: () => void }} callbacks
   * @param {number} pongMs how long a ping may take
   */
  constructor(client, channel, callbacks, pongMs) {
    this.#client = client;
    this.#channel = channel;
    this.#callbacks = callbacks;
    this.#pongMs = pongMs;
    this.#connect();
  }

  close = () => {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#drop();
  };

  #connect() {
    try {
      const listener = this.#client.listener();
      this.#listener = listener;
      const lose = () => this.#lose(listener);
      this.#after(CONNECT_MS, lose);
      const onMessage = (/** @type {string} */ message) => {
        if (this.#listener === listener) this.#callbacks.onMessage(message);
      };
      listener.listen(this.#channel, onMessage, lose).then(() => this.#rise(listener), lose);
    } catch {
      this.#retry();
    }
  }

  /** @param {import('./client').Listener} listener */
  #rise(listener) {
    if (this.#listener !== listener) return;
    this.#failures = 0;
    this.#isUp = true;
    this.#after(PING_EVERY_MS, () => this.#ping(listener));
    this.#callbacks.onUp();
  }

  /** @param {import('./client').Listener} listener */
  #ping(listener) {
    const lose = () => this.#lose(listener);
    this.#after(this.#pongMs, lose);
    listener.ping().then(() => {
      if (this.#listener === listener) this.#after(PING_EVERY_MS, () => this.#ping(listener));
    }, lose);
  }

  /** @param {import('./client').Listener} listener */
  #lose(listener) {
    if (this.#listener !== listener) return;
    this.#drop();
    this.#retry();
  }

  #drop() {
    const listener = this.#listener;
    this.#listener = undefined;
    try {
      listener?.destroy();
    } catch {
      // It was closed already.
    }
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#callbacks.onDown();
  }

  #retry() {
    if (this.#isClosed) return;
    const waitMs = Math.min(MIN_WAIT_MS * 2 ** this.#failures, MAX_WAIT_MS);
    this.#failures += 1;
    // Up to half as long, so that all processes do not connect at once to a server that has come back.
    this.#after(waitMs * (1 - Math.random() / 2), () => this.#connect());
  }

  /** Replaces the action that is due next. @param {number} delayMs @param {() => void} act */
  #after(delayMs, act) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, delayMs);
    this.#timer.unref();
  }
}

module.exports = { Subscription };
