// @ts-check
'use strict';

const assert = require('node:assert/strict');
const http = require('node:http');
const { describe, it } = require('node:test');

const { PortcullisError } = require('../../lib/support/errors');
const { errorHandler } = require('../../lib/error-handler');
const { cors, csrf, httpsOnly, json, rateLimit, securityHeaders } = require('../..');
const { harden, limitOptions } = require('../../lib/harden');
const apps = require('../support/apps');
const { request } = require('../support/request');

const ORIGIN = 'https://app.example.com';
const ALONE = { rateLimit: false, input: false };

/** @type {Record<string, any>} */
const MISUSES = {
  'null options': null,
  'a misspelt name': { header: {}, ...ALONE },
  'a preset that is none': { preset: 'strict' },
  'csrf as text': { csrf: 'on' },
  'trusted origins that are undefined': { trustedOrigins: undefined },
  'a trusted origin with a path': { trustedOrigins: ['https://a.example/'] },
  'headers as text': { headers: 'all' },
  'an array for cors': { cors: ['https://a.example'] },
  'a number for https': { https: 1 },
  'a null body': { ...ALONE, input: 5 },
  'a misspelt request id option': { ...ALONE, requestId: { trust: true } },
  'a request id that is text': { ...ALONE, requestId: 'id' },
};

/** @param {any} express @param {any} options @param {any} [init] */
function ask(express, options, init) {
  const app = express();
  app.use(harden(options));
  app.all('/', (/** @type {any} */ req, /** @type {any} */ res) => res.json({ id: req.id, trace: req.trace ?? [] }));
  app.use(errorHandler({ onError() {} }));
  return request(app, init);
}

/** @param {string} name */
const note = (name) => (/** @type {any} */ req, /** @type {any} */ _res, /** @type {any} */ next) => {
  req.trace = [...(req.trace ?? []), name];
  next();
};

