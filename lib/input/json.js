// @ts-check
'use strict';

// A body reader in the place of express.json(): it reads, inflates, verifies, checks and parses, in that order. The same on
// Express 4 and 5: without a body, or with one of another type, req.body stays undefined.

const { AsyncResource } = require('node:async_hooks');

const { earlierBody } = require('./earlier');
const { createInflater } = require('./inflate');
const { createParser } = require('./parse');
const { readPolicy } = require('./policy');
const { readBody } = require('./read');
const { refusal } = require('./refusal');
const { charsetOf, isUtf8 } = require('./type');
const { runVerify } = require('./verify');

/** @typedef {import('./policy').Request} Request */
/** @typedef {(error?: unknown) => void} Next */

/** Requests whose body this module has read: a second json() lets them pass. @type {WeakSet<object>} */
const read = new WeakSet();

/**
 * @param {unknown} [options]
 * @returns {(req: Request, res: object, next: Next) => void}
 */
function json(options) {
  const { guard, inflate, keepsRawBody, matches, reviver, verify } = readPolicy(options);
  const parse = createParser(guard, reviver);
  const inflater = createInflater(guard.limit, inflate);

  /** Returns the error of a body that is refused, so that errors of later middlewares are never caught here. @param {Request} req @param {Buffer} body @returns {unknown} */
  function accept(req, body) {
    try {
      // As body-parser: an empty body of a JSON type is a common mistake of clients, and means an empty object.
      req.body = body.length === 0 ? {} : parse(body);
      if (keepsRawBody) req.rawBody = body;
    } catch (error) {
      return error;
    }
  }

  /** @param {Request} req @param {object} res @param {Buffer} body @param {Next} next */
  function judge(req, res, body, next) {
    if (verify === undefined) return next(accept(req, body));
    runVerify(verify, req, res, body, (error) => next(error ?? accept(req, body)));
  }

  /** @param {Request} req @param {object} res @param {Next} next */
  function readAndJudge(req, res, next) {
    read.add(req);
    // body-parser 1 (Express 4) passes on a request that has this mark.
    req._body = true;
    // Stream events come from the socket's context; the resource keeps the AsyncLocalStorage of this call.
    const context = new AsyncResource('PortcullisJson');
    readBody(req, inflater.wireLimit(req), guard.limit, (error, bytes) => {
      context.runInAsyncScope(() => {
        if (error) return next(error);
        inflater.inflate(req, bytes, (failure, body) => (failure ? next(failure) : judge(req, res, body, next)));
      });
    });
  }

  return function jsonBody(req, res, next) {
    // A missing property also reads as undefined, and adding one is expensive: Express gives each request a separate hidden
    // class (Object.setPrototypeOf), so every store on it misses V8's caches, 1.2 us (Node 20, x86-64).
    if (!hasBody(req) || read.has(req) || !matches(req)) return next();
    const earlier = earlierBody(req);
    if (earlier instanceof Error) return next(earlier);
    if (earlier === true) return next();
    const unfit = refuse(req, inflater, earlier !== undefined);
    if (unfit) return next(unfit);
    if (earlier === undefined) return readAndJudge(req, res, next);
    read.add(req);
    judge(req, res, earlier, next);
  };
}

/**
 * RFC 9112 section 6.3. In HTTP/2 a body needs neither field: it follows headers that do not end the stream
 * (RFC 9113 section 8.1).
 * @param {Request} req
 */
function hasBody({ headers, httpVersionMajor, stream }) {
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) return true;
  return httpVersionMajor >= 2 && stream?.endAfterHeaders === false;
}

/** @param {Request} req @param {ReturnType<typeof createInflater>} inflater @param {boolean} isInflated */
function refuse(req, inflater, isInflated) {
  const { headers } = req;
  if (!isUtf8(headers['content-type'])) {
    const charset = charsetOf(headers['content-type']);
    return refusal('ERR_INPUT_CHARSET', 'the charset must be utf-8', { charset });
  }
  if (isInflated) return undefined;
  if (req.destroyed) return refusal('ERR_INPUT_ABORTED', 'the connection closed before the body was complete');
  const encoding = headers['content-encoding'];
  if (!inflater.accepts(encoding)) {
    return refusal('ERR_INPUT_ENCODING', 'the Content-Encoding is not supported; use gzip, deflate, br or identity', {
      encoding: encoding?.toLowerCase(),
    });
  }
  return undefined;
}

module.exports = { json };
