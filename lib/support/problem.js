// @ts-check
'use strict';

// What a problem document may tell the client. The status of an error counts only if whoever made the error meant it for the
// client: our own, `expose` (http-errors), `isOperational`, or a body or URL that Express could not read. The 401 of another
// service in an axios error becomes a 500. Anything can be thrown, so every read of an error is guarded.

const { STATUS_CODES } = require('node:http');
const { isNativeError } = require('node:util').types;

const { PortcullisError, REJECTIONS } = require('./errors');
const { safeRequestId } = require('./request-id');

/** @typedef {{ title: string, status: number, detail?: string, [member: string]: unknown }} Problem */

// RFC 9110 names; Node 20 still has the older ones.
/** @type {Record<number, string | undefined>} */
const TITLES = { ...STATUS_CODES, 413: 'Content Too Large', 422: 'Unprocessable Content' };
// Types of body-parser and raw-body that a client's bytes can cause.
const BODY_ERRORS = new Set([
  'charset.unsupported',
  'encoding.unsupported',
  'entity.parse.failed',
  'entity.too.large',
  'entity.verify.failed',
  'parameters.too.many',
  'querystring.parse.rangeError',
  'request.aborted',
  'request.size.invalid',
]);

const SQLSTATE = /^[0-9A-Z]{5}$/;

/** @param {unknown} error @param {boolean} [trustStatus] whether a 4xx or 5xx of any error counts @returns {Problem} */
function describe(error, trustStatus = false) {
  const code = isInstance(error, PortcullisError) ? read(error, 'code') : undefined;
  const known = typeof code === 'string' ? REJECTIONS[code] : undefined;
  if (known) return { title: known.title, status: known.status, ...issuesOf(error, code) };
  const claimed = claimedStatus(error);
  const status = claimed !== undefined && (trustStatus || isMeant(error, claimed)) ? claimed : 500;
  return { title: titleOf(status), status, ...detailOf(error, status) };
}

/** The issues of validate(), whose messages are made for the client. @param {unknown} error @param {unknown} code */
function issuesOf(error, code) {
  const errors = code === 'ERR_VALIDATE_INPUT' ? read(error, 'issues') : undefined;
  if (!Array.isArray(errors)) return undefined;
  return { errors, ...(read(error, 'more') === true ? { more: true } : undefined) };
}

/** @param {number} status */
function titleOf(status) {
  return TITLES[status] ?? (status < 500 ? 'Client Error' : 'Server Error');
}

/** The text that the app wrote for the client. The message of an error is for logs. @param {unknown} error @param {number} status */
function detailOf(error, status) {
  if (status >= 500 || read(error, 'expose') !== true) return undefined;
  if (isOfPostgres(error)) return undefined;
  const detail = read(error, 'detail');
  return typeof detail === 'string' ? { detail } : undefined;
}

/**
 * Whether a driver of PostgreSQL made the error: its `detail` quotes the row, and createError(409, error) of http-errors
 * exposes that same error.
 * @param {unknown} error
 */
function isOfPostgres(error) {
  const code = read(error, 'code');
  return typeof code === 'string' && SQLSTATE.test(code) && read(error, 'severity') !== undefined;
}

/** The request's id as a member of a problem document, if it is safe to repeat. @param {unknown} req */
function identify(req) {
  const requestId = safeRequestId(read(req, 'id'));
  return requestId === undefined ? undefined : { requestId };
}

/** The status of an error, if it is from 400 to 599. @param {unknown} error @returns {number | undefined} */
function claimedStatus(error) {
  const status = read(error, 'status') ?? read(error, 'statusCode');
  return typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599 ? status : undefined;
}

/** Whether the client was meant to see it. @param {unknown} error @param {number} status */
function isMeant(error, status) {
  if (status > 499) return false;
  if (read(error, 'expose') === true || read(error, 'isOperational') === true) return true;
  if (BODY_ERRORS.has(/** @type {string} */ (read(error, 'type')))) return true;
  // Express's router only sets the status 400 on the error of a path that it could not decode.
  return status === 400 && isNativeError(error) && read(error, 'name') === 'URIError';
}

/**
 * A property of anything thrown; undefined for null, for a getter that throws and for a revoked proxy.
 * @param {unknown} error @param {string} name @returns {unknown}
 */
function read(error, name) {
  try {
    return /** @type {Record<string, unknown> | null | undefined} */ (error)?.[name];
  } catch {
    return undefined;
  }
}

/** @param {unknown} error @param {Function} type */
function isInstance(error, type) {
  try {
    return error instanceof type;
  } catch {
    return false;
  }
}

module.exports = { claimedStatus, describe, identify, read, titleOf };
