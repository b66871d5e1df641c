// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const reference = /** @type {any} */ (require('cors'));

const { cors } = require('../../lib/cors');
const apps = require('../support/apps');
const { request } = require('../support/request');

const ORIGIN = 'https://app.example.com';

/** Option sets whose answer to ORIGIN must be the cors package's, header for header. @type {any[]} */
const ALLOWING = [ORIGIN, [ORIGIN, 'https://other.example'], [/^https:\/\/app\.example\.com$/], true, '*'].flatMap(
  (origin) =>
    [
      {},
      { methods: ['GET', 'PUT'] },
      { methods: 'POST' },
      { allowedHeaders: ['X-A', 'X-B'] },
      { allowedHeaders: 'X-C' },
      { exposedHeaders: ['X-D', 'X-E'], maxAge: 0 },
      { exposedHeaders: 'X-F', maxAge: 600 },
      { optionsSuccessStatus: 200 },
      { preflightContinue: true },
      { credentials: true },
      {
        credentials: true,
        methods: 'PATCH',
        allowedHeaders: 'Authorization',
        exposedHeaders: ['RateLimit'],
        maxAge: 86400,
      },
    ].map((rest) => ({ origin, ...rest })),
);

/** @type {Array<{ method: string, headers: Record<string, string> }>} */
const REQUESTS = [
  { method: 'GET', headers: { Origin: ORIGIN } },
  { method: 'POST', headers: { Origin: ORIGIN } },
  { method: 'OPTIONS', headers: { Origin: ORIGIN, 'Access-Control-Request-Method': 'PUT' } },
  {
    method: 'OPTIONS',
    headers: {
      Origin: ORIGIN,
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Headers': 'x-a, authorization',
    },
  },
];

/** @type {Record<string, any>} */
const MISUSES = {
  'any origin with credentials': { origin: '*', credentials: true },
  'the default origin with credentials': { credentials: true },
  'any origin with enforce': { origin: '*', enforce: true },
  'the default origin with enforce': { enforce: true },
  'reflection with enforce': { origin: true, enforce: true },
  'reflection with credentials': { origin: true, credentials: true },
  'the null origin': { origin: ['https://a.example', 'null'] },
  'an origin that is undefined': { origin: undefined },
  'an origin that is null': { origin: null },
  'an empty origin': { origin: '' },
  'a slash at the end': { origin: 'https://a.example/' },
  'a path': { origin: 'https://a.example/app' },
  'upper case': { origin: 'https://A.example' },
  'a default port': { origin: 'https://a.example:443' },
  'a host without a scheme': { origin: 'a.example' },
  'a user': { origin: 'https://user@a.example' },
  'a wildcard in the middle': { origin: 'https://a.*.example' },
  'a wildcard without a dot': { origin: 'https://*example.com' },
  'a wildcard top-level domain': { origin: 'https://*.com' },
  'a wildcard scheme': { origin: '*://a.example' },
  'any origin in a list': { origin: ['*'] },
  'a number': { origin: 5 },
  'an unanchored expression': { origin: /example\.com$/ },
  'an expression without its end': { origin: /^https:\/\/example\.com/ },
  'an escaped end': { origin: /^https:\/\/example\.com\$/ },
  'alternatives that escape the anchors': { origin: /^https:\/\/a\.example|https:\/\/b\.example$/ },
  'a global expression': { origin: /^https:\/\/a\.example$/g },
  'a sticky expression': { origin: /^https:\/\/a\.example$/y },
  'a multi-line expression': { origin: /^https:\/\/a\.example$/m },
  'a misspelt name': { orgin: '*' },
  'credentials as text': { origin: ORIGIN, credentials: 'true' },
  'methods that are no text': { methods: [1] },
  'a line break in a header': { exposedHeaders: 'X-A\r\nX-B: 1' },
  'null options': null,
};

