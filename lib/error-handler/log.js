// @ts-check
'use strict';

// Logs errors, and hooks that fail.

const { callHook, logFailure, picture } = require('../support/hook');

/** @typedef {(error: unknown, req: object, res: object, status: number) => unknown} OnError */

/** @param {OnError} onError @param {unknown} error @param {object} req @param {object} res @param {number} status */
function notify(onError, error, req, res, status) {
  callHook('errorHandler: onError', onError, error, req, res, status);
}

/** The failure of a hook is logged, and the client still gets its response. @param {string} hook @param {unknown} failure */
function report(hook, failure) {
  logFailure(`errorHandler: ${hook}`, failure);
}

/**
 * The default hook: logs what Express logs too, but only the stack, without the error's fields, which may hold input.
 * @param {unknown} error @param {object} _req @param {object} _res @param {number} status
 */
function logServerErrors(error, _req, _res, status) {
  if (status >= 500) console.error(picture(error));
}

module.exports = { logServerErrors, notify, report };
