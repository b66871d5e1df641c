// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { csrf } = require('../../lib/csrf');
const apps = require('../support/apps');
const { handshake, request } = require('../support/request');

const HOST = 'app.example.com';
const OWN = `https://${HOST}`;
const TRUSTED = 'https://admin.example.com';

/** @typedef {{ method: string, host: string, origin?: string, site?: string, cookie?: string, isSecure: boolean }} Facts */

/** The rule, written a second time: as a list of cases, in the order of the types' comment. @param {Facts} facts */
function passes({ method, host, origin, site, cookie, isSecure }) {
  const name = host.toLowerCase();
  if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return true;
  if (origin === TRUSTED) return true;
  if (site === 'same-origin' || site === 'none') return true;
  if (site !== undefined) return false;
  if (origin === undefined) return cookie === undefined;
  const https = name.endsWith(':443') ? name.slice(0, -4) : name;
  const plain = name.endsWith(':80') ? name.slice(0, -3) : name;
  if (origin === `https://${https}`) return true;
  if (isSecure || origin !== `http://${plain}`) return false;
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(name.replace(/:\d+$/, ''));
  return isLocal || !(cookie ?? '').includes('__Host-');
}

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY', 'PROPFIND'];
const SITES = [
  undefined,
  'same-origin',
  'none',
  'same-site',
  'cross-site',
  '',
  'Same-Origin',
  'same-origin, none',
  'own',
];
const HOSTS = [
  HOST,
  HOST.toUpperCase(),
  `${HOST}:443`,
  `${HOST}:80`,
  `${HOST}:8443`,
  'localhost:3000',
  '127.0.0.1',
  '[::1]:80',
];
const COOKIES = [undefined, 'a=1', 'a=1; __Host-token=x'];
const originsOf = (/** @type {string} */ host) => {
  const name = host.toLowerCase();
  const bare = name.replace(/:(?:443|80)$/, '');
  return [
    ...[undefined, 'null', '', TRUSTED, OWN, `http://${HOST}`, 'https://evil.example', `ftp://${name}`, `ws://${name}`],
    ...[
      `https://${name}`,
      `http://${name}`,
      `https://${bare}`,
      `http://${bare}`,
      `https://${name}/`,
      `https://${name}.evil`,
    ],
    ...[
      `https://evil-${name}`,
      `https://${name}:8443`,
      `HTTPS://${name}`,
      `//${name}`,
      name,
      `https://${name}, ${TRUSTED}`,
    ],
  ];
};

/** @param {(facts: Facts) => void} visit */
function eachCombination(visit) {
  for (const method of METHODS)
    for (const host of HOSTS)
      for (const origin of originsOf(host))
        for (const site of SITES)
          for (const cookie of COOKIES)
            for (const isSecure of [false, true]) visit({ method, host, origin, site, cookie, isSecure });
}

/** A request as node:http gives it, without a connection. @param {Facts & { url?: string }} facts @returns {any} */
function requestOf({ method, host, origin, site, cookie, isSecure, url = '/' }) {
  const headers = Object.entries({ host, origin, 'sec-fetch-site': site, cookie }).filter(
    ([, value]) => value !== undefined,
  );
  return { method, url, headers: Object.fromEntries(headers), secure: isSecure };
}

/** @param {any} middleware @param {any} req @returns {string | undefined} the code of the refusal */
function outcome(middleware, req) {
  const calls = /** @type {any[]} */ ([]);
  middleware(req, {}, (/** @type {any} */ error) => calls.push(error));
  assert.equal(calls.length, 1);
  return calls[0]?.code;
}

