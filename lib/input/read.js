// @ts-check
'use strict';

const { PortcullisError } = require('../support/errors');

/**
 * Reads the bytes of a request, at most `limit` of them, and calls `done` exactly once.
 *
 * A refused body is drained, so that the answer can be read by a client that is still sending; how long that may
 * last is bounded by the server's `requestTimeout`.
 * @param {import('node:http').IncomingMessage} req
 * @param {number} limit bytes as they come over the wire
 * @param {(error: InstanceType<typeof PortcullisError> | null, body: Buffer) => void} done
 */
function readBody(req, limit, done) {
  const declared = req.headers['content-length'];
  const expected = declared === undefined ? -1 : Number(declared);
  /** @type {Buffer[]} */
  const chunks = [];
  let received = 0;

  if (expected > limit) return onTooLarge();
  req.on('data', onData);
  req.on('end', onEnd);
  req.on('error', onAborted);
  req.on('close', onAborted);

  /** @param {Buffer} chunk */
  function onData(chunk) {
    received += chunk.length;
    if (received > limit) return onTooLarge();
    chunks.push(chunk);
  }

  function onTooLarge() {
    chunks.length = 0;
    finish(new PortcullisError('ERR_INPUT_TOO_LARGE', 'json: the body is larger than `limit`'));
  }

  function onAborted() {
    finish(new PortcullisError('ERR_INPUT_ABORTED', 'json: the connection closed before the body was complete'));
  }

  function onEnd() {
    if (expected >= 0 && received !== expected) {
      return finish(
        new PortcullisError('ERR_INPUT_LENGTH', 'json: the body does not have the length that Content-Length declares'),
      );
    }
    finish(null);
  }

  /** @param {InstanceType<typeof PortcullisError> | null} error */
  function finish(error) {
    req.off('data', onData);
    req.off('end', onEnd);
    req.off('error', onAborted);
    req.off('close', onAborted);
    if (error) req.resume();
    done(error, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
  }
}

module.exports = { readBody };
