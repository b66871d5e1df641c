// @ts-check
'use strict';

// Logs errors, and hooks that fail.

const { read } = require('../support/problem');
const { isPromise } = require('../support/promise');

/** @typedef {(error: unknown, req: object, res: object, status: number) => unknown} OnError */

/** @param {OnError} onError @param {unknown} error @param {object} req @param {object} res @param {number} status */
function notify(onError, error, req, res, status) {
  try {
    const pending = onError(error, req, res, status);
    if (isPromise(pending)) pending.then(undefined, (failure) => report('onError', failure));
  } catch (failure) {
    report('onError', failure);
  }
}

/** The failure of a hook is logged, and the client still gets its response. @param {string} hook @param {unknown} failure */
function report(hook, failure) {
  console.error(`errorHandler: ${hook} failed: ${picture(failure)}`);
}

/**
 * The default hook: logs what Express logs too, but only the stack, without the error's fields, which may hold input.
 * @param {unknown} error @param {object} _req @param {object} _res @param {number} status
 */
function logServerErrors(error, _req, _res, status) {
  if (status >= 500) console.error(picture(error));
}

/** @param {unknown} error @returns {string} */
function picture(error) {
  const stack = read(error, 'stack');
  if (typeof stack === 'string') return stack;
  return `${error === null ? 'null' : `a value of type ${typeof error}`} was thrown`;
}

module.exports = { logServerErrors, notify, report };
