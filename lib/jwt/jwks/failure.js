// @ts-check
'use strict';

const { PortcullisError } = require('../../support/errors');

/**
 * Why there are no keys, or no newer ones, for programs; the message says it to people.
 * @typedef {'timeout' | 'network' | 'redirect' | 'status' | 'too-large' | 'not-json' | 'not-a-set' | 'no-keys'
 *   | 'too-many-keys' | 'unusable' | 'not-loaded' | 'closed'} Reason
 */

/** @typedef {InstanceType<typeof PortcullisError> & { reason: Reason }} KeysUnavailable */

/** @param {Reason} reason @param {string} message @param {unknown} [cause] @returns {KeysUnavailable} */
function unavailable(reason, message, cause) {
  const error = new PortcullisError('ERR_JWT_KEYS_UNAVAILABLE', message, cause === undefined ? undefined : { cause });
  return Object.assign(error, { reason });
}

module.exports = { unavailable };
