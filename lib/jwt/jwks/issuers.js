// @ts-check
'use strict';

// Several issuers, each with a source of its own: a key of one never verifies a token of another. An issuer is compared
// as RFC 7519 section 4.1.1 has it, character by character.

const { PortcullisError, misuse } = require('../../support/errors');
const { Options } = require('../../support/options');

/** @template S @typedef {{ of(issuer: unknown): S, sources: readonly S[] }} Issuers */

/**
 * @template {{ close(): void }} S
 * @param {unknown} list entries of `{ issuer, url, ... }`: options of a source beside its issuer
 * @param {(options: Record<string, any>, issuer: string) => S} make makes the source of one issuer
 * @returns {Issuers<S>}
 */
function createIssuers(list, make) {
  /** @type {Map<string, S>} */
  const sources = new Map();
  try {
    for (const { issuer, options } of readEntries(list)) sources.set(issuer, make(options, issuer));
  } catch (error) {
    // Those before the faulty one may be fetching already.
    for (const source of sources.values()) source.close();
    throw error;
  }
  return Object.freeze({
    sources: Object.freeze([...sources.values()]),
    of(/** @type {unknown} */ issuer) {
      const source = sources.get(/** @type {string} */ (issuer));
      if (source !== undefined) return source;
      throw new PortcullisError('ERR_JWT_ISSUER', 'no key set is configured for the issuer of the token');
    },
  });
}

/** @param {unknown} list */
function readEntries(list) {
  if (!Array.isArray(list) || list.length === 0) throw wrong('a list of { issuer, url }, not empty');
  const entries = Array.from(list, readEntry);
  const issuers = new Set(entries.map(({ issuer }) => issuer));
  if (issuers.size < entries.length) throw wrong('a list in which each "issuer" stands once');
  return entries;
}

/** @param {any} entry */
function readEntry(entry) {
  if (typeof entry === 'string' || entry instanceof URL)
    throw wrong('a list of { issuer, url }; the issuer is missing');
  const read = new Options('JWT', 'createVerifier: jwks', entry);
  const issuer = read.string('issuer', undefined);
  if (issuer === undefined) throw read.wrong('issuer', 'well-formed text that is not empty');
  const { issuer: _issuer, ...options } = entry;
  return { issuer, options };
}

/** @param {string} cure */
function wrong(cure) {
  return misuse('ERR_JWT_OPTION', `createVerifier: option "jwks" must be ${cure}`);
}

module.exports = { createIssuers };
