// @ts-check
'use strict';

// Content-Encoding (RFC 9110 section 8.4). A compressed body is short, because its wire bytes are bounded too; it is
// inflated on the thread pool into a bounded buffer, and inflation stops at the first byte over the bound.

const zlib = require('node:zlib');

const { refusal } = require('./refusal');

/** @typedef {import('./request').Request} Request */
/** @typedef {{ buffer: Buffer, engine: { bytesWritten: number } }} Inflated with the option `info` */
/** @typedef {(error: NodeJS.ErrnoException | null, result: Inflated) => void} InflateCallback */
/** @typedef {(body: Buffer, options: { maxOutputLength: number, info: true }, done: InflateCallback) => void} Inflate */

/** @type {ReadonlyMap<string, Inflate>} */
const INFLATERS = new Map([
  ['gzip', /** @type {Inflate} */ (/** @type {unknown} */ (zlib.gunzip))],
  ['deflate', /** @type {Inflate} */ (/** @type {unknown} */ (zlib.inflate))],
  ['br', /** @type {Inflate} */ (/** @type {unknown} */ (zlib.brotliDecompress))],
]);

/** The most that headers and blocks add to data that does not compress. */
const WIRE_OVERHEAD = 1024;
/** How many times its size a body may inflate to. JSON rarely shrinks to a hundredth; bombs shrink to a thousandth. */
const MAX_RATIO = 100;
/** The ratio is not checked below this many bytes, the default limit. */
const RATIO_GRACE = 100 * 1024;

/** An empty field means the same as none, as body-parser reads it. @param {string | undefined} field */
const nameOf = (field) => (field || 'identity').toLowerCase();

/**
 * @param {number} limit bytes once inflated
 * @param {boolean} enabled
 */
function createInflater(limit, enabled) {
  return {
    /** @param {string | undefined} encoding */
    accepts(encoding) {
      const name = nameOf(encoding);
      return name === 'identity' || (enabled && INFLATERS.has(name));
    },

    /** How many bytes may come over the wire. @param {Request} req */
    wireLimit: ({ headers }) => (nameOf(headers['content-encoding']) === 'identity' ? limit : limit + WIRE_OVERHEAD),

    /** @param {Request} req @param {Buffer} bytes @param {(error: unknown, body: Buffer) => void} done */
    inflate({ headers }, bytes, done) {
      const inflate = INFLATERS.get(nameOf(headers['content-encoding']));
      if (!inflate) return done(undefined, bytes);
      const maxOutputLength = Math.min(limit, Math.max(RATIO_GRACE, bytes.length * MAX_RATIO));
      inflate(bytes, { maxOutputLength, info: true }, (error, result) => {
        if (error) return done(explain(error, limit, maxOutputLength), bytes);
        // Two readers may disagree about bytes after the end of the compressed data, so they are refused.
        if (result.engine.bytesWritten !== bytes.length) return done(corrupt(), bytes);
        done(undefined, result.buffer);
      });
    },
  };
}

/** @param {NodeJS.ErrnoException} error @param {number} limit @param {number} bound the smaller one of `limit` and the ratio's */
function explain(error, limit, bound) {
  if (error.code !== 'ERR_BUFFER_TOO_LARGE') return corrupt();
  const reason =
    bound < limit
      ? `the body inflates to more than ${MAX_RATIO} times its size`
      : 'the decompressed body is larger than `limit`';
  return refusal('ERR_INPUT_TOO_LARGE', reason, { limit });
}

function corrupt() {
  return refusal('ERR_INPUT_INFLATE', 'the compressed body is damaged or incomplete');
}

module.exports = { createInflater };
