// @ts-check
'use strict';

// What differs from call to call, and can therefore be no part of a prepared policy.

const { PortcullisError, misuse } = require('../support/errors');
const { isPlain, show } = require('../support/options/given');

/** @typedef {{ nonce?: string, jwtId?: string, subject?: string }} Expected */

/** The claim, and the code of its refusal. @type {Record<keyof Expected, [string, string]>} */
const EXPECTATIONS = {
  nonce: ['nonce', 'ERR_JWT_NONCE'],
  jwtId: ['jti', 'ERR_JWT_ID'],
  subject: ['sub', 'ERR_JWT_SUBJECT'],
};

/** @template {Record<string, any>} C @param {C} claims @param {Expected} expected */
function judgeExpected(claims, expected) {
  if (expected === null || typeof expected !== 'object' || !isPlain(expected)) {
    throw misuse(
      'ERR_JWT_OPTION',
      `verify: takes a token and what is expected of it, such as { nonce }, not ${show(expected)}; keys and options are given to createVerifier, and there is no callback`,
    );
  }
  for (const name of Object.keys(expected)) {
    const expectation = Object.hasOwn(EXPECTATIONS, name)
      ? EXPECTATIONS[/** @type {keyof Expected} */ (name)]
      : undefined;
    const value = expected[/** @type {keyof Expected} */ (name)];
    if (expectation === undefined || typeof value !== 'string' || value === '') {
      throw misuse(
        'ERR_JWT_OPTION',
        `verify: what is expected are texts of "nonce", "jwtId" or "subject", none of them empty; see "${name}"`,
      );
    }
    const [claim, code] = expectation;
    if (!Object.hasOwn(claims, claim))
      throw new PortcullisError('ERR_JWT_CLAIM_MISSING', `the claim "${claim}" is missing`);
    if (claims[claim] !== value)
      throw new PortcullisError(code, `the claim "${claim}" is not the one that is expected`);
  }
  return claims;
}

module.exports = { judgeExpected };
