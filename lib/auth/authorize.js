// @ts-check
'use strict';

const { Challenge } = require('./challenge');
const { readRule } = require('./rule');
const { PortcullisError } = require('../support/errors');
const { Options } = require('../support/options');

/** @typedef {import('./source').Request} Request */

/**
 * Lets a request pass if its verified claims allow it; runs after authenticate.
 * @param {unknown} options
 */
function authorize(options) {
  const read = new Options('AUTH', 'authorize', options);
  const challenge = new Challenge(read);
  const assertAllowed = readRule(read, challenge);

  return function authorize(
    /** @type {Request} */ req,
    /** @type {unknown} */ _res,
    /** @type {(error?: unknown) => void} */ next,
  ) {
    try {
      // Only an own property: claims that a polluted prototype adds were never verified.
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
    'the request was not authenticated: put authenticate() before authorize()',
  );
}

module.exports = { authorize };
