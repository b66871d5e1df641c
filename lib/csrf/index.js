// @ts-check
'use strict';

// Refuses requests that another site may have caused (cross-site request forgery). judge.js holds the rule.

const { PortcullisError } = require('../support/errors');
const { Options } = require('../support/options');
const { compileOrigins } = require('../support/origins');
const { pathOf, readExceptions } = require('../support/paths');
const { crossSiteReason } = require('./judge');
const { trustHere } = require('./trust');

/** @typedef {import('./judge').OriginTest} OriginTest */
/** @typedef {import('./judge').Request} Request */

/** @param {unknown} [given] */
function csrf(given) {
  const { isTrusted, refuse } = prepareCsrf(given);
  return function csrf(
    /** @type {Request} */ req,
    /** @type {unknown} */ _res,
    /** @type {(error?: unknown) => void} */ next,
  ) {
    if (isTrusted !== undefined) trustHere(req, isTrusted);
    next(refuse(req));
  };
}

/**
 * The parts of the middleware, for harden(): `refuse` returns the error for a request that must not pass.
 * @param {unknown} given @param {string} [owner] the function that error messages name
 */
function prepareCsrf(given, owner = 'csrf') {
  const options = new Options('CSRF', owner, given);
  const isTrusted = readTrustedOrigins(options);
  const isExempt = readExceptions(options);
  options.done();
  return {
    isTrusted,
    /** @param {Request} req @param {OriginTest} [isAllowed] further origins that are trusted @returns {unknown} */
    refuse(req, isAllowed = never) {
      const reason = crossSiteReason(req, isAllowed);
      if (reason === undefined || isExempt(pathOf(req))) return undefined;
      return new PortcullisError('ERR_CSRF_CROSS_SITE', reason);
    },
  };
}

/** @param {Request} req @param {OriginTest} isTrusted @returns {InstanceType<typeof PortcullisError> | undefined} */
function refuseCrossSite(req, isTrusted) {
  const reason = crossSiteReason(req, isTrusted);
  return reason === undefined ? undefined : new PortcullisError('ERR_CSRF_CROSS_SITE', reason);
}

/**
 * The option `trustedOrigins`. Pages of a trusted origin act for the user, so patterns are held to the strict bounds.
 * @param {InstanceType<typeof Options>} options @returns {OriginTest | undefined} undefined if it was not given
 */
function readTrustedOrigins(options) {
  const given = options.raw('trustedOrigins', { defined: true });
  if (given === undefined) return undefined;
  return compileOrigins(given, (reason) => options.conflict('trustedOrigins', `must be ${reason}`), { isStrict: true });
}

function never() {
  return false;
}

module.exports = { csrf, prepareCsrf, readTrustedOrigins, refuseCrossSite, trustHere };
