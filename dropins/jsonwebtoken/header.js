// @ts-check
'use strict';

// The header of a token to sign. `verify` must accept every token that `sign` returns, so a header that `verify` would
// refuse is an error here.

const { isReadable } = require('./engine');

/** Members that change how a token is read: `verify` refuses each of them. */
const UNSUPPORTED = ['crit', 'b64', 'zip'];
const TEXTS = ['kid', 'typ'];

/**
 * The JSON text of a header, without a `kid` or `typ` that is null.
 * @param {Record<string, any>} header with its `alg` @param {unknown} given the caller's own members, which may be anything
 */
function headerText(header, given) {
  if (given === undefined) return JSON.stringify(header);
  for (const name of TEXTS) {
    if (header[name] === null) delete header[name];
    else if (header[name] !== undefined && typeof header[name] !== 'string') {
      throw new Error(`"header.${name}" must be a string`);
    }
  }
  const unsupported = UNSUPPORTED.find((name) => header[name] !== undefined);
  if (unsupported !== undefined) {
    throw new Error(`"header.${unsupported}" is not supported: verify would refuse the token`);
  }
  const text = JSON.stringify(header);
  if (!isReadable(text))
    throw new Error('"header" cannot be read back: it nests too deeply or contains half of a surrogate pair');
  return text;
}

module.exports = { headerText };
