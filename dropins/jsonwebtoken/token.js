// @ts-check
'use strict';

// Splits and decodes a token without verifying it: only the engine verifies.

/** @typedef {{ header: any, payload: any, signature: string }} Parts */

const SHAPE = /^[\w-]+\.[\w-]+\.[\w-]*$/;
const MAX_HEADERS = 64;

/** Whether a header says that the payload is JSON, by the header's encoded text. An app sees few different headers. @type {Map<string, boolean>} */
const jsonHeaders = new Map();

/**
 * The parts of a token, or null if the text is not a token.
 * @param {string} token @param {boolean} [isJson] whether the payload must be JSON even where the header does not say so
 * @returns {Parts | null}
 */
function readToken(token, isJson = false) {
  if (!SHAPE.test(token)) return null;
  const [encodedHeader, encodedPayload, signature] = token.split('.');
  const header = parsed(headerText(encodedHeader));
  if (!header) return null;
  const payload = readPayload(encodedPayload, isJson || header.typ === 'JWT');
  return { header, payload, signature };
}

/**
 * The payload: an object wherever the text is one, else text. Where it must be JSON, any other text throws
 * JSON.parse's own error.
 * @param {string} encoded @param {boolean} mustBeJson
 */
function readPayload(encoded, mustBeJson) {
  const text = Buffer.from(encoded, 'base64').toString();
  const payload = mustBeJson ? JSON.parse(text) : text;
  if (typeof payload !== 'string') return payload;
  const inner = parsed(payload);
  return inner !== null && typeof inner === 'object' ? inner : payload;
}

/**
 * The header's JSON. UTF-8 is what RFC 7515 orders; any other header was written by a signer that writes one byte for
 * each character.
 * @param {string} encoded
 */
function headerText(encoded) {
  const bytes = Buffer.from(encoded, 'base64');
  const text = bytes.toString();
  return text.includes('\ufffd') ? bytes.toString('latin1') : text;
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether a header says that the payload is JSON. Only for headers that the engine has accepted.
 * @param {string} encoded
 */
function declaresJson(encoded) {
  let isJson = jsonHeaders.get(encoded);
  if (isJson === undefined) {
    isJson = parsed(headerText(encoded))?.typ === 'JWT';
    if (jsonHeaders.size >= MAX_HEADERS) jsonHeaders.clear();
    jsonHeaders.set(encoded, isJson);
  }
  return isJson;
}

module.exports = { declaresJson, readPayload, readToken };
