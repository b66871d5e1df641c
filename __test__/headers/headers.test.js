// @ts-check
'use strict';

const assert = require('node:assert/strict');
const http = require('node:http');
const http2 = require('node:http2');
const { once } = require('node:events');
const { describe, it } = require('node:test');
const helmet = /** @type {any} */ (require('helmet'));

const { prepareHeaders, securityHeaders } = require('../../lib/headers');
const { createReplay } = require('../../lib/headers/replay');
const apps = require('../support/apps');
const { foreign } = require('../support/realm');
const { request } = require('../support/request');

const OPTION_SETS = [
  undefined,
  {},
  { contentSecurityPolicy: false },
  { contentSecurityPolicy: true },
  { contentSecurityPolicy: { reportOnly: true } },
  { contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'self'", 'https://cdn.example.com'] } } },
  {
    contentSecurityPolicy: {
      directives: { scriptSrc: new Set(["'self'", "'unsafe-inline'"]), upgradeInsecureRequests: null },
    },
  },
  { contentSecurityPolicy: { directives: { defaultSrc: helmet.contentSecurityPolicy.dangerouslyDisableDefaultSrc } } },
  { crossOriginEmbedderPolicy: true },
  { crossOriginEmbedderPolicy: { policy: 'credentialless' } },
  {
    crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  },
  { crossOriginOpenerPolicy: false, crossOriginResourcePolicy: false, originAgentCluster: false },
  { referrerPolicy: { policy: ['origin', 'unsafe-url'] } },
  { referrerPolicy: { policy: 'same-origin' } },
  { hsts: { maxAge: 123, preload: true } },
  { strictTransportSecurity: { maxAge: 1.9, includeSubDomains: false } },
  { strictTransportSecurity: false },
  { noSniff: false, ieNoOpen: false, xssFilter: false },
  { xContentTypeOptions: true, xDownloadOptions: true, xXssProtection: true },
  { dnsPrefetchControl: { allow: true } },
  { frameguard: { action: 'deny' } },
  { xFrameOptions: { action: 'SAMEORIGIN' } },
  { permittedCrossDomainPolicies: { permittedPolicies: 'by-content-type' } },
  { xPermittedCrossDomainPolicies: false, referrerPolicy: false },
  { hidePoweredBy: false },
  { xPoweredBy: true },
];

const MISUSES = {
  'null options': null,
  'an array': [],
  'an unknown name': { hstss: true },
  'a string for frameguard': { frameguard: 'deny' },
  'a misspelt HSTS setting': { hsts: { maxage: 1 } },
  'a misspelt frame setting': { xFrameOptions: { actoin: 'deny' } },
  'a negative max-age': { hsts: { maxAge: -1 } },
  'a max-age that is NaN': { hsts: { maxAge: NaN } },
  'a name and its alias': { hsts: true, strictTransportSecurity: true },
  'settings where there are none': { noSniff: {} },
  'a null policy': { contentSecurityPolicy: null },
  'an unquoted keyword': { contentSecurityPolicy: { directives: { scriptSrc: ['self'] } } },
  'a directive with a semicolon': { contentSecurityPolicy: { directives: { defaultSrc: ["'self'; script-src *"] } } },
  'a bare function': { contentSecurityPolicy: { directives: { scriptSrc: () => "'self'" } } },
  'a line break in a directive': { contentSecurityPolicy: { directives: { scriptSrc: ['a\r\nSet-Cookie: x=1'] } } },
  'a line break in a header': { permissionsPolicy: 'camera=()\r\nX: y' },
  'an unknown preset': { preset: 'strict' },
  'true for a text': { cacheControl: true },
};

/** The response's own headers, by a server whose only middleware is given. @returns {Promise<string[]>} */
async function sent(/** @type {any} */ express, /** @type {any} */ middleware) {
  const app = express();
  app.use(middleware);
  app.get('/', (/** @type {any} */ _req, /** @type {any} */ res) => res.json({ ok: true }));
  const { rawHeaders } = await request(app);
  return rawHeaders.map((value, index) => (rawHeaders[index - 1] === 'Date' ? 'date' : value));
}

describe('headers', () => {
  for (const [major, express] of apps) {
    for (const [index, options] of OPTION_SETS.entries()) {
      it(`sends the headers of helmet, byte for byte, with option set ${index} on ${major}`, async () => {
        assert.deepEqual(await sent(express, securityHeaders(options)), await sent(express, helmet(options ?? {})));
      });
    }

    it(`computes a policy with functions per request on ${major}`, async () => {
      let count = 0;
      const nonce = (/** @type {any} */ _req, /** @type {any} */ res) => `'nonce-${res.locals.nonce}'`;
      const app = express();
      app.use((/** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ next) => {
        res.locals.nonce = `n${++count}`;
        next();
      });
      app.use(securityHeaders({ contentSecurityPolicy: { directives: { scriptSrc: ["'self'", nonce] } } }));
      app.get('/', (/** @type {any} */ _req, /** @type {any} */ res) => res.send('ok'));
      for (const expected of ["script-src 'self' 'nonce-n1';", "script-src 'self' 'nonce-n2';"]) {
        const { headers } = await request(app);
        assert.ok(headers['content-security-policy'].includes(expected));
        assert.equal(headers['x-frame-options'], 'SAMEORIGIN');
        assert.equal(headers['x-powered-by'], undefined);
      }
    });

    it(`passes an error of a policy function to next() on ${major}`, async () => {
      const app = express();
      const broken = () => {
        throw new Error('no nonce');
      };
      app.use(securityHeaders({ contentSecurityPolicy: { directives: { scriptSrc: [broken] } } }));
      app.use((/** @type {any} */ error, /** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ _next) => {
        res.status(500).send(error.message);
      });
      const { text, headers } = await request(app);
      assert.equal(text, 'no nonce');
      assert.equal(headers['x-content-type-options'], 'nosniff');
    });

    it(`sends the OWASP REST set, and no other, with the api preset on ${major}`, async () => {
      const raw = await sent(express, securityHeaders({ preset: 'api' }));
      assert.deepEqual(raw.slice(0, 12), [
        'Content-Security-Policy',
        "default-src 'none';frame-ancestors 'none'",
        'Referrer-Policy',
        'no-referrer',
        'Strict-Transport-Security',
        'max-age=31536000; includeSubDomains',
        'X-Content-Type-Options',
        'nosniff',
        'X-Frame-Options',
        'DENY',
        'Cache-Control',
        'no-store',
      ]);
      assert.equal(raw[12], 'Content-Type');
    });
  }

  it('changes a preset by options and their aliases', () => {
    const res = freshResponse();
    const own = {
      preset: 'api',
      frameguard: false,
      cacheControl: false,
      permissionsPolicy: 'camera=()',
      hsts: { maxAge: 1 },
    };
    securityHeaders(own)({}, res, () => {});
    assert.deepEqual(Object.keys(res.getHeaders()), [
      'content-security-policy',
      'referrer-policy',
      'strict-transport-security',
      'x-content-type-options',
      'permissions-policy',
    ]);
    assert.equal(res.getHeader('Strict-Transport-Security'), 'max-age=1; includeSubDomains');
  });

  for (const [name, options] of Object.entries(MISUSES)) {
    it(`rejects ${name} at set-up`, () => {
      assert.throws(() => securityHeaders(options), { name: 'TypeError', code: 'ERR_HEADERS_OPTION' });
    });
  }
});

/** @returns {any} */
function freshResponse() {
  const res = new http.ServerResponse(
    /** @type {any} */ ({ method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1, headers: {} }),
  );
  res.sendDate = false;
  return res;
}

const LIST = /** @type {const} */ ([
  ['X-One', '1'],
  ['X-Two', '2'],
  ['X-Three', '3'],
]);

/** What a program may do with a response after the replay. @type {Record<string, (res: any) => any>} */
const LATER = {
  'reads one': (res) => [res.getHeader('x-one'), res.hasHeader('X-TWO'), res.getHeader('x-none')],
  'reads all': (res) => [Object.entries(res.getHeaders()), res.getHeaderNames(), res.getRawHeaderNames()],
  'sets one anew': (res) => res.setHeader('x-two', 'changed'),
  'removes one': (res) => res.removeHeader('X-Two'),
  'removes all': (res) => {
    for (const [name] of LIST) res.removeHeader(name);
  },
  'appends to one': (res) => res.appendHeader('X-One', ['more', 'and more']),
  'sets a Headers object': (res) => res.setHeaders(new Headers({ 'x-one': 'new', 'x-four': '4' })),
  'sets many others': (res) => Array.from({ length: 150 }, (_, index) => res.setHeader(`X-${index}`, 'v')),
  'sets __proto__ and constructor': (res) => {
    assert.equal(res.getHeader('constructor'), undefined);
    res.setHeader('__proto__', 'p');
    res.setHeader('constructor', 'c');
  },
  'flushes early': (res) => res.flushHeaders(),
};

describe('headers replay', () => {
  it('offers the symbol for a policy without default-src', () => {
    const { dangerouslyDisableDefaultSrc } = securityHeaders;
    assert.equal(dangerouslyDisableDefaultSrc, helmet.contentSecurityPolicy.dangerouslyDisableDefaultSrc);
    const contentSecurityPolicy = { directives: { 'default-src': dangerouslyDisableDefaultSrc } };
    assert.equal(typeof securityHeaders({ contentSecurityPolicy }), 'function');
  });

  it('replays a policy whose directives are Sets, of another realm too', () => {
    for (const values of [new Set(["'self'"]), foreign(`new Set(["'self'"])`)]) {
      const { perRequest } = prepareHeaders({ contentSecurityPolicy: { directives: { 'default-src': values } } });
      assert.equal(perRequest, undefined);
    }
  });

  it('uses the fast path on this Node.js', () => {
    assert.equal(prepareHeaders().replay.fast, true);
    assert.equal(prepareHeaders({ preset: 'api' }).replay.fast, true);
    assert.equal(createReplay([]).fast, true);
  });

  it('falls back to setHeader where another Node keeps headers otherwise', () => {
    assert.equal(createReplay(LIST, { outHeaders: null }).fast, false);
    const replay = createReplay(LIST, { outHeaders: Symbol('elsewhere') });
    const res = freshResponse();
    replay(res);
    assert.deepEqual({ ...res.getHeaders() }, { 'x-one': '1', 'x-two': '2', 'x-three': '3' });
    const breaking = Object.getOwnPropertySymbols(res).find((symbol) => symbol.description === 'corked');
    assert.equal(createReplay(LIST, { outHeaders: breaking }).fast, false);
  });

  for (const [name, act] of Object.entries(LATER)) {
    for (const before of [
      {},
      { 'X-Powered-By': 'Express' },
      { 'X-Earlier': 'e', 'x-two': 'earlier', 'X-Powered-By': 'Express' },
    ]) {
      for (const removePoweredBy of [true, false]) {
        it(`behaves as setHeader when a program ${name} after ${JSON.stringify(before)}, ${removePoweredBy}`, () => {
          const [fast, slow] = [
            createReplay(LIST, { removePoweredBy }),
            createReplay(LIST, { removePoweredBy, outHeaders: null }),
          ];
          const [actual, expected] = [fast, slow].map((replay) => observe(replay, before, act));
          assert.deepEqual(actual, expected);
        });
      }
    }
  }

  it('writes the head as setHeader does after entries were touched, moved or replaced', () => {
    const acts = /** @type {Array<(res: any) => void>} */ ([
      () => {},
      (res) => res.setHeader('X-One', '1'),
      (res) => res.setHeader('x-one', '1'),
      (res) => res.removeHeader('X-One') ?? res.setHeader('X-One', '1'),
      (res) => res.appendHeader('X-Three', '4'),
      (res) => res.setHeader('X-Two', ['2']),
      (res) => res.setHeader('Connection', 'close'),
      (res) => res.setHeader('Content-Length', '3'),
      (res) => res.setHeader('Transfer-Encoding', 'chunked'),
      (res) => res.setHeader('Set-Cookie', ['a=1', 'b=2']),
    ]);
    for (const act of acts) {
      const heads = [createReplay(LIST), createReplay(LIST, { outHeaders: null })].map((replay) => {
        const res = freshResponse();
        replay(res);
        act(res);
        res.writeHead(200);
        return [res._header, res.getHeaders(), res.shouldKeepAlive, res.chunkedEncoding, res._last];
      });
      assert.deepEqual(heads[0], heads[1], String(act));
    }
  });

  it('shares no entry between two responses', () => {
    const replay = createReplay(LIST);
    const [first, second] = [freshResponse(), freshResponse()];
    replay(first);
    replay(second);
    first.appendHeader('X-One', 'mine');
    first.setHeader('X-New', 'mine');
    assert.equal(second.getHeader('X-One'), '1');
    assert.equal(second.hasHeader('X-New'), false);
    const third = freshResponse();
    replay(third);
    assert.equal(third.getHeader('X-One'), '1');
  });

  it('throws as setHeader does on a response that is sent', () => {
    const res = freshResponse();
    res.writeHead(200);
    assert.throws(() => createReplay(LIST)(res), { code: 'ERR_HTTP_HEADERS_SENT' });
  });

  it('calls a wrapped setHeader', () => {
    const res = freshResponse();
    const seen = /** @type {string[]} */ ([]);
    res.setHeader = (/** @type {string} */ name) => seen.push(name);
    createReplay(LIST)(res);
    assert.deepEqual(seen, ['X-One', 'X-Two', 'X-Three']);
  });

  it('serves HTTP/2 responses through setHeader', async () => {
    const server = http2.createServer((req, res) => securityHeaders()(req, res, () => res.end('ok')));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const session = http2.connect(`http://127.0.0.1:${/** @type {any} */ (server.address()).port}`);
    const stream = session.request({ ':path': '/' });
    const [headers] = await once(stream, 'response');
    stream.resume();
    await once(stream, 'end');
    session.close();
    server.close();
    assert.equal(headers['x-frame-options'], 'SAMEORIGIN');
    assert.match(headers['content-security-policy'], /^default-src 'self';/);
  });
});

/** @param {(res: any) => void} replay @param {Record<string, string>} before @param {(res: any) => any} act */
function observe(replay, before, act) {
  const res = freshResponse();
  for (const [name, value] of Object.entries(before)) res.setHeader(name, value);
  replay(res);
  const answer = act(res);
  const result = answer === res ? 'itself' : answer;
  const left = Object.entries(res.getHeaders());
  if (!res.headersSent) res.writeHead(201, { 'X-Last': 'last', 'x-one': 'written' });
  return {
    result: typeof result === 'object' ? JSON.stringify(result) : result,
    left: sortUnlessPlain(left, before),
    head: lines(res, before),
  };
}

/** X-Powered-By that stays is the one header whose place may differ. */
function sortUnlessPlain(/** @type {any[]} */ list, /** @type {any} */ before) {
  return before['X-Powered-By'] ? list.sort() : list;
}

function lines(/** @type {any} */ res, /** @type {any} */ before) {
  return sortUnlessPlain(res._header.split('\r\n'), before);
}
