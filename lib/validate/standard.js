// @ts-check
'use strict';

// Standard Schema for functions that do not implement it, such as those of ajv.

const { misuse } = require('../support/errors');
const { show } = require('../support/options/given');

/** @param {any} check returns `{ value }` or `{ issues }`, or a promise of one */
function standardSchema(check) {
  if (typeof check !== 'function') {
    throw misuse('ERR_VALIDATE_OPTION', `standardSchema: expected a function, not ${show(check)}`);
  }
  const standard = { version: 1, vendor: 'portcullis', validate: (/** @type {unknown} */ value) => check(value) };
  return Object.freeze({ '~standard': Object.freeze(standard) });
}

module.exports = { standardSchema };
