'use strict';

// Proof of possession (DPoP, RFC 9449). It is not offered, so nothing is accepted under its scheme,
// good proof or bad: a proof that nobody checks must not be what a request is let in for. And a proof is no access token.

const assert = require('node:assert');
const { createHash, randomUUID } = require('node:crypto');
const { describe, it } = require('node:test');

const { authenticate, createVerifier, errorHandler } = require('portcullis');

const apps = require('../support/apps');
const { PAIRS, SECRET, forge } = require('../support/forge');
const { request } = require('../support/request');

const now = () => Math.floor(Date.now() / 1000);
const hash = (text) => createHash('sha256').update(text).digest('base64url');
const { publicKey, privateKey } = PAIRS.p256;
const [publicJwk, privateJwk] = [publicKey, privateKey].map((key) => key.export({ format: 'jwk' }));
const TOKEN = forge({ alg: 'HS256' }, { sub: 'ada', exp: now() + 60 }, 'HS256');
const URL = 'http://127.0.0.1/';

/** @param {object} [changes] of the proof's claims @param {object} [header] */
const proof = (changes, header) =>
  forge(
    { typ: 'dpop+jwt', alg: 'ES256', jwk: publicJwk, ...header },
    { jti: randomUUID(), htm: 'GET', htu: URL, iat: now(), ath: hash(TOKEN), ...changes },
    'ES256',
  );

const REUSED = proof({ jti: 'again' });
const PROOFS = {
  'a right proof': [proof()],
  'a reused jti': [REUSED, REUSED],
  'a wrong htu': [proof({ htu: 'http://evil.example/' })],
  'a wrong htm': [proof({ htm: 'POST' })],
  'a wrong ath': [proof({ ath: hash('another') })],
  'a Host that agrees with a wrong htu': [proof({ htu: 'http://evil.example/' }), undefined, 'evil.example'],
  'a private jwk in the proof': [proof({}, { jwk: privateJwk })],
};

describe('auth: proof of possession (DPoP)', () => {
  for (const [name, express] of apps) {
    const ask = (headers) => {
      const app = express();
      app.use(authenticate({ key: SECRET }));
      app.use((_req, res) => res.json({}));
      app.use(errorHandler({ onError: () => {} }));
      return request(app, { headers });
    };

    for (const [what, [first, second, host]] of Object.entries(PROOFS)) {
      it(`rejects a token under the scheme DPoP with ${what}, on ${name}`, async () => {
        const headers = { Authorization: `DPoP ${TOKEN}`, ...(host && { Host: host }) };
        for (const one of [first, second ?? first]) {
          const answer = await ask({ ...headers, DPoP: one });
          assert.strictEqual(answer.status, 401);
          assert.match(answer.headers['www-authenticate'], /^Bearer/);
        }
        assert.strictEqual((await ask({ ...headers, Authorization: `Bearer ${TOKEN}` })).status, 200);
      });
    }

    it(`rejects a proof in the place of a token, on ${name}`, async () => {
      assert.strictEqual((await ask({ Authorization: `Bearer ${proof()}` })).status, 401);
    });
  }

  it('never takes the key that a proof brings along', () => {
    const verifier = createVerifier({ key: PAIRS.rsa.publicKey, algorithms: ['RS256', 'PS256'] });
    const other = createVerifier({ keys: [{ ...PAIRS.p384.publicKey.export({ format: 'jwk' }), kid: 'a' }] });
    for (const one of [proof(), proof({}, { jwk: privateJwk, kid: 'a' })]) {
      assert.throws(() => verifier.verify(one), { code: 'ERR_JWT_ALGORITHM' });
      assert.throws(() => other.verify(one), { code: 'ERR_JWT_ALGORITHM' });
    }
  });
});
