// @ts-check
'use strict';

// One Redis for every area that keeps state outside the process. Only the areas use these members:
//
//   script(lua, keys, args)       runs one Lua script; rejects with ERR_REDIS_UNAVAILABLE within `deadlineMs`. Sent by its
//                                 SHA-1, or as text where the server does not have it. `keys` must hold every key that the
//                                 script touches, all with one hash tag. Return text, whole numbers, nil or lists of them:
//                                 other types differ between clients
//   command(args, key)            runs one command, given as a list of strings, with the same deadline. `key` selects the
//                                 node of a cluster
//   subscribe(channel, onMessage, onUp, onDown)
//                                 receives messages over a separate connection until the returned close() is called. onUp
//                                 follows each subscription: messages published before it are lost, so catch up there.
//                                 onDown follows the loss of the connection. Callbacks must not throw
//   key(...parts)                 a key below the prefix; the same key only for the same parts
//   taggedKey(tag, ...parts)      likewise, with a hash tag: keys with the same tag can be used by one script
//   channel(...parts)             a channel; includes the client's own key prefix, which clients do not add to channels
//   onFailure                     what the user chose, or undefined; each area documents which choices it accepts
//
// A command that ran out of time after it was sent may still be carried out, and ioredis sends a command again when its
// connection is lost (its options autoResendUnfulfilledCommands and, for a cluster, retryDelayOnFailover): running a
// script twice must do no harm.

const { Options } = require('../support/options');
const { adaptClient } = require('./client');
const { isNoScript } = require('./failure');
const { breaksHashTags, hashTag, joinParts } = require('./key');
const { Link } = require('./link');
const { scriptName } = require('./script-name');
const { clientProblem } = require('./problem');
const { Subscription } = require('./subscription');

const DEFAULT_PREFIX = 'portcullis:';
// Linux resends a lost packet after 200 ms at the earliest (TCP_RTO_MIN), and again 400 ms later: one lost packet is
// survived, and a server that hangs costs a request half a second.
const DEFAULT_DEADLINE_MS = 500;
const MAX_DEADLINE_MS = 60_000;
/** @typedef {'fallback' | 'open' | 'closed'} Choice */
/** @type {readonly Choice[]} */
const FAILURES = ['fallback', 'open', 'closed'];
const MIN_PONG_MS = 1_000;

/** Known to every copy of this package, unlike the class; the number changes with the members listed above. */
const BRAND = Symbol.for('portcullis.RedisStore.1');

class RedisStore {
  /** @type {import('./client').Client} */ #client;
  /** @type {InstanceType<typeof Link>} */ #link;
  /** @type {string} */ #prefix;
  /** @type {number} */ #pongMs;
  /** @type {Choice | undefined} */ #onFailure;
  /** Names of the scripts that the server has been sent. @type {Set<string>} */ #sentScripts = new Set();

  /** @param {unknown} options */
  constructor(options) {
    const read = new Options('REDIS', 'RedisStore', options);
    const client = read.raw('client');
    if (client === undefined) throw read.missing('client', `: ${clientProblem(undefined)}`);
    const problem = clientProblem(client);
    if (problem !== undefined) throw read.wrong('client', problem);
    this.#client = adaptClient(client);
    this.#prefix = read.string('prefix', DEFAULT_PREFIX);
    if (breaksHashTags(this.#client.keyPrefix + this.#prefix)) {
      throw read.malformed('prefix', 'text without "{}", because the braces of a key select its node in a cluster');
    }
    const deadlineMs = read.integer('deadlineMs', DEFAULT_DEADLINE_MS, { min: 1, max: MAX_DEADLINE_MS });
    const { requestTimeoutMs: least = 0 } = this.#client;
    if (deadlineMs < least) {
      const bounds = `at least ${least}, the client's \`requestTimeout\`; otherwise commands are sent too late`;
      throw read.outside('deadlineMs', bounds, deadlineMs);
    }
    const isChosen = read.raw('onFailure', { defined: true }) !== undefined;
    this.#onFailure = isChosen ? read.oneOf('onFailure', FAILURES[0], FAILURES) : undefined;
    read.done();
    this.#link = new Link(this.#client, deadlineMs);
    this.#pongMs = Math.max(deadlineMs, MIN_PONG_MS);
  }

  get [BRAND]() {
    return true;
  }

  get onFailure() {
    return this.#onFailure;
  }

  /** @param {string[]} args the command's name first @param {string} [key] @returns {Promise<import('./client').Reply>} */
  command(args, key) {
    return this.#link.run((send) => send(args, key));
  }

  /** @param {string} lua @param {string[]} keys @param {string[]} args @returns {Promise<import('./client').Reply>} */
  script(lua, keys, args) {
    const name = scriptName(lua);
    const rest = [String(keys.length), ...keys, ...args];
    return this.#link.run(async (send) => {
      if (this.#sentScripts.has(name)) {
        try {
          return await send(['EVALSHA', name, ...rest], keys[0]);
        } catch (error) {
          if (!isNoScript(error)) throw error;
        }
      }
      const reply = await send(['EVAL', lua, ...rest], keys[0]);
      this.#sentScripts.add(name);
      return reply;
    });
  }

  /**
   * @param {string} channel @param {(message: string) => void} onMessage @param {() => void} onUp @param {() => void} onDown
   * @returns {() => void} at once, even while the server cannot be reached
   */
  subscribe(channel, onMessage, onUp, onDown) {
    return new Subscription(this.#client, channel, { onMessage, onUp, onDown }, this.#pongMs).close;
  }

  /** @param {string[]} parts @returns {string} */
  key(...parts) {
    return this.#prefix + joinParts(parts);
  }

  /** @param {readonly string[]} tag @param {string[]} parts @returns {string} */
  taggedKey(tag, ...parts) {
    return `${this.#prefix}${hashTag(tag)}:${joinParts(parts)}`;
  }

  /** @param {string[]} parts @returns {string} */
  channel(...parts) {
    return this.#client.keyPrefix + this.key(...parts);
  }
}

/** Also true for the store of another copy of this package or of another realm. @param {unknown} value @returns {value is RedisStore} */
function isRedisStore(value) {
  return value !== null && typeof value === 'object' && /** @type {{ [BRAND]?: unknown }} */ (value)[BRAND] === true;
}

module.exports = { RedisStore, isRedisStore };
