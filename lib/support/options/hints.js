// @ts-check
'use strict';

// What to write instead of a name that users know from the packages that Portcullis replaces, function by function.

/** The sentence after "unknown option". @type {Record<string, Record<string, string>>} */
const HINTS = {
  createVerifier: {
    secret: 'use `key`',
  },
};

/** @type {ReadonlyMap<string, ReadonlyMap<string, string>>} */
const TABLES = new Map(Object.entries(HINTS).map(([owner, names]) => [owner, new Map(Object.entries(names))]));

/** @type {ReadonlyMap<string, string>} */
const NONE = new Map();

/**
 * The hints for the options of a function, or for those inside one of its options.
 * @param {string} owner @param {string} path as in Reader, e.g. "cache."
 */
function hintsOf(owner, path) {
  return TABLES.get(path === '' ? owner : `${owner}: ${path.slice(0, -1)}`) ?? NONE;
}

module.exports = { HINTS, hintsOf };
