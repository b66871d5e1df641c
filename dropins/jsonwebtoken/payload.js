// @ts-check
'use strict';

// Turns the payload that the caller passes into the bytes to sign.

const { checkPayload } = require('./sign-options');
const { timeAfter } = require('./timespan');

const SECOND_MS = 1000;

/** Options that are claims. @type {Array<[option: string, claim: string]>} */
const CLAIMS = [
  ['audience', 'aud'],
  ['issuer', 'iss'],
  ['subject', 'sub'],
  ['jwtid', 'jti'],
];

/** Options that write into the payload, so that it must be an object. */
const NEED_OBJECT = ['expiresIn', 'notBefore', 'noTimestamp', 'audience', 'issuer', 'subject', 'jwtid'];

/** @param {unknown} payload null counts, and is refused as an object */
const isObjectPayload = (payload) => typeof payload === 'object' && !Buffer.isBuffer(payload);

/**
 * The payload to which claims are added: a copy, unless `mutatePayload` is set.
 * @param {any} payload @param {any} options
 */
function openPayload(payload, options) {
  if (payload === undefined) throw new Error('payload is required');
  if (!isObjectPayload(payload)) {
    const wrong = NEED_OBJECT.filter((name) => options[name] !== undefined);
    if (wrong.length > 0) throw new Error(`invalid ${wrong.join(',')} option for ${typeof payload} payload`);
    return payload;
  }
  checkPayload(payload);
  const claims = options.mutatePayload ? payload : { ...payload };
  refuseTwice(
    claims.exp,
    options.expiresIn,
    'Bad "options.expiresIn" option the payload already has an "exp" property.',
  );
  refuseTwice(
    claims.nbf,
    options.notBefore,
    'Bad "options.notBefore" option the payload already has an "nbf" property.',
  );
  return claims;
}

/** @param {unknown} claim @param {unknown} option @param {string} message */
function refuseTwice(claim, option, message) {
  if (claim !== undefined && option !== undefined) throw new Error(message);
}

/** Writes times and the claims that are options. @param {any} claims @param {any} options */
function fillPayload(claims, options) {
  const now = claims.iat || Math.floor(Date.now() / SECOND_MS);
  if (options.noTimestamp) delete claims.iat;
  else claims.iat = now;
  if (options.notBefore !== undefined) claims.nbf = timeOf('notBefore', options.notBefore, now);
  if (options.expiresIn !== undefined) claims.exp = timeOf('expiresIn', options.expiresIn, now);
  for (const [option, claim] of CLAIMS) {
    if (options[option] === undefined) continue;
    if (claims[claim] !== undefined) {
      throw new Error(`Bad "options.${option}" option. The payload already has an "${claim}" property.`);
    }
    claims[claim] = options[option];
  }
}

/** @param {string} name @param {unknown} span @param {number} from */
function timeOf(name, span, from) {
  const time = timeAfter(span, from);
  if (time !== undefined) return time;
  throw new Error(`"${name}" should be a number of seconds or string representing a timespan eg: "1d", "20h", 60`);
}

/**
 * The bytes to sign.
 * @param {any} payload @param {any} encoding of a string payload; default "utf8"
 */
function payloadBytes(payload, encoding) {
  const isText = typeof payload === 'string' || typeof payload === 'number' || Buffer.isBuffer(payload);
  const text = isText ? payload.toString() : JSON.stringify(payload);
  // If JSON has no text for the payload, Buffer.from throws an error that describes it.
  return Buffer.from(text, encoding || 'utf8');
}

module.exports = { fillPayload, isObjectPayload, openPayload, payloadBytes };
