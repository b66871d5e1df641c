// @ts-check
'use strict';

// What `mapError` returns: nothing, another error in place of the thrown one, or the members of a problem document.

const { isNativeError } = require('node:util').types;

const { misuse } = require('../support/errors');
const { describe, titleOf } = require('../support/problem');
const { discardPromise } = require('../support/promise');

/** @typedef {import('../support/problem').Problem} Problem */

/** @param {unknown} mapped @param {boolean} trustStatus @returns {{ problem: Problem, error?: unknown } | undefined} */
function mapProblem(mapped, trustStatus) {
  if (mapped === undefined || mapped === null) return undefined;
  if (mapped instanceof Error || isNativeError(mapped)) {
    return { problem: describe(mapped, trustStatus), error: mapped };
  }
  if (discardPromise(mapped) || typeof mapped !== 'object' || Array.isArray(mapped))
    throw wrong('an error or an object such as { status: 404 }');
  const { status, ...members } = /** @type {Record<string, unknown>} */ (mapped);
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 400 || status > 599) {
    throw wrong('an object with a `status` from 400 to 599');
  }
  for (const name of ['type', 'title', 'detail']) {
    if (members[name] !== undefined && typeof members[name] !== 'string')
      throw wrong(`an object whose \`${name}\` is a string`);
  }
  return { problem: /** @type {Problem} */ ({ title: titleOf(status), status, ...members }) };
}

/** @param {string} cure */
function wrong(cure) {
  return misuse(
    'ERR_ERROR_HANDLER_OPTION',
    `errorHandler: "mapError" must return undefined, ${cure}; a promise is not awaited`,
  );
}

module.exports = { mapProblem };
