// @ts-check
'use strict';

// Names a request: `req.id` for the logs, X-Request-Id for a client that asks about a response.

const { randomUUID } = require('node:crypto');

const { safeRequestId } = require('../support/request-id');

/** @typedef {import('node:http').IncomingMessage & { id?: unknown }} Request */

/** @param {import('./members').OptionReader} options @returns {((req: Request, res: import('node:http').ServerResponse) => void) | undefined} */
function pickRequestId(options) {
  const value = options.raw('requestId') ?? true;
  if (value === false) return undefined;
  const own = options.inside('requestId', value === true ? {} : value);
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

module.exports = { pickRequestId };
