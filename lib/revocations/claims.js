// @ts-check
'use strict';

// What is revoked or looked up must be claims.

const { misuse } = require('../support/errors');
const { show } = require('../support/options/given');
const { isPromise } = require('../support/promise');

/**
 * A token or a bare `jti` in place of claims would have nothing to look up, and would seem never to be revoked.
 * @param {string} owner @param {any} claims
 */
function assertClaims(owner, claims) {
  const isAuth = typeof claims?.token === 'string' && typeof claims.claims === 'object';
  if (claims !== null && typeof claims === 'object' && !isAuth && !isPromise(claims)) return;
  const given = isAuth ? '{ token, claims }' : show(claims);
  throw misuse(
    'ERR_REVOCATIONS_TARGET',
    `${owner}: the argument must be the claims of a verified token, as in req.auth.claims, not ${given}`,
  );
}

module.exports = { assertClaims };
