// @ts-check
'use strict';

// A key of a list that comes with what it cannot say of itself, such as the id of a PEM.

const { misuse } = require('../support/errors');
const { show } = require('../support/options/given');
const { unknownOption } = require('../support/options/names');
const { isJwk } = require('./jwk');

/** @typedef {{ key: unknown, keyId?: string, algorithm?: string, passphrase?: string }} Entry */

/**
 * @param {any} given a key, or an object with a member "key"
 * @param {string} owner the function's name @param {readonly string[]} members that an entry may have
 * @returns {Entry}
 */
function readEntry(given, owner, members) {
  const isEntry = given !== null && typeof given === 'object' && Object.hasOwn(given, 'key') && !isJwk(given);
  if (!isEntry) return { key: given };
  for (const name of Object.keys(given)) {
    const value = given[name];
    const isText = typeof value === 'string' && value !== '' && value.isWellFormed();
    if (!members.includes(name) || (name !== 'key' && value !== undefined && !isText)) {
      throw misuse('ERR_JWT_OPTION', `${owner}: ${wrongMember(name, value, members)}`);
    }
  }
  return given;
}

/** @param {string} name @param {unknown} value @param {readonly string[]} members */
function wrongMember(name, value, members) {
  if (!members.includes(name)) return unknownOption(name, members, '', undefined);
  return `option "${name}" must be a non-empty string, not ${show(value)}`;
}

module.exports = { readEntry };
