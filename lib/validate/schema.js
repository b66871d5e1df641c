// @ts-check
'use strict';

// Reads the schemas of validate() at set-up.

const { misuse } = require('../support/errors');
const { Options } = require('../support/options');
const { show } = require('../support/options/given');
const { isJoi, validatorOfJoi } = require('./joi');
const { SOURCES } = require('./sources');
const { validatorOfZod } = require('./zod');

/** @typedef {{ source: string, validate: (value: unknown) => unknown }} Step */

const WORKING = 'zod 3.24, valibot 1, arktype 2, joi 17 or yup 1.7, or newer; wrap a function with standardSchema()';
const EXAMPLE = 'an object such as { body: schema }';

/** @param {unknown} given @returns {Step[]} in the order of validation */
function readSchemas(given) {
  if (isSchema(given) || isJoi(given))
    throw refuse(`expected ${EXAMPLE}, not a schema; write validate({ body: schema })`);
  if (given === undefined) throw refuse(`schemas are required: pass ${EXAMPLE}`);
  const options = new Options('VALIDATE', 'validate', given);
  const steps = SOURCES.flatMap((source) => {
    const schema = options.raw(source, { defined: true });
    return schema === undefined ? [] : [{ source, validate: validatorOf(source, schema) }];
  });
  options.done();
  if (steps.length === 0) throw refuse(`there is no schema: pass ${EXAMPLE}`);
  return steps;
}

/** @param {string} source @param {any} schema @returns {Step['validate']} */
function validatorOf(source, schema) {
  if (isJoi(schema)) return validatorOfJoi(schema);
  const standard = isSchema(schema) ? schema['~standard'] : undefined;
  if (standard !== undefined && standard !== null && typeof standard.validate === 'function') {
    if (standard.version === 1)
      return validatorOfZod(schema) ?? ((/** @type {unknown} */ value) => standard.validate(value));
    throw refuse(`the schema of "${source}" has another version of Standard Schema than 1`);
  }
  throw refuse(`"${source}" must be a Standard Schema, not ${show(schema)}: use ${WORKING}`);
}

/** Schemas of arktype are functions. @param {any} value */
function isSchema(value) {
  return value !== null && value !== undefined && '~standard' in Object(value);
}

/** @param {string} reason */
function refuse(reason) {
  return misuse('ERR_VALIDATE_OPTION', `validate: ${reason}`);
}

module.exports = { readSchemas };
