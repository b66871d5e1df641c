// @ts-check
'use strict';

const { PortcullisError } = require('../../support/errors');

/**
 * Why there are no keys, or no newer ones, for programs; the message says it to people.
 * @typedef {'timeout' | 'network' | 'redirect' | 'status' | 'too-large' | 'not-json' | 'not-a-set' | 'no-keys'
 *   | 'too-many-keys' | 'unusable' | 'not-loaded' | 'closed'} Reason
 */

/** @typedef {InstanceType<typeof PortcullisError> & { reason: Reason, responseStatus?: number }} KeysUnavailable */

/** How an endpoint says that it has no such key; 403 is the word of object stores that do not tell what they hold. */
const MISSING = new Set([403, 404, 410]);

/** @param {Reason} reason @param {string} message @param {unknown} [cause] @returns {KeysUnavailable} */
function unavailable(reason, message, cause) {
  const error = new PortcullisError('ERR_JWT_KEYS_UNAVAILABLE', message, cause === undefined ? undefined : { cause });
  return Object.assign(error, { reason });
}

/** @param {number} status of a response @returns {KeysUnavailable} */
function unexpectedStatus(status) {
  return Object.assign(unavailable('status', `the response has status ${status}, not 200`), { responseStatus: status });
}

/** Whether the endpoint of one key responded that there is no such key; a 500 or 429 says nothing of it. @param {any} error */
function isMissing(error) {
  return MISSING.has(error?.responseStatus);
}

function unknownKey() {
  return new PortcullisError('ERR_JWT_KEY_UNKNOWN', "no key is published for the token's key id");
}

module.exports = { isMissing, unavailable, unexpectedStatus, unknownKey };
