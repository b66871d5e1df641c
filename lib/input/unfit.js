// @ts-check
'use strict';

// Why a body is refused before it is read.

const { refusal } = require('./refusal');
const { charsetOf } = require('./type');

/** @typedef {import('./request').Request} Request */

/** @param {Request} req */
function wrongCharset({ headers }) {
  return refusal('ERR_INPUT_CHARSET', 'the charset must be utf-8', { charset: charsetOf(headers['content-type']) });
}

/** @param {Request} req @param {(encoding: string | undefined) => boolean} accepts whether an encoding can be inflated */
function unfitStream(req, accepts) {
  if (req.readableEncoding) {
    return refusal('ERR_INPUT_STREAM', 'setEncoding() was called on the request before it was read; remove that call', {
      type: 'stream.encoding.set',
    });
  }
  if (req.destroyed) return refusal('ERR_INPUT_ABORTED', 'the connection closed before the body was complete');
  const encoding = req.headers['content-encoding'];
  if (accepts(encoding)) return undefined;
  return refusal('ERR_INPUT_ENCODING', 'the Content-Encoding is not supported; use gzip, deflate, br or identity', {
    encoding: encoding?.toLowerCase(),
  });
}

module.exports = { unfitStream, wrongCharset };
