'use strict';

// Tokens in cookies: how they are read, who may cause a request that bears one, and how they are set.

const assert = require('node:assert');
const { describe, it } = require('node:test');

const { authenticate, createSigner, createVerifier, errorHandler, tokenCookie } = require('portcullis');

const apps = require('../support/apps');
const { handshake, request } = require('../support/request');
const { SECRET: KEY } = require('../support/secret');

const verifier = createVerifier({ key: KEY });
const token = createSigner({ key: KEY, expiresInSeconds: 60 }).sign({ sub: 'ada' });
const HOST = 'api.example.com';
const COOKIE = { Cookie: `__Host-token=${token}` };

/** An app whose one route shows who is signed in. */
function appOf(express, options = { cookie: true }) {
  const app = express();
  const errors = [];
  app.all('/', authenticate({ verifier, ...options }), (req, res) => res.json(req.auth?.claims.sub ?? null));
  app.use((error, _req, _res, next) => {
    errors.push(error.code);
    next(error);
  });
  app.use(errorHandler({ onError: () => {} }));
  return { app, errors };
}

const NBSP = '\u00a0';
const READ_COOKIES = {
  'the cookie alone': `__Host-token=${token}`,
  'the cookie among others': `a=1; __Host-token=${token}; b=2`,
  'a value in quotation marks': `__Host-token="${token}"`,
  'no space between cookies': `a=1;__Host-token=${token};b`,
  'a tab and several spaces': `a=1; \t __Host-token=${token} \t; b=2`,
  'names that only resemble it': `__Host-token2=x; x__Host-token=x; __host-token=x; __Host-token${NBSP}=x; __Host-token=${token}`,
  'broken cookies before it': `=; ; =x; %; "; __Host-token=${token}`,
};
/** What a browser did not hold to the prefix, or what a reader of older rules would take for it. */
const IGNORED_COOKIES = {
  'no cookie': '',
  'another name': `token=${token}`,
  'another case': `__host-token=${token}`,
  'upper case': `__HOST-TOKEN=${token}`,
  'a no-break space before the name': `${NBSP}__Host-token=${token}`,
  'a form feed before the name': `a=1; \u00a0\u0085__Host-token=${token}`,
  'a space after the name': `__Host-token =${token}`,
  'a cookie inside of $Version': `$Version=1, __Host-token=${token}`,
  'a cookie inside of quotation marks': `a="__Host-token=${token}"`,
  'a percent-encoded name': `__Host%2Dtoken=${token}`,
  'no equals sign': `__Host-token`,
  'an empty value': '__Host-token=',
  'an empty value in quotation marks': '__Host-token=""',
};
const BAD_COOKIES = {
  'half a quotation mark': `__Host-token="${token}`,
  'a percent-encoded dot': `__Host-token=${token.replace('.', '%2E')}`,
  'a value that is no token': '__Host-token=x',
  'a comma and a second token': `__Host-token=${token},${token}`,
  'a longer one': `__Host-token=${token}=`,
};
const AMBIGUOUS = {
  'the cookie twice': { Cookie: `__Host-token=${token}; __Host-token=${token}` },
  'the cookie twice, once empty': { Cookie: `__Host-token=; __Host-token=${token}` },
  'the cookie in two headers': [...Object.entries(COOKIE), ...Object.entries(COOKIE)],
  'a nameless cookie that looks like it': { Cookie: `__Host-token=x; a=1; __Host-token=${token}` },
  'cookie and header': { ...COOKIE, Authorization: `Bearer ${token}` },
  'cookie and a header with two spaces': { ...COOKIE, Authorization: `Bearer  ${token}` },
  'cookie and a scheme alone': { ...COOKIE, Authorization: 'bearer' },
  'cookie and a header without a scheme': { ...COOKIE, Authorization: token },
  'cookie and an empty header': { ...COOKIE, Authorization: '' },
  'cookie and two headers': [
    ...Object.entries(COOKIE),
    ['Authorization', 'Basic eA=='],
    ['Authorization', `Bearer ${token}`],
  ],
};

