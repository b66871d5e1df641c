// @ts-check
'use strict';

// Commands over the user's client, each with a deadline. A command is only handed to a client that is connected: the
// client's own queue would send it whenever the server comes back, long after its request was answered.

// jsdom replaces the global timers by some whose handles have no unref().
const { clearTimeout, setTimeout } = require('node:timers');
const { setTimeout: sleep } = require('node:timers/promises');

const { isNotNow, unavailable } = require('./failure');

// Commands that ran out of time and that the client still waits for. A server that hangs answers none of them, and each
// needs memory; from this number on, new commands fail at once.
const MAX_LATE = 1_000;
// Long enough for a client to learn the new map of a cluster, and short beside the default deadline of 500 ms.
const RETRY_AFTER_MS = 100;

/**
 * @typedef {import('./client').Reply} Reply
 * @typedef {{ controller: AbortController, sent: number }} Turn one piece of work: whether it is over, and its open commands
 * @typedef {(args: string[], key?: string) => Promise<Reply>} Send
 */

class Link {
  /** @type {import('./client').Client} */ #client;
  /** @type {number} */ #deadlineMs;
  #late = 0;

  /** @param {import('./client').Client} client @param {number} deadlineMs */
  constructor(client, deadlineMs) {
    this.#client = client;
    this.#deadlineMs = deadlineMs;
  }

  /**
   * Runs work that sends one command after another; one deadline holds for all of it.
   * @template T @param {(send: Send) => Promise<T>} work @returns {Promise<T>}
   */
  run(work) {
    return new Promise((resolve, reject) => {
      /** @type {Turn} */
      const turn = { controller: new AbortController(), sent: 0 };
      const end = (/** @type {() => void} */ settle) => {
        if (turn.controller.signal.aborted) return;
        clearTimeout(timer);
        stopWaiting();
        settle();
        turn.controller.abort();
      };
      const timer = setTimeout(() => {
        this.#late += turn.sent;
        end(() => reject(unavailable(this.#lateness(turn))));
      }, this.#deadlineMs);
      const start = () => {
        work((args, key) => this.#sendTwice(args, key, turn)).then(
          (value) => end(() => resolve(value)),
          (cause) => end(() => reject(unavailable(cause))),
        );
      };
      const stopWaiting = this.#client.whenReady(start);
    });
  }

  /**
   * Sends a command again, once, when the server refused it without carrying it out. After a timeout the command may have
   * been carried out, and nothing is sent again.
   * @param {string[]} args @param {string | undefined} key @param {Turn} turn @returns {Promise<Reply>}
   */
  async #sendTwice(args, key, turn) {
    try {
      return await this.#send(args, key, turn);
    } catch (error) {
      if (!isNotNow(error)) throw error;
    }
    await sleep(RETRY_AFTER_MS);
    return this.#send(args, key, turn);
  }

  /** @param {string[]} args @param {string | undefined} key @param {Turn} turn @returns {Promise<Reply>} */
  async #send(args, key, turn) {
    const { signal } = turn.controller;
    if (signal.aborted) throw new Error('the deadline has passed');
    if (this.#late >= MAX_LATE) throw new Error(`the server has not answered ${MAX_LATE} earlier commands`);
    turn.sent += 1;
    try {
      return await this.#client.send(args, key, signal);
    } finally {
      turn.sent -= 1;
      if (signal.aborted) this.#late -= 1;
    }
  }

  /** @param {Turn} turn */
  #lateness({ sent }) {
    const what = sent > 0 ? 'there was no answer' : 'the client was not connected';
    return new Error(`${what} within ${this.#deadlineMs} ms`);
  }
}

module.exports = { Link };
