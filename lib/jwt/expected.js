// @ts-check
'use strict';

// What differs from call to call, and can therefore be no part of a prepared policy.

const { PortcullisError, misuse } = require('../support/errors');
const { isPlain, show } = require('../support/options/given');
const { hintsOf } = require('../support/options/hints');
const { unknownOption } = require('../support/options/names');

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
      `verify: the second argument must be an object of expected claims such as { nonce }, not ${show(expected)}; pass keys and options to createVerifier(), and use no callback`,
    );
  }
  for (const name of Object.keys(expected)) {
    if (!Object.hasOwn(EXPECTATIONS, name)) {
      const reason = unknownOption(name, Object.keys(EXPECTATIONS), '', hintsOf('verify').get(name));
      throw misuse('ERR_JWT_OPTION', `verify: ${reason}`);
    }
    const expectation = EXPECTATIONS[/** @type {keyof Expected} */ (name)];
    const value = expected[/** @type {keyof Expected} */ (name)];
    if (value === undefined) {
      throw misuse('ERR_JWT_OPTION', `verify: \`${name}\` is undefined: to do without it, remove it`);
    }
    if (typeof value !== 'string' || value === '') {
      throw misuse('ERR_JWT_OPTION', `verify: option "${name}" must be a non-empty string, not ${show(value)}`);
    }
    const [claim, code] = expectation;
    if (!Object.hasOwn(claims, claim))
      throw new PortcullisError('ERR_JWT_CLAIM_MISSING', `the claim "${claim}" is missing`, { claim });
    if (claims[claim] !== value)
      throw new PortcullisError(code, `the claim "${claim}" is not the expected one`, { claim });
  }
  return claims;
}

module.exports = { judgeExpected };
