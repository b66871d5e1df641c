// @ts-check
'use strict';

// Content-Encoding (RFC 9110 section 8.4). A compressed body is short, because its wire bytes are bounded too; it is
// inflated on the thread pool into a bounded buffer, and inflation stops at the first byte over the bound.

const zlib = require('node:zlib');

const { PortcullisError } = require('../support/errors');

/** @type {Map<string, (body: Buffer, options: zlib.ZlibOptions, done: (error: any, result: any) => void) => void>} */
const INFLATERS = new Map(
  /** @type {any} */ ([
    ['gzip', zlib.gunzip],
    ['deflate', zlib.inflate],
    ['br', zlib.brotliDecompress],
  ]),
);

/** What headers and blocks can add to data that does not shrink. */
const WIRE_OVERHEAD = 1024;
/** How many times its size a body may inflate to. JSON rarely shrinks to a hundredth; bombs shrink to a thousandth. */
const MAX_RATIO = 100;
/** Below this many bytes the ratio is not looked at: so much is the default limit. */
const RATIO_GRACE = 100 * 1024;

/**
 * @param {number} limit bytes once inflated
 * @param {boolean} enabled
 */
function createInflater(limit, enabled) {
  /** @param {any} req */
  const encodingOf = (req) => (req.headers['content-encoding'] ?? 'identity').toLowerCase();

  return {
    /** @param {string | undefined} encoding */
    accepts(encoding) {
      if (encoding === undefined) return true;
      const name = encoding.toLowerCase();
      return name === 'identity' || (enabled && INFLATERS.has(name));
    },

    /** How many bytes may come over the wire. @param {any} req */
    wireLimit: (req) => (encodingOf(req) === 'identity' ? limit : limit + WIRE_OVERHEAD),

    /** @param {any} req @param {Buffer} bytes @param {(error: unknown, body: Buffer) => void} done */
    inflate(req, bytes, done) {
      const inflate = INFLATERS.get(encodingOf(req));
      if (!inflate) return done(undefined, bytes);
      const maxOutputLength = Math.min(limit, Math.max(RATIO_GRACE, bytes.length * MAX_RATIO));
      const options = /** @type {any} */ ({ maxOutputLength, info: true });
      inflate(bytes, options, (error, result) => {
        if (error) return done(explain(error), bytes);
        // Bytes after the end of the compressed data would be seen by us alone, or by others alone.
        if (result.engine.bytesWritten !== bytes.length) return done(corrupt(), bytes);
        done(undefined, result.buffer);
      });
    },
  };
}

/** @param {any} error */
function explain(error) {
  if (error.code !== 'ERR_BUFFER_TOO_LARGE') return corrupt();
  return new PortcullisError('ERR_INPUT_TOO_LARGE', 'json: the decompressed body is larger than `limit`');
}

function corrupt() {
  return new PortcullisError('ERR_INPUT_INFLATE', 'json: the compressed body is corrupt');
}

module.exports = { createInflater };
