// @ts-check
'use strict';

// Names a request: `req.id` for the logs, X-Request-Id for a client that asks about a response.

const { randomUUID } = require('node:crypto');

const { Options } = require('./options');

/** @typedef {import('node:http').IncomingMessage & { id?: unknown }} Request */

// Letters, digits and marks that are safe in a log line, a header and a document; 128 holds UUIDs, ULIDs and trace contexts.
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The id as text if it is safe to repeat. Numbers are pino-http's default. @param {unknown} id @returns {string | undefined} */
function safeRequestId(id) {
  if (typeof id === 'number') return Number.isSafeInteger(id) && id >= 0 ? String(id) : undefined;
  return typeof id === 'string' && REQUEST_ID.test(id) ? id : undefined;
}

/** @param {unknown} value true, false or options @returns {((req: Request, res: import('node:http').ServerResponse) => void) | undefined} */
function pickRequestId(value) {
  if (value === false) return undefined;
  const own = new Options('HARDEN', 'harden', value === true ? undefined : value, 'requestId.');
  const trustIncoming = own.boolean('trustIncoming', false);
  own.done();
  return function assignId(req, res) {
    // A logger that ran before may have logged this request under its id; a second id would split the log of the request.
    let id = Object.hasOwn(req, 'id') ? safeRequestId(req.id) : undefined;
    if (id === undefined) {
      id = (trustIncoming ? safeRequestId(req.headers['x-request-id']) : undefined) ?? randomUUID();
      setId(req, id);
    }
    res.setHeader('X-Request-Id', id);
  };
}

/** An accessor or a read-only property of the app must not make each request fail. @param {Request} req @param {string} id */
function setId(req, id) {
  try {
    req.id = id;
  } catch {
    Reflect.defineProperty(req, 'id', { value: id, writable: true, enumerable: true, configurable: true });
  }
}

module.exports = { pickRequestId, safeRequestId };
