// @ts-check
'use strict';

// A body reader in the place of express.json() and express.urlencoded(): it reads, inflates, verifies, checks and parses, in
// that order. The same on Express 4 and 5: without a body, or with one of another type, req.body stays undefined.

const { AsyncResource } = require('node:async_hooks');

const { earlierBody, lostBody } = require('./earlier');
const { createInflater } = require('./inflate');
const { judge, tellRejection } = require('./judge');
const { readBody } = require('./read');
const { isUtf8 } = require('./type');
const { unfitStream, wrongCharset } = require('./unfit');
const { runVerify } = require('./verify');

/** @typedef {import('./request').Request} Request */
/** @typedef {import('./request').Next} Next */
/** @typedef {ReturnType<typeof import('./body-options').readBodyOptions>} BodyOptions */

/** Requests whose body this module has read: a second reader lets them pass. @type {WeakSet<object>} */
const read = new WeakSet();

/**
 * @param {BodyOptions} options @param {import('./walk').Kind} kind @param {import('./soft').ParseOf} parse
 * @returns {import('./request').Middleware}
 */
function createBodyReader(options, kind, parse) {
  const { limit, rules, keepsRawBody, matches, verify } = options;
  const inflater = createInflater(limit, options.inflate);

  /** Returns the error of a body that is refused, so that errors of later middlewares are never caught here. @param {Request} req @param {Buffer} body @returns {unknown} */
  function accept(req, body) {
    try {
      // As body-parser: an empty body of a type is a common mistake of clients, and means an empty object.
      req.body = body.length === 0 ? {} : parse(body, req);
      if (keepsRawBody) req.rawBody = body;
    } catch (error) {
      tellRejection(rules, error, req);
      return error;
    }
  }

  /** @param {Request} req @param {object} res @param {Buffer} body @param {Next} next */
  function verifyAndAccept(req, res, body, next) {
    if (verify === undefined) return next(accept(req, body));
    runVerify(verify, req, res, body, (error) => next(error ?? accept(req, body)));
  }

  /** @param {Request} req @param {object} res @param {Next} next */
  function readAndAccept(req, res, next) {
    read.add(req);
    // body-parser 1 (Express 4) passes on a request that has this mark.
    req._body = true;
    // Stream events come from the socket's context; the resource keeps the AsyncLocalStorage of this call.
    const context = new AsyncResource('PortcullisBody');
    readBody(req, inflater.wireLimit(req), limit, (error, bytes) => {
      context.runInAsyncScope(() => {
        if (error) return next(error);
        inflater.inflate(req, bytes, (failure, body) =>
          failure ? next(failure) : verifyAndAccept(req, res, body, next),
        );
      });
    });
  }

  /** Another parser has read the body. @param {Request} req @param {object} res @param {Next} next */
  function acceptEarlier(req, res, next) {
    const earlier = earlierBody(req);
    if (earlier === 'unchanged') return next();
    if (earlier instanceof Error) return next(earlier);
    if (earlier === 'parsed' && verify !== undefined) return next(lostBody('kept no `req.rawBody` for `verify`'));
    read.add(req);
    if (earlier !== 'parsed') return verifyAndAccept(req, res, earlier, next);
    const rejection = judge(rules, kind, req.body, req);
    tellRejection(rules, rejection, req);
    next(rejection);
  }

  return function readBodyOf(req, res, next) {
    // A missing property also reads as undefined, and adding one is expensive: Express gives each request a separate hidden
    // class (Object.setPrototypeOf), so every store on it misses V8's caches, 1.2 us (Node 20, x86-64).
    if (!hasBody(req) || read.has(req) || !matches(req)) return next();
    if (!isUtf8(req.headers['content-type'])) return next(wrongCharset(req));
    if (req.readableDidRead || req.readableEnded) return acceptEarlier(req, res, next);
    const unfit = unfitStream(req, inflater.accepts);
    if (unfit) return next(unfit);
    readAndAccept(req, res, next);
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

/** Whether this module has read the body, and so has judged it. @param {Request} req */
const isRead = (req) => read.has(req);

module.exports = { createBodyReader, isRead };
