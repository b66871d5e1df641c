'use strict';

const assert = require('node:assert');
const { AsyncLocalStorage } = require('node:async_hooks');
const { once } = require('node:events');
const http = require('node:http');
const net = require('node:net');
const { describe, it } = require('node:test');
const { inspect } = require('node:util');
const zlib = require('node:zlib');

const express4 = require('express4');
const express5 = require('express');
const fc = require('fast-check');

const { json } = require('../..');
const { JSON_TYPE, echo, request, send } = require('../support/bodies');
const { serve } = require('../support/request');
const { REJECTIONS } = require('../../lib/support/errors');
const { createParser } = require('../../lib/input/parse');
const VECTORS = require('../vectors/input.json');

const DEFAULTS = { limit: 102_400, maxDepth: 32, maxKeyLength: 256, strict: true };
const RULES = { operators: true, dots: true, prototypes: true, duplicates: true };

const bodyOf = ({ text, hex, repeat }) =>
  hex ? Buffer.from(hex, 'hex') : Buffer.from(text ?? repeat.map(([part, times]) => part.repeat(times)).join(''));

async function sendRaw(port, bytes) {
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

const TYPES = [
  ['another type', { 'content-type': 'text/plain' }, 'absent'],
  ['no type', {}, 'absent'],
  ['two types', { 'content-type': 'application/json, text/plain' }, 'absent'],
  ['a vendor type', { 'content-type': 'application/vnd.api+json' }, 'absent'],
  ['upper case and white space', { 'content-type': ' Application/JSON ; charset=UTF-8 ' }, 'ok'],
  ['a quoted charset', { 'content-type': 'application/json; charset="utf-8"; a=b' }, 'ok'],
  ['an empty charset', { 'content-type': 'application/json; charset=' }, 'ok'],
  ['an empty charset in quotes', { 'content-type': 'application/json; charset=""; a=b' }, 'ok'],
  [
    'an empty charset before another',
    { 'content-type': 'application/json; charset=; charset=utf-16' },
    'ERR_INPUT_CHARSET',
  ],
  ['tabs around the parameter', { 'content-type': 'application/json\t;\tcharset=utf-8\t' }, 'ok'],
  ['an empty content encoding', { ...JSON_TYPE, 'content-encoding': '' }, 'ok'],
  ['another parameter', { 'content-type': 'application/json; profile=x' }, 'ok'],
  ...['utf-16le', 'utf-16', 'utf-32', 'utf-7', 'iso-8859-1', 'utf-8x', '"utf-16"', 'utf-16;charset='].map((name) => [
    `charset ${name}`,
    { 'content-type': `application/json; charset=${name}` },
    'ERR_INPUT_CHARSET',
  ]),
  ['two charsets', { 'content-type': 'application/json; charset=utf-8; charset=utf-16' }, 'ERR_INPUT_CHARSET'],
  ['a charset in another case', { 'content-type': 'application/json;CHARSET=utf-7' }, 'ERR_INPUT_CHARSET'],
  ['an unknown encoding', { ...JSON_TYPE, 'content-encoding': 'zip' }, 'ERR_INPUT_ENCODING'],
  ['two encodings', { ...JSON_TYPE, 'content-encoding': 'gzip, br' }, 'ERR_INPUT_ENCODING'],
  ['identity', { ...JSON_TYPE, 'content-encoding': 'Identity' }, 'ok'],
];

const BOMB = Buffer.from(`[${' '.repeat(20_000_000)}]`);
const TEXT = Buffer.from('{"a":[1,2,3]}');
const COMPRESSED = [
  ['gzip', 'gzip', zlib.gzipSync(TEXT), 'ok'],
  ['deflate', 'deflate', zlib.deflateSync(TEXT), 'ok'],
  ['br', 'br', zlib.brotliCompressSync(TEXT), 'ok'],
  ['an operator in gzip', 'gzip', zlib.gzipSync('{"$gt":""}'), 'ERR_INPUT_OPERATOR_KEY'],
  ['a gzip bomb', 'gzip', zlib.gzipSync(BOMB), 'ERR_INPUT_TOO_LARGE'],
  ['a br bomb', 'br', zlib.brotliCompressSync(BOMB), 'ERR_INPUT_TOO_LARGE'],
  ['a cut gzip', 'gzip', zlib.gzipSync(TEXT).subarray(0, 20), 'ERR_INPUT_INFLATE'],
  ['no gzip at all', 'gzip', TEXT, 'ERR_INPUT_INFLATE'],
  ['bytes after the end of gzip', 'gzip', Buffer.concat([zlib.gzipSync(TEXT), TEXT]), 'ERR_INPUT_INFLATE'],
  ['bytes after the end of br', 'br', Buffer.concat([zlib.brotliCompressSync(TEXT), TEXT]), 'ERR_INPUT_INFLATE'],
  ['gzip in gzip', 'gzip', zlib.gzipSync(zlib.gzipSync(TEXT)), null],
  [
    'compressed bytes over the limit',
    'gzip',
    zlib.gzipSync(Buffer.alloc(200_000), { level: 0 }),
    'ERR_INPUT_TOO_LARGE',
  ],
];

const WRONG_OPTIONS = [
  [{ limit: '100 monkeys' }, 'ERR_INPUT_OPTION'],
  [{ limit: '' }, 'ERR_INPUT_OPTION'],
  [{ limit: null }, 'ERR_INPUT_OPTION'],
  [{ limit: NaN }, 'ERR_INPUT_OPTION_RANGE'],
  [{ limit: -1 }, 'ERR_INPUT_OPTION_RANGE'],
  [{ limit: '0kb' }, 'ERR_INPUT_OPTION_RANGE'],
  [{ limit: '900mb' }, 'ERR_INPUT_OPTION_RANGE'],
  [{ limit: 2 ** 40 }, 'ERR_INPUT_OPTION_RANGE'],
  [{ maxDepth: 0 }, 'ERR_INPUT_OPTION_RANGE'],
  [{ maxDepth: 1_001 }, 'ERR_INPUT_OPTION_RANGE'],
  [{ maxKeys: Infinity }, 'ERR_INPUT_OPTION_RANGE'],
  [{ maxKeyLength: '1' }, 'ERR_INPUT_OPTION'],
  [{ strict: 'yes' }, 'ERR_INPUT_OPTION'],
  [{ rules: false }, 'ERR_INPUT_OPTION'],
  [{ rules: { operators: 'remove' } }, 'ERR_INPUT_OPTION'],
  [{ rules: { prototypes: 'replace' } }, 'ERR_INPUT_OPTION'],
  [{ rules: { duplicates: 'replace' } }, 'ERR_INPUT_OPTION'],
  [{ rules: { operator: false } }, 'ERR_INPUT_OPTION'],
  [{ type: [] }, 'ERR_INPUT_OPTION'],
  [{ type: 7 }, 'ERR_INPUT_OPTION'],
  [{ mode: 'sanitize' }, 'ERR_INPUT_OPTION'],
  [{ replaceWith: '$' }, 'ERR_INPUT_OPTION'],
  [{ replaceWith: '.' }, 'ERR_INPUT_OPTION'],
  [{ replaceWith: '' }, 'ERR_INPUT_OPTION'],
  [{ replaceWith: 'a'.repeat(17) }, 'ERR_INPUT_OPTION'],
  [{ exempt: 'bio' }, 'ERR_INPUT_OPTION'],
  [{ exempt: ['bio'] }, 'ERR_INPUT_OPTION'],
  [{ exempt: ['/a~2'] }, 'ERR_INPUT_OPTION'],
  [{ onReport: 'log' }, 'ERR_INPUT_OPTION'],
  [{ mode: 'report' }, 'ERR_INPUT_OPTION'],
  [{ rules: { dots: 'report' } }, 'ERR_INPUT_OPTION'],
  [{ type: 'application json' }, 'ERR_INPUT_OPTION'],
  [{ limit: 0 }, 'ERR_INPUT_OPTION_RANGE'],
  [{ limit: Infinity }, 'ERR_INPUT_OPTION_RANGE'],
  [{ limit: {} }, 'ERR_INPUT_OPTION'],
  [{ maxKeys: 1_000_001 }, 'ERR_INPUT_OPTION_RANGE'],
  [{ verify: true }, 'ERR_INPUT_OPTION'],
  [{ reviver: 'x' }, 'ERR_INPUT_OPTION'],
  [null, 'ERR_INPUT_OPTION'],
  ['100kb', 'ERR_INPUT_OPTION'],
];

describe('input: policy', () => {
  for (const [options, code] of WRONG_OPTIONS) {
    it(`rejects the options ${inspect(options)}`, () => {
      assert.throws(
        () => json(options),
        (error) => error.code === code && /^(json|input)\b.*option/.test(error.message),
      );
    });
  }

  it('rejects a value that is not a buffer in the native guard, without a crash', () => {
    const { InputGuard, inputReadJsonFunction } = require('../../lib/support/native');
    const guard = new InputGuard({ ...DEFAULTS, ...RULES });
    const read = inputReadJsonFunction();
    const shared = new Uint8Array(new SharedArrayBuffer(2)).fill(0x20);
    const wrong = [
      undefined,
      null,
      1,
      'x',
      {},
      [],
      new ArrayBuffer(2),
      new Uint16Array(2),
      new DataView(new ArrayBuffer(2)),
      shared,
    ];
    for (const value of wrong) assert.throws(() => read(guard.slot, value), { code: 'ERR_INPUT_OPTION' });
    for (const slot of [undefined, -1, 2 ** 31, 'x', {}]) {
      assert.throws(() => read(slot, Buffer.from('{}')), { code: 'ERR_INPUT_OPTION' });
    }
    assert.throws(() => read(), { code: 'ERR_INPUT_OPTION' });
    assert.strictEqual(read(guard.slot, new TextEncoder().encode('{"a":1}')), '{"a":1}');
    assert.strictEqual(read(guard.slot, Buffer.from('x{"é":1}x').subarray(1, 9)), '{"é":1}');
    assert.strictEqual(typeof read(guard.slot, Buffer.alloc(0)), 'number');
  });

  it('returns what JSON.parse returns for every clean document, on the differential test', () => {
    const parse = createParser({
      ...DEFAULTS,
      maxDepth: 1_000,
      maxKeys: 1_000_000,
      maxKeyLength: 65_536,
      strict: false,
      operators: false,
      dots: false,
      prototypes: false,
      duplicates: false,
    });
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (text) => {
        assert.deepStrictEqual(parse(Buffer.from(text)), JSON.parse(text));
      }),
    );
  });

  it('refuses all that JSON.parse refuses', () => {
    const parse = createParser({ ...DEFAULTS, ...RULES, strict: false });
    const mangled = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('"', '\\', '{', ',', '0', 'e', '.', ' ', '-', '\u0000', 'é'),
    );
    fc.assert(
      fc.property(mangled, ([text, at, unit]) => {
        const index = at % text.length;
        const body = text.slice(0, index) + unit + text.slice(index + 1);
        let expected;
        try {
          expected = JSON.parse(body);
        } catch {
          return assert.throws(() => parse(Buffer.from(body)), { name: 'PortcullisError' });
        }
        try {
          assert.deepStrictEqual(parse(Buffer.from(body)), expected);
        } catch (error) {
          assert.ok(error.code in REJECTIONS && error.code !== 'ERR_INPUT_SYNTAX', error.message);
        }
      }),
      { numRuns: 500 },
    );
  });
});

