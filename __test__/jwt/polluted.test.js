'use strict';

// What a prototype that somebody polluted may not do to tokens.

const assert = require('node:assert/strict');
const { afterEach, describe, it } = require('node:test');

const { authorize, createSigner, createVerifier, decode } = require('portcullis');

const KEY = 'a secret for tests with at least 32 bytes';
const signer = createSigner({ key: KEY, expiresInSeconds: 60 });

describe('jwt with a polluted prototype', () => {
  afterEach(() => {
    for (const name of ['exp', 'list', 'auth']) delete Object.prototype[name];
  });

  it('signs no token without an end', () => {
    for (const exp of [2_000_000_000, 9e15, null]) {
      Object.prototype.exp = exp;
      const { payload } = decode(signer.sign({ sub: 'ada' }));
      assert.equal(Object.hasOwn(payload, 'exp') && payload.exp, payload.iat + 60);
    }
  });

  it('freezes claims and nothing else', () => {
    const lent = { deep: {} };
    Object.prototype.list = lent;
    const claims = createVerifier({ key: KEY }).verify(signer.sign({ roles: [{ name: 'editor' }] }));
    assert.ok(Object.isFrozen(claims.roles[0]));
    assert.ok(!Object.isFrozen(lent));
  });

  it('takes no request for authenticated', () => {
    Object.prototype.auth = { claims: { roles: ['admin'] } };
    let failure;
    authorize({ roles: ['admin'] })({ headers: {} }, {}, (error) => {
      failure = error;
    });
    assert.equal(failure?.code, 'ERR_AUTH_MISSING');
  });
});
