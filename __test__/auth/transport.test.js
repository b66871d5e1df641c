'use strict';

// Attacks on the way of a token through HTTP.

const assert = require('node:assert');
const { describe, it } = require('node:test');
const { authenticate, authorize, errorHandler } = require('portcullis');
const apps = require('../support/apps');
const { SECRET, forge } = require('../support/forge');
const { request } = require('../support/request');

/** A token that passes for itself alone, with no claim but these. */
const mint = (claims, header = {}) => forge({ alg: 'HS256', ...header }, claims, 'HS256');

describe('auth: the way through HTTP', () => {
  const POLICY = { key: SECRET, issuer: 'me', audience: 'api' };
  const claims = () => ({
    iss: 'me',
    aud: 'api',
    sub: 'user',
    roles: ['user'],
    exp: Math.floor(Date.now() / 1000) + 60,
  });
  const bearer = (token) => ({ Authorization: `Bearer ${token}` });

  for (const [name, express] of apps) {
    /** The status, the codes that the app saw, and the answer. */
    const ask = async (init, options = {}, ...others) => {
      const app = express();
      const codes = [];
      app.use(express.json(), express.urlencoded({ extended: false }));
      app.use(authenticate({ ...POLICY, ...options }), ...others);
      app.use((req, res) => res.json({ sub: req.auth?.claims.sub ?? null }));
      app.use((error, _req, _res, next) => {
        codes.push(error.code);
        next(error);
      });
      app.use(errorHandler({ onError: () => {} }));
      const answer = await request(app, init);
      return { status: answer.status, codes, answer };
    };

    it(`rejects two Authorization headers, the same or not, on ${name}`, async () => {
      const token = mint(claims());
      for (const second of [`Bearer ${token}`, 'Bearer x', 'Basic eDp5', '']) {
        for (const headers of [
          [
            ['Authorization', `Bearer ${token}`],
            ['Authorization', second],
          ],
          [
            ['authorization', second],
            ['AUTHORIZATION', `Bearer ${token}`],
          ],
        ]) {
          const { status, codes } = await ask({ headers });
          assert.strictEqual(status === 400 || status === 401, true, String(status));
          assert.ok(['ERR_AUTH_REQUEST', 'ERR_AUTH_MISSING'].includes(codes[0]));
        }
      }
    });

    it(`reads no token from the query or the body, alone or beside a header, on ${name}`, async () => {
      const token = mint(claims());
      const path = `/?access_token=${token}&token=${token}&jwt=${token}`;
      const body = JSON.stringify({ access_token: token, token });
      const headers = { 'Content-Type': 'application/json' };
      assert.strictEqual((await ask({ path })).status, 401);
      assert.strictEqual((await ask({ method: 'POST', path, headers, body })).status, 401);
      const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
      assert.strictEqual((await ask({ method: 'POST', headers: form, body: `access_token=${token}` })).status, 401);
      for (const right of [token, `${token}x`]) {
        const beside = { ...headers, ...bearer(right) };
        assert.strictEqual((await ask({ path: `/?access_token=${token}`, headers: beside })).status, 400);
        const both = { ...form, ...bearer(right) };
        const answer = await ask({ method: 'POST', headers: both, body: `access_token=${token}` });
        assert.strictEqual(answer.status, 400);
      }
    });

    const HEADERS = {
      'two spaces': (token) => `Bearer  ${token}`,
      'a tab': (token) => `Bearer\t${token}`,
      'a comma behind it': (token) => `Bearer ${token},`,
      'two tokens': (token) => `Bearer ${token} ${token}`,
      'two schemes': (token) => `Bearer ${token}, Basic eDp5`,
      quotes: (token) => `Bearer "${token}"`,
      'an equals sign in its midst': (token) => `Bearer ${token.slice(0, 9)}=${token.slice(9)}`,
      'no scheme': (token) => token,
      'another scheme': (token) => `Token ${token}`,
      'Bearer twice': (token) => `Bearer Bearer ${token}`,
      'a percent sign': (token) => `Bearer ${token.replace('.', '%2e')}`,
      'nothing behind the scheme': () => 'Bearer ',
    };
    for (const [what, write] of Object.entries(HEADERS)) {
      it(`rejects a header with ${what} on ${name}`, async () => {
        const { status, answer } = await ask({ headers: { Authorization: write(mint(claims())) } });
        assert.strictEqual(status, 401);
        assert.match(answer.headers['www-authenticate'], /^Bearer/);
      });
    }

    it(`rejects a cookie without proof that no other site caused the request, on ${name}`, async () => {
      const Cookie = `__Host-token=${mint(claims())}`;
      const attack = (headers, method = 'POST') => ask({ method, headers: { Cookie, ...headers } }, { cookie: true });
      assert.strictEqual((await attack({ 'Sec-Fetch-Site': 'same-origin' })).status, 200);
      for (const headers of [
        {},
        { 'Sec-Fetch-Site': 'cross-site' },
        { 'Sec-Fetch-Site': 'same-site' },
        { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
        { Origin: 'https://evil.example' },
        { Origin: 'null' },
        { Referer: 'https://127.0.0.1/' },
      ]) {
        for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
          const { status, codes } = await attack(headers, method);
          assert.deepStrictEqual([status, codes], [403, ['ERR_CSRF_CROSS_SITE']], JSON.stringify(headers));
        }
      }
      assert.strictEqual((await ask({ headers: { Cookie } })).status, 401);
    });

    it(`rejects header and cookie together, and a cookie twice, on ${name}`, async () => {
      const token = mint(claims());
      for (const headers of [
        { Cookie: `__Host-token=${token}`, ...bearer(token) },
        { Cookie: `__Host-token=${token}; __Host-token=${token}` },
        { Cookie: `__Host-token=x; a=b; __Host-token=${token}` },
      ]) {
        const { status, codes } = await ask({ headers }, { cookie: true });
        assert.deepStrictEqual([status, codes], [400, ['ERR_AUTH_REQUEST']]);
      }
    });

    it(`accepts the scheme in any case (RFC 9110 section 11.1) on ${name}`, async () => {
      for (const scheme of ['Bearer', 'bearer', 'BEARER', 'bEaReR']) {
        assert.strictEqual((await ask({ headers: { Authorization: `${scheme} ${mint(claims())}` } })).status, 200);
      }
    });

    it(`refuses OPTIONS, HEAD and preflights that name authorization but have no token, on ${name}`, async () => {
      const headers = {
        Origin: 'https://evil.example',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'authorization',
      };
      for (const method of ['OPTIONS', 'HEAD', 'GET']) {
        assert.strictEqual((await ask({ method, headers })).status, 401);
      }
    });

    it(`rejects a token that is both expired and for somebody else, and each of the two, on ${name}`, async () => {
      const [exp, aud] = [Math.floor(Date.now() / 1000) - 1, 'evil'];
      for (const [changes, code] of [
        [{ exp, aud }, 'ERR_JWT_EXPIRED'],
        [{ exp }, 'ERR_JWT_EXPIRED'],
        [{ aud }, 'ERR_JWT_AUDIENCE'],
        [{ exp, aud, iss: 'evil', sub: 5 }, 'ERR_JWT_EXPIRED'],
      ]) {
        const { status, codes } = await ask({ headers: bearer(mint({ ...claims(), ...changes })) });
        assert.deepStrictEqual([status, codes], [401, [code]]);
      }
    });

    it(`rejects an invalid token also if it is optional, on ${name}`, async () => {
      const optional = { optional: true };
      for (const token of [
        mint({ ...claims(), exp: 1 }),
        'x',
        `${mint(claims())}x`,
        mint({ ...claims(), aud: 'evil' }),
      ]) {
        assert.strictEqual((await ask({ headers: bearer(token) }, optional)).status, 401);
      }
      assert.strictEqual((await ask({ headers: { Authorization: 'Bearer  x' } }, optional)).status, 401);
      const { status, answer } = await ask({}, optional);
      assert.deepStrictEqual([status, answer.json()], [200, { sub: null }]);
      assert.strictEqual((await ask({}, optional, authorize({ roles: ['user'] }))).status, 401);
    });

    it(`rejects a value of getToken that is not a token, on ${name}`, async () => {
      for (const value of [['a.b.c'], {}, 5, true, '', Buffer.from('a.b.c')]) {
        assert.strictEqual((await ask({}, { getToken: () => value })).status, 401);
      }
      assert.strictEqual((await ask({}, { getToken: async () => mint(claims()) })).status, 500);
    });

    it(`sends no reason, no claim and no token, on ${name}`, async () => {
      const bodies = new Set();
      for (const token of [mint({ ...claims(), exp: 1 }), mint({ ...claims(), iss: 'evil' }), `${mint(claims())}x`]) {
        const { answer } = await ask({ headers: bearer(token) });
        assert.ok(!answer.text.includes('evil') && !answer.text.includes(token.slice(-20)));
        bodies.add(`${answer.text}${answer.headers['www-authenticate']}`);
      }
      assert.strictEqual(bodies.size, 1);
    });
  }
});
