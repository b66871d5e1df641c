// @ts-check
'use strict';

// Several issuers, each with its own source: a key of one never verifies a token of another. An issuer is compared
// as RFC 7519 section 4.1.1 has it, character by character.

const { PortcullisError } = require('../../support/errors');
const { Options } = require('../../support/options');

/** @typedef {InstanceType<typeof Options>} OptionReader */

/** @type {import('../../support/options/list').Kind<any>} */
const ENTRIES = {
  one: 'an object with `issuer` and `url`',
  many: 'objects with `issuer` and `url`',
  read: (entry) => (typeof entry === 'object' && entry !== null && !(entry instanceof URL) ? entry : undefined),
};

/** @template S @typedef {{ of(issuer: unknown): S, sources: readonly S[] }} Issuers */

/**
 * @template {{ close(): void }} S
 * @param {unknown} list entries of `{ issuer, url, ... }`: options of a source beside its issuer
 * @param {(options: Record<string, any>, issuer: string, path: string) => S} make makes the source of one issuer
 * @param {OptionReader} [reader] of the option "jwks"
 * @returns {Issuers<S>}
 */
function createIssuers(list, make, reader = new Options('JWT', 'createVerifier', { jwks: list })) {
  /** @type {Map<string, S>} */
  const sources = new Map();
  try {
    for (const { issuer, options, path } of readEntries(reader)) sources.set(issuer, make(options, issuer, path));
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

/** @param {OptionReader} reader */
function readEntries(reader) {
  const list = reader.list('jwks', { of: ENTRIES }) ?? [];
  const entries = list.map((entry, at) => readEntry(entry, reader, `jwks[${at}]`));
  const issuers = new Set(entries.map(({ issuer }) => issuer));
  if (issuers.size < entries.length) throw reader.conflict('jwks', 'must list each `issuer` only once');
  return entries;
}

/** @param {any} entry @param {OptionReader} reader @param {string} name */
function readEntry(entry, reader, name) {
  const read = reader.inside(name, entry);
  const issuer = String(read.string('issuer', undefined, { required: true }));
  const { issuer: _issuer, ...options } = entry;
  return { issuer, options, path: read.path };
}

module.exports = { createIssuers };
