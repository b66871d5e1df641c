// @ts-check
'use strict';

const { Challenge } = require('./challenge');
const { readRule } = require('./rule');
const { PortcullisError } = require('../support/errors');
const { Options } = require('../support/options');

/**
 * Lets a request pass whose verified claims allow it; runs after authenticate.
 * @param {{ scopes?: string[], roles?: string[], check?: (claims: any, req: any) => boolean, realm?: string }} options
 */
function authorize(options) {
  const read = new Options('AUTH', 'authorize', options);
  const challenge = new Challenge(read);
  const assertAllowed = readRule(read, challenge);

  return function authorize(/** @type {any} */ req, /** @type {any} */ _res, /** @type {any} */ next) {
    try {
      // An own one: what a polluted prototype lends was verified by nobody.
      const claims = Object.hasOwn(req, 'auth') ? req.auth?.claims : undefined;
      if (claims === undefined) throw unauthenticated();
      assertAllowed(claims, req);
    } catch (failure) {
      return next(challenge.explain(failure));
    }
    next();
  };
}

function unauthenticated() {
  return new PortcullisError(
    'ERR_AUTH_MISSING',
    'the request was not authenticated: put authenticate before authorize',
  );
}

module.exports = { authorize };
