'use strict';

// What hpp promises, case by case, on the original and on the drop-in.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');

const { request } = require('../../support/request');
const { appOf, subjectsOf } = require('../support/subjects');

const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
const MIXED = 'title=PhD&name=Ada&name=Eve&age=40';
const SEVERAL = 'a=1&a=2&b=3&b=4&c=5&c=6&d=7&d=8';
const MOUNTED = [
  { whitelist: 'a' },
  ['/x', { whitelist: 'b' }],
  ['/x/y', { whitelist: ['b', 'c'] }],
  ['/z', { whitelist: 'd' }],
];

/** [name, parameters, options, part, polluted] */
const CASES = [
  ['two equal values', 'name=Ada&name=Ada', {}, { name: 'Ada' }, { name: ['Ada', 'Ada'] }],
  ['two values', 'name=Ada&name=Eve', {}, { name: 'Eve' }, { name: ['Ada', 'Eve'] }],
  ['other parameters', MIXED, {}, { title: 'PhD', name: 'Eve', age: '40' }, { name: ['Ada', 'Eve'] }],
  ['no repetition', 'title=PhD&age=40', {}, { title: 'PhD', age: '40' }, {}],
  ['no parameters', '', {}, {}, {}],
  [
    'one allowed name',
    `${MIXED}&age=41`,
    { whitelist: 'name' },
    { title: 'PhD', name: ['Ada', 'Eve'], age: '41' },
    { age: ['40', '41'] },
  ],
  [
    'two allowed names',
    `${MIXED}&age=41&title=MSc`,
    { whitelist: ['name', 'title'] },
    { title: ['PhD', 'MSc'], name: ['Ada', 'Eve'], age: '41' },
    { age: ['40', '41'] },
  ],
  ['several middlewares', SEVERAL, MOUNTED, { a: ['1', '2'], b: ['3', '4'], c: ['5', '6'], d: '8' }, { d: ['7', '8'] }],
  ['a list below the first level', 'a[b]=1&a[b]=2', {}, { a: { b: ['1', '2'] } }, {}],
  ['indices', 'a[0]=x&a[1]=y', {}, { a: 'y' }, { a: ['x', 'y'] }],
];

/** Mounts one hpp, or several of which some have a path. */
const mounted = (hpp, options) => (app) => {
  for (const one of [options].flat(1).length === 0 ? [undefined] : Array.isArray(options) ? options : [options]) {
    if (Array.isArray(one)) app.use(one[0], hpp(one[1]));
    else app.use(hpp(one));
  }
};

for (const [subject, hpp, express] of subjectsOf('hpp')) {
  const read = async (options, init, parsers) => {
    const { headers: _, ...rest } = (await request(appOf(express, mounted(hpp, options), { parsers }), init)).json();
    return rest;
  };
  const query = (options, text) => read(options, { path: `/x/y?${text}` });
  const form = (options, body) => read(options, { method: 'POST', path: '/x/y', headers: FORM_TYPE, body });

  describe(`dropins/hpp: ${subject}`, () => {
    for (const [name, text, options, part, polluted] of CASES) {
      it(`reads ${name} of a query and of a form`, async () => {
        const { query: gotQuery, queryPolluted } = await query(options, text);
        assert.deepEqual({ gotQuery, queryPolluted }, { gotQuery: part, queryPolluted: polluted });
        const { body, bodyPolluted } = await form(options, text);
        assert.deepEqual({ body, bodyPolluted }, { body: part, bodyPolluted: polluted });
      });
    }

    it('reads a query and a form of one request apart', async () => {
      const init = { method: 'POST', path: `/?${MIXED}&name=Bob`, headers: FORM_TYPE, body: 'name=x&name=y' };
      assert.deepEqual(await read({}, init), {
        query: { title: 'PhD', name: 'Bob', age: '40' },
        queryPolluted: { name: ['Ada', 'Eve', 'Bob'] },
        body: { name: 'y' },
        bodyPolluted: { name: ['x', 'y'] },
      });
    });

    it('allows names in a query or in a form alone', async () => {
      const options = [{}, { whitelist: 'b', checkQuery: false }, { whitelist: 'c', checkBody: false }];
      const init = { method: 'POST', path: `/?${SEVERAL}`, headers: FORM_TYPE, body: SEVERAL };
      const { query: gotQuery, body } = await read(options, init);
      assert.deepEqual(gotQuery, { a: '2', b: '4', c: ['5', '6'], d: '8' });
      assert.deepEqual(body, { a: '2', b: ['3', '4'], c: '6', d: '8' });
    });

    it('leaves the query alone with checkQuery: false', async () => {
      const got = await query({ checkQuery: false }, MIXED);
      assert.deepEqual([got.query.name, got.queryPolluted], [['Ada', 'Eve'], undefined]);
    });

    it('leaves the form alone with checkBody: false', async () => {
      const got = await form({ checkBody: false }, MIXED);
      assert.deepEqual([got.body.name, got.bodyPolluted], [['Ada', 'Eve'], undefined]);
    });

    it('passes where no parser has read the body', async () => {
      const got = await read({}, { method: 'POST', headers: FORM_TYPE, body: MIXED }, false);
      assert.deepEqual([got.body, got.bodyPolluted], [undefined, undefined]);
    });

    it('checks bodies of the one type alone', async () => {
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: '{"a":["x","y"]}',
      };
      assert.deepEqual((await read({}, init)).body, { a: ['x', 'y'] });
      for (const type of ['json', 'application/json', 'application/*']) {
        const got = await read({ checkBodyOnlyForContentType: type }, init);
        assert.deepEqual([got.body, got.bodyPolluted], [{ a: 'y' }, { a: ['x', 'y'] }], type);
      }
    });

    it('ignores a whitelist that is neither a name nor a list, and entries that are no names', async () => {
      const text = `${MIXED}&0=x&0=y`;
      const trap = {
        length: 1,
        get 0() {
          throw new Error('the whitelist was read');
        },
      };
      const got = await quietly(() => [trap, 7].map((whitelist) => query({ whitelist }, text)));
      for (const one of got) assert.deepEqual(one.queryPolluted, { 0: ['x', 'y'], name: ['Ada', 'Eve'] });
      const [mixed] = await quietly(() => [query({ whitelist: ['name', 0] }, text)]);
      assert.deepEqual([mixed.query.name, mixed.query[0]], [['Ada', 'Eve'], 'y']);
    });
  });
}

/** Collects results without what is printed or warned of meanwhile. @param {() => Array<Promise<any>>} work */
async function quietly(work) {
  const { error } = console;
  const { emitWarning } = process;
  console.error = process.emitWarning = () => {};
  try {
    return await Promise.all(work());
  } finally {
    console.error = error;
    process.emitWarning = emitWarning;
  }
}
