// @ts-check
'use strict';

// Validates the sources of a request with schemas of any library that implements Standard Schema. In this order:
// params, headers, cookies, query, body. Every source is checked, until `maxIssues` problems are known. Parsed values are
// written only when every source is valid, so that a handler never sees half of them.

const { isNativeError } = require('node:util/types');
const { PortcullisError, tellClient } = require('../support/errors');
const { Options } = require('../support/options');
const { isPromise } = require('../support/promise');
const { describeIssues } = require('./issues');
const { readSchemas } = require('./schema');
const { reasonOf, unreadBody, writeBack } = require('./sources');
const { standardSchema } = require('./standard');

/** @typedef {import('./schema').Step} Step */
/** @typedef {{ maxIssues: number, isSafe: boolean }} Settings */
/** @typedef {{ hasParser: boolean }} Mount whether a request had a body here: then a parser is mounted in front */
/** @typedef {{ settings: Settings, mount: Mount, values: Record<string, unknown>, issues: object[], more: boolean, reasons: string[] }} Run */
/** @typedef {(error?: unknown) => void} Next */

const UNMOUNTED = 'validate: mount json() before validate(): the request has a JSON body, and body is undefined';

/** @param {unknown} schemas @param {unknown} [given] */
function validate(schemas, given) {
  const steps = readSchemas(schemas);
  const settings = readSettings(given);
  const mount = { hasParser: false };
  return function validate(/** @type {any} */ req, /** @type {any} */ res, /** @type {Next} */ next) {
    const run = { settings, mount, values: {}, issues: [], more: false, reasons: [] };
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
      const unread = source === 'body' ? judgeBody(req, run.mount) : undefined;
      if (unread instanceof PortcullisError) return unread;
      const result = unread ?? step.validate(value);
      if (isPromise(result)) return resume(result, { steps, at, req, run, value });
      take(step, value, result, run);
    } catch (cause) {
      return failure(source, cause);
    }
  }
  return undefined;
}

/** If the body was not read: an error, or a result in place of that of the schema. @param {any} req @param {Mount} mount */
function judgeBody(req, mount) {
  if (req.body !== undefined) mount.hasParser = true;
  const unread = unreadBody(req, mount.hasParser);
  if (unread === 'unmounted') return new PortcullisError('ERR_VALIDATE_SCHEMA', UNMOUNTED);
  return unread === undefined
    ? undefined
    : { issues: [{ message: 'has a Content-Type that is not accepted', path: [] }] };
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
  run.reasons.push(reasonOf(source, value));
}

/** The message must not quote the input; the cause may, and is for logs. @param {string} source @param {unknown} cause */
function failure(source, cause) {
  // Of the prototype: an error may have input as properties of its own.
  const name = isNativeError(cause) ? String(Object.getPrototypeOf(cause)?.constructor?.name) : '';
  const kind = /^\w{1,40}$/.test(name) ? ` (${name})` : '';
  const reason = `the schema of ${source} failed instead of validating${kind}; log err.cause in onError to see why`;
  return new PortcullisError('ERR_VALIDATE_SCHEMA', `validate: ${reason}`, { cause });
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
