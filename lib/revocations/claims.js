// @ts-check
'use strict';

// revoke() and isRevoked() take claims.

const { misuse } = require('../support/errors');
const { show } = require('../support/options/given');
const { isPromise } = require('../support/promise');

/**
 * A token or a bare `jti` instead of claims has no members to look up, and would never count as revoked.
 * @param {string} owner @param {unknown} claims
 */
function assertClaims(owner, claims) {
  const value = /** @type {{ token?: unknown, claims?: unknown } | null | undefined} */ (claims);
  const isAuth = typeof value?.token === 'string' && typeof value.claims === 'object';
  if (value !== null && typeof value === 'object' && !isAuth && !isPromise(claims)) return;
  const given = isAuth ? '{ token, claims }' : show(claims);
  throw misuse(
    'ERR_REVOCATIONS_TARGET',
    `${owner}: the argument must be the claims of a verified token, as in req.auth.claims, not ${given}`,
  );
}

/**
 * What identifies one token, and when it expires.
 * @param {object} claims @returns {{ jti: string, exp: number | undefined }}
 */
function readToken(claims) {
  assertClaims('revoke', claims);
  const { jti, exp } = /** @type {{ jti?: unknown, exp?: unknown }} */ ({ __proto__: null, ...claims });
  if (typeof jti !== 'string' || jti === '') {
    throw misuse(
      'ERR_REVOCATIONS_TARGET',
      'revoke: the claims have no "jti", which identifies a token; sign tokens with `jti: crypto.randomUUID()`, ' +
        'or use revokeSubject() or revokeSession()',
    );
  }
  if (exp !== undefined && !(typeof exp === 'number' && Number.isFinite(exp))) {
    throw misuse('ERR_REVOCATIONS_TARGET', 'revoke: the claim "exp" must be a finite number of seconds, or absent');
  }
  return { jti, exp };
}

module.exports = { assertClaims, readToken };
