// @ts-check
'use strict';

const { Challenge } = require('./challenge');
const { readSource } = require('./source');
const { readRule } = require('./rule');
const { PortcullisError, misuse } = require('../support/errors');
const { readVerifier } = require('../jwt');
const { Options } = require('../support/options');
const { discardPromise } = require('../support/promise');

/** @typedef {InstanceType<typeof Options>} OptionReader */
/** @typedef {import('./source').Request} Request */
/** @typedef {Record<string, unknown>} Claims */
/**
 * What createVerifier returns, or an object of the app that works alike.
 * @typedef {{ verify(token: string): Claims, verifyAsync?(token: string): PromiseLike<Claims>, isRemote?: boolean }} Verifier
 */
/** @typedef {(error?: unknown) => void} Next */
/** @typedef {ReturnType<typeof readSettings>} Settings */

// What fetching keys may cure.
const CURABLE = new Set(['ERR_JWT_KEY_UNKNOWN', 'ERR_JWT_KEYS_UNAVAILABLE']);

/**
 * Verifies the request's token, checks its claims if a rule is given, and sets `req.auth`.
 * @param {Record<string, unknown>} options its own, and `verifier` or the options of createVerifier
 */
function authenticate(options) {
  const settings = readSettings(options);
  return function authenticate(/** @type {Request} */ req, /** @type {unknown} */ _res, /** @type {Next} */ next) {
    let late;
    try {
      late = judge(settings, req);
    } catch (failure) {
      return next(settings.challenge.explain(failure));
    }
    if (late === undefined) return next();
    finishLater(late, settings.challenge, next);
  };
}

/** @param {Record<string, unknown>} options */
function readSettings(options) {
  if (typeof options?.verify === 'function') {
    throw misuse(
      'ERR_AUTH_OPTION',
      'authenticate: expected options but got a verifier; write authenticate({ verifier })',
    );
  }
  const read = new Options('AUTH', 'authenticate', options);
  const challenge = new Challenge(read);
  const tokenOf = readSource(read);
  const isOptional = read.boolean('optional', false);
  const assertAllowed = readOwnRule(read, challenge, isOptional);
  return { challenge, tokenOf, isOptional, assertAllowed, verifier: chooseVerifier(read) };
}

/** @param {Settings} settings @param {Request} req @returns {Promise<void> | undefined} a promise only if keys must be fetched */
function judge(settings, req) {
  const token = settings.tokenOf(req);
  if (token === undefined || token === null) {
    if (settings.isOptional) return undefined;
    throw new PortcullisError('ERR_AUTH_MISSING', 'the request has no bearer token');
  }
  let claims;
  try {
    claims = settings.verifier.verify(token);
  } catch (error) {
    return judgeLater(settings, req, token, error);
  }
  admit(settings, req, token, claims);
}

/** Fetches keys, if that may fix the error. @param {Settings} settings @param {Request} req @param {string} token @param {unknown} error */
function judgeLater(settings, req, token, error) {
  const { verifier } = settings;
  const code = /** @type {{ code?: string } | undefined} */ (error)?.code;
  if (verifier.isRemote !== true || !CURABLE.has(code ?? '') || verifier.verifyAsync === undefined) throw error;
  return Promise.resolve(verifier.verifyAsync(token)).then((claims) => admit(settings, req, token, claims));
}

/** @param {Settings} settings @param {Request} req @param {string} token @param {unknown} claims */
function admit({ assertAllowed }, req, token, claims) {
  req.auth = { token, claims: checkedClaims(claims) };
  assertAllowed?.(req.auth.claims, req);
}

/**
 * next() runs on the next tick: what it throws must not reject this promise and lead to a second next().
 * @param {Promise<void>} late @param {InstanceType<typeof Challenge>} challenge @param {Next} next
 */
function finishLater(late, challenge, next) {
  late.then(
    () => process.nextTick(next),
    (failure) => process.nextTick(next, challenge.explain(failure)),
  );
}

/** @param {OptionReader} read @param {InstanceType<typeof Challenge>} challenge @param {boolean} isOptional */
function readOwnRule(read, challenge, isOptional) {
  const rule = read.raw('authorize', { defined: true });
  if (rule === undefined) return undefined;
  if (isOptional) {
    throw read.conflict('authorize', 'cannot be used with `optional: true`: a request without a token has no claims');
  }
  return readRule(read.inside('authorize'), challenge);
}

/** The given verifier, or one made of the options beside this function's own. @param {OptionReader} read @returns {Verifier} */
function chooseVerifier(read) {
  const verifier = read.raw('verifier', { defined: true });
  if (verifier === undefined) return readVerifier(read, ', or `verifier`');
  if (typeof verifier?.verify !== 'function') throw read.wrong('verifier', 'a verifier made by createVerifier()');
  read.done('with `verifier`, pass what tokens must hold to createVerifier()');
  return verifier;
}

/**
 * A verifier of the app may return anything. A promise, or nothing, must not pass for verified claims.
 * @param {unknown} claims @returns {Claims}
 */
function checkedClaims(claims) {
  const isLate = discardPromise(claims);
  if (!isLate && claims !== null && typeof claims === 'object') return /** @type {Claims} */ (claims);
  throw misuse(
    'ERR_AUTH_OPTION',
    'authenticate: verify() of "verifier" must return the claims, not a promise, or throw',
  );
}

module.exports = { authenticate };
