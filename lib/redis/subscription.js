// @ts-check
'use strict';

// A subscription that says when it hears and when it is deaf. A message that is published while it is deaf is lost, so
// whoever listens must catch up at each `onUp`. Every connection lives once and is replaced when it is lost: then both
// packages behave alike, and no up is missed. A connection whose far end vanished without a word is found by pings.

const CONNECT_MS = 5_000;
const PING_EVERY_MS = 2_000;
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 2_000;

class Subscription {
  /** @type {import('./client').Client} */ #client;
  /** @type {string} */ #channel;
  /** @type {{ onMessage: (message: string) => void, onUp: () => void, onDown: () => void }} */ #heard;
  /** @type {number} */ #pongMs;
  /** @type {import('./client').Listener | undefined} */ #listener;
  /** @type {NodeJS.Timeout | undefined} */ #timer;
  #failures = 0;
  #isUp = false;
  #isClosed = false;

  /**
   * @param {import('./client').Client} client @param {string} channel
   * @param {{ onMessage: (message: string) => void, onUp: () => void, onDown: () => void }} heard
   * @param {number} pongMs how long a ping may take
   */
  constructor(client, channel, heard, pongMs) {
    this.#client = client;
    this.#channel = channel;
    this.#heard = heard;
    this.#pongMs = pongMs;
    this.#connect();
  }

  close = async () => {
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
      listener.whenLost(lose);
      this.#after(CONNECT_MS, lose);
      const onMessage = (/** @type {string} */ message) => {
        if (this.#listener === listener) this.#heard.onMessage(message);
      };
      listener.listen(this.#channel, onMessage).then(() => this.#rise(listener), lose);
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
    this.#heard.onUp();
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
      // It was gone already.
    }
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#heard.onDown();
  }

  #retry() {
    if (this.#isClosed) return;
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** this.#failures, LONGEST_WAIT_MS);
    this.#failures += 1;
    // Up to a half less, so that a server which comes back is not met by all processes at once.
    this.#after(waitMs * (1 - Math.random() / 2), () => this.#connect());
  }

  /** The one thing that is due next. @param {number} delayMs @param {() => void} act */
  #after(delayMs, act) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, delayMs);
    this.#timer.unref();
  }
}

module.exports = { Subscription };
