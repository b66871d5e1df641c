// @ts-check
'use strict';

// A body reader in the place of express.json(): it reads, inflates, guards and parses, in that order. The same on
// Express 4 and 5: without a body, or with one of another type, req.body stays undefined.

const { AsyncResource } = require('node:async_hooks');

const { PortcullisError } = require('../support/errors');
const { createInflater } = require('./inflate');
const { createParser } = require('./parse');
const { readPolicy } = require('./policy');
const { readBody } = require('./read');
const { isUtf8 } = require('./type');

/** Requests whose body this module has read: a second json() lets them pass. @type {WeakSet<object>} */
const done = new WeakSet();

/**
 * @param {object} [options] see index.d.ts
 * @returns {(req: any, res: any, next: (error?: unknown) => void) => void}
 */
function json(options) {
  const { guard, inflate, keepsRawBody, matches } = readPolicy(options);
  const parse = createParser(guard);
  const inflater = createInflater(guard.limit, inflate);

  /** @param {any} req @param {Buffer} body */
  function accept(req, body) {
    // As body-parser: an empty body of a JSON type is a common mistake of clients, and means an empty object.
    req.body = body.length === 0 ? {} : parse(body);
    if (keepsRawBody) req.rawBody = body;
  }

  return function jsonBody(req, _res, next) {
    // A property that is not there reads as undefined too. Adding one is dear: Express gives each request a hidden class
    // of its own (Object.setPrototypeOf), so that every store on it misses V8's caches, 1.2 us (Node 20, x86-64).
    if (!hasBody(req.headers) || done.has(req) || !matches(req)) return next();
    const refusal = refuse(req, inflater.accepts(req.headers['content-encoding']));
    if (refusal) return next(refusal);
    done.add(req);
    // Stream events come from the socket's context; the resource keeps the AsyncLocalStorage of this call.
    const context = new AsyncResource('PortcullisJson');
    readBody(req, inflater.wireLimit(req), (error, bytes) => {
      context.runInAsyncScope(() => {
        if (error) return next(error);
        inflater.inflate(req, bytes, (failure, body) => {
          next(failure ?? attempt(accept, req, body));
        });
      });
    });
  };
}

/** RFC 9112 section 6.3. @param {Record<string, unknown>} headers */
function hasBody(headers) {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/** @param {any} req @param {boolean} acceptsEncoding @returns {InstanceType<typeof PortcullisError> | undefined} */
function refuse(req, acceptsEncoding) {
  if (req.readableDidRead || req.readableEncoding) {
    return new PortcullisError(
      'ERR_INPUT_STREAM',
      'json: another body parser read the body first; mount json() before it, or remove the other parser',
    );
  }
  if (req.destroyed)
    return new PortcullisError('ERR_INPUT_ABORTED', 'json: the connection closed before the body was complete');
  if (!isUtf8(req.headers['content-type'])) {
    return new PortcullisError('ERR_INPUT_CHARSET', 'json: the charset must be utf-8');
  }
  if (!acceptsEncoding) {
    return new PortcullisError(
      'ERR_INPUT_ENCODING',
      'json: the Content-Encoding is not supported; use gzip, deflate, br or identity',
    );
  }
}

/**
 * The error that `work` throws, so that one thrown by a later middleware inside next() is never caught here.
 * @param {(req: any, body: Buffer) => void} work @param {any} req @param {Buffer} body
 */
function attempt(work, req, body) {
  try {
    work(req, body);
  } catch (error) {
    return error;
  }
}

module.exports = { json };
