// @ts-check
'use strict';

// A request whose body another middleware has already read. What that middleware left on the request decides:
//   req.body is bytes   express.raw() read it for a handler that needs bytes: left unchanged
//   req.rawBody         Google Cloud Functions, Firebase and others keep the bytes: checked and parsed
//   req.body is text    express.text() read it for a handler that needs text: left unchanged. With req.rawBody it may be
//                       parsed JSON, such as "text", which `verify` and `strict` must see
//   none of these       the body was parsed and its bytes are lost, so it cannot be checked: refused

const { isUint8Array } = require('node:util/types');

const { refusal } = require('./refusal');

/**
 * Returns undefined if the body must still be read, true if it is left unchanged, the bytes to check, or the error.
 * @param {import('./policy').Request} req
 * @returns {undefined | true | Buffer | Error}
 */
function earlierBody(req) {
  if (!req.readableDidRead && !req.readableEnded) return req.readableEncoding ? decoded() : undefined;
  const { body, rawBody } = req;
  if (isUint8Array(body)) return true;
  if (isUint8Array(rawBody)) return Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength);
  if (typeof rawBody === 'string') return Buffer.from(rawBody);
  if (typeof body === 'string') return true;
  return refusal(
    'ERR_INPUT_STREAM',
    'another body parser read the request before json() and kept no `req.rawBody`, so the body cannot be checked; ' +
      'mount json() first, or turn the other parser off (Next.js: `api: { bodyParser: false }`)',
  );
}

function decoded() {
  return refusal('ERR_INPUT_STREAM', 'setEncoding() was called on the request before json(); remove that call', {
    type: 'stream.encoding.set',
  });
}

module.exports = { earlierBody };
