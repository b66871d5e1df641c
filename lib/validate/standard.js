// @ts-check
'use strict';

// Standard Schema for what does not implement it: functions, such as those of ajv, and joi before 18.

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

/** @param {any} schema of joi 17, whose errors have the form of Standard Schema issues */
function fromJoi(schema) {
  return {
    version: 1,
    validate(/** @type {unknown} */ value) {
      const { error, value: parsed } = schema.validate(value);
      return error === undefined ? { value: parsed } : { issues: error.details };
    },
  };
}

module.exports = { fromJoi, standardSchema };
