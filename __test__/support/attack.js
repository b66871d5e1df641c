'use strict';

// What the attacks on tokens have in common: a verifier of each algorithm, and forgeries with one flaw each. What a forgery
// is made from passes (jwt/algorithms.test.js proves it), so that nothing but the flaw can be what is refused.

const assert = require('node:assert');

const { createVerifier } = require('portcullis');

const { ALGORITHMS, forge, pairOf, signature } = require('./forge');

const NOW = 1_700_000_000;
const clock = () => NOW * 1000;
const CLAIMS = { sub: 'user-1', iat: NOW };

/** A verifier of each algorithm, with the key that forge signs with. */
const VERIFIERS = Object.fromEntries(
  ALGORITHMS.map((name) => [
    name,
    createVerifier({ key: pairOf(name).publicKey, algorithms: [name], cache: false, clock }),
  ]),
);

function refuses(verifier, token, code, message = `${token}`.slice(0, 300)) {
  assert.throws(() => verifier.verify(token), { name: 'PortcullisError', code, status: 401 }, message);
}

function refusesOption(make, code = /^ERR_JWT_OPTION(_RANGE)?$/) {
  assert.throws(make, (error) => {
    assert.match(error.code, typeof code === 'string' ? new RegExp(`^${code}$`) : code);
    return error instanceof TypeError || error instanceof RangeError;
  });
}

/** Header and payload as they are, in base64url or not, and a signature that is right for them. */
function signed(header, payload, algorithm) {
  const message = `${header}.${payload}`;
  return `${message}.${signature(algorithm, message, pairOf(algorithm).privateKey).toString('base64url')}`;
}

/** The same forgery against every family. */
function everywhere(act) {
  for (const algorithm of ALGORITHMS) act(algorithm, VERIFIERS[algorithm]);
}

const withHeader = (members) => (algorithm) => forge({ alg: algorithm, ...members }, CLAIMS, algorithm);
const withPayload = (payload) => (algorithm) => forge({ alg: algorithm }, payload, algorithm);

module.exports = {
  CLAIMS,
  NOW,
  VERIFIERS,
  clock,
  everywhere,
  refuses,
  refusesOption,
  signed,
  withHeader,
  withPayload,
};
