// @ts-check
'use strict';

const { PortcullisError, misuse } = require('./errors');
const { createVerifier } = require('./jwt');
const { Options } = require('./options');

// RFC 6750 section 2.1: the scheme's name without regard to case, one space, and a token of b64token characters.
const BEARER = /^bearer ([\w.~+/-]+=*)$/i;

// RFC 6750 section 3: no error code when the request brought no credentials at all.
const CHALLENGE = 'Bearer';
const CHALLENGE_INVALID = 'Bearer error="invalid_token"';
const CHALLENGE_REQUEST = 'Bearer error="invalid_request"';

/**
 * Verifies the request's bearer token and sets `req.auth`.
 * @param {Record<string, any>} options `verifier`, or the options of createVerifier; `getToken`, `optional`
 */
function authenticate(options) {
  const read = new Options('JWT', 'authenticate', options);
  const getToken = read.function('getToken') ?? bearerToken;
  const optional = read.boolean('optional', false);
  const verifier = readVerifier(read, options);

  return function authenticate(/** @type {any} */ req, /** @type {any} */ _res, /** @type {any} */ next) {
    try {
      const token = getToken(req);
      if (token !== undefined && token !== null)
        req.auth = { token, claims: checkedClaims(verifier.verify(checkedToken(token))) };
      else if (!optional) throw challenge('ERR_JWT_MISSING', 'the request has no bearer token', CHALLENGE);
    } catch (/** @type {any} */ error) {
      if (error?.status === 401 && Object.isExtensible(error)) error.wwwAuthenticate ??= CHALLENGE_INVALID;
      return next(error);
    }
    next();
  };
}

/** @param {InstanceType<typeof Options>} read @param {Record<string, any>} options */
function readVerifier(read, options) {
  const { verifier: _given, getToken: _getToken, optional: _optional, ...verifierOptions } = options ?? {};
  const names = Object.keys(verifierOptions);
  const verifier = read.raw('verifier') ?? createVerifier(verifierOptions);
  if (typeof verifier.verify !== 'function') throw read.wrong('verifier', 'what createVerifier returns');
  if (read.raw('verifier') !== undefined && names.length > 0) {
    throw read.wrong('verifier', `given alone, or left out in favour of ${names.join(', ')}`);
  }
  return verifier;
}

/** @param {any} token */
function checkedToken(token) {
  if (typeof token?.then !== 'function') return token;
  token.then(undefined, () => {});
  throw misuse('ERR_JWT_OPTION', 'authenticate: "getToken" must answer with the token at once, not with a promise');
}

/**
 * What a verifier of the user's answered. A promise, or nothing, must not pass for verified claims.
 * @param {any} claims
 */
function checkedClaims(claims) {
  const isPromise = typeof claims?.then === 'function';
  if (claims !== null && typeof claims === 'object' && !isPromise) return claims;
  if (isPromise) claims.then(undefined, () => {});
  throw misuse('ERR_JWT_OPTION', 'authenticate: "verifier" must answer with the claims at once, or throw');
}

/**
 * The token of the one Authorization header. Node.js keeps the first of several and drops the rest without a word, so
 * the raw list is counted: two parties that read two different tokens must not both be satisfied.
 * @param {any} req
 */
function bearerToken(req) {
  const header = req.headers.authorization;
  if (header === undefined) return undefined;
  if (countAuthorization(req.rawHeaders) > 1) {
    throw challenge('ERR_JWT_REQUEST', 'the request has several Authorization headers', CHALLENGE_REQUEST);
  }
  const match = BEARER.exec(header);
  if (match === null) throw challenge('ERR_JWT_MISSING', 'the Authorization header holds no bearer token', CHALLENGE);
  return match[1];
}

/** @param {string[]} rawHeaders names and values in turn */
function countAuthorization(rawHeaders) {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name.length === 13 && name.toLowerCase() === 'authorization') count += 1;
  }
  return count;
}

/** @param {string} code @param {string} message @param {string} wwwAuthenticate */
function challenge(code, message, wwwAuthenticate) {
  return Object.assign(new PortcullisError(code, message), { wwwAuthenticate });
}

module.exports = { authenticate };
