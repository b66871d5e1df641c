// @ts-check
'use strict';

// Zod. What it offers as Standard Schema tries without promises first, and again with promises if it meets one: every check runs
// twice, and the promise of the first time, with nobody to handle it, ends the process when it rejects.

/** Parts of a zod 3 schema that run functions of the program, or that show what they contain only when it is needed. */
const UNKNOWN = new Set(['ZodEffects', 'ZodPromise', 'ZodLazy', 'ZodCatch', 'ZodFunction']);

/** @param {any} schema @returns {((value: unknown) => unknown) | undefined} undefined if it is not zod, or cannot be told */
function validatorOfZod(schema) {
  if (schema['~standard'].vendor !== 'zod') return undefined;
  if (typeof schema._zod?.run === 'function') return validatorOfZod4(schema);
  return typeof schema.safeParseAsync === 'function' ? validatorOfZod3(schema) : undefined;
}

/**
 * Zod 4 that may use promises still returns at once where it meets none. Its issues have no messages yet, and what adds them is not
 * exported. So a copy of the schema gets the outcome of the original instead of one of its own, and adds them.
 * @param {any} schema @returns {((value: unknown) => unknown) | undefined}
 */
function validatorOfZod4(schema) {
  const shell = shellOf(schema);
  if (shell === undefined) return undefined;
  return (value) => {
    /** @type {(() => unknown) | undefined} */ let outcome;
    const run = (/** @type {any} */ payload, /** @type {any} */ context) => {
      outcome ??= settle(() => schema._zod.run(payload, { ...context, async: true }));
      // A check may have validated another value with this schema meanwhile.
      shell._zod.run = run;
      return outcome();
    };
    shell._zod.run = run;
    return shell['~standard'].validate(value);
  };
}

/** @param {any} schema */
function shellOf(schema) {
  try {
    return new schema._zod.constr(schema._zod.def);
  } catch {
    return undefined;
  }
}

/** Runs once; the outcome can be had again and again. @param {() => unknown} run @returns {() => unknown} */
function settle(run) {
  try {
    const result = run();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Zod 3 with promises always returns one, so without functions of the program it goes without. @param {any} schema */
function validatorOfZod3(schema) {
  if (!mayWait(schema, new Set())) return undefined;
  return async (/** @type {unknown} */ value) => {
    const { success, data, error } = await schema.safeParseAsync(value);
    return success ? { value: data } : { issues: error.issues };
  };
}

/** @param {any} part @param {Set<unknown>} seen @returns {boolean} */
function mayWait(part, seen) {
  if (part === null || typeof part !== 'object' || seen.has(part)) return false;
  seen.add(part);
  if (UNKNOWN.has(part._def?.typeName)) return true;
  const inner = part._def === undefined ? part : { ...part._def, shape: part._def.shape?.() };
  const parts = inner instanceof Map ? [...inner.values()] : Object.values(inner);
  return parts.some((one) => mayWait(one, seen));
}

module.exports = { validatorOfZod };
