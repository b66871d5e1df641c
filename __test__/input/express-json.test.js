'use strict';

const assert = require('node:assert');
const { createHmac, timingSafeEqual } = require('node:crypto');
const { once } = require('node:events');
const http = require('node:http');
const http2 = require('node:http2');
const net = require('node:net');
const { describe, it } = require('node:test');
const vm = require('node:vm');
const zlib = require('node:zlib');

const fc = require('fast-check');

const { json } = require('../..');
const majors = require('../support/apps');
const { JSON_TYPE, echo, request, send } = require('../support/bodies');
const { serve } = require('../support/request');

const GZIP = { ...JSON_TYPE, 'content-encoding': 'gzip' };
const ROWS = JSON.stringify(
  Array.from({ length: 400 }, (_, id) => ({ id, name: `name ${id}`, email: `${id}@a.example` })),
);

const [, [, latest]] = majors;

/** Bodies that express.json refuses: both readers must tell the same `type` and numbers. */
const REFUSED = [
  ['broken JSON', {}, { body: '{"a":"secret"' }],
  ['a scalar', {}, { body: '"secret"' }],
  ['a declared body over the limit', { limit: 10 }, { body: '{"a":"long text"}' }],
  ['a streamed body over the limit', { limit: 10 }, { chunks: ['{"a":"long text"}'] }],
  ['another charset', {}, { headers: { 'content-type': 'application/json; charset=koi8-r' }, body: '{}' }],
  ['another encoding', {}, { headers: { ...JSON_TYPE, 'content-encoding': 'zip' }, body: '{}' }],
  ['encodings turned off', { inflate: false }, { headers: GZIP, body: zlib.gzipSync('{}') }],
  [
    'a verify that throws',
    {
      verify: () => {
        throw new Error('secret');
      },
    },
    { body: '{}' },
  ],
];

/** Bodies of honest clients. */
const HONEST = [
  ['400 rows of three fields', { body: ROWS }],
  ['an empty body', { body: '' }],
  ['a gzip body', { headers: GZIP, body: zlib.gzipSync(ROWS) }],
  ['a deflate body', { headers: { ...JSON_TYPE, 'content-encoding': 'deflate' }, body: zlib.deflateSync(ROWS) }],
  [
    'a brotli body',
    { headers: { ...JSON_TYPE, 'content-encoding': 'br' }, body: zlib.brotliCompressSync(ROWS) },
    'since Express 5',
  ],
  ['chunks', { chunks: ['{"a"', ':', '1}'] }],
  [
    'a tab before the charset',
    { headers: { 'content-type': 'application/json;\tcharset=utf-8' }, body: '{"a":1}' },
    'since Express 5',
  ],
  [
    'an empty charset',
    { headers: { 'content-type': 'application/json; charset=' }, body: '{"a":1}' },
    'since Express 5',
  ],
  ['an empty content encoding', { headers: { ...JSON_TYPE, 'content-encoding': '' }, body: '{"a":1}' }],
  ['a type in upper case', { headers: { 'content-type': 'APPLICATION/JSON; Charset="UTF-8"' }, body: '{"a":1}' }],
  ['white space around', { body: ' \n\t{"a":1}\r\n ' }],
  [
    'a list of GeoJSON',
    {
      body: JSON.stringify({
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [1.5, -2e-3],
              [3, 4],
            ],
          ],
        ],
      }),
    },
  ],
];

