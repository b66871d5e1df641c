// @ts-check
'use strict';

// The last middleware: turns any error into RFC 9457 problem+json that tells a client its status, what the app wrote for it
// as `detail`, and nothing else. No message, stack, code or input is sent: JSON.parse quotes the body, drivers quote rows, and
// a code tells an attacker which check stopped them.

const { Options } = require('../support/options');
const { claimedStatus, describe, identify } = require('../support/problem');
const { logServerErrors, notify, report } = require('./log');
const { mapProblem } = require('./map');
const { respond } = require('./respond');

/** @typedef {import('node:http').IncomingMessage & { id?: unknown }} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {import('../support/problem').Problem} Problem */
/** @typedef {ReturnType<typeof readSettings>} Settings */

/** @param {unknown} [given] */
function errorHandler(given) {
  const settings = readSettings(given);

  // Express recognises an error handler by its four parameters.
  return function errorHandler(
    /** @type {unknown} */ error,
    /** @type {Request} */ req,
    /** @type {Response} */ res,
    /** @type {unknown} */ _next,
  ) {
    const { problem, source } = problemOf(settings, error, req);
    notify(settings.onError, error, req, res, problem.status);
    const { title, status, ...rest } = problem;
    const document = { type: 'about:blank', title, status, ...rest, ...identify(req) };
    respond(res, source, document, settings.format && (() => settings.format?.(document, req)));
  };
}

/** @param {unknown} given */
function readSettings(given) {
  const options = new Options('ERROR_HANDLER', 'errorHandler', given);
  const settings = {
    onError: options.function('onError') ?? logServerErrors,
    mapError: options.function('mapError'),
    format: options.function('format'),
    trustStatus: options.boolean('trustStatus', false),
    warnsOfStatus: true,
  };
  options.done();
  return settings;
}

/**
 * What to tell the client, and the error that its headers come from.
 * @param {Settings} settings @param {unknown} error @param {Request} req @returns {{ problem: Problem, source: unknown }}
 */
function problemOf(settings, error, req) {
  const { mapError, trustStatus } = settings;
  if (mapError !== undefined) {
    try {
      const mapped = mapProblem(mapError(error, req), trustStatus);
      if (mapped !== undefined) return { problem: mapped.problem, source: mapped.error ?? error };
    } catch (failure) {
      report('mapError', failure);
    }
  }
  const problem = describe(error, trustStatus);
  if (settings.warnsOfStatus && problem.status === 500) warnOfStatus(settings, error);
  return { problem, source: error };
}

/**
 * An app that only sets `err.status = 404` gets a 500, so the reason is logged. It is logged once, because errors of other
 * services, which this rule is for, are frequent.
 * @param {Settings} settings @param {unknown} error
 */
function warnOfStatus(settings, error) {
  const status = claimedStatus(error);
  if (status === undefined || status > 499) return;
  settings.warnsOfStatus = false;
  process.emitWarning(
    `errorHandler: an error with status ${status} got a 500 response, because its status may come from another service. ` +
      'If your app made it for the client, also set `expose: true` or `isOperational: true` on it, or use the option ' +
      '`mapError` or `trustStatus`. This is shown once.',
    { code: 'WRN_ERROR_HANDLER_STATUS' },
  );
}

module.exports = { errorHandler };
