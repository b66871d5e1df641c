'use strict';

const assert = require('node:assert');
const { describe, it } = require('node:test');

const { authenticate, authorize, createSigner, createVerifier, errorHandler } = require('portcullis');

const apps = require('../support/apps');
const { request } = require('../support/request');
const { SECRET: KEY } = require('../support/secret');

const POLICY = { key: KEY, issuer: 'https://issuer.example', audience: 'api' };
const signer = createSigner({ ...POLICY, expiresInSeconds: 60 });
const token = signer.sign({ sub: 'user-1', roles: ['editor'], scope: 'read write' });
const bearer = { Authorization: `Bearer ${token}` };

/** An app with one route behind the given middlewares, which shows what it was told. */
function appOf(express, ...middlewares) {
  const app = express();
  const errors = [];
  app.all('/', ...middlewares, (req, res) => res.json(req.auth?.claims ?? null));
  app.use((error, _req, _res, next) => {
    errors.push(error.code);
    next(error);
  });
  app.use(errorHandler({ onError: () => {} }));
  return { app, errors };
}

describe('authenticate', () => {
  for (const [name, express] of apps) {
    it(`accepts a valid token and sets req.auth on ${name}`, async () => {
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
        assert.deepStrictEqual(errors, ['ERR_AUTH_MISSING']);
      });
    }

    it(`sends the same response for every invalid token on ${name}`, async () => {
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
      assert.deepStrictEqual(errors, ['ERR_AUTH_REQUEST']);
    });

    it(`accepts a request without a token if it is optional, but no invalid token, on ${name}`, async () => {
      const { app } = appOf(express, authenticate({ ...POLICY, optional: true }));
      assert.strictEqual((await request(app)).json(), null);
      assert.strictEqual((await request(app, { headers: bearer })).json().sub, 'user-1');
      assert.strictEqual((await request(app, { headers: { Authorization: 'Bearer x.y.z' } })).status, 401);
    });

    it(`reads the token from getToken on ${name}`, async () => {
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

    const AMBIGUOUS = {
      'two headers of one spelling': {
        headers: [
          ['Authorization', `Bearer ${token}`],
          ['Authorization', `Bearer ${token}`],
        ],
      },
      'a Basic header before the token': {
        headers: [
          ['Authorization', 'Basic eA=='],
          ['authorization', `Bearer ${token}`],
        ],
      },
      'a token in the query too': { path: `/?access_token=${token}`, headers: bearer },
      'a token in the query under an encoded name': { path: `/?a=1&%61ccess_token=x`, headers: bearer },
      'an empty token in the query too': { path: '/?access_token', headers: bearer },
      'header, query and body together': {
        method: 'POST',
        path: `/?access_token=${token}`,
        headers: { ...bearer, 'Content-Type': 'application/x-www-form-urlencoded' },
        body: `access_token=${token}`,
      },
      'a token in a parsed form too': {
        method: 'POST',
        headers: { ...bearer, 'Content-Type': 'Application/X-WWW-Form-Urlencoded' },
        body: `access_token=${token}`,
      },
    };
    for (const [what, init] of Object.entries(AMBIGUOUS)) {
      it(`responds with 400 to ${what} on ${name}`, async () => {
        const { app, errors } = appOf(express, express.urlencoded({ extended: false }), authenticate(POLICY));
        const answer = await request(app, init);
        assert.deepStrictEqual([answer.status, errors], [400, ['ERR_AUTH_REQUEST']]);
        assert.strictEqual(answer.headers['www-authenticate'], 'Bearer error="invalid_request"');
      });
    }

    it(`leaves other queries and bodies alone on ${name}`, async () => {
      const { app } = appOf(express, express.json(), authenticate(POLICY));
      for (const path of ['/?a=1', '/?a=%20', '/?xaccess_token=1', '/?q=access_token']) {
        assert.strictEqual((await request(app, { path, headers: bearer })).status, 200);
      }
      const init = { method: 'POST', body: '{"access_token":"of another service"}' };
      const headers = { ...bearer, 'Content-Type': 'application/json' };
      assert.strictEqual((await request(app, { ...init, headers })).status, 200);
    });

    it(`reads no token from query, body or cookie on ${name}`, async () => {
      const { app, errors } = appOf(express, express.urlencoded({ extended: false }), authenticate(POLICY));
      const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const inits = [
        { path: `/?access_token=${token}` },
        { method: 'POST', headers: type, body: `access_token=${token}` },
        { headers: { Cookie: `__Host-token=${token}; token=${token}` } },
      ];
      for (const init of inits) assert.strictEqual((await request(app, init)).status, 401);
      assert.deepStrictEqual([...new Set(errors)], ['ERR_AUTH_MISSING']);
    });

    it(`requires a token for OPTIONS as for any method on ${name}`, async () => {
      const { app } = appOf(express, authenticate(POLICY));
      const headers = { Origin: 'https://evil.example', 'Access-Control-Request-Headers': 'authorization' };
      for (const method of ['OPTIONS', 'HEAD', 'POST', 'DELETE']) {
        assert.strictEqual((await request(app, { method, headers })).status, 401, method);
        assert.strictEqual((await request(app, { method, headers: { ...headers, ...bearer } })).status, 200, method);
      }
    });

    it(`rejects a token that is expired and has another audience with one 401 on ${name}`, async () => {
      const { app, errors } = appOf(express, authenticate({ ...POLICY, optional: true }));
      const bad = signer.sign({ exp: 1, aud: 'other' });
      const answer = await request(app, { headers: { Authorization: `Bearer ${bad}` } });
      assert.strictEqual(answer.status, 401);
      assert.strictEqual(answer.headers['www-authenticate'], 'Bearer error="invalid_token"');
      assert.deepStrictEqual(errors, ['ERR_JWT_EXPIRED']);
    });

    it(`names the realm, and the scopes that are wanted, on ${name}`, async () => {
      const options = { ...POLICY, realm: 'the API', authorize: { scopes: ['read', 'delete'] } };
      const { app } = appOf(express, authenticate(options));
      const challenges = {
        'Bearer realm="the API"': {},
        'Bearer realm="the API", error="invalid_token"': { Authorization: 'Bearer x.y.z' },
        'Bearer realm="the API", error="invalid_request"': [...Object.entries(bearer), ...Object.entries(bearer)],
        'Bearer realm="the API", error="insufficient_scope", scope="read delete"': bearer,
      };
      for (const [challenge, headers] of Object.entries(challenges)) {
        assert.strictEqual((await request(app, { headers })).headers['www-authenticate'], challenge);
      }
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
      it(`responds with ${status} to ${said} on ${name}`, async () => {
        const chain = appOf(express, authenticate(POLICY), authorize(options));
        const onePass = appOf(express, authenticate({ ...POLICY, authorize: options }));
        for (const { app, errors } of [chain, onePass]) {
          const answer = await request(app, { headers: bearer });
          assert.strictEqual(answer.status, status);
          assert.deepStrictEqual(errors, status === 200 ? [] : ['ERR_AUTH_FORBIDDEN']);
          const isScope = options.scopes?.includes('delete');
          const challenge = isScope && `Bearer error="insufficient_scope", scope="${options.scopes.join(' ')}"`;
          assert.strictEqual(answer.headers['www-authenticate'], challenge || undefined);
        }
      });
    }

    it(`checks the token before the claims in one pass on ${name}`, async () => {
      const seen = [];
      const check = (claims, req) => seen.push(claims.sub, req.auth.claims === claims, req.params.id) > 0;
      const app = express();
      app.get('/:id', authenticate({ ...POLICY, authorize: { check } }), (_req, res) => res.end());
      app.use(errorHandler());
      const expired = { Authorization: `Bearer ${signer.sign({ exp: 1 })}` };
      assert.strictEqual((await request(app, { path: '/7' })).status, 401);
      assert.strictEqual((await request(app, { path: '/7', headers: expired })).status, 401);
      assert.deepStrictEqual(seen, []);
      assert.strictEqual((await request(app, { path: '/7', headers: bearer })).status, 200);
      assert.deepStrictEqual(seen, ['user-1', true, '7']);
    });

    it(`refuses a request that was not authenticated on ${name}`, async () => {
      const { app, errors } = appOf(express, authorize({ roles: ['editor'] }));
      assert.strictEqual((await request(app, { headers: bearer })).status, 401);
      assert.deepStrictEqual(errors, ['ERR_AUTH_MISSING']);
    });

    it(`reads no role from a string or a prototype on ${name}`, async () => {
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
    'getToken and a cookie': { ...POLICY, getToken: () => undefined, cookie: true },
    'a rule that is undefined': { ...POLICY, authorize: undefined },
    'a rule that is false': { ...POLICY, authorize: false },
    'an empty rule': { ...POLICY, authorize: {} },
    'a misspelt rule': { ...POLICY, authorize: { role: ['admin'] } },
    'a rule with a realm of its own': { ...POLICY, authorize: { roles: ['admin'], realm: 'x' } },
    'a rule where the token is optional': { ...POLICY, optional: true, authorize: { roles: ['admin'] } },
    'a realm with a quotation mark': { ...POLICY, realm: 'a"b' },
    'a realm with a backslash': { ...POLICY, realm: 'a\\b' },
    'a realm with a line break': { ...POLICY, realm: 'a\r\nb' },
    'a realm beyond ASCII': { ...POLICY, realm: 'a\u00e9' },
    'an empty realm': { ...POLICY, realm: '' },
  };
  for (const [what, options] of Object.entries(REFUSED_OPTIONS)) {
    it(`rejects at set-up ${what}`, () => {
      assert.throws(() => authenticate(options), { code: /^ERR_(AUTH_OPTION|JWT_OPTION|JWT_KEY)$/ });
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
    'two scopes in one text': { scopes: ['read write'] },
    'a scope that cannot be quoted': { scopes: ['a"b'] },
    'a check that is true': { check: true },
    'a check that is undefined': { roles: ['admin'], check: undefined },
    'a misspelt rule': { role: ['admin'] },
    'scopes that are a hole': { scopes: new Array(1) },
    'rules that are inherited': Object.create({ roles: ['admin'] }),
  };
  for (const [what, options] of Object.entries(REFUSED_RULES)) {
    it(`refuses authorize with ${what}`, () => {
      assert.throws(() => authorize(options), { name: 'TypeError', code: 'ERR_AUTH_OPTION' });
    });
  }

  it('keeps the rules of authorize as they were at set-up', () => {
    const scopes = ['admin'];
    const handler = authorize({ scopes });
    scopes.length = 0;
    let outcome;
    handler({ auth: { claims: {} } }, {}, (error) => (outcome = error?.code));
    assert.strictEqual(outcome, 'ERR_AUTH_FORBIDDEN');
  });

  const EVASIVE = {
    'a promise that fails': async () => assert.fail('late'),
    'a promise of claims': async () => ({ sub: 'x' }),
    nothing: () => undefined,
    true: () => true,
  };
  for (const [what, verify] of Object.entries(EVASIVE)) {
    it(`refuses a request if the verifier returns ${what}`, () => {
      const req = { headers: { authorization: 'Bearer x' }, rawHeaders: [] };
      let outcome;
      authenticate({ verifier: { verify } })(req, {}, (error) => (outcome = error?.code));
      assert.strictEqual(outcome, 'ERR_AUTH_OPTION');
      assert.strictEqual(req.auth, undefined);
    });
  }

  const OTHER_THROWS = [undefined, null, false, 0, '', 'route', 'router', 5];
  for (const thrown of OTHER_THROWS) {
    it(`treats a thrown ${JSON.stringify(thrown)} as an error`, () => {
      const fail = () => {
        throw thrown;
      };
      const req = { headers: { authorization: 'Bearer x' }, rawHeaders: [], auth: { claims: {} } };
      const middlewares = [
        authenticate({ verifier: { verify: fail } }),
        authenticate({ verifier: { verify: fail }, getToken: fail }),
        authenticate({ verifier: { verify: () => ({}) }, authorize: { check: fail } }),
        authorize({ check: fail }),
      ];
      for (const middleware of middlewares) {
        const calls = [];
        middleware(req, {}, (...args) => calls.push(args));
        assert.strictEqual(calls.length, 1);
        assert.ok(calls[0][0] instanceof Error);
      }
    });
  }

  it('survives a check whose promise fails', async () => {
    const check = async () => assert.fail('late');
    let outcome;
    authorize({ check })({ auth: { claims: {} } }, {}, (error) => (outcome = error?.code));
    await new Promise(setImmediate);
    assert.strictEqual(outcome, 'ERR_AUTH_FORBIDDEN');
  });

  it('passes on a frozen 401 of a verifier', () => {
    const frozen = Object.freeze(Object.assign(new Error('no'), { status: 401 }));
    const verify = () => {
      throw frozen;
    };
    const req = { headers: { authorization: 'Bearer x' }, rawHeaders: [] };
    let outcome;
    authenticate({ verifier: { verify } })(req, {}, (error) => (outcome = error));
    assert.strictEqual(outcome, frozen);
  });

  it('calls next once, even when next throws', () => {
    let calls = 0;
    const next = () => {
      calls++;
      throw new Error('downstream');
    };
    const handler = authenticate({ ...POLICY, optional: true });
    assert.throws(() => handler({ headers: {}, rawHeaders: [] }, {}, next), /downstream/);
    assert.strictEqual(calls, 1);
  });

  it('refuses options that an instance of a class inherits, instead of ignoring them', () => {
    class Config {
      key = KEY;
      get issuer() {
        return 'https://issuer.example';
      }
    }
    for (const make of [authenticate, createVerifier, createSigner]) {
      assert.throws(() => make(new Config()), {
        name: 'TypeError',
        code: /^ERR_(AUTH|JWT)_OPTION$/,
        message: /plain object/,
      });
    }
  });
});
