'use strict';

// Options that would weaken a policy are refused when the verifier is made.

const assert = require('node:assert');
const { describe, it } = require('node:test');
const { createSigner, createVerifier } = require('portcullis');
const { SECRET } = require('../support/forge');
const { NOW, VERIFIERS, clock, refuses, refusesOption, withPayload } = require('../support/attack');

describe('jwt options: what would weaken a policy', () => {
  const make = (options) => () => createVerifier({ key: SECRET, ...options });

  for (const value of [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -1,
    301,
    '5',
    '',
    null,
    true,
    [5],
    5n,
  ]) {
    it(`refuses a tolerance of ${typeof value} ${String(value)}`, () =>
      refusesOption(make({ clockToleranceSeconds: value })));
  }
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, 0, '5', null, true, {}]) {
    it(`refuses a greatest age of ${typeof value} ${String(value)}`, () =>
      refusesOption(make({ maxAgeSeconds: value })));
  }
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1.5, '5', null, 2 ** 40]) {
    it(`refuses a size of ${typeof value} ${String(value)}`, () => {
      refusesOption(make({ maxTokenBytes: value }));
      refusesOption(make({ maxHeaderBytes: value }));
    });
  }
  const LISTS = ['issuer', 'audience', 'subject', 'jwtId', 'nonce', 'typ', 'requiredClaims', 'algorithms'];
  for (const name of LISTS) {
    it(`refuses ${name} that is undefined, null, empty, of another type, or has such a member`, () => {
      for (const value of [
        undefined,
        null,
        '',
        5,
        true,
        {},
        [],
        [undefined],
        [null],
        [''],
        [5],
        new Array(1),
        [['a']],
        '\ud800',
      ]) {
        refusesOption(make({ [name]: value }), /^ERR_JWT_(OPTION|KEY_ALGORITHM)$/);
      }
    });
  }

  const PATTERNS = {
    'with the flag g': /^api$/g,
    'with the flag y': /^api$/y,
    'with the flags g and y': /^api$/gy,
    'with the flag i': /^api$/i,
    'with the flag m': /^api$/m,
    'with the flag s': /^api.$/s,
    'without anchors': /api/,
    'without an end': /^api/,
    'without a beginning': /api$/,
    'whose end is escaped': /^api\$/,
    'with a look-ahead': /^(?=a)api$/,
    'with a negative look-ahead': /^(?!evil)[a-z]+$/,
    'with a look-behind': /^api(?<=i)$/,
    'with a back reference': /^(a)\1$/,
    'with a named group': /^(?<name>a)$/,
    'with a word boundary': /^api\b$/,
    'with a class of Unicode': /^\p{L}+$/u,
    'with a counted repetition that explodes': /^(?:(?:a{1000}){1000}){1000}$/,
  };
  for (const [name, pattern] of Object.entries(PATTERNS)) {
    it(`refuses a pattern ${name}`, () => {
      for (const option of ['issuer', 'audience', 'subject', 'jwtId', 'nonce'])
        refusesOption(make({ [option]: pattern }));
      refusesOption(make({ audience: ['right', pattern] }));
    });
  }

  it('lets alternatives not escape their anchors', () => {
    const verifier = createVerifier({ key: SECRET, audience: /^api|admin$/, clock });
    for (const aud of ['api-evil', 'evil-admin']) refuses(verifier, withPayload({ aud })('HS256'), 'ERR_JWT_AUDIENCE');
  });

  it('matches a missing claim with no pattern', () => {
    for (const audience of [/^undefined$/, /^[a-z]*$/, /^(?:undefined|null)$/]) {
      const verifier = createVerifier({ key: SECRET, audience, clock });
      refuses(verifier, withPayload({})('HS256'), 'ERR_JWT_CLAIM_MISSING');
      refuses(verifier, withPayload({ aud: null })('HS256'), 'ERR_JWT_CLAIM_TYPE');
    }
  });

  it('judges every call alike with one pattern', () => {
    const verifier = createVerifier({ key: SECRET, audience: /^api$/, cache: false, clock });
    for (let call = 0; call < 4; call++) assert.ok(verifier.verify(withPayload({ aud: 'api' })('HS256')));
  });

  for (const pattern of [/^(a+)+$/, /^(a|a)*$/, /^(?:a*)*b$/, /^([a-z]+)*$/, /^(a|aa)+$/]) {
    it(`judges 4,000 characters in linear time: ${pattern}`, () => {
      const verifier = createVerifier({ key: SECRET, audience: pattern, cache: false, clock });
      const token = withPayload({ aud: `${'a'.repeat(4000)}!` })('HS256');
      const start = performance.now();
      refuses(verifier, token, 'ERR_JWT_AUDIENCE');
      assert.ok(performance.now() - start < 100);
    });
  }

  it('refuses options that nobody knows, and reads none from a prototype', (t) => {
    for (const name of ['ignoreExpiration', 'audiance', 'complete', 'secret', '__proto__x'])
      refusesOption(make({ [name]: 1 }));
    t.after(() => delete Object.prototype.clockToleranceSeconds);
    Object.prototype.clockToleranceSeconds = 300;
    const verifier = createVerifier({ key: SECRET, clock });
    refuses(verifier, withPayload({ exp: NOW - 1 })('HS256'), 'ERR_JWT_EXPIRED');
  });

  it('takes no change of the options after set-up', () => {
    const options = { key: SECRET, audience: ['api'], algorithms: ['HS256'], clock };
    const verifier = createVerifier(options);
    options.audience.push('evil');
    options.algorithms.push('HS512');
    refuses(verifier, withPayload({ aud: 'evil' })('HS256'), 'ERR_JWT_AUDIENCE');
    refuses(verifier, withPayload({ aud: 'api' })('HS512'), 'ERR_JWT_ALGORITHM');
    const bytes = Buffer.from(SECRET);
    const signer = createSigner({ key: bytes });
    bytes.fill(0);
    assert.ok(VERIFIERS.HS256.verify(signer.sign({ exp: NOW + 1 })));
  });
});
