// @ts-check
'use strict';

const { Challenge } = require('./challenge');
const { readSource } = require('./source');
const { readRule } = require('./rule');
const { PortcullisError, misuse } = require('../support/errors');
const { createVerifier } = require('../jwt');
const { Options } = require('../support/options');

/** @typedef {InstanceType<typeof Options>} OptionReader */

const OWN_OPTIONS = new Set(['verifier', 'getToken', 'cookie', 'optional', 'realm', 'authorize']);
// What keys that are fetched may cure.
const CURABLE = new Set(['ERR_JWT_KEY_UNKNOWN', 'ERR_JWT_KEYS_UNAVAILABLE']);

/**
 * Verifies the request's token, judges its claims where a rule is given, and sets `req.auth`.
 * @param {Record<string, any>} options `verifier`, or the options of createVerifier; OWN_OPTIONS
 */
function authenticate(options) {
  if (typeof options?.verify === 'function') {
    throw misuse('ERR_AUTH_OPTION', 'authenticate: a verifier is given by name: authenticate({ verifier })');
  }
  const read = new Options('AUTH', 'authenticate', options);
  const challenge = new Challenge(read);
  const tokenOf = readSource(read);
  const optional = read.boolean('optional', false);
  const assertAllowed = readOwnRule(read, challenge, optional);
  const verifier = readVerifier(read, options);

  return function authenticate(/** @type {any} */ req, /** @type {any} */ _res, /** @type {any} */ next) {
    let late;
    try {
      late = judge(req);
    } catch (failure) {
      return next(challenge.explain(failure));
    }
    if (late === undefined) return next();
    // On a tick of its own: what next() throws is not the promise's, and is never answered with a second next().
    late.then(
      () => process.nextTick(next),
      (failure) => process.nextTick(next, challenge.explain(failure)),
    );
  };

  /** @param {any} req @returns {Promise<void> | undefined} a promise only where keys have to be fetched */
  function judge(req) {
    const token = tokenOf(req);
    if (token === undefined || token === null) {
      if (optional) return undefined;
      throw new PortcullisError('ERR_AUTH_MISSING', 'the request has no bearer token');
    }
    let claims;
    try {
      claims = verifier.verify(token);
    } catch (/** @type {any} */ error) {
      if (verifier.isRemote !== true || !CURABLE.has(error?.code)) throw error;
      return Promise.resolve(verifier.verifyAsync(token)).then((fetched) => admit(req, token, fetched));
    }
    admit(req, token, claims);
  }

  /** @param {any} req @param {string} token @param {any} claims */
  function admit(req, token, claims) {
    req.auth = { token, claims: checkedClaims(claims) };
    assertAllowed?.(claims, req);
  }
}

/** @param {OptionReader} read @param {InstanceType<typeof Challenge>} challenge @param {boolean} optional */
function readOwnRule(read, challenge, optional) {
  const rule = read.written('authorize');
  if (rule === undefined) return undefined;
  if (optional) throw read.wrong('authorize', 'left out where "optional" is true: whoever has no token has no rights');
  return readRule(new Options('AUTH', 'authenticate: authorize', rule), challenge);
}

/** @param {OptionReader} read @param {Record<string, any>} options */
function readVerifier(read, options) {
  const names = Object.keys(options ?? {}).filter((name) => !OWN_OPTIONS.has(name));
  const given = read.written('verifier');
  if (given === null) throw read.wrong('verifier', 'what createVerifier returns');
  const verifier = given ?? createVerifier(Object.fromEntries(names.map((name) => [name, options[name]])));
  if (typeof verifier.verify !== 'function') throw read.wrong('verifier', 'what createVerifier returns');
  if (given !== undefined && names.length > 0) {
    const known = [...OWN_OPTIONS].join(', ');
    throw misuse(
      'ERR_AUTH_OPTION',
      `authenticate: beside "verifier" there is no option "${names[0]}"; known are: ${known}; what is asked of tokens is given to createVerifier`,
    );
  }
  return verifier;
}

/**
 * What a verifier of the user's answered. A promise, or nothing, must not pass for verified claims.
 * @param {any} claims
 */
function checkedClaims(claims) {
  const isPromise = typeof claims?.then === 'function';
  if (claims !== null && typeof claims === 'object' && !isPromise) return claims;
  if (isPromise) claims.then(undefined, () => {});
  throw misuse('ERR_AUTH_OPTION', 'authenticate: "verifier" must answer with the claims at once, or throw');
}

module.exports = { authenticate };