for (const [name, express] of majors) {
  describe(`input: json() as express.json() on ${name}`, () => {
    for (const [what, options, init] of REFUSED) {
      it(`describes ${what} as express.json does, and keeps the body out of the error`, async () => {
        const theirs = await request(echo(express, express.json(options)), init);
        const ours = await request(echo(express, json(options)), init);
        assert.strictEqual(ours.status, theirs.status);
        assert.deepStrictEqual(ours.fields, theirs.fields);
        assert.match(ours.code, /^ERR_INPUT_/);
        assert.strictEqual(ours.leaks, false);
      });
    }

    it('describes a wrong length and an aborted request as express.json does', async () => {
      const lie = (req, _res, next) => {
        req.headers['content-length'] = '99';
        next();
      };
      const [theirs, ours] = await Promise.all(
        [express.json(), json()].map((reader) => request(echo(express, lie, reader), { chunks: ['{}'] })),
      );
      assert.deepStrictEqual(ours.fields, theirs.fields);
      assert.deepStrictEqual(await aborted(express, json()), await aborted(express, express.json()));
    });

    for (const [what, init, since] of HONEST) {
      it(`reads ${what} as express.json does`, async () => {
        // The reader of Express 4 does not read some of them.
        const reader = since === undefined ? express.json() : latest.json();
        const theirs = await request(echo(express, reader), init);
        assert.strictEqual(theirs.status, 200);
        assert.deepStrictEqual(await request(echo(express, json()), init), theirs);
      });
    }

    it('reads any body of an honest client as express.json does', async () => {
      const key = fc
        .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
        .map((text) => `k${text.replaceAll('.', '_')}`);
      const value = fc.letrec((tie) => ({
        any: fc.oneof(
          { maxDepth: 4 },
          fc.string({ unit: 'grapheme' }),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.boolean(),
          fc.constant(null),
          tie('list'),
          tie('object'),
        ),
        list: fc.array(tie('any'), { maxLength: 8 }),
        object: fc.dictionary(key, tie('any'), { maxKeys: 8, noNullPrototype: true }),
      }));
      await serve(echo(express, json()), (port) =>
        serve(echo(express, express.json()), (other) =>
          fc.assert(
            fc.asyncProperty(fc.oneof(value.object, value.list), async (document) => {
              const body = JSON.stringify(document);
              const [ours, theirs] = await Promise.all([send(port, { body }), send(other, { body })]);
              assert.deepStrictEqual([ours.status, ours], [200, theirs]);
            }),
            { numRuns: 100 },
          ),
        ),
      );
    });

    it('verifies a signature over the bytes, inflated, before they are parsed', async () => {
      const sign = (bytes) => createHmac('sha256', 'key').update(bytes).digest();
      const seen = [];
      const verify = (req, res, bytes, encoding) => {
        seen.push([typeof res.end, encoding, Buffer.isBuffer(bytes), req.body]);
        if (!timingSafeEqual(sign(bytes), Buffer.from(req.headers['x-signature'], 'hex')))
          throw new Error('bad signature');
      };
      const signed = (bytes, extra) => ({ ...JSON_TYPE, 'x-signature': sign(bytes).toString('hex'), ...extra });
      const app = () => echo(express, json({ verify }));
      assert.deepStrictEqual((await request(app(), { headers: signed('{"a":1}'), body: '{"a":1}' })).body, { a: 1 });
      const gzip = { headers: signed('{"a":1}', { 'content-encoding': 'gzip' }), body: zlib.gzipSync('{"a":1}') };
      assert.deepStrictEqual((await request(app(), gzip)).body, { a: 1 });
      const forged = await request(app(), { headers: signed('{"a":2}'), body: '{"a":1' });
      assert.deepStrictEqual([forged.status, forged.code], [403, 'ERR_INPUT_VERIFY']);
      assert.deepStrictEqual(seen[0], ['function', 'utf-8', true, undefined]);
    });

    it('waits for a verify that returns a promise', async () => {
      const rejecting = () => Promise.reject(new Error('no'));
      assert.strictEqual((await request(echo(express, json({ verify: rejecting })), { body: '{}' })).status, 403);
      const resolving = async () => {};
      assert.deepStrictEqual((await request(echo(express, json({ verify: resolving })), { body: '{"a":1}' })).body, {
        a: 1,
      });
    });

    it('names itself once in the message of each refusal', async () => {
      const messageOf = async (/** @type {any} */ options, body = '{}', headers = JSON_TYPE) => {
        let message;
        const note = (req, res, next) =>
          json(options)(req, res, (error) => {
            message = error?.message;
            next(error);
          });
        await request(echo(express, note), { body, headers });
        return message;
      };
      const refuse = () => assert.fail();
      assert.strictEqual(await messageOf({ limit: 1 }), 'json: the body is larger than `limit`');
      assert.strictEqual(await messageOf({ verify: refuse }), 'json: verify() rejected the body');
      assert.strictEqual(await messageOf({ reviver: refuse }), 'json: the option "reviver" threw');
      const latin = { 'content-type': 'application/json; charset=latin1' };
      assert.strictEqual(await messageOf({}, '{}', latin), 'json: the charset must be utf-8');
    });

    it('settles once, whatever kind of promise verify returns', async () => {
      const twice = () => ({
        // biome-ignore lint/suspicious/noThenProperty: a promise that settles twice is what is tested
        then(/** @type {any} */ accept, /** @type {any} */ reject) {
          accept();
          accept();
          reject(new Error('late'));
        },
      });
      const broken = () => ({
        // biome-ignore lint/suspicious/noThenProperty: a promise that throws is what is tested
        then() {
          throw new Error('broken');
        },
      });
      const read = async (/** @type {any} */ verify) => {
        const calls = /** @type {any[]} */ ([]);
        const count = (req, res, next) => json({ verify })(req, res, (error) => calls.push(error?.code) && next(error));
        const { status } = await request(echo(express, count), { body: '{}' });
        return [status, calls];
      };
      assert.deepStrictEqual(await read(twice), [200, [undefined]]);
      assert.deepStrictEqual(await read(broken), [403, ['ERR_INPUT_VERIFY']]);
    });

    it('passes on an error of verify that has a status', async () => {
      const verify = () => {
        throw Object.assign(new Error('no'), { status: 401, code: 'MINE' });
      };
      const { status, code } = await request(echo(express, json({ verify })), { body: '{}' });
      assert.deepStrictEqual([status, code], [401, 'MINE']);
      assert.strictEqual((await request(echo(express, express.json({ verify })), { body: '{}' })).status, 401);
    });

    it('revives values as express.json does, after the check', async () => {
      const reviver = (key, value) => (key === 'at' ? new Date(value).getTime() : value);
      const body = '{"at":"2026-01-01T00:00:00Z","b":[{"at":0}]}';
      const [ours, theirs] = await Promise.all(
        [json({ reviver }), express.json({ reviver })].map((reader) => request(echo(express, reader), { body })),
      );
      assert.deepStrictEqual(ours, theirs);
      const failing = () => {
        throw new Error('secret');
      };
      const { status, code, leaks } = await request(echo(express, json({ reviver: failing })), { body: '{}' });
      assert.deepStrictEqual([status, code, leaks], [400, 'ERR_INPUT_SYNTAX', false]);
    });
  });
}

