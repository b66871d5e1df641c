'use strict';

// The guard of query, cookies and multipart fields beside the parsers whose results it judges: 200,000 generated texts for
// each source and run. What it passes holds no forbidden key, and is what the parser returns without the guard; what it
// rejects holds one. PORTCULLIS_FUZZ_SEED repeats a run, PORTCULLIS_FUZZ_ROUNDS sets its length.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const querystring = require('node:querystring');

const appendField = require('append-field');
const cookieParser = require('cookie-parser');
const qs = require('qs');

const { readRules } = require('../../lib/input/rules');
const { createJudges } = require('../../lib/input/sources');
const { Options } = require('../../lib/support/options');
const { random } = require('../support/random');

const ROUNDS = Number(process.env.PORTCULLIS_FUZZ_ROUNDS ?? 200_000);
const SEED = Number(process.env.PORTCULLIS_FUZZ_SEED ?? Date.now() % 2 ** 32);
const NONE = { body: [], query: [], params: [], cookies: [] };

const rulesOf = (/** @type {object} */ options) => readRules(new Options('INPUT', 'guard', options));
const judges = createJudges(rulesOf({}), NONE);
const strippers = createJudges(rulesOf({ mode: 'strip' }), NONE);

const PARTS = [
  'a',
  'b',
  '$gt',
  '%24ne',
  '$',
  'x$',
  '__proto__',
  '%5f_proto__',
  'constructor',
  'prototype',
  '0',
  '',
  'é',
  '%C3%A9',
  '%2524',
  'a.b',
  '%',
  '+',
];
const OPEN = ['[', '%5B', '%5b'];
const CLOSE = [']', '%5D', ']', ']', ''];

/** @param {ReturnType<typeof random>} next */
function nameOf(next) {
  let name = next.of(PARTS);
  for (let depth = next.below(4); depth > 0; depth -= 1) name += `${next.of(OPEN)}${next.of(PARTS)}${next.of(CLOSE)}`;
  return name;
}

/** @param {ReturnType<typeof random>} next */
function queryOf(next) {
  const pairs = Array.from(
    { length: next.below(5) },
    () => nameOf(next) + next.of(['', '=', '=1', '=$gt', '=a=b', '=x+y']),
  );
  return pairs.join(next.of(['&', '&', '&&', ';']));
}

const HIDDEN = new Set(['__proto__']);

/** Whether a key of the value, read as a name with brackets where `isForm`, breaks a default rule. @param {any} value @param {boolean} isForm @returns {boolean} */
function isForbidden(value, isForm, within = '') {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => isForbidden(item, isForm));
  return Object.keys(value).some((key) => {
    const parts = isForm && key.includes('[') ? key.split(/[[\]]+/).filter(Boolean) : [key];
    let before = within;
    for (const part of parts) {
      if (part.startsWith('$') || HIDDEN.has(part) || (before === 'constructor' && part === 'prototype')) return true;
      before = part;
    }
    return isForbidden(value[key], isForm, key);
  });
}

/** @param {(next: ReturnType<typeof random>) => void} round */
function repeat(round) {
  const next = random(SEED);
  for (let at = 0; at < ROUNDS; at += 1) round(next);
}

