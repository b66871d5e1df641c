// @ts-check
'use strict';

const { isPromise } = require('../support/promise');

/**
 * Calls the hook. A hook that throws or rejects is logged and does not reach the request.
 * @param {(report: object) => unknown} onReport @param {object} report
 */
function notify(onReport, report) {
  try {
    const pending = onReport(report);
    if (isPromise(pending)) pending.then(undefined, logFailure);
  } catch (failure) {
    logFailure(failure);
  }
}

/** The stack only: fields of an error may hold input. @param {unknown} failure */
function logFailure(failure) {
  const stack = failure instanceof Error ? failure.stack : undefined;
  console.error(`threats: onReport failed: ${stack ?? `a value of type ${typeof failure} was thrown`}`);
}

module.exports = { notify };
