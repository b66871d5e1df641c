// @ts-check
'use strict';

// Writes the response of an error.

const { validateHeaderValue } = require('node:http');

const { read } = require('../support/problem');
const { discardPromise } = require('../support/promise');
const { report } = require('./log');

/** @typedef {import('node:http').ServerResponse & { stream?: { destroy(): void } }} Response */
/** @typedef {{ type?: unknown, title: string, status: number, [member: string]: unknown }} Document */

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
/**
 * Headers of an error that go to the client, with the statuses that they belong to. RFC 6750 section 3.1: a challenge also goes with
 * 400 (invalid_request) and 403 (insufficient_scope); RFC 9110 sections 10.2.1 and 10.2.3; RFC 6585 section 4.
 * @type {Map<string, { name: string, statuses: number[] }>}
 */
const ERROR_HEADERS = new Map([
  ['www-authenticate', { name: 'WWW-Authenticate', statuses: [400, 401, 403] }],
  ['retry-after', { name: 'Retry-After', statuses: [413, 429, 503] }],
  ['allow', { name: 'Allow', statuses: [405] }],
]);

/**
 * @param {Response} res @param {unknown} error whose `headers` are sent @param {Document} document
 * @param {(() => unknown) | undefined} format makes another body
 */
function respond(res, error, document, format) {
  if (res.headersSent) return cutOff(res);
  clear(res);
  passHeaders(res, error, document.status);
  const text = format === undefined ? undefined : serialized('format', format);
  if (text !== undefined) return send(res, document.status, 'application/json', text);
  const { title, status } = document;
  const problem = serialized('mapError', () => document) ?? JSON.stringify({ type: 'about:blank', title, status });
  send(res, status, 'application/problem+json', problem);
}

/** A response that has begun cannot become an error page; cutting it off tells the client that it is incomplete. @param {Response} res */
function cutOff(res) {
  if (res.writableEnded) return;
  (res.stream ?? res).destroy();
}

/** Security, CORS and rate-limit headers stay. @param {Response} res */
function clear(res) {
  for (const name of ENTITY_HEADERS) {
    if (res.hasHeader(name)) res.removeHeader(name);
  }
  if (Object.hasOwn(res, 'statusMessage')) res.statusMessage = '';
}

/** @param {Response} res @param {unknown} error @param {number} status */
function passHeaders(res, error, status) {
  const headers = read(error, 'headers');
  if (typeof headers !== 'object' || headers === null) return;
  for (const key of keysOf(headers)) {
    const known = ERROR_HEADERS.get(key.toLowerCase());
    if (known?.statuses.includes(status)) setValid(res, known.name, read(headers, key));
  }
}

/** @param {object} headers @returns {string[]} */
function keysOf(headers) {
  try {
    return Object.keys(headers);
  } catch {
    return [];
  }
}

/** @param {Response} res @param {string} name @param {unknown} value a number of seconds is rounded up */
function setValid(res, name, value) {
  const isSeconds = typeof value === 'number' && value >= 0 && Number.isFinite(value);
  const text = isSeconds && name === 'Retry-After' ? String(Math.ceil(value)) : value;
  if (typeof text !== 'string' || text === '') return;
  try {
    validateHeaderValue(name, text);
  } catch {
    return;
  }
  res.setHeader(name, text);
}

/** JSON, or undefined if the hook returned nothing usable, which is then reported. @param {string} hook @param {() => unknown} make @returns {string | undefined} */
function serialized(hook, make) {
  try {
    const value = make();
    if (discardPromise(value)) throw new TypeError(`${hook} must return the body; a promise is not awaited`);
    const text = JSON.stringify(value);
    if (text !== undefined) return text;
    throw new TypeError(`${hook} returned nothing that JSON can hold`);
  } catch (failure) {
    report(hook, failure);
    return undefined;
  }
}

/** @param {Response} res @param {number} status @param {string} type @param {string} text */
function send(res, status, type, text) {
  const body = Buffer.from(text);
  res.statusCode = status;
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('Content-Type', type);
  res.setHeader('Content-Length', String(body.length));
  res.end(body);
}

module.exports = { respond };
