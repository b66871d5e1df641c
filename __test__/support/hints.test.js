'use strict';

// Walks the table of hints: every name is really unknown to its function, every call throws the hint, and every option and
// function that a hint names exists.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const portcullis = require('portcullis');
const { HINTS } = require('../../lib/support/options/hints');

const { KEY, callOf, optionsOf } = require('./option-calls');

const CLIENT = { call() {}, status: 'connecting', duplicate() {}, on() {} };

/** The names of all functions: exports, methods of what they make, and Express's own. */
const FUNCTIONS = new Set([...Object.keys(portcullis), ...['sign', 'verify', 'hash', 'consume', 'block']]);

/** The message for a name. @param {string} owner @param {string} name */
function messageFor(owner, name) {
  try {
    callOf(owner)({ [name]: 1 });
  } catch (error) {
    assert.match(error.code, /^ERR_[A-Z_]+_(OPTION|CLAIMS)$/);
    return error.message;
  }
  throw new Error(`${owner} accepts "${name}"`);
}

/** How messages name the function. @param {string} owner */
function labelOf(owner) {
  const [name] = owner.split(':');
  return name === 'input' ? 'harden input' : name;
}

/** In a cure for `sign`, options are those of createSigner; in "pass `x` to f()" and "use rateLimit()", those of f. */
function namedOptions(owner, cure) {
  const at =
    owner === 'sign' || (owner !== 'createSigner' && cure.includes('to createSigner()')) ? 'createSigner' : owner;
  const names = [...cure.matchAll(/`([^`]+)`|use "(\w+)"/g)].map(([, code, name]) => code ?? name);
  return names.map((code) => [at, code]);
}

describe('hints', () => {
  for (const [owner, hints] of HINTS) {
    it(`suggests a cure for each name of another package in ${owner}`, () => {
      for (const [name, cure] of hints) {
        const isClaim = owner === 'sign';
        const wrong = isClaim ? `"${name}" is not a claim` : `unknown option "${pathOf(owner)}${name}"`;
        assert.equal(messageFor(owner, name), `${labelOf(owner)}: ${wrong}; ${cure}`);
      }
    });

    it(`names only options and functions that exist in the cures of ${owner}`, () => {
      for (const cure of new Set(hints.values())) {
        for (const [at, code] of namedOptions(owner, cure)) {
          const [first] = /^\w+/.exec(code) ?? [''];
          assert.ok(optionsOf(at).includes(`${pathOf(at)}${first}`), `${at} has no option "${first}": ${cure}`);
        }
        for (const [, name] of cure.matchAll(/(\w+)\(\)/g)) {
          assert.ok(FUNCTIONS.has(name), `there is no function ${name}(): ${cure}`);
        }
      }
    });
  }

  it('has methods of the names that cures mention', () => {
    const limiter = portcullis.createLimiter({ limit: 1, windowMs: 1000 });
    const passwords = portcullis.createPasswords();
    const signer = portcullis.createSigner({ key: KEY });
    const verifier = portcullis.createVerifier({ key: KEY });
    for (const method of [limiter.consume, limiter.block, passwords.hash, signer.sign, verifier.verify]) {
      assert.equal(typeof method, 'function');
    }
    passwords.close();
  });

  const REQUIRED = [
    ['authenticate', 'credentialsRequired', 'authenticate: unknown option "credentialsRequired"; use `optional: true`'],
    ['rateLimit', 'points', 'rateLimit: unknown option "points"; use "limit" (requests per window)'],
    ['createVerifier', 'algorithm', 'createVerifier: unknown option "algorithm"; did you mean "algorithms"?'],
    ['createSigner', 'algorithms', 'createSigner: unknown option "algorithms"; did you mean "algorithm"?'],
    ['createSigner', 'keyID', 'createSigner: unknown option "keyID"; did you mean "keyId"?'],
    ['rateLimit', 'windowMS', 'rateLimit: unknown option "windowMS"; did you mean "windowMs"?'],
    ['json', 'depth', 'json: unknown option "depth"; did you mean "maxDepth"?'],
    ['cors', 'orgin', 'cors: unknown option "orgin"; did you mean "origin"?'],
    ['authorize', 'scope', 'authorize: unknown option "scope"; did you mean "scopes"?'],
    [
      'errorHandler',
      'xyz',
      'errorHandler: unknown option "xyz"; known options: format, mapError, onError, trustStatus',
    ],
  ];
  for (const [owner, name, message] of REQUIRED) {
    it(`rejects "${name}" in ${owner} with one sentence`, () => assert.equal(messageFor(owner, name), message));
  }

  it('has the hints of a member in harden', () => {
    assert.throws(() => portcullis.harden({ csrf: { ignoreMethods: [] } }), {
      message: 'harden csrf: unknown option "ignoreMethods"; remove it: GET, HEAD and OPTIONS always pass',
    });
    assert.throws(() => portcullis.harden({ rateLimit: { points: 5 } }), {
      message: 'rateLimit: unknown option "points"; use "limit" (requests per window)',
    });
  });

  it('reports a required option given under the name of another package as that', () => {
    assert.throws(() => portcullis.createVerifier({ secret: KEY }), {
      message: 'createVerifier: unknown option "secret"; use `key`',
    });
    assert.throws(() => portcullis.authenticate({ secret: KEY, algorithms: ['HS256'] }), {
      code: 'ERR_AUTH_OPTION',
      message: 'authenticate: unknown option "secret"; use `key`',
    });
    assert.throws(() => portcullis.createLimiter({ points: 5, duration: 1 }), {
      message: 'createLimiter: unknown option "points"; use "limit" (requests per window)',
    });
    assert.throws(() => new portcullis.RedisStore({ clinet: CLIENT }), {
      message: 'RedisStore: unknown option "clinet"; did you mean "client"?',
    });
  });
});

/** @param {string} owner */
function pathOf(owner) {
  const [, option] = owner.split(': ');
  return option === undefined ? '' : `${option}.`;
}