describe('harden', () => {
  for (const [major, express] of apps) {
    it(`is one layer on ${major}`, () => {
      const layer = harden({ cors: { origin: ORIGIN }, ...ALONE });
      assert.equal(layer.name, 'harden');
      assert.equal(layer.length, 3);
      const app = express();
      app.use(layer);
      const router = app._router ?? app.router;
      assert.equal(router.stack.filter((/** @type {any} */ one) => one.name === 'harden').length, 1);
    });

    it(`runs members in their order, each replaceable by a middleware, on ${major}`, async () => {
      const own = Object.fromEntries(
        ['input', 'rateLimit', 'csrf', 'cors', 'https', 'headers'].map((name) => [name, note(name)]),
      );
      const answer = await ask(express, own);
      assert.deepEqual(answer.json().trace, ['headers', 'https', 'cors', 'csrf', 'rateLimit', 'input']);
      assert.equal(answer.headers['x-content-type-options'], undefined);
    });

    it(`serves requests whose id cannot be set on ${major}`, async () => {
      const guards = [
        (/** @type {any} */ req) => Object.defineProperty(req, 'id', { value: { trace: 1 } }),
        (/** @type {any} */ req) => Object.defineProperty(req, 'id', { get: () => undefined, configurable: true }),
        (/** @type {any} */ req) =>
          Object.setPrototypeOf(req, {
            __proto__: Object.getPrototypeOf(req),
            get id() {
              return undefined;
            },
          }),
      ];
      for (const guard of guards) {
        const app = express();
        app.use((/** @type {any} */ req, /** @type {any} */ _res, /** @type {any} */ next) => {
          guard(req);
          next();
        });
        app.use(harden(ALONE));
        app.use((/** @type {any} */ _req, /** @type {any} */ res) => res.end());
        const answer = await request(app);
        assert.equal(answer.status, 200);
        assert.match(answer.headers['x-request-id'], /^[0-9a-f-]{36}$/);
      }
    });

    it(`sends the headers of its preset on ${major}`, async () => {
      const api = await ask(express, ALONE);
      assert.equal(api.headers['content-security-policy'], "default-src 'none';frame-ancestors 'none'");
      assert.equal(api.headers['x-powered-by'], undefined);
      const web = await ask(express, { preset: 'web', ...ALONE });
      assert.match(web.headers['content-security-policy'], /upgrade-insecure-requests$/);
      const own = await ask(express, { headers: { frameguard: false }, ...ALONE });
      assert.equal(own.headers['x-frame-options'], undefined);
      assert.equal(own.headers['cache-control'], 'no-store');
      const off = await ask(express, { headers: false, ...ALONE });
      assert.equal(off.headers['x-content-type-options'], undefined);
    });

    it(`lets browsers name the origin of a form with the web preset on ${major}`, async () => {
      // Fetch, "append a request Origin header": under `no-referrer` a form of one's own page sends `Origin: null`. Browsers
      // without Sec-Fetch-Site (Safari before 16.4) send nothing else, so csrf would refuse every form.
      const web = await ask(express, { preset: 'web', ...ALONE });
      assert.equal(web.headers['referrer-policy'], 'same-origin');
      const own = { preset: 'web', headers: { referrerPolicy: { policy: 'no-referrer' } }, ...ALONE };
      assert.equal((await ask(express, own)).headers['referrer-policy'], 'no-referrer');
      assert.equal((await ask(express, ALONE)).headers['referrer-policy'], 'no-referrer');
    });

    it(`computes a policy with functions on ${major}`, async () => {
      const scriptSrc = [(/** @type {any} */ req) => `'nonce-${req.id}'`];
      const answer = await ask(express, {
        preset: 'web',
        headers: { contentSecurityPolicy: { directives: { scriptSrc } } },
        ...ALONE,
      });
      assert.ok(answer.headers['content-security-policy'].includes(`script-src 'nonce-${answer.json().id}'`));
    });

    it(`sets an id for each request, also if it is refused, on ${major}`, async () => {
      const first = await ask(express, ALONE);
      const second = await ask(express, ALONE);
      assert.match(first.json().id, /^[0-9a-f-]{36}$/);
      assert.equal(first.headers['x-request-id'], first.json().id);
      assert.notEqual(first.json().id, second.json().id);
      const refused = await ask(express, { https: true, ...ALONE });
      assert.equal(refused.status, 403);
      assert.equal(refused.json().requestId, refused.headers['x-request-id']);
      assert.equal(refused.headers['x-content-type-options'], 'nosniff');
      assert.equal((await ask(express, { requestId: false, ...ALONE })).headers['x-request-id'], undefined);
    });

    it(`uses a sent id only with trustIncoming, and only a safe one, on ${major}`, async () => {
      const headers = { 'X-Request-Id': 'trace-1.a:b_c' };
      assert.notEqual((await ask(express, ALONE, { headers })).json().id, 'trace-1.a:b_c');
      const trusting = { requestId: { trustIncoming: true }, ...ALONE };
      assert.equal((await ask(express, trusting, { headers })).json().id, 'trace-1.a:b_c');
      for (const id of ['<b>', 'a b', '', 'x'.repeat(129), 'a\tb', 'é', 'a, b']) {
        const { id: assigned } = (await ask(express, trusting, { headers: { 'X-Request-Id': id } })).json();
        assert.match(assigned, /^[0-9a-f-]{36}$/, id);
      }
    });

    it(`keeps the id that a logger has set, and no unsafe one, on ${major}`, async () => {
      for (const [id, expected] of [
        ['trace-1', 'trace-1'],
        [7, '7'],
        ['<b>', undefined],
        ['x'.repeat(129), undefined],
        [{}, undefined],
        [-1, undefined],
        [undefined, undefined],
      ]) {
        const app = express();
        app.use((/** @type {any} */ req, /** @type {any} */ _res, /** @type {any} */ next) => {
          req.id = id;
          next();
        });
        app.use(harden({ requestId: { trustIncoming: true }, ...ALONE }));
        app.use((/** @type {any} */ req, /** @type {any} */ _res, /** @type {any} */ next) =>
          next(new Error(typeof req.id)),
        );
        app.use(errorHandler({ onError() {} }));
        const answer = await request(app, { headers: expected === undefined ? {} : { 'X-Request-Id': 'sent' } });
        const sent = answer.headers['x-request-id'];
        if (expected === undefined) assert.match(sent, /^[0-9a-f-]{36}$/);
        else assert.equal(sent, expected);
        assert.equal(answer.json().requestId, sent);
      }
    });

    it(`passes a refusal of the limiter to the error handler and its log, with Retry-After, on ${major}`, async () => {
      const seen = /** @type {any[]} */ ([]);
      const build = (/** @type {any} */ rateLimit, /** @type {any} */ last) => {
        const app = express();
        app.set('env', 'test');
        app.use(harden({ rateLimit: { limit: 1, windowMs: 60_000, ...rateLimit }, input: false }));
        app.use((/** @type {any} */ _req, /** @type {any} */ res) => res.end());
        if (last) app.use(last);
        return http.createServer(app);
      };
      const twice = async (/** @type {http.Server} */ server) => {
        const handler = server.listeners('request')[0];
        await request(http.createServer(/** @type {any} */ (handler)));
        return request(http.createServer(/** @type {any} */ (handler)));
      };
      const onError = (
        /** @type {any} */ error,
        /** @type {any} */ _q,
        /** @type {any} */ _s,
        /** @type {number} */ status,
      ) => seen.push(error.code, status, typeof error.headers['Retry-After']);
      const logged = await twice(build({}, errorHandler({ onError })));
      assert.deepEqual([logged.status, logged.headers['content-type']], [429, 'application/problem+json']);
      assert.equal(logged.json().requestId, logged.headers['x-request-id']);
      assert.match(logged.headers['retry-after'], /^\d+$/);
      assert.match(logged.headers.ratelimit, /r=0/);
      assert.deepEqual(seen, ['ERR_RATE_LIMIT_EXCEEDED', 429, 'string']);
      const bare = await twice(build({}, undefined));
      assert.equal(bare.status, 429);
      assert.match(bare.headers['retry-after'], /^\d+$/);
      const own = (/** @type {any} */ _req, /** @type {any} */ res) => res.status(420).end('calm');
      assert.equal((await twice(build({ handler: own }, errorHandler({ onError })))).text, 'calm');
      assert.equal((await twice(build({ message: 'slow down' }, errorHandler({ onError })))).text, 'slow down');
      assert.equal((await twice(build({ statusCode: 503 }, errorHandler({ onError })))).status, 503);
      assert.equal((await twice(build({ refuse: 'respond' }, errorHandler({ onError })))).status, 429);
      assert.equal(seen.length, 3);
      await twice(build({ refuse: 'next' }, errorHandler({ onError })));
      assert.equal(seen.length, 6);
    });

    it(`enforces a CORS policy that names origins on ${major}`, async () => {
      const post = { method: 'POST', headers: { Origin: 'https://evil.example' } };
      const refused = await ask(express, { cors: { origin: ORIGIN }, ...ALONE }, post);
      assert.equal(refused.status, 403);
      assert.equal(refused.headers['content-type'], 'application/problem+json');
      assert.equal((await ask(express, { cors: { origin: ORIGIN, enforce: false }, ...ALONE }, post)).status, 200);
      assert.equal((await ask(express, { cors: true, ...ALONE }, post)).headers['access-control-allow-origin'], '*');
      assert.equal((await ask(express, ALONE, post)).headers['access-control-allow-origin'], undefined);
    });

    it(`responds to a preflight before the limiter and the body on ${major}`, async () => {
      const never = () => assert.fail('reached');
      const headers = { Origin: ORIGIN, 'Access-Control-Request-Method': 'PUT' };
      const answer = await ask(
        express,
        { cors: { origin: ORIGIN }, rateLimit: never, input: never },
        { method: 'OPTIONS', headers },
      );
      assert.deepEqual([answer.status, answer.headers['access-control-allow-origin']], [204, ORIGIN]);
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    });

    it(`leaves a browser able to read a refusal of the limiter on ${major}`, async () => {
      const rateLimit = (/** @type {any} */ _req, /** @type {any} */ _res, /** @type {any} */ next) =>
        next(new PortcullisError('ERR_RATE_LIMIT_EXCEEDED', 'm'));
      const answer = await ask(
        express,
        { cors: { origin: ORIGIN }, rateLimit, input: false },
        { headers: { Origin: ORIGIN } },
      );
      assert.deepEqual([answer.status, answer.headers['access-control-allow-origin']], [429, ORIGIN]);
      assert.match(answer.json().requestId, /^[0-9a-f-]{36}$/);
      assert.equal(answer.json().requestId, answer.headers['x-request-id']);
    });

    it(`redirects to HTTPS with the web preset on ${major}`, async () => {
      const answer = await ask(express, { preset: 'web', https: { host: 'a.example' }, ...ALONE }, { path: '/?x' });
      assert.deepEqual([answer.status, answer.headers.location], [308, 'https://a.example/?x']);
    });

    for (const [name, member] of Object.entries({
      'throws at once': () => {
        throw new PortcullisError('ERR_AUTH_FORBIDDEN', 'm');
      },
      'throws after a turn': (/** @type {any} */ _q, /** @type {any} */ _s, /** @type {any} */ next) =>
        setImmediate(next, new PortcullisError('ERR_AUTH_FORBIDDEN', 'm')),
      rejects: async () => {
        throw new PortcullisError('ERR_AUTH_FORBIDDEN', 'm');
      },
    })) {
      it(`passes on what a member ${name}, however it was reached, on ${major}`, async () => {
        const late = (/** @type {any} */ _q, /** @type {any} */ _s, /** @type {any} */ next) => setImmediate(next);
        const guarding = (/** @type {any} */ _q, /** @type {any} */ _s, /** @type {any} */ next) => {
          try {
            next();
          } catch {
            assert.fail('the throw of a later member reached an earlier one');
          }
        };
        for (const before of [late, guarding]) {
          assert.equal((await ask(express, { rateLimit: before, input: member })).status, 403);
        }
      });
    }

    it(`passes on a rejection without a reason on ${major}`, async () => {
      assert.equal((await ask(express, { ...ALONE, input: () => Promise.reject() })).status, 500);
    });

    it(`allows a member to skip the router on ${major}`, async () => {
      const app = express();
      const router = express.Router();
      router.use(
        harden({
          ...ALONE,
          input: (/** @type {any} */ _q, /** @type {any} */ _s, /** @type {any} */ next) => next('router'),
        }),
      );
      router.use((/** @type {any} */ _req, /** @type {any} */ res) => res.send('inside'));
      app.use(router);
      app.use((/** @type {any} */ _req, /** @type {any} */ res) => res.send('outside'));
      assert.equal((await request(app)).text, 'outside');
    });
  }

  for (const [name, options] of Object.entries(MISUSES)) {
    it(`rejects ${name} at set-up`, () => {
      assert.throws(() => harden(options), { name: 'TypeError', code: 'ERR_HARDEN_OPTION' });
    });
  }

  it('rejects a function of the package that was not called', () => {
    const uncalled = { headers: securityHeaders, https: httpsOnly, cors, csrf, rateLimit, input: json };
    for (const [name, value] of Object.entries(uncalled)) {
      const message = `harden: option "${name}" is ${value.name} itself; write ${name}: true, or ${name}: { ... } with its options`;
      assert.throws(() => harden({ [name]: value }), { code: 'ERR_HARDEN_OPTION', message });
    }
  });

  it('lays own limits over the preset, by the older name too', () => {
    const preset = { windowMs: 60_000, limit: 100 };
    assert.deepEqual(limitOptions(preset, undefined), preset);
    assert.deepEqual(limitOptions(preset, { limit: 5 }), { windowMs: 60_000, limit: 5 });
    assert.deepEqual(limitOptions(preset, { max: 5 }), { windowMs: 60_000, max: 5 });
  });

  it('rejects a wrong option of a member under the code of that member', () => {
    assert.throws(() => harden({ headers: { hstss: 1 } }), { code: 'ERR_HEADERS_OPTION' });
    assert.throws(() => harden({ cors: { origin: 'null' } }), { code: 'ERR_CORS_OPTION' });
    assert.throws(() => harden({ csrf: { except: 'x' } }), { code: 'ERR_CSRF_OPTION' });
    assert.throws(() => harden({ https: { mode: 'redirect' } }), { code: 'ERR_HTTPS_OPTION' });
  });

  it('refuses options that an instance of a class inherits, instead of ignoring them', () => {
    for (const name of ['headers', 'https', 'cors', 'csrf', 'rateLimit', 'input']) {
      const inherited = /** @type {any} */ (Object.create({ limit: 1 }));
      assert.throws(() => harden({ [name]: inherited }), { name: 'TypeError', message: /plain object/ });
    }
  });
});