/** @param {any} express @param {any} options @param {(app: any) => void} [prepare] */
function appOf(express, options, prepare) {
  const app = express();
  prepare?.(app);
  app.use(csrf(options));
  app.use((/** @type {any} */ _req, /** @type {any} */ res) => res.status(202).end());
  app.use((/** @type {any} */ error, /** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ _next) => {
    res.status(error.status).send(error.code);
  });
  return app;
}

const FOREIGN = { Host: HOST, Origin: 'https://evil.example', Cookie: 'a=1' };
/** Headers of a POST to https://app.example.com over Express, and its status. @type {Array<[string, any, number]>} */
const POSTS = [
  ['no header at all', {}, 202],
  ['a cookie alone', { Cookie: 'a=1' }, 403],
  ['an empty Cookie header', { Cookie: '' }, 403],
  ['Authorization alone', { Authorization: 'Bearer x' }, 202],
  ['Sec-Fetch-Site: same-origin', { 'Sec-Fetch-Site': 'same-origin', Cookie: 'a=1' }, 202],
  ['Sec-Fetch-Site: none', { 'Sec-Fetch-Site': 'none', Cookie: 'a=1' }, 202],
  ['Sec-Fetch-Site: same-site', { 'Sec-Fetch-Site': 'same-site', Origin: OWN }, 403],
  ['Sec-Fetch-Site: cross-site without a cookie', { 'Sec-Fetch-Site': 'cross-site' }, 403],
  ['Sec-Fetch-Site that is unknown', { 'Sec-Fetch-Site': 'x', Origin: OWN }, 403],
  ['an Origin of its own', { Origin: OWN, Cookie: 'a=1' }, 202],
  ['the Origin null', { Origin: 'null' }, 403],
  ['an ftp Origin of this host', { Origin: `ftp://${HOST}` }, 403],
  ['a foreign Origin without a cookie', { Origin: 'https://evil.example' }, 403],
  ['a trusted Origin from a sibling', { Origin: TRUSTED, 'Sec-Fetch-Site': 'same-site', Cookie: 'a=1' }, 202],
  ['an http Origin of this host on plain HTTP', { Origin: `http://${HOST}`, Cookie: 'a=1' }, 202],
  ['an http Origin of this host over HTTPS', { Origin: `http://${HOST}`, 'X-Forwarded-Proto': 'https' }, 403],
  ['an http Origin beside a cookie of HTTPS', { Origin: `http://${HOST}`, Cookie: 'a=1;\t__secure-b=1' }, 403],
  ['a forwarded host', { ...FOREIGN, 'X-Forwarded-Host': 'evil.example' }, 403],
  ['a method override', { ...FOREIGN, 'X-HTTP-Method-Override': 'GET' }, 403],
];

const EXCEPT = ['/callback', '/hooks/', '/caf%C3%A9'];
const EXEMPT = [
  '/callback',
  '/callback?next=/x',
  '/hooks/',
  '/hooks/a/b',
  '/hooks/a?x=..',
  '/caf%C3%A9',
  'http://a/callback',
];
const NOT_EXEMPT = [
  ...[
    '/',
    '/callback/',
    '/callback/x',
    '/callbacks',
    '/Callback',
    '/CALLBACK',
    '//callback',
    '/x/callback',
    '/x?/callback',
  ],
  ...['/%63allback', '/callback%2f', '/callback%00', '/callback;x', '/callback#x', '/./callback', '/x/../callback'],
  ...['/hooks', '//hooks/a', '/Hooks/a', '/hooks/../admin', '/hooks/..', '/hooks/%2e%2e/admin', '/hooks/.%2E/admin'],
  ...[
    '/hooks/..%2fadmin',
    '/hooks/..;/admin',
    '/hooks/%2fadmin',
    '/hooks/%5cadmin',
    '/hooks/\\admin',
    '/hooks/%252e%252e/x',
  ],
  ...['/hooks/#/../admin', '/caf%c3%a9', 'http://callback/', 'http://a/x/callback', 'callback', '*', ''],
];
const MISUSES = {
  'options that are text': 'x',
  'a misspelt name': { trustedOrigin: OWN },
  'trusted origins that are undefined': { trustedOrigins: undefined },
  'trusted origins with null': { trustedOrigins: ['null'] },
  'a trusted origin with a path': { trustedOrigins: `${OWN}/` },
  'any trusted origin': { trustedOrigins: '*' },
  'a RegExp of any origin': { trustedOrigins: /^.*$/ },
  'a public suffix': { trustedOrigins: 'https://*.co.uk' },
  'one path instead of a list': { except: '/callback' },
  'a path without a slash': { except: ['callback'] },
  'a path with a query': { except: ['/callback?x'] },
  'a RegExp': { except: [/callback/] },
  'a star': { except: ['/hooks/*'] },
  'a parameter': { except: ['/users/:id'] },
  'dot segments': { except: ['/a/../b'] },
  'an encoded slash': { except: ['/a%2Fb'] },
  'two slashes': { except: ['//a'] },
  'a letter that clients encode': { except: ['/café'] },
};

describe('csrf', () => {
  it('decides every combination of headers as its naive twin does', () => {
    const middleware = csrf({ trustedOrigins: [TRUSTED] });
    let [passed, refused] = [0, 0];
    eachCombination((facts) => {
      const code = outcome(middleware, requestOf(facts));
      assert.equal(code, passes(facts) ? undefined : 'ERR_CSRF_CROSS_SITE', JSON.stringify(facts));
      if (code === undefined) passed += 1;
      else refused += 1;
    });
    assert.ok(passed > 10_000 && refused > 10_000, `${passed} passed, ${refused} refused`);
  });

  for (const [major, express] of apps) {
    for (const [what, headers, status] of POSTS) {
      it(`responds with ${status} to a POST with ${what} on ${major}`, async () => {
        const app = appOf(express, { trustedOrigins: [TRUSTED] }, (one) => one.set('trust proxy', 'loopback'));
        const answer = await request(app, { method: 'POST', headers: { Host: HOST, ...headers } });
        assert.deepEqual([answer.status, answer.text], [status, status === 403 ? 'ERR_CSRF_CROSS_SITE' : '']);
      });
    }

    it(`reads the scheme from a trusted proxy alone on ${major}`, async () => {
      const headers = { Host: HOST, Origin: `http://${HOST}`, 'X-Forwarded-Proto': 'https' };
      assert.equal((await request(appOf(express, {}), { method: 'POST', headers })).status, 202);
    });

    it(`accepts safe methods but not TRACE on ${major}`, async () => {
      for (const [method, status] of Object.entries({ GET: 202, HEAD: 202, OPTIONS: 202, TRACE: 403, DELETE: 403 })) {
        assert.equal((await request(appOf(express, {}), { method, headers: FOREIGN })).status, status, method);
      }
    });

    it(`exempts the listed paths, and no others, on ${major}`, async () => {
      const app = appOf(express, { except: EXCEPT });
      for (const [paths, status] of /** @type {const} */ ([
        [EXEMPT, 202],
        [NOT_EXEMPT.filter(Boolean), 403],
      ])) {
        for (const path of paths) {
          const raw = `POST ${path} HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\n\r\n`;
          const answer = await request(app, { raw });
          // Node's parser refuses some targets by itself.
          assert.ok(answer.status === status || (answer.status === 400 && status === 403), `${path}: ${answer.status}`);
        }
      }
    });

    it(`compares the whole path inside a mounted router on ${major}`, async () => {
      const app = express();
      const router = express.Router();
      router.use(csrf({ except: ['/callback', '/api/hook'] }));
      router.use((/** @type {any} */ _req, /** @type {any} */ res) => res.status(202).end());
      app.use('/api', router);
      app.use((/** @type {any} */ error, /** @type {any} */ _q, /** @type {any} */ res, /** @type {any} */ _n) =>
        res.sendStatus(error.status),
      );
      for (const [path, status] of Object.entries({ '/api/callback': 403, '/api/hook': 202, '/api/hook/': 403 })) {
        assert.equal((await request(app, { method: 'POST', path, headers: FOREIGN })).status, status, path);
      }
    });
  }

  for (const path of NOT_EXEMPT) {
    it(`does not exempt ${JSON.stringify(path)}`, () => {
      const req = {
        method: 'POST',
        url: path,
        originalUrl: path,
        headers: { host: HOST, origin: 'https://evil.example' },
      };
      assert.equal(outcome(csrf({ except: EXCEPT }), req), 'ERR_CSRF_CROSS_SITE');
    });
  }

  it('checks a WebSocket handshake, on a plain server', async () => {
    for (const [origin, code] of [
      [`http://${HOST}`, undefined],
      ['https://evil.example', 'ERR_CSRF_CROSS_SITE'],
    ]) {
      const seen = await handshake({ Host: HOST, Origin: `${origin}` }, (req) => outcome(csrf(), req));
      assert.equal(seen, code, origin);
    }
  });

  it('reads the authority of HTTP/2 and the encryption of the socket', () => {
    const ask = (/** @type {any} */ authority, /** @type {string} */ origin, encrypted = true) =>
      outcome(csrf(), {
        method: 'POST',
        url: '/',
        headers: { ':authority': authority, origin },
        socket: { encrypted },
      });
    assert.equal(ask(HOST, OWN), undefined);
    assert.equal(ask('evil.example', OWN), 'ERR_CSRF_CROSS_SITE');
    assert.equal(ask(undefined, OWN), 'ERR_CSRF_CROSS_SITE');
    assert.equal(ask('', 'https://'), 'ERR_CSRF_CROSS_SITE');
    assert.equal(ask(HOST, `http://${HOST}`), 'ERR_CSRF_CROSS_SITE');
    assert.equal(ask(HOST, `http://${HOST}`, false), undefined);
  });

  it('names the deciding header in the error message and repeats no value', () => {
    const messageOf = (/** @type {any} */ headers) => {
      let message = '';
      csrf()(
        /** @type {any} */ ({ method: 'POST', url: '/', headers }),
        {},
        (/** @type {any} */ error) => (message = error.message),
      );
      return message;
    };
    assert.match(messageOf({ 'sec-fetch-site': 'secret' }), /^(?!.*secret).*Sec-Fetch-Site/);
    assert.match(messageOf({ origin: 'https://secret', host: HOST }), /^(?!.*secret).*Origin/);
    assert.match(messageOf({ cookie: 'secret' }), /^(?!.*secret).*"Sec-Fetch-Site: same-origin"/);
  });

  it('needs linear time for hostile cookies', () => {
    const cookie = `;${' \t'.repeat(200_000)};${';'.repeat(200_000)}__`;
    const started = process.cpuUsage();
    outcome(csrf(), { method: 'POST', url: '/', headers: { host: HOST, origin: `http://${HOST}`, cookie } });
    assert.ok(process.cpuUsage(started).user < 1e6);
  });

  for (const [what, options] of Object.entries(MISUSES)) {
    it(`rejects ${what} at set-up`, () => {
      assert.throws(() => csrf(/** @type {any} */ (options)), {
        name: 'TypeError',
        code: 'ERR_CSRF_OPTION',
        message: /^csrf: /,
      });
    });
  }
});
