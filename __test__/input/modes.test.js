'use strict';

// What happens to a body that breaks a rule, in each mode.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { errorHandler, json, parseJson, urlencoded } = require('../..');
const majors = require('../support/apps');
const { request } = require('../support/request');

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

/** @param {any} express @param {any} layer @param {any} headers @param {string} body */
async function send(express, layer, headers, body) {
  const app = express();
  app.use(layer);
  app.use((/** @type {any} */ req, /** @type {any} */ res) => res.json(req.body ?? null));
  app.use(errorHandler({ onError() {} }));
  const answer = await request(app, { method: 'POST', headers, body });
  return { status: answer.status, body: answer.json() };
}

for (const [name, express] of majors) {
  describe(`input: modes of json() on ${name}`, () => {
    const post = (/** @type {object} */ options, /** @type {string} */ body) =>
      send(express, json(options), JSON_TYPE, body);

    it('tells the client where a body is at fault, and never a value', async () => {
      for (const [body, code, pointer] of [
        ['{"a":[1,{"$gt":"secret"}]}', 'ERR_INPUT_OPERATOR_KEY', '/a/1/$gt'],
        ['{"a":{"__proto__":"secret"}}', 'ERR_INPUT_PROTOTYPE_KEY', '/a/__proto__'],
        ['{"a":{"b":1,"b":"secret"}}', 'ERR_INPUT_DUPLICATE_KEY', '/a/b'],
      ]) {
        const { status, body: problem } = await post({}, body);
        assert.deepEqual([status, problem.code, problem.source, problem.pointer], [400, code, 'body', pointer]);
        assert.ok(!JSON.stringify(problem).includes('secret'));
      }
    });

    it('strips, replaces and reports', async () => {
      const body = '{"a":{"$gt":1,"b.c":2},"x":1,"x":2,"constructor":{"prototype":3}}';
      for (const [options, expected] of [
        [{ mode: 'strip' }, { a: { 'b.c': 2 }, x: 2, constructor: {} }],
        [
          { mode: 'strip', rules: { dots: 'strip' } },
          { a: {}, x: 2, constructor: {} },
        ],
        [
          { mode: 'replace', rules: { dots: 'replace' }, replaceWith: '-' },
          { a: { '-gt': 1, 'b-c': 2 }, x: 2, constructor: {} },
        ],
        [{ mode: 'report', onReport() {} }, JSON.parse(body)],
        [
          { mode: 'strip', rules: { operators: 'report' }, onReport() {} },
          { a: { $gt: 1, 'b.c': 2 }, x: 2, constructor: {} },
        ],
      ]) {
        assert.deepEqual(await post(options, body), { status: 200, body: expected }, JSON.stringify(options));
      }
    });

    it('rejects by each rule whose mode is reject, beside rules that do not', async () => {
      const codeOf = async (/** @type {object} */ rules, /** @type {string} */ body) =>
        (await post({ rules, onReport() {} }, body)).body.code;
      assert.equal(await codeOf({ operators: 'strip' }, '{"$a":1,"b":1,"b":2}'), 'ERR_INPUT_DUPLICATE_KEY');
      assert.equal(await codeOf({ operators: 'strip' }, '{"$a":1,"__proto__":1}'), 'ERR_INPUT_PROTOTYPE_KEY');
      assert.equal(
        await codeOf({ prototypes: 'strip' }, '{"__proto__":{"$a":1},"b":{"$c":1}}'),
        'ERR_INPUT_OPERATOR_KEY',
      );
      assert.equal(await codeOf({ duplicates: 'strip' }, '{"b":1,"b":{"$a":1}}'), 'ERR_INPUT_OPERATOR_KEY');
      assert.equal(await codeOf({ operators: 'report', dots: 'reject' }, '{"$a":{"b.c":1}}'), 'ERR_INPUT_DOTTED_KEY');
    });

    it('holds a body of any mode to the bounds and to the syntax', async () => {
      for (const mode of ['strip', 'replace', 'report']) {
        for (const [body, code] of [
          [`{"$a":${'['.repeat(40)}${']'.repeat(40)}}`, 'ERR_INPUT_DEPTH'],
          ['{"$a":1', 'ERR_INPUT_SYNTAX'],
          ['{"$a":1e400}', 'ERR_INPUT_NUMBER'],
          [`{"$a":1,${JSON.stringify('k'.repeat(300))}:1}`, 'ERR_INPUT_KEY_LENGTH'],
        ]) {
          assert.equal((await post({ mode, onReport() {} }, body)).body.code, code, `${mode} ${body.slice(0, 20)}`);
        }
      }
      const many = JSON.stringify(Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`$${at}`, at])));
      assert.deepEqual(await post({ mode: 'strip', limit: '1mb' }, many), { status: 200, body: {} });
    });

    it('passes exempt fields, and only those', async () => {
      const exempt = ['/bio', '/posts/*/text'];
      const body = '{"bio":{"$a":{"b.c":1}},"posts":[{"text":{"$x":1}}]}';
      assert.deepEqual((await post({ exempt, rules: { dots: 'reject' } }, body)).body, JSON.parse(body));
      for (const other of [
        '{"bio":1,"$a":1}',
        '{"a":{"bio":{"$b":1}}}',
        '{"bio":{},"__proto__":{}}',
        '{"bio":{"a":1,"a":2}}',
      ]) {
        assert.equal((await post({ exempt }, other)).status, 400, other);
      }
    });

    it('reports each finding once', async () => {
      /** @type {any[]} */
      const told = [];
      const onReport = (/** @type {any} */ { req, ...finding }) =>
        told.push([req.url, ...Object.values(finding)].join(' '));
      await post({ onReport }, '{"a":1}');
      await post({ onReport }, '{"$a":1}');
      await post({ onReport, mode: 'strip' }, '{"$a":1,"b":1,"b":2}');
      await post({ onReport }, '[');
      assert.deepEqual(told, [
        '/ body operators ERR_INPUT_OPERATOR_KEY reject /$a',
        '/ body operators ERR_INPUT_OPERATOR_KEY strip /$a',
        '/ body duplicates ERR_INPUT_DUPLICATE_KEY strip /b',
        '/ body  ERR_INPUT_SYNTAX reject /0',
      ]);
    });
  });

  describe(`input: urlencoded() on ${name}`, () => {
    const post = (/** @type {object | undefined} */ options, /** @type {string} */ body) =>
      send(express, urlencoded(options), FORM_TYPE, body);

    it('parses as express.urlencoded() does', async () => {
      for (const body of [
        '',
        'a=1&b=x+y%20z',
        'a[b]=1&a[c][d]=2',
        'a[]=1&a[]=2',
        'a=1&a=2',
        'a',
        'a[0][x]=1&a[1][x]=2',
        '%C3%A9=%F0%9F%98%80',
      ]) {
        for (const extended of [true, false]) {
          const theirs = await send(express, express.urlencoded({ extended }), FORM_TYPE, body);
          assert.deepEqual(await post({ extended }, body), theirs, body);
        }
      }
    });

    it('rejects operators and prototypes, however they are written', async () => {
      for (const body of [
        'email[$gt]=&password=x',
        'a[%24ne]=1',
        '%24where=1',
        'a[b][][$in]=1',
        'a[__proto__][x]=1',
        '__proto__[x]=1',
        'constructor[prototype][x]=1',
      ]) {
        for (const extended of [true, false]) {
          const { status, body: problem } = await post({ extended }, body);
          assert.deepEqual([status, problem.source], [400, 'body'], body);
        }
      }
    });

    it('strips, replaces, reports and exempts', async () => {
      const body = 'a[$gt]=1&a[b]=2';
      assert.deepEqual((await post({ mode: 'strip' }, body)).body, { a: { b: '2' } });
      assert.deepEqual((await post({ mode: 'replace' }, body)).body, { a: { _gt: '1', b: '2' } });
      assert.deepEqual((await post({ mode: 'report', onReport() {} }, body)).body, { a: { $gt: '1', b: '2' } });
      assert.deepEqual((await post({ exempt: ['/a'] }, body)).body, { a: { $gt: '1', b: '2' } });
    });

    it('takes one of repeated names where it is asked to', async () => {
      const body = 'a=1&a=2&tags=x&tags=y&c[]=3';
      assert.deepEqual((await post({ repeats: 'last', arrays: ['/tags'] }, body)).body, {
        a: '2',
        tags: ['x', 'y'],
        c: '3',
      });
      assert.deepEqual((await post({ repeats: 'first', arrays: ['/tags', '/c'] }, body)).body, {
        a: '1',
        tags: ['x', 'y'],
        c: ['3'],
      });
      assert.deepEqual((await post({ repeats: 'reject', arrays: ['/tags'] }, body)).body.pointer, '/a');
    });

    it('repeats nothing of JSON that was sent as a form, and names the cure', async () => {
      /** @type {any[]} */
      const seen = [];
      const layer = urlencoded({ onReport: (/** @type {any} */ { pointer }) => seen.push(pointer) });
      const text = '{"email":"a@b.c","password":"hunter2","tags":["a","b"]}';
      const { status, body: problem } = await send(express, layer, FORM_TYPE, text);
      assert.equal(status, 400);
      assert.ok(!JSON.stringify([problem, seen]).includes('hunter2'), JSON.stringify([problem, seen]));
      let message = '';
      await send(
        express,
        (req, res, next) =>
          layer(req, res, (error) => {
            message = error.message;
            next(error);
          }),
        FORM_TYPE,
        text,
      );
      assert.match(message, /looks like JSON: send it with "Content-Type: application\/json"$/);
    });

    it('leaves other types alone, and refuses other charsets', async () => {
      assert.equal((await send(express, urlencoded(), { 'content-type': 'text/plain' }, 'a=1')).status, 200);
      const latin = { 'content-type': 'application/x-www-form-urlencoded; charset=iso-8859-1' };
      assert.equal((await send(express, urlencoded(), latin, 'a=1')).status, 415);
    });
  });
}

