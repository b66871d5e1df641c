// @ts-check
'use strict';

const { refusal } = require('./refusal');

/** @typedef {(error: import('./refusal').Refusal | null, body: Buffer) => void} Done */

/**
 * Reads the bytes of a request, at most `wireLimit` of them, and calls `done` exactly once.
 *
 * The rest of a refused body is read and dropped, so that a client that is still sending can read the response. The
 * server's `requestTimeout` bounds how long that lasts.
 * @param {import('./request').Request} req
 * @param {number} wireLimit bytes as they come over the wire
 * @param {number} limit as the user set it
 * @param {Done} done
 */
function readBody(req, wireLimit, limit, done) {
  const length = declaredLength(req);
  /** @type {Buffer[]} */
  const chunks = [];
  let received = 0;

  if (length !== undefined && length > wireLimit) return finish(tooLarge({ limit, length, expected: length }));
  req.on('data', onData);
  req.on('end', onEnd);
  req.on('error', onAborted);
  req.on('close', onAborted);

  /** @param {Buffer} chunk */
  function onData(chunk) {
    received += chunk.length;
    if (received > wireLimit) return finish(tooLarge({ limit, received }));
    chunks.push(chunk);
  }

  function onAborted() {
    const fields = { length, expected: length, received };
    finish(refusal('ERR_INPUT_ABORTED', 'the connection closed before the body was complete', fields));
  }

  function onEnd() {
    if (length === undefined || received === length) return finish(null);
    const fields = { length, expected: length, received };
    finish(refusal('ERR_INPUT_LENGTH', 'the body does not have the length that Content-Length declares', fields));
  }

  /** @param {import('./refusal').Refusal | null} error */
  function finish(error) {
    req.off('data', onData);
    req.off('end', onEnd);
    req.off('error', onAborted);
    req.off('close', onAborted);
    if (error === null)
      return done(null, chunks.length === 1 ? /** @type {Buffer} */ (chunks[0]) : Buffer.concat(chunks));
    chunks.length = 0;
    req.resume();
    done(error, Buffer.alloc(0));
  }
}

/** @param {import('./request').Request} req @returns {number | undefined} */
function declaredLength({ headers }) {
  const declared = headers['content-length'];
  return declared === undefined ? undefined : Number(declared);
}

/** @param {object} fields */
function tooLarge(fields) {
  return refusal('ERR_INPUT_TOO_LARGE', 'the body is larger than `limit`', { ...fields });
}

module.exports = { readBody };
