// @ts-check
'use strict';

/**
 * Work of which at most one piece runs at a time; who comes while it runs joins it.
 * @template T
 */
class Flight {
  /** @type {(controller: AbortController) => Promise<T>} */ #work;
  /** @type {(outcome: { value: T } | { error: any }) => void} */ #land;
  /** Never rejects. @type {Promise<void> | undefined} */ #running;
  #controller = new AbortController();
  #closed = false;

  /**
   * @param {(controller: AbortController) => Promise<T>} work ends when its controller aborts
   * @param {(outcome: { value: T } | { error: any }) => void} land is told the outcome, before those who joined go on
   */
  constructor(work, land) {
    this.#work = work;
    this.#land = land;
  }

  get isClosed() {
    return this.#closed;
  }

  /** What runs, or a new piece of work where one may begin. @param {boolean} mayBegin */
  join(mayBegin) {
    if (this.#running === undefined && mayBegin && !this.#closed) this.#running = this.#fly().catch(warn);
    return this.#running;
  }

  /** @param {unknown} reason */
  close(reason) {
    this.#closed = true;
    this.#controller.abort(reason);
  }

  async #fly() {
    this.#controller = new AbortController();
    const outcome = await this.#work(this.#controller).then(
      (value) => ({ value }),
      (error) => ({ error }),
    );
    this.#running = undefined;
    if (!this.#closed) this.#land(outcome);
  }
}

/** Landing tells listeners, which are the user's; nobody waits for a fault of theirs. @param {any} error */
function warn(error) {
  process.emitWarning(`createVerifier: a listener of the JWKS events failed: ${error?.message}`, {
    code: 'WRN_JWT_JWKS_LISTENER',
  });
}

module.exports = { Flight };
