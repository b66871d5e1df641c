// @ts-check
'use strict';

const { createMatcher } = require('../../lib/input/type');

/**
 * @typedef {object} Options
 * @property {boolean} [checkQuery]
 * @property {boolean} [checkBody]
 * @property {string | string[]} [checkBodyOnlyForContentType]
 * @property {string | string[] | null} [whitelist]
 */

/** The short names of media types that are no name of a subtype of `application`. */
const SHORT_NAMES = new Map([
  ['urlencoded', 'application/x-www-form-urlencoded'],
  ['multipart', 'multipart/*'],
]);

/** @param {Options | null} [given] */
function readOptions(given) {
  const { checkQuery = true, checkBody = true, checkBodyOnlyForContentType = 'urlencoded', whitelist } = given ?? {};
  const types = [checkBodyOnlyForContentType].flat().filter((type) => typeof type === 'string');
  return {
    checksQuery: Boolean(checkQuery),
    checksBody: Boolean(checkBody),
    matches: createMatcher(types.map((type) => SHORT_NAMES.get(type) ?? type)),
    whitelist: readWhitelist(whitelist),
  };
}

/** As hpp, it passes over what cannot be a name: fewer names mean a stricter check. @param {unknown} whitelist @returns {string[]} */
function readWhitelist(whitelist = null) {
  if (whitelist === null) return [];
  if (typeof whitelist === 'string') return [whitelist];
  if (!Array.isArray(whitelist)) {
    warn('whitelist is ignored: it must be a name or a list of names');
    return [];
  }
  const names = whitelist.filter((name) => typeof name === 'string');
  if (names.length < whitelist.length) warn('entries of whitelist that are not strings are ignored');
  return names;
}

/** @param {string} problem */
function warn(problem) {
  process.emitWarning(`hpp: ${problem}`, { code: 'PORTCULLIS_HPP_WHITELIST' });
}

module.exports = { readOptions };
