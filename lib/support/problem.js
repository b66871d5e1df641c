// @ts-check
'use strict';

// What a problem document may tell the client. An error's own status counts only when its maker meant it for the client:
// ours, http-errors' `expose`, or a body or URL that Express could not read. An upstream's 401 in an axios error is our 500.
// Anything can be thrown, so every look at an error is guarded.

const { STATUS_CODES } = require('node:http');

const { PortcullisError, REJECTIONS } = require('./errors');

// RFC 9110 names; Node 20 still has the older ones.
/** @type {Record<number, string | undefined>} */
const TITLES = { ...STATUS_CODES, 413: 'Content Too Large', 422: 'Unprocessable Content' };
const REQUEST_ID = /^[\w.:-]{1,128}$/;
// Of body-parser and raw-body: what a client's bytes can cause.
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

/** @param {unknown} error @returns {{ title: string, status: number, detail?: string }} */
function describe(error) {
  const code = isInstance(error, PortcullisError) ? read(error, 'code') : undefined;
  const known = typeof code === 'string' ? REJECTIONS[code] : undefined;
  if (known) return { title: known.title, status: known.status };
  const status = clientStatus(error);
  return { title: TITLES[status] ?? 'Client Error', status, ...detailOf(error, status) };
}

/** What an app wrote for the client, apart from the message, which is for logs. @param {unknown} error @param {number} status */
function detailOf(error, status) {
  if (status >= 500 || read(error, 'expose') !== true) return undefined;
  const detail = read(error, 'detail');
  return typeof detail === 'string' ? { detail } : undefined;
}

/** The request's id as a member of a problem document, where it is safe to repeat. @param {any} req */
function identify(req) {
  const id = read(req, 'id');
  return typeof id === 'string' && REQUEST_ID.test(id) ? { requestId: id } : undefined;
}

/** @param {unknown} error */
function clientStatus(error) {
  const status = read(error, 'status') ?? read(error, 'statusCode');
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 400 || status > 499) return 500;
  const meant = read(error, 'expose') === true || BODY_ERRORS.has(/** @type {any} */ (read(error, 'type')));
  // Express's router marks a path that it could not decode with 400 and nothing more.
  return meant || (status === 400 && isInstance(error, URIError)) ? status : 500;
}

/** A property of anything thrown: null, a getter that throws and a revoked proxy answer undefined. @returns {unknown} */
function read(/** @type {any} */ error, /** @type {string} */ name) {
  try {
    return error?.[name];
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

module.exports = { describe, identify, read };
