// @ts-check
'use strict';

// Joi, of every version by its own interface. Before 18 it does not implement Standard Schema; since then, what it offers there
// stops at the first problem, and makes an issue, with its message, of an error such as that of a database in `external()`.

/** All problems are wanted. A schema with preferences of its own keeps them. */
const PREFERENCES = Object.freeze({ abortEarly: false });

/** Joi marks its schemas for other copies of itself. @param {any} value */
function isJoi(value) {
  return value?.[Symbol.for('@hapi/joi/schema')] !== undefined && typeof value.validate === 'function';
}

/** @param {any} schema @returns {(value: unknown) => unknown} */
function validatorOfJoi(schema) {
  if (!mayWait(schema)) {
    return (value) => {
      const { error, value: parsed } = schema.validate(value, PREFERENCES);
      return error === undefined ? { value: parsed } : { issues: error.details };
    };
  }
  return async (value) => {
    try {
      return { value: await schema.validateAsync(value, PREFERENCES) };
    } catch (caught) {
      const error = /** @type {any} */ (caught);
      if (error?.isJoi === true && Array.isArray(error.details)) return { issues: error.details };
      throw error;
    }
  };
}

/** Joi 17 cannot tell whether a schema has `external()` somewhere inside. @param {any} schema */
function mayWait(schema) {
  return typeof schema.isAsync !== 'function' || schema.isAsync();
}

module.exports = { isJoi, validatorOfJoi };
