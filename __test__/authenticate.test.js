'use strict';

const assert = require('node:assert');
const { describe, it } = require('node:test');

const { authenticate, authorize, createSigner, createVerifier, errorHandler } = require('portcullis');

const apps = require('./apps');
const { request } = require('./request');

const KEY = 'a secret for tests, 64 bytes long, as many as HS512 asks for....';
const POLICY = { key: KEY, issuer: 'https://issuer.example', audience: 'api' };
const signer = createSigner({ ...POLICY, expiresInSeconds: 60 });
const token = signer.sign({ sub: 'user-1', roles: ['editor'], scope: 'read write' });
const bearer = { Authorization: `Bearer ${token}` };

/** An app with one route behind the given middlewares, which shows what it was told. */
function appOf(express, ...middlewares) {
  const app = express();
  const errors = [];
  app.get('/', ...middlewares, (req, res) => res.json(req.auth?.claims ?? null));
  app.use((error, _req, _res, next) => {
    errors.push(error.code);
    next(error);
  });
  app.use(errorHandler({ onError: () => {} }));
  return { app, errors };
}

describe('authenticate', () => {
  for (const [name, express] of apps) {
    it(`lets a good token pass and sets req.auth on ${name}`, async () => {
      const { app } = appOf(express, authenticate(POLICY));
      for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
        const answer = await request(app, { headers: { Authorization: `${scheme} ${token}` } });
        assert.strictEqual(answer.status, 200);
        assert.strictEqual(answer.json().sub, 'user-1');
      }
    });

    const UNAUTHENTICATED = {
      'no header': {},
      'another scheme': { Authorization: 'Basic dXNlcjpwYXNz' },
      'a scheme without a token': { Authorization: 'Bearer' },
      'a scheme with a space alone': { Authorization: 'Bearer ' },
      'two spaces': { Authorization: `Bearer  ${token}` },
      'two tokens in one header': { Authorization: `Bearer ${token} ${token}` },
      'two tokens with a comma': { Authorization: `Bearer ${token}, Bearer ${token}` },
      'the token alone': { Authorization: token },
    };
    for (const [what, headers] of Object.entries(UNAUTHENTICATED)) {
      it(`refuses ${what} on ${name}`, async () => {
        const { app, errors } = appOf(express, authenticate(POLICY));
        const answer = await request(app, { headers });
        assert.strictEqual(answer.status, 401);
        assert.strictEqual(answer.headers['www-authenticate'], 'Bearer');
        assert.deepStrictEqual(errors, ['ERR_JWT_MISSING']);
      });
    }

    it(`answers every bad token alike on ${name}`, async () => {
      const { app, errors } = appOf(express, authenticate(POLICY));
      const [head, body, tail] = token.split('.');
      const bad = [
        `${head}.${body}.AAAA`,
        `${head}.${body}`,
        signer.sign({ exp: 1 }),
        signer.sign({ aud: 'other' }),
        signer.sign({ iss: 'https://evil.example' }),
        `${head}.${body}.${tail}${'A'.repeat(9000)}`,
      ];
      const answers = [];
      for (const one of bad) answers.push(await request(app, { headers: { Authorization: `Bearer ${one}` } }));
      for (const answer of answers) {
        assert.strictEqual(answer.status, 401);
        assert.strictEqual(answer.headers['www-authenticate'], 'Bearer error="invalid_token"');
        assert.strictEqual(answer.text, answers[0].text);
      }
      assert.deepStrictEqual(errors, [
        'ERR_JWT_SIGNATURE',
        'ERR_JWT_MALFORMED',
        'ERR_JWT_EXPIRED',
        'ERR_JWT_AUDIENCE',
        'ERR_JWT_ISSUER',
        'ERR_JWT_TOO_LARGE',
      ]);
    });

    it(`refuses two Authorization headers on ${name}`, async () => {
      const { app, errors } = appOf(express, authenticate(POLICY));
      const headers = [
        ['Authorization', `Bearer ${token}`],
        ['authorization', `Bearer ${token}`],
      ];
      assert.strictEqual((await request(app, { headers })).status, 400);
      assert.deepStrictEqual(errors, ['ERR_JWT_REQUEST']);
    });

    it(`lets a request without a token pass where it is optional, and no bad one, on ${name}`, async () => {
      const { app } = appOf(express, authenticate({ ...POLICY, optional: true }));
      assert.strictEqual((await request(app)).json(), null);
      assert.strictEqual((await request(app, { headers: bearer })).json().sub, 'user-1');
      assert.strictEqual((await request(app, { headers: { Authorization: 'Bearer x.y.z' } })).status, 401);
    });

    it(`takes the token from getToken on ${name}`, async () => {
      const getToken = (req) => req.headers['x-token'];
      const { app } = appOf(express, authenticate({ verifier: createVerifier(POLICY), getToken }));
      assert.strictEqual((await request(app, { headers: { 'X-Token': token } })).status, 200);
      assert.strictEqual((await request(app, { headers: bearer })).status, 401);
    });

    it(`passes what getToken throws to the error handler on ${name}`, async () => {
      const getToken = () => {
        throw new Error('broken');
      };
      const { app } = appOf(express, authenticate({ ...POLICY, getToken }));
      assert.strictEqual((await request(app)).status, 500);
    });

    const AUTHORIZED = [
      [{ roles: ['editor'] }, 200],
      [{ roles: ['admin', 'editor'] }, 200],
      [{ roles: ['admin'] }, 403],
      [{ scopes: ['read'] }, 200],
      [{ scopes: ['read', 'write'] }, 200],
      [{ scopes: ['read', 'delete'] }, 403],
      [{ roles: ['editor'], scopes: ['delete'] }, 403],
      [{ check: (claims) => claims.sub === 'user-1' }, 200],
      [{ check: () => false }, 403],
      [{ check: () => 'yes' }, 403],
      [{ check: async () => true }, 403],
    ];
    for (const [options, status] of AUTHORIZED) {
      const said = JSON.stringify(options, (_key, value) => (typeof value === 'function' ? String(value) : value));
      it(`answers ${status} to ${said} on ${name}`, async () => {
        const { app } = appOf(express, authenticate(POLICY), authorize(options));
        assert.strictEqual((await request(app, { headers: bearer })).status, status);
      });
    }

    it(`refuses whoever was not authenticated on ${name}`, async () => {
      const { app, errors } = appOf(express, authorize({ roles: ['editor'] }));
      assert.strictEqual((await request(app, { headers: bearer })).status, 401);
      assert.deepStrictEqual(errors, ['ERR_JWT_MISSING']);
    });

    it(`takes no role from a string or a prototype on ${name}`, async () => {
      const { app } = appOf(express, authenticate(POLICY), authorize({ roles: ['admin'] }));
      for (const roles of ['admin', 'superadmin', { admin: true }, { 0: 'admin', length: 1 }]) {
        const claims = signer.sign({ roles });
        assert.strictEqual((await request(app, { headers: { Authorization: `Bearer ${claims}` } })).status, 403);
      }
    });
  }

  const REFUSED_OPTIONS = {
    'no options': undefined,
    'options that are null': null,
    'no key': {},
    'a short key': { key: 'secret' },
    'a verifier that is none': { verifier: {} },
    'a verifier and a policy': { verifier: createVerifier(POLICY), issuer: 'x' },
    'a misspelt option': { ...POLICY, optionnal: true },
    'optional that is a string': { ...POLICY, optional: 'yes' },
    'getToken that is a string': { ...POLICY, getToken: 'x-token' },
  };
  for (const [what, options] of Object.entries(REFUSED_OPTIONS)) {
    it(`refuses to be made with ${what}`, () => {
      assert.throws(() => authenticate(options), { code: /^ERR_JWT_(OPTION|KEY)$/ });
    });
  }

  const REFUSED_RULES = {
    'no options': undefined,
    'no rule': {},
    'roles that are a string': { roles: 'admin' },
    'no roles': { roles: [] },
    'roles that are undefined': { roles: undefined },
    'an empty role': { roles: [''] },
    'scopes with a number': { scopes: [5] },
    'a check that is true': { check: true },
    'a misspelt rule': { role: ['admin'] },
  };
  for (const [what, options] of Object.entries(REFUSED_RULES)) {
    it(`refuses authorize with ${what}`, () => {
      assert.throws(() => authorize(options), { name: 'TypeError', code: 'ERR_JWT_OPTION' });
    });
  }
});