/** Headers beside the cookie, and whether a POST to https://api.example.com passes with them. */
const ORIGINS = [
  ['Sec-Fetch-Site: same-origin', { 'Sec-Fetch-Site': 'same-origin', Origin: `https://${HOST}` }, true],
  [
    'same-origin behind a proxy that changes Host',
    { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://x.example' },
    true,
  ],
  ['Sec-Fetch-Site: none', { 'Sec-Fetch-Site': 'none' }, true],
  ['Sec-Fetch-Site: same-site', { 'Sec-Fetch-Site': 'same-site', Origin: `https://${HOST}` }, false],
  ['Sec-Fetch-Site: cross-site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }, false],
  ['cross-site with an Origin of here', { 'Sec-Fetch-Site': 'cross-site', Origin: `https://${HOST}` }, false],
  ['a Sec-Fetch-Site that is unknown', { 'Sec-Fetch-Site': 'own', Origin: `https://${HOST}` }, false],
  ['an empty Sec-Fetch-Site', { 'Sec-Fetch-Site': '', Origin: `https://${HOST}` }, false],
  [
    'two Sec-Fetch-Site',
    [
      ['Sec-Fetch-Site', 'same-origin'],
      ['Sec-Fetch-Site', 'cross-site'],
    ],
    false,
  ],
  ['neither header', {}, false],
  ['Origin of here', { Origin: `https://${HOST}` }, true],
  ['Origin of here, and a proxy that adds the port', { Host: `${HOST}:443`, Origin: `https://${HOST}` }, true],
  ['Origin of here on a port', { Host: `${HOST}:8443`, Origin: `https://${HOST}:8443` }, true],
  ['Origin of here, Host in capitals', { Host: HOST.toUpperCase(), Origin: `https://${HOST}` }, true],
  ['Origin of another port', { Host: `${HOST}:8443`, Origin: `https://${HOST}` }, false],
  ['Origin of here by plain HTTP', { Origin: `http://${HOST}` }, false],
  ['Origin of localhost by plain HTTP', { Host: 'localhost:3000', Origin: 'http://localhost:3000' }, true],
  ['Origin of another port of localhost', { Host: 'localhost:3000', Origin: 'http://localhost:5173' }, false],
  [
    'Origin of a host that begins so',
    { Host: 'localhost.evil.example', Origin: 'http://localhost.evil.example' },
    false,
  ],
  ['Origin of loopback', { Host: '[::1]:3000', Origin: 'http://[::1]:3000' }, true],
  ['Origin of another site', { Origin: 'https://evil.example' }, false],
  ['Origin that ends so', { Origin: `https://evil-${HOST}` }, false],
  ['Origin that begins so', { Origin: `https://${HOST}.evil.example` }, false],
  ['Origin with a path', { Origin: `https://${HOST}/` }, false],
  ['Origin null', { Origin: 'null' }, false],
  ['an empty Origin', { Origin: '' }, false],
  [
    'two Origins',
    [
      ['Origin', `https://${HOST}`],
      ['Origin', 'https://evil.example'],
    ],
    false,
  ],
  ['Referer of here alone', { Referer: `https://${HOST}/form` }, false],
  ['X-Forwarded-Host of the Origin', { Origin: 'https://evil.example', 'X-Forwarded-Host': 'evil.example' }, false],
  ['a method override header', { 'X-HTTP-Method-Override': 'GET', Origin: 'https://evil.example' }, false],
];

/** Pairs with the cookie, for this host unless they name one. */
function withCookie(headers, cookie = COOKIE) {
  const list = [...Object.entries(cookie), ...(Array.isArray(headers) ? headers : Object.entries(headers))];
  return list.some(([name]) => name === 'Host') ? list : [['Host', HOST], ...list];
}

describe('authenticate with a cookie', () => {
  for (const [name, express] of apps) {
    for (const [what, Cookie] of Object.entries(READ_COOKIES)) {
      it(`reads ${what} on ${name}`, async () => {
        const answer = await request(appOf(express).app, { headers: { Cookie } });
        assert.deepStrictEqual([answer.status, answer.json()], [200, 'ada']);
      });
    }

    for (const [what, Cookie] of Object.entries(IGNORED_COOKIES)) {
      it(`reads no token from ${what} on ${name}`, async () => {
        const { app, errors } = appOf(express);
        const raw = Buffer.from(`GET / HTTP/1.1\r\nHost: ${HOST}\r\nCookie: ${Cookie}\r\n\r\n`, 'latin1');
        const answer = await request(app, { raw });
        assert.deepStrictEqual([answer.status, errors], [401, ['ERR_AUTH_MISSING']]);
        assert.strictEqual(answer.headers['www-authenticate'], 'Bearer');
      });
    }

    for (const [what, Cookie] of Object.entries(BAD_COOKIES)) {
      it(`refuses ${what} on ${name}, also if it is optional`, async () => {
        for (const optional of [false, true]) {
          const { app, errors } = appOf(express, { cookie: true, optional });
          const answer = await request(app, { headers: { Cookie } });
          assert.deepStrictEqual([answer.status, errors], [401, ['ERR_JWT_MALFORMED']]);
          assert.strictEqual(answer.headers['www-authenticate'], 'Bearer error="invalid_token"');
        }
      });
    }

    for (const [what, headers] of Object.entries(AMBIGUOUS)) {
      it(`responds with 400 to ${what} on ${name}`, async () => {
        const { app, errors } = appOf(express, { cookie: true, optional: true });
        const answer = await request(app, { headers });
        assert.deepStrictEqual([answer.status, errors], [400, ['ERR_AUTH_REQUEST']]);
        assert.strictEqual(answer.headers['www-authenticate'], 'Bearer error="invalid_request"');
      });
    }

    it(`responds with 400 to cookie and query together on ${name}`, async () => {
      const { app } = appOf(express);
      assert.strictEqual((await request(app, { path: '/?access_token=x', headers: COOKIE })).status, 400);
    });

    it(`reads the header as before, and needs no origin for it, on ${name}`, async () => {
      const { app } = appOf(express);
      const headers = { Authorization: `Bearer ${token}`, Cookie: 'a=1', Origin: 'https://evil.example' };
      assert.strictEqual((await request(app, { method: 'POST', headers })).status, 200);
      assert.strictEqual((await request(app, { headers: { Authorization: 'Bearer  x' } })).status, 401);
    });

    it(`ignores a header of another scheme on ${name}`, async () => {
      const { app } = appOf(express);
      const basic = { Authorization: 'Basic dXNlcjpwYXNz' };
      assert.strictEqual((await request(app, { headers: { ...COOKIE, ...basic } })).status, 200);
      assert.strictEqual((await request(app, { headers: basic })).status, 401);
    });

    for (const [what, headers, passes] of ORIGINS) {
      it(`${passes ? 'accepts' : 'refuses'} a POST with ${what} on ${name}`, async () => {
        const { app, errors } = appOf(express);
        const answer = await request(app, { method: 'POST', headers: withCookie(headers) });
        assert.strictEqual(answer.status, passes ? 200 : 403);
        assert.deepStrictEqual(errors, passes ? [] : ['ERR_CSRF_CROSS_SITE']);
        assert.strictEqual(answer.headers['www-authenticate'], undefined);
      });
    }

    const FOREIGN = withCookie({ Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' });
    for (const [method, status] of Object.entries({
      GET: 200,
      HEAD: 200,
      OPTIONS: 200,
      PUT: 403,
      PATCH: 403,
      DELETE: 403,
    })) {
      it(`responds with ${status} to ${method} of another site on ${name}`, async () => {
        assert.strictEqual((await request(appOf(express).app, { method, headers: FOREIGN })).status, status);
      });
    }

    it(`refuses another site before it reads the token, also if it is optional, on ${name}`, async () => {
      const { app, errors } = appOf(express, { cookie: true, optional: true });
      const headers = withCookie({ Origin: 'https://evil.example' }, { Cookie: '__Host-token=x' });
      assert.strictEqual((await request(app, { method: 'POST', headers })).status, 403);
      assert.strictEqual((await request(app, { method: 'POST' })).status, 200);
      assert.deepStrictEqual(errors, ['ERR_CSRF_CROSS_SITE']);
    });

    it(`accepts trusted origins and no others on ${name}`, async () => {
      const { app } = appOf(express, {
        cookie: { trustedOrigins: ['https://app.example.com', 'https://*.web.example.com'] },
      });
      const origins = {
        'https://app.example.com': 200,
        'https://a.web.example.com': 200,
        [`https://${HOST}`]: 200,
        'https://web.example.com': 403,
        'http://app.example.com': 403,
        'https://app.example.com.evil.example': 403,
        null: 403,
      };
      for (const [Origin, status] of Object.entries(origins)) {
        assert.strictEqual(
          (await request(app, { method: 'POST', headers: withCookie({ Origin }) })).status,
          status,
          Origin,
        );
      }
      const sibling = { Origin: 'https://app.example.com', 'Sec-Fetch-Site': 'same-site' };
      assert.strictEqual((await request(app, { method: 'POST', headers: withCookie(sibling) })).status, 200);
    });

    it(`accepts a page over plain HTTP if the cookie and the request are plain too on ${name}`, async () => {
      const cookie = { name: 'token', dangerouslyAllowUnprefixedName: true };
      const { app } = appOf(express, { cookie });
      app.set('trust proxy', true);
      const headers = withCookie({ Origin: `http://${HOST}` }, { Cookie: `token=${token}` });
      assert.strictEqual((await request(app, { method: 'POST', headers })).status, 200);
      const forwarded = [...headers, ['X-Forwarded-Proto', 'https']];
      assert.strictEqual((await request(app, { method: 'POST', headers: forwarded })).status, 403);
    });

    it(`accepts every site with dangerouslyAllowCrossSite on ${name}`, async () => {
      const { app } = appOf(express, { cookie: { dangerouslyAllowCrossSite: true } });
      assert.strictEqual((await request(app, { method: 'DELETE', headers: FOREIGN })).status, 200);
    });
  }

  it('checks a WebSocket handshake like a state-changing request, on a plain server', async () => {
    const upgrades = [
      [`https://${HOST}`, undefined],
      ['https://evil.example', 'ERR_CSRF_CROSS_SITE'],
      [undefined, 'ERR_CSRF_CROSS_SITE'],
    ];
    const middleware = authenticate({ verifier, cookie: true });
    for (const [origin, code] of upgrades) {
      const fields = { Host: HOST, Cookie: COOKIE.Cookie, ...(origin && { Origin: origin }) };
      const outcome = await handshake(fields, (req) => {
        return new Promise((resolve) => middleware(req, {}, (error) => resolve(error?.code)));
      });
      assert.strictEqual(outcome, code, origin);
    }
  });

  it('reads the authority of HTTP/2', () => {
    const middleware = authenticate({ verifier, cookie: true });
    const pass = (authority) => {
      const headers = { cookie: COOKIE.Cookie, ':authority': authority, origin: `https://${HOST}` };
      let outcome;
      middleware({ method: 'POST', url: '/', headers, rawHeaders: [] }, {}, (error) => (outcome = error?.code));
      return outcome;
    };
    assert.deepStrictEqual([HOST, 'evil.example', undefined].map(pass), [
      undefined,
      'ERR_CSRF_CROSS_SITE',
      'ERR_CSRF_CROSS_SITE',
    ]);
  });

  it('reads a long list of cookies in linear time', () => {
    const middleware = authenticate({ verifier, cookie: true });
    const lists = [
      `${' '.repeat(500_000)}__Host-token=x`,
      `__Host-token=${' '.repeat(500_000)}x`,
      '__Host-token;'.repeat(40_000),
    ];
    const start = performance.now();
    for (const cookie of lists)
      middleware({ method: 'GET', url: '/', headers: { cookie }, rawHeaders: [] }, {}, () => {});
    assert.ok(performance.now() - start < 2_000);
  });

  const REFUSED_OPTIONS = {
    'a text': 'token',
    'null options': { name: null },
    'an unprefixed name': { name: 'token' },
    'a prefix in lower case': { name: '__host-token' },
    'a prefix alone': { name: '__Host-' },
    'a name with a space': { name: '__Host-a b' },
    'a name with an equals sign': { name: '__Host-a=b' },
    'a name with a semicolon': { name: '__Host-a;b' },
    'an empty name': { name: '' },
    'a misspelt option': { nmae: '__Host-a' },
    'an origin with a path': { trustedOrigins: ['https://app.example.com/'] },
    'any origin': { trustedOrigins: '*' },
    'the origin null': { trustedOrigins: ['null'] },
    'an origin of a RegExp without anchors': { trustedOrigins: [/app/] },
    'danger that is a text': { dangerouslyAllowCrossSite: 'true' },
  };
  for (const [what, cookie] of Object.entries(REFUSED_OPTIONS)) {
    it(`rejects at set-up ${what}`, () => {
      assert.throws(() => authenticate({ verifier, cookie }), { name: 'TypeError', code: 'ERR_AUTH_OPTION' });
    });
  }
});

/** A response that only keeps headers. */
function recorder(present) {
  const headers = new Map(present === undefined ? [] : [['Set-Cookie', present]]);
  return {
    getHeader: (name) => headers.get(name),
    setHeader: (name, value) => headers.set(name, value),
    cookies: () => headers.get('Set-Cookie'),
  };
}

describe('tokenCookie', () => {
  const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Strict';
  const WRITTEN = [
    [undefined, `__Host-token=x.y.z; ${ATTRIBUTES}`],
    [{ maxAgeSeconds: 900 }, `__Host-token=x.y.z; Max-Age=900; ${ATTRIBUTES}`],
    [{ sameSite: 'Lax' }, '__Host-token=x.y.z; Path=/; HttpOnly; Secure; SameSite=Lax'],
    [{ name: '__Secure-session' }, `__Secure-session=x.y.z; ${ATTRIBUTES}`],
    [{ name: 'session', dangerouslyAllowUnprefixedName: true }, `session=x.y.z; ${ATTRIBUTES}`],
  ];
  for (const [options, written] of WRITTEN) {
    it(`writes the safest cookie for ${JSON.stringify(options)}`, () => {
      const res = recorder();
      tokenCookie(options).set(res, 'x.y.z');
      assert.deepStrictEqual(res.cookies(), [written]);
    });
  }

  for (const [name, express] of apps) {
    it(`signs in, and out, on ${name}`, async () => {
      const { set, clear } = tokenCookie({ maxAgeSeconds: 60 });
      const app = express();
      app.post('/log-in', (_req, res) => {
        res.cookie('theme', 'dark');
        set(res, token);
        res.append('Set-Cookie', 'last=1');
        res.end();
      });
      app.post('/log-out', (_req, res) => {
        clear(res);
        res.end();
      });
      app.get('/', authenticate({ verifier, cookie: true }), (req, res) => res.json(req.auth.claims.sub));
      const logIn = await request(app, { method: 'POST', path: '/log-in' });
      const [theme, own, last] = logIn.headers['set-cookie'];
      assert.deepStrictEqual([theme, last], ['theme=dark; Path=/', 'last=1']);
      const Cookie = own.split(';')[0];
      assert.strictEqual((await request(app, { headers: { Cookie } })).json(), 'ada');
      const logOut = await request(app, { method: 'POST', path: '/log-out' });
      assert.deepStrictEqual(logOut.headers['set-cookie'], [`__Host-token=; Max-Age=0; ${ATTRIBUTES}`]);
    });
  }

  it('keeps other cookies and replaces its own', () => {
    for (const present of ['a=1', ['a=1', '__Host-token=old; Path=/']]) {
      const res = recorder(present);
      const cookie = tokenCookie();
      cookie.clear(res);
      cookie.set(res, 'x');
      assert.deepStrictEqual(res.cookies(), ['a=1', `__Host-token=x; ${ATTRIBUTES}`]);
    }
  });

  const UNFIT_TOKENS = {
    nothing: undefined,
    'a number': 5,
    bytes: Buffer.from('x'),
    'an empty text': '',
    'a line break': 'a\r\nSet-Cookie: b=1',
    'a NUL': 'a\0',
    'a semicolon': 'a; Domain=example.com',
    'a comma': 'a,b',
    'a space': 'a b',
    'a quotation mark': 'a"',
    'a backslash': 'a\\',
    'a letter beyond ASCII': 'a\u00e9',
    'a byte too many': 'x'.repeat(4096 - '__Host-token'.length + 1),
  };
  it('recognises swapped arguments of set, and does not show the token', () => {
    const message = 'tokenCookie: the arguments are swapped; write set(res, token)';
    assert.throws(() => tokenCookie().set(/** @type {any} */ ('a.b.c'), recorder()), {
      code: 'ERR_AUTH_COOKIE',
      message,
    });
  });

  for (const [what, unfit] of Object.entries(UNFIT_TOKENS)) {
    it(`refuses to set ${what}, and leaves the response as it was`, () => {
      const res = recorder();
      const message = /^tokenCookie: (?!.*Domain)/;
      assert.throws(() => tokenCookie().set(res, unfit), { name: 'TypeError', code: 'ERR_AUTH_COOKIE', message });
      assert.strictEqual(res.cookies(), undefined);
    });
  }

  it('sets a token of as many bytes as browsers keep', () => {
    const res = recorder();
    tokenCookie().set(res, 'x'.repeat(4096 - '__Host-token'.length));
    assert.strictEqual(res.cookies().length, 1);
  });

  const REFUSED_OPTIONS = [
    { name: 'token' },
    { name: '__Host-a;b' },
    { sameSite: 'None' },
    { sameSite: 'strict' },
    { sameSite: false },
    { maxAgeSeconds: '900' },
    { maxAgeSeconds: 0 },
    { maxAgeSeconds: -1 },
    { maxAgeSeconds: 1.5 },
    { maxAgeSeconds: Number.POSITIVE_INFINITY },
    { maxAgeSeconds: 400 * 24 * 60 * 60 + 1 },
    { domain: 'example.com' },
    { httpOnly: false },
    null,
  ];
  for (const options of REFUSED_OPTIONS) {
    it(`rejects at set-up ${JSON.stringify(options)}`, () => {
      assert.throws(() => tokenCookie(options), { code: /^ERR_AUTH_OPTION(_RANGE)?$/ });
    });
  }
});
