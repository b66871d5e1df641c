// @ts-check
'use strict';

// Why a value cannot be the client of a store, as the end of the sentence "option "client" must be ...".

const { isGlide } = require('./glide');
const { isIoredis } = require('./ioredis');
const { isNodeRedis } = require('./node-redis');

const EXPECTED =
  'a client of ioredis or iovalkey (`new Redis(url)`), of redis (`createClient({ url })`) or of @valkey/valkey-glide ' +
  '(`await GlideClient.createClient(...)`)';

/**
 * @typedef {object} Marks members that tell apart the clients which cannot be used
 * @property {unknown} [send_command]
 * @property {unknown} [status]
 * @property {unknown} [customCommand]
 * @property {{ legacyMode?: boolean, keyPrefix?: unknown }} [options]
 * @property {unknown} [_keyPrefix]
 */

/** @param {unknown} client @returns {string | undefined} */
function clientProblem(client) {
  if (client === null || typeof client !== 'object') return EXPECTED;
  const marks = /** @type {Marks} */ (client);
  if (marks.options?.legacyMode === true) return 'a client of redis without `legacyMode`';
  if (isIoredis(client) || isGlide(client)) return undefined;
  if (isNodeRedis(client)) return keyPrefixProblem(marks);
  if (typeof marks.send_command === 'function' && typeof marks.status !== 'string') {
    return 'a client of redis 4 or newer, whose commands return promises';
  }
  if (typeof marks.customCommand === 'function') return 'a client of @valkey/valkey-glide 2 or newer';
  return EXPECTED;
}

/**
 * redis adds its `keyPrefix` to its own commands but not to those sent with sendCommand(): two applications that count on
 * it would share their keys.
 * @param {Marks} marks
 */
function keyPrefixProblem({ _keyPrefix, options }) {
  const keyPrefix = _keyPrefix ?? options?.keyPrefix;
  if (keyPrefix === undefined || keyPrefix === '') return undefined;
  return 'a client of redis without `keyPrefix`, which does not apply to scripts; use the option "prefix" of RedisStore';
}

module.exports = { clientProblem };
