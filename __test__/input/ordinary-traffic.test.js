// @ts-check
'use strict';

// Ordinary traffic passes, and unchanged: 109 requests as real programs send them. Where one is refused, its entry says why,
// and the option that it names lets it pass.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const cookieParser = require('cookie-parser');
const multer = require('multer');

const { guard, json, urlencoded } = require('../..');
const EXPRESSES = require('../support/apps');
const { ENTRIES, GENERATORS, requestOf } = require('../support/ordinary-bodies');
const { request } = require('../support/request');

const LARGEST = '10mb';

/** What reads and judges each kind. @type {Record<string, (options: any) => any[]>} */
const JUDGES = {
  json: (options) => [json(options)],
  form: (options) => [urlencoded(options)],
  query: (options) => [guard(options)],
  cookie: (options) => [cookieParser(), guard(options)],
  files: (options) => [multer().none(), guard(options)],
};

/** What reads each kind where nothing is judged. @type {Record<string, (express: any) => any[]>} */
const READERS = {
  json: (express) => [express.json({ limit: LARGEST })],
  form: (express) => [express.urlencoded({ extended: true, limit: LARGEST })],
  query: () => [],
  cookie: () => [cookieParser()],
  files: () => [multer().none()],
};

/** An app that responds with what handlers read. @param {any} express @param {any[]} middlewares */
function echo(express, middlewares) {
  const app = express();
  app.set('query parser', 'extended');
  if (middlewares.length > 0) app.use(...middlewares);
  app.use((/** @type {any} */ req, /** @type {any} */ res) => {
    res.json({ body: req.body, query: req.query, cookies: req.cookies });
  });
  app.use((/** @type {any} */ error, /** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ _next) => {
    res.status(error.status ?? 500).json({ code: error.code, pointer: error.pointer });
  });
  return app;
}

for (const [version, express] of EXPRESSES) {
  describe(`input, ordinary traffic on ${version}`, () => {
    for (const entry of ENTRIES) {
      const { name, kind, verdict, pointer, passesWith } = entry;
      const init = requestOf(entry);
      const judged = (/** @type {any} */ options) => request(echo(express, JUDGES[kind]?.(options) ?? []), init);
      const read = () => request(echo(express, READERS[kind]?.(express) ?? []), init);

      it(`${verdict === 'pass' ? 'passes' : `refuses with ${verdict}`}: ${kind}, ${name}`, async () => {
        const { status, text, json: parsed } = await judged({});
        if (verdict === 'pass') {
          assert.equal(status, 200, text);
          assert.equal(text, (await read()).text);
          return;
        }
        assert.equal(parsed().code, verdict);
        if (pointer !== undefined) assert.equal(parsed().pointer, pointer);
        if (passesWith === undefined) return;
        const passed = await judged(passesWith);
        assert.equal(passed.status, 200, passed.text);
        assert.equal(passed.text, (await read()).text);
      });
    }
  });
}

describe('input, the corpus of ordinary traffic', () => {
  it('has at least 60 requests of every kind, each defended in a sentence', () => {
    assert.ok(ENTRIES.length >= 60, String(ENTRIES.length));
    assert.deepEqual([...new Set(ENTRIES.map(({ kind }) => kind))].sort(), Object.keys(JUDGES).sort());
    for (const { name, why } of ENTRIES) assert.match(why, /^[\w`$].{15,}\.$/u, name);
    assert.equal(new Set(ENTRIES.map(({ name }) => name)).size, ENTRIES.length);
  });

  it('passes nine of ten, and names an option for a refusal wherever there is one', () => {
    const refused = ENTRIES.filter(({ verdict }) => verdict !== 'pass');
    assert.ok(refused.length < ENTRIES.length / 5, String(refused.length));
    for (const { name, passesWith, why } of refused) {
      if (passesWith === undefined) assert.match(why, /There is no option/, name);
      for (const option of Object.keys(passesWith ?? {}))
        assert.ok(why.includes(`\`${option}: `), `${name}: ${option}`);
    }
  });

  it('uses every generator', () => {
    const used = ENTRIES.flatMap(({ generate }) => generate ?? []);
    assert.deepEqual(used.sort(), Object.keys(GENERATORS).sort());
  });
});
