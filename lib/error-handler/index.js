// @ts-check
'use strict';

// The last middleware: turns any error into RFC 9457 problem+json that tells a client its status, what the app wrote for
// it as `detail`, and nothing else. No message, stack, code or input leaves: JSON.parse quotes the body, drivers quote rows,
// and a code tells an attacker which check stopped them.

const { validateHeaderValue } = require('node:http');

const { Options } = require('../support/options');
const { describe, identify, read } = require('../support/problem');

// They describe the body that is not sent.
const ENTITY_HEADERS = [
  'Accept-Ranges',
  'Content-Disposition',
  'Content-Encoding',
  'Content-Language',
  'Content-Location',
  'Content-MD5',
  'Content-Range',
  'Digest',
  'ETag',
  'Expires',
  'Last-Modified',
  'Repr-Digest',
  'Trailer',
  'Transfer-Encoding',
];

/** @param {unknown} [given] */
function errorHandler(given) {
  const options = new Options('ERROR_HANDLER', 'errorHandler', given);
  const onError = options.function('onError') ?? logServerErrors;
  options.done();

  // Express knows an error handler by its four parameters.
  return function errorHandler(
    /** @type {unknown} */ error,
    /** @type {any} */ req,
    /** @type {any} */ res,
    /** @type {unknown} */ _next,
  ) {
    const problem = describe(error);
    notify(onError, error, req, res, problem.status);
    if (res.headersSent) return cutOff(res);
    clear(res);
    challenge(res, error, problem.status);
    send(res, { type: 'about:blank', ...problem, ...identify(req) });
  };
}

/** @param {any} onError @param {unknown} error @param {any} req @param {any} res @param {number} status */
function notify(onError, error, req, res, status) {
  try {
    const pending = onError(error, req, res, status);
    if (typeof pending?.then === 'function') pending.then(undefined, reportHook);
  } catch (failure) {
    reportHook(failure);
  }
}

/** @param {unknown} failure */
function reportHook(failure) {
  console.error(`errorHandler: onError failed: ${picture(failure)}`);
}

/** The default hook: what Express logs too, but the stack alone, without the error's fields (they may hold input). */
function logServerErrors(
  /** @type {unknown} */ error,
  /** @type {any} */ _req,
  /** @type {any} */ _res,
  /** @type {number} */ status,
) {
  if (status >= 500) console.error(picture(error));
}

/** @param {unknown} error @returns {string} */
function picture(error) {
  const stack = read(error, 'stack');
  if (typeof stack === 'string') return stack;
  return `${error === null ? 'null' : `a value of type ${typeof error}`} was thrown`;
}

/** A started answer cannot become an error page; cutting it off tells the client that it is incomplete. @param {any} res */
function cutOff(res) {
  if (res.writableEnded) return;
  (res.stream ?? res).destroy();
}

/** Security, CORS and rate-limit headers stay. @param {any} res */
function clear(res) {
  for (const name of ENTITY_HEADERS) {
    if (res.hasHeader(name)) res.removeHeader(name);
  }
  if (Object.hasOwn(res, 'statusMessage')) res.statusMessage = '';
}

/** @param {any} res @param {unknown} error @param {number} status */
function challenge(res, error, status) {
  // RFC 6750 section 3.1: a challenge goes with 400 (invalid_request) and 403 (insufficient_scope) too.
  if (status === 400 || status === 401 || status === 403)
    setValid(res, 'WWW-Authenticate', read(error, 'wwwAuthenticate'));
  if (status !== 429 && status !== 503) return;
  const after = read(error, 'retryAfter');
  setValid(
    res,
    'Retry-After',
    typeof after === 'number' && after >= 0 && Number.isFinite(after) ? String(Math.ceil(after)) : after,
  );
}

/** @param {any} res @param {string} name @param {unknown} value */
function setValid(res, name, value) {
  if (typeof value !== 'string' || value === '') return;
  try {
    validateHeaderValue(name, value);
  } catch {
    return;
  }
  res.setHeader(name, value);
}

/** @param {any} res @param {{ status: number, [member: string]: unknown }} problem */
function send(res, problem) {
  const body = Buffer.from(JSON.stringify(problem));
  res.statusCode = problem.status;
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('Content-Type', 'application/problem+json');
  res.setHeader('Content-Length', String(body.length));
  res.end(body);
}

module.exports = { errorHandler };
