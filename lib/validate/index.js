// @ts-check
'use strict';

// Validates the sources of a request with schemas of any library that implements Standard Schema. In this order:
// params, headers, cookies, query, body. Every source is checked, until `maxIssues` problems are known. Parsed values are
// written only when every source is valid, so that a handler never sees half of them.

const { PortcullisError, tellClient } = require('../support/errors');
const { Options } = require('../support/options');
const { isPromise } = require('../support/promise');
const { describeIssues } = require('./issues');
const { readSchemas } = require('./schema');
const { MISSING, writeBack } = require('./sources');
const { standardSchema } = require('./standard');

/** @typedef {import('./schema').Step} Step */
/** @typedef {{ maxIssues: number, isSafe: boolean }} Settings */
/** @typedef {{ settings: Settings, values: Record<string, unknown>, issues: object[], more: boolean, reasons: string[] }} Run */
/** @typedef {(error?: unknown) => void} Next */

/** @param {unknown} schemas @param {unknown} [given] */
function validate(schemas, given) {
  const steps = readSchemas(schemas);
  const settings = readSettings(given);
  return function validate(/** @type {any} */ req, /** @type {any} */ res, /** @type {Next} */ next) {
    const run = { settings, values: {}, issues: [], more: false, reasons: [] };
    const pending = advance(steps, 0, req, run);
    if (!isPromise(pending)) return next(conclude(req, run, pending));
    pending.then((error) => {
      // The client has gone, or a time-out has responded: nobody is left to handle the request.
      if (res?.destroyed || res?.headersSent) return;
      // On the next tick: what next() throws must not reject this promise.
      process.nextTick(next, conclude(req, run, error));
    });
  };
}

/** @param {unknown} given @returns {Settings} */
function readSettings(given) {
  const options = new Options('VALIDATE', 'validate', given);
  const maxIssues = options.integer('maxIssues', 20, { min: 1, max: 1000 });
  const isSafe = options.oneOf('messages', 'safe', ['safe', 'library']) === 'safe';
  options.done();
  return { maxIssues, isSafe };
}

/**
 * Validates from one source on. Synchronous unless a schema returns a promise; never throws or rejects.
 * @param {readonly Step[]} steps @param {number} from @param {any} req @param {Run} run @returns {unknown} the error of a schema that failed
 */
function advance(steps, from, req, run) {
  for (let at = from; at < steps.length && !run.more; at += 1) {
    const step = /** @type {Step} */ (steps[at]);
    const { source } = step;
    try {
      const value = req[source];
      const result = step.validate(value);
      if (isPromise(result)) return resume(result, { steps, at, req, run, value });
      take(step, value, result, run);
    } catch (cause) {
      return failure(source, cause);
    }
  }
  return undefined;
}

/**
 * @param {PromiseLike<unknown>} result
 * @param {{ steps: readonly Step[], at: number, req: any, run: Run, value: unknown }} state
 */
async function resume(result, { steps, at, req, run, value }) {
  const step = /** @type {Step} */ (steps[at]);
  try {
    take(step, value, await result, run);
  } catch (cause) {
    return failure(step.source, cause);
  }
  return advance(steps, at + 1, req, run);
}

/** @param {Step} step @param {unknown} value @param {any} result @param {Run} run */
function take({ source }, value, result, run) {
  if (result === null || typeof result !== 'object') throw new TypeError('the schema returned no result object');
  const { issues } = result;
  if (issues === undefined || issues === null) {
    if (!('value' in result)) throw new TypeError('the schema returned neither `value` nor `issues`');
    run.values[source] = result.value;
    return;
  }
  if (!Array.isArray(issues)) throw new TypeError('the schema returned `issues` that are not a list');
  const room = run.settings.maxIssues - run.issues.length;
  if (issues.length > room) run.more = true;
  // An empty list of issues is a failure too: a result without `value` must not pass.
  const counted = issues.length === 0 ? [{ message: '', path: [] }] : issues.slice(0, room);
  run.issues.push(...describeIssues(source, value, counted, run.settings.isSafe));
  run.reasons.push(value === undefined && MISSING[source] ? MISSING[source] : `${source} does not match its schema`);
}

/** The message must not quote the input; the cause may, and is for logs. @param {string} source @param {unknown} cause */
function failure(source, cause) {
  return new PortcullisError('ERR_VALIDATE_SCHEMA', `validate: the schema of ${source} failed instead of validating`, {
    cause,
  });
}

/** @param {any} req @param {Run} run @param {unknown} error @returns {unknown} */
function conclude(req, run, error) {
  if (error !== undefined) return error;
  if (run.reasons.length === 0) return writeBack(req, run.values);
  const { issues, more } = run;
  const refusal = Object.assign(new PortcullisError('ERR_VALIDATE_INPUT', run.reasons.join('; ')), { issues, more });
  return tellClient(refusal, { code: refusal.code, errors: issues, ...(more && { more }) });
}

module.exports = { standardSchema, validate };
