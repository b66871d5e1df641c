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

/** @param {any} given @returns {Step[]} in the order of validation */
function readSchemas(given) {
  if (isSchema(given) || isJoi(given))
    throw refuse(`expected ${EXAMPLE}, not a schema; write validate({ body: schema })`);
  if (given === undefined) throw refuse(`schemas are required: pass ${EXAMPLE}`);
  if (Array.isArray(given)) throw refuse(`expected ${EXAMPLE}, not an array; write validate({ body: schema })`);
  const options = new Options('VALIDATE', 'validate', given);
  for (const name of ['maxIssues', 'messages']) if (Object.hasOwn(given, name)) throw refuse(misplaced(name));
  const steps = SOURCES.flatMap((source) => {
    const schema = options.raw(source);
    if (schema !== undefined) return [{ source, validate: validatorOf(source, schema) }];
    if (Object.hasOwn(given, source)) throw refuse(absent(source));
    return [];
  });
  options.done();
  if (steps.length === 0) throw refuse(`there is no schema: pass ${EXAMPLE}`);
  return steps;
}

/** @param {string} name */
function misplaced(name) {
  const value = name === 'maxIssues' ? '5' : "'library'";
  return `"${name}" is an option, not a source; write validate({ body: schema }, { ${name}: ${value} })`;
}

/** @param {string} source */
function absent(source) {
  return `"${source}" is undefined: is the schema exported, and is there no circular import?`;
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