describe('input: parseJson()', () => {
  it('parses bytes and text as JSON.parse does', () => {
    for (const text of ['{"a":[1,"é😀"]}', '[]']) {
      for (const body of [text, Buffer.from(text), new TextEncoder().encode(text)]) {
        assert.deepEqual(parseJson(body), JSON.parse(text));
      }
    }
    assert.equal(parseJson('5', { strict: false }), 5);
  });

  it('rejects by the rules, with the place', () => {
    assert.throws(() => parseJson('{"a":{"$gt":1}}'), {
      code: 'ERR_INPUT_OPERATOR_KEY',
      status: 400,
      pointer: '/a/$gt',
    });
    assert.throws(() => parseJson('{"a":"\ud800"}'), { code: 'ERR_INPUT_SURROGATE' });
    assert.throws(() => parseJson('x'.repeat(200), { limit: 100 }), {
      code: 'ERR_INPUT_TOO_LARGE',
      limit: 100,
      received: 200,
    });
  });

  it('reads an object of options once, and refuses wrong ones', () => {
    const options = { mode: 'strip' };
    assert.deepEqual(parseJson('{"$a":1}', options), {});
    options.mode = 'reject';
    assert.deepEqual(parseJson('{"$a":1}', options), {});
    assert.throws(() => parseJson('{}', { mod: 1 }), { code: 'ERR_INPUT_OPTION' });
    assert.throws(() => parseJson('{}', /** @type {any} */ (null)), { code: 'ERR_INPUT_OPTION' });
    for (const body of [undefined, null, 5, {}, new Uint16Array(2), new ArrayBuffer(2)]) {
      assert.throws(() => parseJson(/** @type {any} */ (body)), { code: 'ERR_INPUT_OPTION', message: /^parseJson: / });
    }
  });
});
