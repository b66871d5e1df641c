// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const cookieParser = require('cookie-parser');

const { threats } = require('../..');
const apps = require('../support/apps');
const { request } = require('../support/request');

const SQL = "1' OR '1'='1";
const XSS = '<script>alert(1)</script>';
const JSON_TYPE = { 'content-type': 'application/json' };

/** @typedef {import('../..').ThreatReport} ThreatReport */

/** @param {any} express @param {object} [options] @param {(report: ThreatReport) => unknown} [onReport] */
function appOf(express, options = {}, onReport = () => {}) {
  const reports = /** @type {ThreatReport[]} */ ([]);
  const record = (/** @type {ThreatReport} */ report) => {
    reports.push(report);
    return onReport(report);
  };
  const app = express();
  app.use(express.json({ limit: '8mb' }), express.urlencoded({ extended: true }));
  app.use(threats({ onReport: record, ...options }));
  app.use((/** @type {any} */ req, /** @type {any} */ res) => res.json({ query: req.query, body: req.body ?? null }));
  app.use((/** @type {any} */ error, /** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ _next) =>
    res.status(500).end(String(error.message)),
  );
  const places = () => reports.map(({ source, pointer, rule }) => [source, pointer, rule]);
  return { app, reports, places };
}

/** @param {object} value */
const json = (value) => ({ method: 'POST', headers: JSON_TYPE, body: JSON.stringify(value) });

for (const [name, express] of apps) {
  describe(`threats on ${name}`, () => {
    it('reports a probe in the path, as sent', async () => {
      const { app, places } = appOf(express);
      await request(app, { path: '/files/..%2f..%2fetc%2fpasswd' });
      assert.deepEqual(places(), [['path', '', 'path-system-file']]);
    });

    it('reports the whole path inside a router', async () => {
      const { reports } = appOf(express);
      const app = express();
      app.use('/files', threats({ onReport: (report) => reports.push(report), sources: ['path'] }));
      await request(app, { path: '/files/%2e%2e%2f%2e%2e%2fetc/passwd' });
      assert.ok(reports.length > 0);
    });

    it('reports probes in the query by their pointer, and passes the query on unchanged', async () => {
      const { app, places } = appOf(express);
      const answer = await request(app, {
        path: `/?a=1&name=${encodeURIComponent(SQL)}&b=x&b=${encodeURIComponent(XSS)}`,
      });
      assert.deepEqual(places(), [
        ['query', '/name', 'sql-tautology'],
        ['query', '/b/1', 'xss-script'],
      ]);
      assert.deepEqual(answer.json().query, { a: '1', name: SQL, b: ['x', XSS] });
    });

    it('reports probes in a JSON body, however deep', async () => {
      const { app, places } = appOf(express);
      const answer = await request(
        app,
        json({ user: { names: ['Ada', SQL] }, age: 5, ok: true, none: null, text: XSS }),
      );
      assert.deepEqual(places(), [
        ['body', '/user/names/1', 'sql-tautology'],
        ['body', '/text', 'xss-script'],
      ]);
      assert.equal(answer.json().body.text, XSS);
    });

    it('reports probes in a form and in a text body', async () => {
      const { app, places } = appOf(express);
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      await request(app, { method: 'POST', headers, body: `name=${encodeURIComponent(SQL)}` });
      assert.deepEqual(places(), [['body', '/name', 'sql-tautology']]);
      const text = express();
      const seen = /** @type {string[]} */ ([]);
      text.use(express.text(), threats({ onReport: ({ pointer, rule }) => seen.push(pointer, rule) }));
      await request(text, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: XSS });
      assert.deepEqual(seen, ['', 'xss-script']);
    });

    it('reports probes in cookies, with a parser and without', async () => {
      const headers = { cookie: `theme=dark; id=${encodeURIComponent(SQL)}` };
      const { app, places } = appOf(express);
      await request(app, { headers });
      assert.deepEqual(places(), [['cookies', '/id', 'sql-tautology']]);
      const parsed = express();
      const seen = /** @type {string[]} */ ([]);
      parsed.use(cookieParser(), threats({ onReport: ({ source, pointer }) => seen.push(source + pointer) }));
      await request(parsed, { headers: { cookie: `a=j:${encodeURIComponent(JSON.stringify({ b: XSS }))}` } });
      assert.deepEqual(seen, ['cookies/a/b']);
    });

    it('reports a probe in a key at the object that has it, without the key', async () => {
      const { app, reports, places } = appOf(express);
      await request(app, json({ form: { [XSS]: 'a', [`${'k'.repeat(80)}`]: SQL } }));
      assert.deepEqual(places(), [
        ['body', '/form', 'xss-script'],
        ['body', '/form', 'sql-tautology'],
      ]);
      const shown = JSON.stringify(reports.map(({ req, ...rest }) => rest));
      assert.ok(!shown.includes('alert') && !shown.includes('kkk'));
    });

    it('hands over the request and never the value', async () => {
      const { app, reports } = appOf(express);
      await request(app, json({ text: XSS }));
      const [report] = reports;
      assert.deepEqual(Object.keys(/** @type {object} */ (report)).sort(), [
        'category',
        'pointer',
        'req',
        'rule',
        'source',
      ]);
      assert.equal(report?.req.method, 'POST');
      assert.deepEqual([report?.category, report?.rule], ['xss', 'xss-script']);
    });

    it('says nothing of ordinary requests', async () => {
      const { app, reports } = appOf(express);
      const headers = { ...JSON_TYPE, cookie: "name=O'Brien; session=s%3Aabc.def" };
      const body = JSON.stringify({
        name: "O'Brien",
        bio: "Rock 'n' roll; since 1999 -- or so",
        tags: ['select', 'union'],
      });
      await request(app, { method: 'POST', path: '/a/b?next=%2Fhome&q=tom+%26+jerry', headers, body });
      assert.deepEqual(reports, []);
    });

    it('lets the request pass when the hook throws or rejects, and logs that', async (t) => {
      const log = t.mock.method(console, 'error', () => {});
      const failures = [
        () => {
          throw new Error('hook');
        },
        async () => {
          throw new Error('hook');
        },
        () => {
          throw null;
        },
      ];
      for (const failure of failures) {
        const { app } = appOf(express, {}, failure);
        const answer = await request(app, json({ text: XSS }));
        assert.equal(answer.status, 200);
      }
      assert.equal(log.mock.callCount(), failures.length);
      for (const {
        arguments: [line],
      } of log.mock.calls)
        assert.match(line, /^threats: onReport failed: /);
    });

    it('lets the request pass when what others left on it throws', async () => {
      const app = express();
      const reports = /** @type {unknown[]} */ ([]);
      app.use((/** @type {any} */ req, /** @type {any} */ _res, /** @type {any} */ next) => {
        Object.defineProperty(req, 'body', {
          get() {
            throw new Error('a getter');
          },
        });
        next();
      });
      app.use(threats({ onReport: (report) => reports.push(report) }));
      app.use((/** @type {any} */ _req, /** @type {any} */ res) => res.sendStatus(204));
      const answer = await request(app, { path: `/?a=${encodeURIComponent(XSS)}` });
      assert.deepEqual([answer.status, reports.length], [204, 1]);
    });

    it('calls the next middleware once, without waiting for the hook', async () => {
      const { app, reports } = appOf(express, {}, () => new Promise(() => {}));
      const answer = await request(app, json({ text: XSS }));
      assert.deepEqual([answer.status, reports.length], [200, 1]);
    });
  });
}

describe('bounds of threats', () => {
  /** @param {object} options @param {object} body */
  const pointersOf = (options, body) => {
    const pointers = /** @type {string[]} */ ([]);
    const req = { url: '/', headers: {}, query: {}, body };
    threats({ onReport: ({ pointer }) => pointers.push(pointer), ...options })(req, {}, () => {});
    return pointers;
  };

  it('hold for the number of texts, keys included', () => {
    // Three keys and the value "ok" come first, and before them the path.
    assert.deepEqual(pointersOf({ maxTexts: 6 }, { a: 'ok', b: XSS, c: SQL }), ['/b']);
    assert.deepEqual(pointersOf({ maxTexts: 7 }, { a: 'ok', b: XSS, c: SQL }), ['/b', '/c']);
  });

  it('hold for the length of all texts', () => {
    const filler = 'a'.repeat(200);
    assert.deepEqual(pointersOf({ maxTotalLength: 210 }, [filler, XSS]), []);
    assert.deepEqual(pointersOf({ maxTotalLength: 300 }, [filler, XSS]), ['/1']);
  });

  it('hold for the number of reports', () => {
    assert.equal(pointersOf({}, Array(100).fill(XSS)).length, 16);
    assert.equal(pointersOf({ maxReports: 3 }, Array(100).fill(XSS)).length, 3);
  });

  it('hold for the length of a text', () => {
    assert.deepEqual(pointersOf({ maxTextLength: 50 }, [`${'a'.repeat(50)}${XSS}`, XSS]), ['/1']);
  });

  /** @type {Record<string, unknown>} */
  const HOSTILE = {
    'a million numbers': Array(1_000_000).fill(1),
    'a million probes': Array(1_000_000).fill(XSS),
    'a million empty objects': Array(1_000_000).fill({}),
    'a hundred thousand keys': Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, String(at)])),
    'arrays nested a hundred thousand deep': JSON.parse(`${'['.repeat(100_000)}"a"${']'.repeat(100_000)}`),
    'objects nested with long keys': nested(2_000, 'k'.repeat(60)),
  };
  for (const [name, value] of Object.entries(HOSTILE)) {
    it(`hold for a body of ${name}`, () => {
      let reads = 0;
      const get = (/** @type {any} */ target, /** @type {PropertyKey} */ key) => {
        reads += 1;
        return target[key];
      };
      const pointers = pointersOf({}, new Proxy(/** @type {object} */ (value), { get }));
      // 200 texts, and eight values for each of them; an array's length is read again for each.
      assert.ok(reads <= 200 * 8 * 2 + 10, `${reads} reads`);
      assert.ok(pointers.length <= 16);
    });
  }

  it('hold for the length of a pointer', () => {
    const [pointer] = pointersOf({ maxTexts: 1_000 }, nested(300, 'key', XSS));
    assert.ok(pointer?.startsWith('/key/key/') && pointer.length <= 512, pointer);
  });

  it('look only at the sources that are asked for', () => {
    const sources = /** @type {string[]} */ ([]);
    const req = { url: '/', headers: { cookie: `a=${SQL}` }, query: { a: XSS }, body: { a: XSS } };
    threats({ onReport: ({ source }) => sources.push(source), sources: ['cookies', 'query'] })(req, {}, () => {});
    assert.deepEqual(sources, ['cookies', 'query']);
  });

  it('do not follow what is inherited, nor bytes', () => {
    const body = Object.create({ inherited: XSS });
    body.bytes = Buffer.from(XSS);
    assert.deepEqual(pointersOf({}, body), []);
  });
});

