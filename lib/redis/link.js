// @ts-check
'use strict';

// Commands over the user's connection, each with a deadline. A command is only handed to a client that is connected: the
// client's own queue would send it whenever the server comes back, long after its request was answered.

const { PortcullisError } = require('../support/errors');

// Commands that ran out of time and that the client still waits for. A server that hangs answers none of them, and each
// holds memory; with this many, a new command fails at once.
const MAX_LATE = 1_000;

/** @typedef {{ isOver: boolean, sent: number }} Turn one piece of work: whether it was answered, and its open commands */

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
   * Runs work that sends one command after another; all of it against one deadline.
   * @template T @param {(send: (args: string[]) => Promise<any>) => Promise<T>} work @returns {Promise<T>}
   */
  run(work) {
    return new Promise((resolve, reject) => {
      /** @type {Turn} */
      const turn = { isOver: false, sent: 0 };
      const end = (/** @type {() => void} */ settle) => {
        if (turn.isOver) return;
        turn.isOver = true;
        clearTimeout(timer);
        stopWaiting();
        settle();
      };
      const timer = setTimeout(() => {
        this.#late += turn.sent;
        end(() => reject(unavailable(this.#lateness(turn))));
      }, this.#deadlineMs);
      const start = () => {
        work((args) => this.#send(args, turn)).then(
          (value) => end(() => resolve(value)),
          (cause) => end(() => reject(unavailable(cause))),
        );
      };
      const stopWaiting = this.#client.whenReady(start);
    });
  }

  /** @param {string[]} args @param {Turn} turn */
  async #send(args, turn) {
    if (turn.isOver) throw new Error('the time was up');
    if (this.#late >= MAX_LATE) throw new Error(`the server has not answered ${MAX_LATE} earlier commands`);
    turn.sent += 1;
    try {
      return await this.#client.send(args);
    } finally {
      turn.sent -= 1;
      if (turn.isOver) this.#late -= 1;
    }
  }

  /** @param {Turn} turn */
  #lateness({ sent }) {
    const what = sent > 0 ? 'there was no answer' : 'the client was not connected';
    return new Error(`${what} within ${this.#deadlineMs} ms`);
  }
}

/** @param {any} cause */
function unavailable(cause) {
  // Clients attach the command, and with it what is stored, which has no place in a log.
  if (cause !== null && typeof cause === 'object') Reflect.deleteProperty(cause, 'command');
  return new PortcullisError('ERR_REDIS_UNAVAILABLE', `redis: ${cause?.message ?? cause}`, { cause });
}

module.exports = { Link };
