'use strict';

// Where a token is at fault as text, its signature is right for that very text, so that nothing but the fault is refused.

const assert = require('node:assert');
const { describe, it } = require('node:test');
const { createVerifier } = require('portcullis');
const { SECRET, encode, forge } = require('../support/forge');
const { CLAIMS, VERIFIERS, clock, everywhere, refuses, signed, withHeader } = require('../support/attack');

describe('jwt header: critical extensions', () => {
  const CRITICAL = {
    'an unknown extension': { crit: ['exp2'], exp2: 1 },
    'an empty list': { crit: [] },
    null: { crit: null },
    'a text': { crit: 'exp' },
    'an object': { crit: {} },
    false: { crit: false },
    'an extension twice': { crit: ['x', 'x'], x: 1 },
    'a registered name': { crit: ['alg'] },
    'a name that is listed but absent': { crit: ['absent'] },
    'a number in the list': { crit: [1] },
    b64: { crit: ['b64'], b64: false },
    'b64 that is true': { crit: ['b64'], b64: true },
  };
  for (const [name, members] of Object.entries(CRITICAL)) {
    it(`rejects crit: ${name}`, () => {
      everywhere((algorithm, verifier) => {
        refuses(verifier, withHeader(members)(algorithm), 'ERR_JWT_CRITICAL');
        assert.throws(() => verifier.verifyJws(withHeader(members)(algorithm)), { code: 'ERR_JWT_CRITICAL' });
      });
    });
  }

  it('rejects crit whose name is written with an escape, and crit twice', () => {
    everywhere((algorithm, verifier) => {
      const escaped = `{"alg":"${algorithm}","\\u0063rit":["x"],"x":1}`;
      refuses(verifier, forge(escaped, CLAIMS, algorithm), 'ERR_JWT_CRITICAL');
      const twice = `{"alg":"${algorithm}","crit":["x"],"crit":["y"]}`;
      refuses(verifier, forge(twice, CLAIMS, algorithm), 'ERR_JWT_MALFORMED');
    });
  });
});

describe('jwt header: how the payload would be read', () => {
  for (const [name, members] of Object.entries({
    'b64: false without crit': { b64: false },
    'b64: true': { b64: true },
    'b64 of another type': { b64: 'false' },
    zip: { zip: 'DEF' },
    'zip that is null': { zip: null },
  })) {
    it(`rejects ${name}`, () => {
      everywhere((algorithm, verifier) => refuses(verifier, withHeader(members)(algorithm), 'ERR_JWT_CRITICAL'));
    });
  }

  it('rejects a payload that is not encoded', () => {
    everywhere((algorithm, verifier) => {
      refuses(verifier, signed(encode({ alg: algorithm }), JSON.stringify(CLAIMS), algorithm), 'ERR_JWT_MALFORMED');
    });
  });

  const typed = createVerifier({ key: SECRET, typ: 'at+jwt', clock });
  for (const [name, members] of Object.entries({
    'another typ': { typ: 'JWT' },
    'no typ': {},
    'an empty typ': { typ: '' },
    'a typ with something behind it': { typ: 'at+jwt; charset=utf-8' },
    'a typ of another tree': { typ: 'text/at+jwt' },
    'a typ with the prefix twice': { typ: 'application/application/at+jwt' },
  })) {
    it(`rejects ${name} where typ is asked for`, () => refuses(typed, withHeader(members)('HS256'), 'ERR_JWT_TYP'));
  }

  it('rejects a typ that is a number, null or a list, asked for or not', () => {
    for (const typ of [5, null, ['at+jwt'], { typ: 'at+jwt' }]) {
      refuses(typed, withHeader({ typ })('HS256'), 'ERR_JWT_MALFORMED');
      refuses(VERIFIERS.HS256, withHeader({ typ })('HS256'), 'ERR_JWT_MALFORMED');
    }
  });

  it('takes application/at+jwt for at+jwt, in any case, and for nothing else', () => {
    for (const typ of ['at+jwt', 'AT+JWT', 'application/at+jwt', 'Application/At+Jwt']) {
      assert.ok(typed.verify(withHeader({ typ })('HS256')));
    }
    const plain = createVerifier({ key: SECRET, typ: 'JWT', clock });
    refuses(plain, withHeader({ typ: 'application/at+jwt' })('HS256'), 'ERR_JWT_TYP');
  });

  it('rejects a token nested in a token', () => {
    everywhere((algorithm, verifier) => {
      const inner = forge({ alg: algorithm }, CLAIMS, algorithm);
      refuses(verifier, forge({ alg: algorithm, cty: 'JWT' }, inner, algorithm), 'ERR_JWT_MALFORMED');
      refuses(verifier, forge({ alg: algorithm, cty: 'JWT' }, JSON.stringify(inner), algorithm), 'ERR_JWT_MALFORMED');
    });
  });
});