describe('options of threats', () => {
  const onReport = () => {};
  const create = /** @type {any} */ (threats);
  const OPTION = 'ERR_PATTERNS_OPTION';
  const RANGE = 'ERR_PATTERNS_OPTION_RANGE';
  /** @type {Record<string, [unknown, string, RegExp]>} */
  const REFUSED = {
    'no hook': [{}, OPTION, /^threats: `onReport` is required/],
    'a hook that got lost': [{ onReport: undefined }, OPTION, /environment variable/],
    'a hook that is no function': [{ onReport: 'log' }, OPTION, /"onReport" must be a function, not a string$/],
    'a source that is not known': [
      { onReport, sources: ['headers'] },
      OPTION,
      /one of "path", "query", "body", "cookies"$/,
    ],
    'a wish to block': [
      { onReport, block: true },
      OPTION,
      /^threats: unknown option "block"; remove it: threats\(\) only reports/,
    ],
    'no texts': [{ onReport, maxTexts: 0 }, RANGE, /from 1 to 10000, not 0$/],
    'too many texts': [{ onReport, maxTexts: 10_001 }, RANGE, /from 1 to 10000/],
    'too little text': [{ onReport, maxTotalLength: 15 }, RANGE, /from 16 to 16777216/],
    'too much text': [{ onReport, maxTotalLength: 16_777_217 }, RANGE, /from 16 to 16777216/],
    'no reports': [{ onReport, maxReports: 0 }, RANGE, /from 1 to 1000/],
    'too many reports': [{ onReport, maxReports: 1_001 }, RANGE, /from 1 to 1000/],
  };
  for (const [name, [options, code, message]] of Object.entries(REFUSED)) {
    it(`refuse ${name}`, () => assert.throws(() => create(options), { code, message }));
  }

  for (const [name, express] of apps) {
    it(`explain how to call it if it was mounted without a call on ${name}`, async () => {
      const app = express();
      app.use(threats);
      let seen = '';
      app.use((/** @type {any} */ error, /** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ _next) => {
        seen = error.message;
        res.status(500).end();
      });
      await request(app);
      assert.match(seen, /app\.use\(threats\(\.\.\.\)\)/);
    });
  }
});

/** @param {number} depth @param {string} key @param {unknown} [value] */
function nested(depth, key, value = 'a') {
  let object = value;
  for (let level = 0; level < depth; level += 1) object = { [key]: object };
  return /** @type {object} */ (object);
}
