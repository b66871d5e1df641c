// @ts-check
'use strict';

// A request whose body another middleware has already read. What that middleware left on the request decides:
//   req.body is bytes      express.raw() read it for a handler that needs bytes: left unchanged
//   req.rawBody            Google Cloud Functions, Firebase and others keep the bytes: checked and parsed
//   req.body is text       express.text() read it for a handler that needs text: left unchanged. With req.rawBody it may be
//                          parsed JSON, such as "text", which `verify` and `strict` must see
//   req.body is an object  it was parsed: the walker judges it
//   none of these          nothing is left to check: refused

const { isUint8Array } = require('node:util/types');

const { refusal } = require('./refusal');

/** @param {import('./request').Request} req @returns {'unchanged' | 'parsed' | Buffer | Error} */
function earlierBody({ body, rawBody }) {
  if (isUint8Array(body)) return 'unchanged';
  if (isUint8Array(rawBody)) return Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength);
  if (typeof rawBody === 'string') return Buffer.from(rawBody);
  if (typeof body === 'string') return 'unchanged';
  if (typeof body === 'object' && body !== null) return 'parsed';
  return lostBody('left neither `req.body` nor `req.rawBody`');
}

/** @param {string} loss what the other parser did */
function lostBody(loss) {
  return refusal(
    'ERR_INPUT_STREAM',
    `another body parser read the request and ${loss}, so the body cannot be checked; mount json(), urlencoded() or ` +
      'harden() first, or turn the other parser off (Next.js: `api: { bodyParser: false }`)',
  );
}

module.exports = { earlierBody, lostBody };
