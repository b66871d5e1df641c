'use strict';

// Requests without a Bearer token, and the challenge where another error handler than ours sends it.

const assert = require('node:assert');
const { describe, it } = require('node:test');

const { authenticate, authorize, createSigner, createVerifier } = require('portcullis');

const apps = require('../support/apps');
const { request } = require('../support/request');
const { SECRET: KEY } = require('../support/secret');

const verifier = createVerifier({ key: KEY });
const token = createSigner({ key: KEY, expiresInSeconds: 60 }).sign({ sub: 'ada', scope: 'read' });

/** An app without errorHandler: Express's own handler answers. */
function appOf(express, ...middlewares) {
  const app = express();
  app.set('env', 'test');
  app.get('/', ...middlewares, (req, res) => res.json({ auth: Object.hasOwn(req, 'auth') }));
  return app;
}

const WITHOUT_TOKEN = {
  'no field': {},
  'an empty field': { Authorization: '' },
  Basic: { Authorization: 'Basic dXNlcjpwYXNz' },
  Digest: { Authorization: 'Digest username="ada", realm="a", uri="/"' },
  Negotiate: { Authorization: 'Negotiate YII=' },
  'a scheme alone': { Authorization: 'Negotiate' },
  'a scheme that begins so': { Authorization: 'BearerToken x' },
};
const MALFORMED = {
  'Bearer alone': 'Bearer',
  'two spaces': `Bearer  ${token}`,
  'a tab': `Bearer\t${token}`,
  'two tokens': `Bearer ${token} ${token}`,
  'a comma': `Bearer ${token}, Bearer ${token}`,
  'a comma after the scheme': 'bearer,x',
  'Basic and Bearer in one field': `Basic eA==, Bearer ${token}`,
};

describe('authenticate with optional', () => {
  for (const [name, express] of apps) {
    for (const [what, headers] of Object.entries(WITHOUT_TOKEN)) {
      it(`passes a request with ${what} without req.auth, and refuses it otherwise, on ${name}`, async () => {
        const optional = await request(appOf(express, authenticate({ verifier, optional: true })), { headers });
        assert.deepStrictEqual([optional.status, optional.json()], [200, { auth: false }]);
        const strict = await request(appOf(express, authenticate({ verifier })), { headers });
        assert.deepStrictEqual([strict.status, strict.headers['www-authenticate']], [401, 'Bearer']);
      });
    }

    for (const [what, Authorization] of Object.entries(MALFORMED)) {
      it(`refuses a malformed header with ${what} on ${name}`, async () => {
        for (const optional of [true, false]) {
          const answer = await request(appOf(express, authenticate({ verifier, optional })), {
            headers: { Authorization },
          });
          assert.deepStrictEqual([answer.status, answer.headers['www-authenticate']], [401, 'Bearer']);
        }
      });
    }

    it(`has the challenge in err.headers, which Express's own handler sends, on ${name}`, async () => {
      const signedIn = authenticate({ verifier, realm: 'api' });
      const headers = { Authorization: `Bearer ${token}` };
      const answers = {
        'Bearer realm="api"': await request(appOf(express, signedIn)),
        'Bearer realm="api", error="invalid_token"': await request(appOf(express, signedIn), {
          headers: { Authorization: 'Bearer x.y.z' },
        }),
        'Bearer realm="api", error="invalid_request"': await request(appOf(express, signedIn), {
          path: '/?access_token=x',
          headers,
        }),
        'Bearer error="insufficient_scope", scope="write"': await request(
          appOf(express, signedIn, authorize({ scopes: ['write'] })),
          { headers },
        ),
      };
      for (const [challenge, answer] of Object.entries(answers)) {
        assert.strictEqual(answer.headers['www-authenticate'], challenge);
      }
      const seen = Object.values(answers).map(({ status }) => status);
      assert.deepStrictEqual(seen, [401, 401, 400, 403]);
    });
  }

  it('adds to the headers of an error of the app, and replaces none', () => {
    const thrown = (headers) => {
      const fail = () => {
        throw Object.assign(new Error('no'), { status: 401, headers });
      };
      const req = { method: 'GET', url: '/', headers: { authorization: 'Bearer x' }, rawHeaders: [] };
      let outcome;
      authenticate({ verifier: { verify: fail } })(req, {}, (error) => (outcome = error.headers));
      return outcome;
    };
    const challenge = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };
    assert.deepStrictEqual(thrown(undefined), challenge);
    assert.deepStrictEqual(thrown({ 'X-A': '1' }), { 'X-A': '1', ...challenge });
    assert.deepStrictEqual(thrown({ 'www-authenticate': 'Own' }), { 'www-authenticate': 'Own' });
  });

  it('does not share headers between errors', () => {
    const rule = authorize({ scopes: ['write'] });
    const errors = [1, 2].map(() => {
      let outcome;
      rule({ auth: { claims: {} } }, {}, (error) => (outcome = error));
      return outcome;
    });
    errors[0].headers['WWW-Authenticate'] = 'changed';
    assert.match(errors[1].headers['WWW-Authenticate'], /insufficient_scope/);
  });
});
