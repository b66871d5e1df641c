// @ts-check
'use strict';

// What to write instead of the names that users know from the packages that Portcullis replaces: one table by function.
// Names with the same cure share a row, separated by spaces. In a cure, `x` is an option of that function, f() a function.
// A name close to one of ours ("algorithm" for "algorithms") needs no row: the reader suggests it.

const http = require('./hints/http');
const tokens = require('./hints/tokens');

/** @type {ReadonlyMap<string, ReadonlyMap<string, string>>} */
const HINTS = new Map(
  Object.entries({ ...http, ...tokens }).map(([owner, rows]) => [
    owner,
    new Map(Object.entries(rows).flatMap(([names, cure]) => names.split(' ').map((name) => [name, cure]))),
  ]),
);

/** @type {ReadonlyMap<string, string>} */
const NONE = new Map();

/**
 * The cures for the names of a function, or for those inside one of its options.
 * @param {string} owner @param {string} [path] as in Reader, e.g. "cache." or "jwks[0]."
 */
function hintsOf(owner, path = '') {
  // A member of harden is the function of that name: "harden csrf".
  const name = owner.replace(/^harden /, '');
  return HINTS.get(path === '' ? name : `${name}: ${path.replace(/(\[\d+\])?\.$/, '')}`) ?? NONE;
}

module.exports = { HINTS, hintsOf };
