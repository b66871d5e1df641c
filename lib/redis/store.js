// @ts-check
'use strict';

// One Redis for every area that keeps something outside the process. The areas use, and nobody else should:
//
//   command(args)                 one command, as a list of strings; answers what the server answered, or rejects with
//                                 ERR_REDIS_UNAVAILABLE within `deadlineMs`
//   script(lua, keys, args)       one Lua script, likewise; sent by its SHA-1, and as text where the server has forgotten it.
//                                 Answer text, whole numbers, nil or lists of them: other types differ between clients
//   subscribe(channel, onMessage, onUp, onDown)
//                                 messages over a connection of its own, until the answered close() is called; onUp after
//                                 each (re)subscription: what was published before it is lost, so catch up there; onDown
//                                 when the connection is lost. Callbacks must not throw. `channel` is taken as it is: build
//                                 it with key()
//   key(...parts)                 a key under the prefix; the same key only for the same parts
//   onFailure                     what the user chose, or undefined; each area says which choices it takes
//
// A command that ran out of time after it was sent may still be carried out, at once or (ioredis sends it again unless its
// option autoResendUnfulfilledCommands is false) when the server is back: a script must bear that.

const { createHash } = require('node:crypto');
const { Options } = require('../support/options');
const { adaptClient, clientProblem } = require('./client');
const { Link } = require('./link');
const { Subscription } = require('./subscription');

const DEFAULT_PREFIX = 'portcullis:';
// Linux sends a lost packet again after 200 ms at the earliest (TCP_RTO_MIN), and once more 400 ms later: one loss is
// outlived, and a server that hangs costs a request half a second.
const DEFAULT_DEADLINE_MS = 500;
const LONGEST_DEADLINE_MS = 60_000;
/** @typedef {'fallback' | 'open' | 'closed'} Choice */
/** @type {readonly Choice[]} */
const FAILURES = ['fallback', 'open', 'closed'];
const SHORTEST_PONG_MS = 1_000;

class RedisStore {
  /** @type {import('./client').Client} */ #client;
  /** @type {InstanceType<typeof Link>} */ #link;
  /** @type {string} */ #prefix;
  /** @type {number} */ #pongMs;
  /** @type {Choice | undefined} */ #onFailure;

  /** @param {unknown} options */
  constructor(options) {
    const read = new Options('REDIS', 'RedisStore', options);
    if (read.raw('client') === undefined) throw read.missing('client', `: ${clientProblem(undefined)}`);
    const problem = clientProblem(read.raw('client'));
    if (problem !== undefined) throw read.wrong('client', problem);
    this.#prefix = read.string('prefix', DEFAULT_PREFIX);
    const deadlineMs = read.integer('deadlineMs', DEFAULT_DEADLINE_MS, { min: 1, max: LONGEST_DEADLINE_MS });
    const isChosen = read.raw('onFailure', { defined: true }) !== undefined;
    this.#onFailure = isChosen ? read.oneOf('onFailure', FAILURES[0], FAILURES) : undefined;
    read.done();
    this.#client = adaptClient(read.raw('client'));
    this.#link = new Link(this.#client, deadlineMs);
    this.#pongMs = Math.max(deadlineMs, SHORTEST_PONG_MS);
  }

  get onFailure() {
    return this.#onFailure;
  }

  /** @param {string[]} args the command's name first @returns {Promise<any>} */
  command(args) {
    return this.#link.run((send) => send(args));
  }

  /** @param {string} lua @param {string[]} keys @param {string[]} args @returns {Promise<any>} */
  script(lua, keys, args) {
    const rest = [String(keys.length), ...keys, ...args];
    return this.#link.run(async (send) => {
      try {
        return await send(['EVALSHA', sha1(lua), ...rest]);
      } catch (/** @type {any} */ error) {
        if (!/^NOSCRIPT\b/.test(error?.message)) throw error;
        return await send(['EVAL', lua, ...rest]);
      }
    });
  }

  /**
   * @param {string} channel @param {(message: string) => void} onMessage @param {() => void} onUp @param {() => void} onDown
   * @returns {Promise<() => Promise<void>>} at once, whether or not the server is there
   */
  async subscribe(channel, onMessage, onUp, onDown) {
    return new Subscription(this.#client, channel, { onMessage, onUp, onDown }, this.#pongMs).close;
  }

  /** @param {string} first @param {string[]} rest @returns {string} */
  key(first, ...rest) {
    return this.#prefix + [first, ...rest].map(escapePart).join(':');
  }
}

// A lone surrogate has no bytes of its own: two of them would become the same key on the way out.
const AMBIGUOUS = /[%:]|\p{Surrogate}/gu;

/** @param {string} part */
function escapePart(part) {
  return part.replace(AMBIGUOUS, (one) => `%${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Few, and as constant as the scripts are. @type {Map<string, string>} */
const digests = new Map();

/** The name that Redis gives a script; no secret rests on it. @param {string} lua */
function sha1(lua) {
  const known = digests.get(lua);
  if (known !== undefined) return known;
  const digest = createHash('sha1').update(lua).digest('hex');
  digests.set(lua, digest);
  return digest;
}

module.exports = { RedisStore };