describe(`input: parsed sources beside their parsers, seed ${SEED}`, () => {
  const PARSERS = {
    simple: (/** @type {string} */ text) => querystring.parse(text),
    extended: (/** @type {string} */ text) => qs.parse(text, { allowPrototypes: true }),
  };
  for (const [parser, parse] of Object.entries(PARSERS)) {
    it(`judges queries as the ${parser} parser reads them`, () => {
      const counts = { passed: 0, rejected: 0 };
      const app = { get: () => parser };
      // As Express 5: a getter of the prototype.
      const prototype = {
        get query() {
          return parse(this.url.slice(this.url.indexOf('?') + 1));
        },
      };
      repeat((next) => {
        const req = Object.assign(Object.create(prototype), { url: `/?${queryOf(next)}`, app });
        const bare = parse(req.url.slice(2));
        const error = judges.query(req);
        assert.equal(error !== undefined, isForbidden(bare, true), req.url);
        counts[error === undefined ? 'passed' : 'rejected'] += 1;
        if (error === undefined) return assert.deepEqual(req.query, bare, req.url);
        const stripped = Object.assign(Object.create(prototype), { url: req.url, app });
        if (strippers.query(stripped) === undefined) assert.ok(!isForbidden(stripped.query, true), req.url);
      });
      assert.ok(Math.min(...Object.values(counts)) > ROUNDS / 20, JSON.stringify(counts));
    });
  }

  it('judges the text fields of multipart forms as multer makes them', () => {
    const counts = { passed: 0, rejected: 0 };
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    repeat((next) => {
      const fields = Array.from({ length: next.below(4) }, () =>
        decodeURIComponent(nameOf(next).replace(/%(?![0-9A-F]{2})/gi, '')),
      );
      const made = () => {
        const body = Object.create(null);
        for (const field of fields) {
          try {
            appendField(body, field, '1');
          } catch {
            // multer ends such a request with an error.
          }
        }
        return body;
      };
      const [bare, body] = [made(), made()];
      const error = judges.body(/** @type {any} */ ({ headers, body }));
      assert.equal(error !== undefined, isForbidden(bare, true), fields.join());
      counts[error === undefined ? 'passed' : 'rejected'] += 1;
      if (error === undefined) assert.deepEqual(body, bare);
    });
    assert.ok(Math.min(...Object.values(counts)) > ROUNDS / 20, JSON.stringify(counts));
  });

  it('judges cookies as cookie-parser reads them, before and after it', () => {
    const parse = cookieParser();
    const read = (/** @type {string} */ cookie) => {
      const req = /** @type {any} */ ({ headers: { cookie } });
      parse(req, /** @type {any} */ ({}), () => {});
      return req;
    };
    const JSON_TEXTS = [
      '{"$gt":1}',
      '{"a":[{"b":{"$c":1}}]}',
      '{"a":1}',
      '[]',
      '{"__proto__":{}}',
      '{"constructor":{"prototype":1}}',
      '{',
      '"$"',
      'null',
    ];
    const counts = { passed: 0, rejected: 0 };
    repeat((next) => {
      const value = () => {
        const mark = next.of(['j:', 'j:', 'j%3A', '%6a:', '%6A%3a', 'J:', ' j:', 's:j:', '']);
        const text = next.of(JSON_TEXTS);
        const quote = next.of(['', '', '"']);
        return quote + mark + (next.chance(0.5) ? encodeURIComponent(text) : text) + quote;
      };
      const names = ['a', '$Version', 'connect.sid', 'a', 'b'];
      const pairs = Array.from(
        { length: next.below(4) },
        () => `${next.of(names)}${next.of(['=', '=', ' = '])}${value()}`,
      );
      const cookie = pairs.join(next.of([';', '; ', ' ;']));
      const bare = read(cookie).cookies;
      const isBad = Object.values(bare).some((one) => isForbidden(one, false));
      const after = read(cookie);
      assert.equal(judges.cookies(after) !== undefined, isBad, cookie);
      const before = /** @type {any} */ ({ headers: { cookie } });
      const error = judges.cookies(before);
      // Of two cookies with one name cookie-parser reads the first; the header is judged whole.
      if (isBad) assert.ok(error, cookie);
      counts[error === undefined ? 'passed' : 'rejected'] += 1;
      if (error === undefined) assert.deepEqual(read(before.headers.cookie).cookies, bare, cookie);
      const stripped = /** @type {any} */ ({ headers: { cookie } });
      assert.equal(strippers.cookies(stripped), undefined);
      assert.ok(!Object.values(read(stripped.headers.cookie).cookies).some((one) => isForbidden(one, false)), cookie);
    });
    assert.ok(Math.min(...Object.values(counts)) > ROUNDS / 20, JSON.stringify(counts));
  });
});
