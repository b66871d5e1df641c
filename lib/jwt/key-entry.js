// @ts-check
'use strict';

// A key of a list that comes with what it cannot say of itself, such as the id of a PEM.

const { isJwk } = require('./jwk');

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */
/** @typedef {{ key: unknown, keyId?: string, algorithm?: string, passphrase?: string }} Entry */

/**
 * @param {any} given a key, or an object with a member "key"
 * @param {(entry: object) => OptionReader} open how such an object is read
 * @param {readonly ('keyId' | 'algorithm' | 'passphrase')[]} names of the members that it may have beside the key
 * @returns {Entry}
 */
function readEntry(given, open, names) {
  const isEntry = given !== null && typeof given === 'object' && Object.hasOwn(given, 'key') && !isJwk(given);
  if (!isEntry) return { key: given };
  const read = open(given);
  /** @type {Entry} */
  const entry = { key: read.raw('key') };
  for (const name of names) entry[name] = read.string(name, undefined);
  read.done();
  return entry;
}

module.exports = { readEntry };