/** The fields of the error for a client that goes away in the middle of its body. */
async function aborted(express, reader) {
  const app = express();
  const failed = new Promise((resolve) => {
    app.use(reader);
    app.use((error, _req, _res, _next) => {
      const { type, length, expected, received, status } = error;
      resolve({ type, length, expected, received, status });
    });
  });
  return serve(app, async (port) => {
    const socket = net.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"a"');
    setTimeout(() => socket.destroy(), 20);
    return failed;
  });
}

describe('input: json() without Express', () => {
  it('says what to write instead of limits that express.json reads as its default or as none', () => {
    assert.throws(() => json({ limit: 0 }), /"limit" must be .*, not 0; leave it out for the default, 100 KiB$/);
    assert.throws(() => json({ limit: null }), /"limit" must be .*, not null; leave it out for the default, 100 KiB$/);
    assert.throws(
      () => json({ limit: Infinity }),
      /"limit" must be .*, not Infinity; bodies without a limit are not read$/,
    );
  });

  it('reads bodies of HTTP/2 that have no content-length, and leaves requests without a body', async () => {
    const reader = json();
    const server = http2.createServer((req, res) => {
      reader(req, res, (error) => res.end(JSON.stringify({ code: error?.code, body: req.body })));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = http2.connect(`http://127.0.0.1:${server.address().port}`);
    const exchange = async (method, body) => {
      const stream = client.request(
        { ':method': method, 'content-type': 'application/json' },
        { endStream: body === undefined },
      );
      if (body !== undefined) stream.end(body);
      return JSON.parse(Buffer.concat(await stream.toArray()).toString());
    };
    try {
      assert.deepStrictEqual(await exchange('POST', '{"a":1}'), { body: { a: 1 } });
      assert.deepStrictEqual(await exchange('POST', '{"$gt":1}'), { code: 'ERR_INPUT_OPERATOR_KEY' });
      assert.deepStrictEqual(await exchange('GET'), {});
    } finally {
      client.close();
      server.close();
    }
  });

  it('takes options, functions and bytes of another realm, as under Jest', async () => {
    const realm = vm.createContext({ seen: [] });
    const options = vm.runInContext(
      `({ limit: '1kb', type: ['application/json'], rules: { dots: false }, verify: (req, res, bytes) => { seen.push(bytes.length); } })`,
      realm,
    );
    const reader = json(options);
    const rawBody = vm.runInContext('new Uint8Array([123, 34, 97, 46, 98, 34, 58, 49, 125])', realm);
    const req = { headers: { ...JSON_TYPE, 'content-length': '9' }, readableDidRead: true, rawBody };
    const error = await new Promise((resolve) => reader(req, new http.ServerResponse(req), resolve));
    assert.deepStrictEqual([error, req.body, realm.seen[0]], [undefined, { 'a.b': 1 }, 9]);
  });
});