for (const [name, express] of Object.entries({ 'Express 4': express4, 'Express 5': express5 })) {
  describe(`input: json() on ${name}`, () => {
    it('accepts or rejects every vector as it names', async () => {
      await serve(echo(express, json({ rules: { dots: 'reject' } })), async (port) => {
        for (const vector of VECTORS) {
          const answer = await send(port, { body: bodyOf(vector) });
          const status = vector.expect === 'ok' ? 200 : REJECTIONS[vector.expect].status;
          assert.deepStrictEqual([answer.status, answer.code ?? 'ok'], [status, vector.expect], vector.name);
          if (vector.expect !== 'ok') continue;
          const sent = JSON.stringify(JSON.parse(bodyOf(vector).toString()));
          assert.strictEqual(JSON.stringify(answer.body), sent, vector.name);
        }
      });
    });

    it('parses every body as express.json does, on the differential test', async () => {
      const rules = { operators: false, dots: false, prototypes: false, duplicates: false };
      const ours = json({ rules, maxDepth: 1_000, maxKeyLength: 65_536 });
      const body = fc.oneof(
        fc.json({ stringUnit: 'binary' }),
        fc.json().map((text) => `{"a":${text}}`),
      );
      await serve(echo(express, ours), (port) =>
        serve(echo(express, express.json()), (other) =>
          fc.assert(
            fc.asyncProperty(body, async (text) => {
              const [mine, theirs] = await Promise.all([send(port, { body: text }), send(other, { body: text })]);
              assert.strictEqual(mine.status, theirs.status);
              if (theirs.status === 200) assert.deepStrictEqual(mine, theirs);
            }),
            { numRuns: 150 },
          ),
        ),
      );
    });

    for (const [what, headers, expected] of TYPES) {
      it(`reads, leaves or refuses a body by its headers: ${what}`, async () => {
        const answer = await request(echo(express, json()), { headers, body: '{"a":1}' });
        const got = answer.code ?? (answer.absent ? 'absent' : 'ok');
        assert.deepStrictEqual([got, answer.status], [expected, REJECTIONS[expected]?.status ?? 200]);
      });
    }

    for (const [what, encoding, body, expected] of COMPRESSED) {
      it(`inflates or refuses: ${what}`, async () => {
        const answer = await request(echo(express, json()), {
          headers: { ...JSON_TYPE, 'content-encoding': encoding },
          body,
        });
        if (expected === 'ok') assert.deepStrictEqual(answer.body, { a: [1, 2, 3] });
        else if (expected === null) assert.strictEqual(answer.status, 400);
        else assert.deepStrictEqual([answer.code, answer.status], [expected, REJECTIONS[expected].status]);
      });
    }

    it('stops a bomb by its ratio when the limit is high, and refuses all encodings with inflate: false', async () => {
      const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
      const high = await request(echo(express, json({ limit: '64mb' })), { headers, body: zlib.gzipSync(BOMB) });
      assert.strictEqual(high.code, 'ERR_INPUT_TOO_LARGE');
      const off = await request(echo(express, json({ inflate: false })), { headers, body: zlib.gzipSync(TEXT) });
      assert.strictEqual(off.code, 'ERR_INPUT_ENCODING');
    });

    it('says which bound a compressed body is over', async () => {
      const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
      const messageOf = async (limit) => {
        const app = express();
        app.use(json({ limit }));
        app.use((error, _req, res, _next) => res.json({ message: error.message }));
        return (await request(app, { headers, body: zlib.gzipSync(BOMB) })).message;
      };
      assert.strictEqual(await messageOf('64mb'), 'the body inflates to more than 100 times its size');
      assert.strictEqual(await messageOf('64kb'), 'the decompressed body is larger than `limit`');
    });

    it('leaves req.body undefined without a body, and sets an empty object for an empty one', async () => {
      assert.strictEqual((await request(echo(express, json()), { method: 'GET' })).absent, true);
      assert.deepStrictEqual((await request(echo(express, json()), { body: '' })).body, {});
    });

    it('reads a body of many chunks without a length, cut inside a character', async () => {
      const bytes = Buffer.from('{"name":"Zoë","text":"日本"}');
      const chunks = Array.from(bytes, (byte) => Buffer.of(byte));
      assert.deepStrictEqual((await request(echo(express, json()), { chunks })).body, JSON.parse(bytes.toString()));
    });

    it('rejects a declared and a streamed body over the limit, and keeps the connection', async () => {
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      await serve(echo(express, json({ limit: '1kb' })), async (port) => {
        const long = 'x'.repeat(300_000);
        const declared = await send(port, { body: long, agent });
        const streamed = await send(port, { chunks: [long, long], agent });
        const good = await send(port, { body: '{"a":1}', agent });
        assert.deepStrictEqual([declared.status, streamed.status, good.status], [413, 413, 200]);
      });
      agent.destroy();
    });

    it('responds with 413 before it reads a body that is declared too long', async () => {
      await serve(echo(express, json()), async (port) => {
        const head =
          'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 999999999\r\n\r\n';
        const socket = await sendRaw(port, head);
        const [answer] = await once(socket, 'data');
        assert.match(answer.toString(), /^HTTP\/1\.1 413 /);
        socket.destroy();
      });
    });

    it('rejects an aborted request once, and serves the next one', async () => {
      const codes = [];
      const app = express();
      let seen;
      const rejected = new Promise((resolve) => {
        seen = resolve;
      });
      app.use(json());
      app.use((error, _req, _res, _next) => {
        codes.push(error.code);
        seen();
      });
      await serve(app, async (port) => {
        const head = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"a"';
        const socket = await sendRaw(port, head);
        setTimeout(() => socket.destroy(), 5);
        await rejected;
      });
      assert.deepStrictEqual(codes, ['ERR_INPUT_ABORTED']);
    });

    it('rejects a length that does not match the bytes', async () => {
      const lie = (req, _res, next) => {
        req.headers['content-length'] = '99';
        next();
      };
      assert.strictEqual((await request(echo(express, lie, json()), { body: '{}' })).code, 'ERR_INPUT_LENGTH');
    });

    it('lets a second json() pass, and judges a body that another reader parsed', async () => {
      assert.deepStrictEqual((await request(echo(express, json(), json()), { body: '{"a":1}' })).body, { a: 1 });
      const taken = await request(echo(express, express.json(), json()), { body: '{"$gt":1}' });
      assert.deepStrictEqual([taken.status, taken.code], [400, 'ERR_INPUT_OPERATOR_KEY']);
      const decoded = (req, _res, next) => {
        req.setEncoding('utf8');
        next();
      };
      assert.strictEqual((await request(echo(express, decoded, json()), { body: '{}' })).code, 'ERR_INPUT_STREAM');
    });

    it('reads a form beside it with express.urlencoded()', async () => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const app = () => echo(express, express.urlencoded({ extended: false }), json());
      assert.deepStrictEqual((await request(app(), { headers, body: 'a=1' })).body, { a: '1' });
      assert.deepStrictEqual((await request(app(), { body: '{"a":2}' })).body, { a: 2 });
    });

    it('keeps the raw body, inflated, if the option is set', async () => {
      const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
      const answer = await request(echo(express, json({ rawBody: true })), {
        headers,
        body: zlib.gzipSync('{"a": 1}'),
      });
      assert.strictEqual(answer.raw, '{"a": 1}');
      assert.strictEqual((await request(echo(express, json()), { body: '{}' })).raw, undefined);
    });

    it('matches types by pattern, short name, list and function', async () => {
      const headers = { 'content-type': 'application/vnd.api+json; charset=utf-8' };
      for (const type of ['+json', 'application/*+json', '*/*', ['text/plain', 'application/*'], () => true]) {
        assert.deepStrictEqual((await request(echo(express, json({ type })), { headers, body: '{"a":1}' })).body, {
          a: 1,
        });
      }
      assert.ok((await request(echo(express, json({ type: ['json', 'text/*'] })), { headers, body: '{}' })).absent);
      assert.deepStrictEqual((await request(echo(express, json({ type: 'json' })), { body: '{"a":1}' })).body, {
        a: 1,
      });
    });

    it('turns single rules off', async () => {
      const rules = { dots: false, operators: false };
      const app = () => echo(express, json({ rules }));
      assert.deepStrictEqual((await request(app(), { body: '{"user.name":{"$gt":1}}' })).body, {
        'user.name': { $gt: 1 },
      });
      assert.strictEqual((await request(app(), { body: '{"__proto__":1}' })).code, 'ERR_INPUT_PROTOTYPE_KEY');
    });

    it('never puts a value of the body into the error', async () => {
      for (const body of ['{"password":"secret', '{"a":"secret","a":"secret"}', '{"$a":"secret"}', '{"a":["secret"}']) {
        assert.strictEqual((await request(echo(express, json()), { body })).leaks, false, body);
      }
    });

    it('keeps the AsyncLocalStorage of the request', async () => {
      const storage = new AsyncLocalStorage();
      const enter = (_req, _res, next) => storage.run('mine', next);
      const read = (req, _res, next) => {
        req.body.store = storage.getStore();
        next();
      };
      for (const encoding of ['identity', 'gzip']) {
        const body = encoding === 'gzip' ? zlib.gzipSync('{}') : '{}';
        const headers = { ...JSON_TYPE, 'content-encoding': encoding };
        assert.deepStrictEqual((await request(echo(express, enter, json(), read), { headers, body })).body, {
          store: 'mine',
        });
      }
    });

    it('passes on an error of a later handler unchanged', async () => {
      const fail = () => {
        throw Object.assign(new Error('later'), { status: 418, code: 'LATER' });
      };
      const answer = await request(echo(express, json(), fail), { body: '{}' });
      assert.deepStrictEqual([answer.status, answer.code], [418, 'LATER']);
    });
  });
}
