// @ts-check
'use strict';

// Valkey GLIDE 2 (@valkey/valkey-glide): one server and cluster. It follows MOVED and ASK. A command waits inside it for a
// connection until its own `requestTimeout`, which therefore must not be longer than the deadline of the store.

// The package's enumerations, which cannot be imported from here.
const DECODE_BYTES = 0;
const DECODE_STRINGS = 1;
const RESP3 = 0;
const DEFAULT_REQUEST_TIMEOUT_MS = 250;
const SUBSCRIBE_WITHIN_MS = 5_000;

/**
 * @typedef {object} Glide
 * @property {(args: string[], options: { decoder: number }) => Promise<import('./client').Reply>} customCommand
 * @property {(channels: string[], timeoutMs: number) => Promise<unknown>} subscribe
 * @property {(reason?: string) => void} close
 * @property {{ requestTimeout?: number }} config
 * @property {{ createClient: (config: object) => Promise<Glide> }} constructor
 */

/** @param {object} value @returns {value is Glide} */
function isGlide(value) {
  const client = /** @type {Partial<Glide>} */ (value);
  return (
    typeof client.customCommand === 'function' &&
    typeof client.subscribe === 'function' &&
    typeof client.config === 'object' &&
    typeof client.constructor?.createClient === 'function'
  );
}

/** @param {Glide} client @returns {import('./client').Client} */
function ofGlide(client) {
  return {
    keyPrefix: '',
    requestTimeoutMs: client.config.requestTimeout ?? DEFAULT_REQUEST_TIMEOUT_MS,
    whenReady: (start) => {
      start();
      return () => {};
    },
    send: (args) => client.customCommand(args, { decoder: DECODE_STRINGS }),
    listener: () => glideListener(client),
  };
}

/** @param {Glide} client @returns {import('./client').Listener} */
function glideListener(client) {
  /** @type {Glide | undefined} */
  let once;
  let isDestroyed = false;
  return {
    listen: async (channel, onMessage) => {
      // As bytes, because the client throws at a message that is not UTF-8.
      const callback = (/** @type {{ message: unknown }} */ { message }) => onMessage(String(message));
      const pubsubSubscriptions = { channelsAndPatterns: {}, callback };
      const config = { ...client.config, protocol: RESP3, defaultDecoder: DECODE_BYTES, pubsubSubscriptions };
      const made = await client.constructor.createClient(config);
      if (isDestroyed) return void made.close();
      once = made;
      await made.subscribe([channel], SUBSCRIBE_WITHIN_MS);
    },
    ping: async () => once?.customCommand(['PING'], { decoder: DECODE_STRINGS }),
    destroy: () => {
      isDestroyed = true;
      once?.close();
    },
  };
}

module.exports = { isGlide, ofGlide };