/** @param {any} express @param {any} middleware @param {any} [init] */
function ask(express, middleware, init = {}) {
  const app = express();
  app.use((/** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ next) => {
    if (init.vary) res.setHeader('Vary', init.vary);
    next();
  });
  app.use(middleware);
  app.all('/', (/** @type {any} */ _req, /** @type {any} */ res) => res.status(202).send('handler'));
  app.use((/** @type {any} */ error, /** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ _next) => {
    res.status(error.status ?? 500).send(String(error.code ?? error.message));
  });
  return request(app, init);
}

/** @param {any} answer */
function corsHeaders({ headers }) {
  return Object.keys(headers).filter((name) => name.startsWith('access-control-'));
}

const PREFLIGHT = { 'Access-Control-Request-Method': 'DELETE', 'Access-Control-Request-Headers': 'x-a' };

describe('cors', () => {
  for (const [major, express] of apps) {
    it(`sends allowed origins the headers of the cors package on ${major}`, async () => {
      for (const options of ALLOWING) {
        if (options.credentials && options.origin === '*') continue;
        const danger = options.origin === true ? { dangerouslyAllowAnyOriginWithCredentials: true } : {};
        for (const init of REQUESTS) {
          for (const vary of [undefined, 'Accept-Encoding', 'origin', '*']) {
            const [actual, expected] = await Promise.all([
              ask(express, cors({ ...options, ...danger }), { ...init, vary }),
              ask(express, reference(options), { ...init, vary }),
            ]);
            for (const answer of [actual, expected]) delete answer.headers.date;
            const name = JSON.stringify({ ...options, origin: String(options.origin), init, vary });
            assert.deepEqual(
              [actual.status, actual.headers, actual.text],
              [expected.status, expected.headers, expected.text],
              name,
            );
          }
        }
      }
    });

    it(`sends a refused origin no CORS header, but Vary, on ${major}`, async () => {
      const middleware = cors({ origin: [ORIGIN, 'https://*.example.com'], credentials: true, exposedHeaders: 'X-A' });
      for (const origin of REFUSED) {
        const answer = await ask(express, middleware, { headers: { Origin: origin } });
        assert.deepEqual([answer.text, answer.headers.vary, corsHeaders(answer)], ['handler', 'Origin', []], origin);
        const preflight = await ask(express, middleware, {
          method: 'OPTIONS',
          headers: { Origin: origin, ...PREFLIGHT },
        });
        assert.deepEqual([preflight.status, preflight.text, corsHeaders(preflight)], [204, '', []], origin);
        assert.match(preflight.headers.vary, /^Origin/);
      }
    });

    it(`sends Vary: Origin also to a request without Origin on ${major}`, async () => {
      const { headers } = await ask(express, cors({ origin: ORIGIN }));
      assert.equal(headers.vary, 'Origin');
      assert.equal((await ask(express, cors())).headers.vary, undefined);
    });

    it(`passes on OPTIONS requests that are not preflights on ${major}`, async () => {
      const answer = await ask(express, cors({ origin: ORIGIN }), { method: 'OPTIONS', headers: { Origin: ORIGIN } });
      assert.deepEqual([answer.status, answer.text], [202, 'handler']);
      assert.equal(answer.headers['access-control-allow-origin'], ORIGIN);
    });

    it(`enforces on state-changing requests alone on ${major}`, async () => {
      const middleware = cors({ origin: ORIGIN, enforce: true });
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const refused = await ask(express, middleware, { method, headers: { Origin: 'https://evil.example' } });
        assert.deepEqual([refused.status, refused.text], [403, 'ERR_CSRF_CROSS_SITE'], method);
        assert.deepEqual([refused.headers.vary, corsHeaders(refused)], ['Origin', []]);
        assert.equal((await ask(express, middleware, { method, headers: { Origin: 'null' } })).status, 403);
        assert.equal((await ask(express, middleware, { method, headers: { Origin: ORIGIN } })).status, 202);
        assert.equal((await ask(express, middleware, { method })).status, 202);
      }
      assert.equal((await ask(express, middleware, { headers: { Origin: 'https://evil.example' } })).status, 202);
    });

    it(`accepts same-origin posts with enforce on ${major}`, async () => {
      const middleware = cors({ origin: ORIGIN, enforce: true });
      const own = { Host: 'api.example', Origin: 'https://api.example' };
      assert.equal((await ask(express, middleware, { method: 'POST', headers: own })).status, 202);
      const proxied = { Host: 'inner:8080', Origin: 'https://api.example', 'Sec-Fetch-Site': 'same-origin' };
      assert.equal((await ask(express, middleware, { method: 'POST', headers: proxied })).status, 202);
      const foreign = { Host: 'inner:8080', Origin: 'https://api.example', 'Sec-Fetch-Site': 'cross-site' };
      assert.equal((await ask(express, middleware, { method: 'POST', headers: foreign })).status, 403);
    });

    it(`enforces where CORS is off or a function allows any origin to read on ${major}`, async () => {
      const evil = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site', Cookie: 'sid=1' };
      const anyone = (/** @type {unknown} */ _origin, /** @type {any} */ done) => done(null, '*');
      for (const origin of [false, anyone]) {
        const middleware = cors({ origin: /** @type {any} */ (origin), enforce: true });
        const refused = await ask(express, middleware, { method: 'POST', headers: evil });
        assert.deepEqual([refused.status, refused.text], [403, 'ERR_CSRF_CROSS_SITE'], String(origin));
        const own = await ask(express, middleware, { method: 'POST', headers: { 'Sec-Fetch-Site': 'same-origin' } });
        assert.equal(own.status, 202);
      }
    });

    it(`calls an origin function for each request on ${major}`, async () => {
      const answers = /** @type {Record<string, any>} */ ({
        'https://yes.example': true,
        'https://no.example': false,
        'https://named.example': 'https://named.example',
        'https://other.example': 'https://named.example',
        'https://listed.example': ['https://x.example', /^https:\/\/listed\.example$/g],
        'https://any.example': '*',
      });
      const middleware = cors({
        origin: (/** @type {string} */ origin, /** @type {any} */ done) => setImmediate(done, null, answers[origin]),
      });
      for (const [origin, allowed] of Object.entries({
        'https://yes.example': 'https://yes.example',
        'https://no.example': undefined,
        'https://named.example': 'https://named.example',
        'https://other.example': undefined,
        'https://listed.example': 'https://listed.example',
        'https://any.example': '*',
        'https://unknown.example': undefined,
      })) {
        const { headers } = await ask(express, middleware, { headers: { Origin: origin } });
        assert.deepEqual([headers['access-control-allow-origin'], headers.vary], [allowed, 'Origin'], origin);
      }
    });

    it(`passes what an origin function throws or reports to next() on ${major}`, async () => {
      const throwing = () => {
        throw new Error('thrown');
      };
      const reporting = (/** @type {any} */ _origin, /** @type {any} */ done) => {
        done(new Error('reported'));
        done(null, true);
      };
      assert.equal((await ask(express, cors({ origin: throwing }))).text, 'thrown');
      assert.equal((await ask(express, cors({ origin: reporting }))).text, 'reported');
    });
  }

  it('lets through what the rest of the app throws while an origin function calls back', () => {
    const middleware = cors({ origin: (/** @type {any} */ _origin, /** @type {any} */ done) => done(null, true) });
    const res = { getHeader() {}, setHeader() {} };
    const failing = () => {
      throw new Error('of the app');
    };
    assert.throws(() => middleware({ method: 'GET', headers: { origin: 'https://a.example' } }, res, failing), {
      message: 'of the app',
    });
  });

  it('allows subdomains at any depth by a pattern, with its scheme and port alone', async () => {
    const [[, express]] = /** @type {any} */ (apps);
    const middleware = cors({ origin: ['https://*.example.com', 'http://*.localhost:3000', 'capacitor://localhost'] });
    for (const origin of [
      'https://a.example.com',
      'https://a.b-c.example.com',
      'http://x.localhost:3000',
      'capacitor://localhost',
    ]) {
      const { headers } = await ask(express, middleware, { headers: { Origin: origin } });
      assert.equal(headers['access-control-allow-origin'], origin);
    }
  });

  it('stays quick on an origin made to make an expression backtrack', () => {
    const middleware = cors({ origin: ['https://*.example.com', /^https:\/\/([a-z]+\.)+example\.com$/] });
    const started = process.cpuUsage();
    const res = { getHeader() {}, setHeader() {} };
    middleware({ method: 'GET', headers: { origin: `https://${'a.'.repeat(60_000)}!` } }, res, () => {});
    assert.ok(process.cpuUsage(started).user < 1e6);
  });

  it('does nothing when the origin is false', async () => {
    const [[, express]] = /** @type {any} */ (apps);
    const answer = await ask(express, cors({ origin: false }), {
      method: 'OPTIONS',
      headers: { Origin: ORIGIN, ...PREFLIGHT },
    });
    assert.deepEqual([answer.status, answer.headers.vary, corsHeaders(answer)], [202, undefined, []]);
  });

  for (const [name, options] of Object.entries(MISUSES)) {
    it(`rejects ${name} at set-up`, () => {
      assert.throws(() => cors(options), { name: 'TypeError', code: 'ERR_CORS_OPTION' });
    });
  }

  it('says what to write for several origins in one text, an unset one, and a star among them', () => {
    const reasons = [
      [
        'https://a.example,https://b.example',
        /must be a list of origins, not a text with commas; write text\.split\(","\)$/,
      ],
      [['https://a.example', undefined], /an entry is undefined: is the environment variable set\?$/],
      [['https://a.example', '*'], /must be origins by name; "\*" would stand for every site$/],
    ];
    for (const [origin, reason] of reasons) assert.throws(() => cors(/** @type {any} */ ({ origin })), reason);
  });

  const OUT_OF_RANGE = {
    'a fractional max-age': { maxAge: 1.5 },
    'a negative max-age': { maxAge: -1 },
    'a status that is no success': { optionsSuccessStatus: 301 },
  };
  for (const [name, options] of Object.entries(OUT_OF_RANGE)) {
    it(`rejects ${name} at set-up`, () => {
      assert.throws(() => cors(options), { name: 'RangeError', code: 'ERR_CORS_OPTION_RANGE' });
    });
  }

  it('does not treat an object as true: every promise is truthy', async () => {
    for (const answer of [Promise.resolve(false), Promise.resolve(true), {}, () => true]) {
      const handler = cors({
        credentials: true,
        origin: (_origin, callback) => callback(null, /** @type {any} */ (answer)),
      });
      const got = await request(
        (/** @type {any} */ req, /** @type {any} */ res) => handler(req, res, () => res.end()),
        { headers: { Origin: ORIGIN } },
      );
      assert.equal(got.headers['access-control-allow-origin'], undefined);
    }
  });

  it('passes the failure of an async origin function to next()', async () => {
    const handler = cors({
      origin: /** @type {any} */ (
        async () => {
          throw new Error('the table of tenants is gone');
        }
      ),
    });
    const error = await new Promise((resolve) => handler({ method: 'GET', headers: {} }, {}, resolve));
    assert.match(error.message, /tenants/);
  });
});

const REFUSED = [
  'null',
  'https://evil.example',
  'http://app.example.com',
  'https://app.example.com:8443',
  'https://app.example.com.evil.example',
  'https://evilexample.com',
  'https://example.com',
  'https://.example.com',
  'https://a..example.com',
  'https://evil.example/.example.com',
  'https://evil.example#.example.com',
  'https://evil.example?x.example.com',
  'https://user@evil.example.com',
  'HTTPS://APP.EXAMPLE.COM',
  'https://app.example.com/',
];
