'use strict';

const assert = require('node:assert');
const { describe, it } = require('node:test');
const zlib = require('node:zlib');

const { harden, json } = require('../..');
const majors = require('../support/apps');
const { JSON_TYPE, echo, request } = require('../support/bodies');

const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
const TEXT_TYPE = { 'content-type': 'text/plain' };

/** The readers of body-parser, each for every type that it can be told to read. */
const READERS = {
  'express.json()': (express) => express.json(),
  'express.json({ type: "*/*" })': (express) => express.json({ type: '*/*', strict: false }),
  'express.urlencoded()': (express) => express.urlencoded({ extended: true }),
  'express.raw({ type: "*/*" })': (express) => express.raw({ type: '*/*' }),
  'express.text({ type: "*/*" })': (express) => express.text({ type: '*/*' }),
};
const OURS = { 'json()': () => json(), 'harden()': () => harden({ rateLimit: false }) };

/** What a serverless platform does before the app runs: it reads the request and keeps the bytes. */
function platform(express, keep = (bytes) => bytes) {
  const parse = express.json({
    verify(req, _res, bytes) {
      req.rawBody = keep(bytes);
    },
  });
  return (req, res, next) => parse(req, res, next);
}

for (const [name, express] of majors) {
  describe(`input: json() beside other readers on ${name}`, () => {
    for (const [ours, make] of Object.entries(OURS)) {
      for (const [reader, create] of Object.entries(READERS)) {
        it(`keeps what ${ours} read when ${reader} comes after it`, async () => {
          const app = () => echo(express, make(), create(express));
          const read = await request(app(), { body: '{"a":[1]}' });
          assert.deepStrictEqual([read.status, read.body], [200, { a: [1] }]);
          assert.strictEqual((await request(app(), { body: '{"$gt":1}' })).code, 'ERR_INPUT_OPERATOR_KEY');
        });

        it(`leaves a body of another type to ${reader} after ${ours}`, async () => {
          const { status, body } = await request(echo(express, make(), create(express)), {
            headers: reader.includes('urlencoded') ? FORM_TYPE : TEXT_TYPE,
            body: reader.includes('urlencoded') ? 'a=1' : '5',
          });
          const expected = { urlencoded: { a: '1' }, raw: [53], text: '5', '*/*': 5 };
          const kind = Object.keys(expected).find((one) => reader.includes(one));
          assert.strictEqual(status, 200);
          if (kind !== undefined) assert.deepStrictEqual(body?.data ?? body, expected[kind]);
        });
      }

      it(`leaves bytes and text that were read before ${ours}`, async () => {
        for (const [reader, data] of [
          [express.raw({ type: '*/*' }), [...Buffer.from('{"$gt":1}')]],
          [express.text({ type: '*/*' }), '{"$gt":1}'],
        ]) {
          const { status, body } = await request(echo(express, reader, make()), { body: '{"$gt":1}' });
          assert.strictEqual(status, 200);
          assert.deepStrictEqual(body.data ?? body, data);
        }
      });

      it(`judges what another reader parsed before ${ours}`, async () => {
        const app = () => echo(express, express.json(), make());
        assert.deepStrictEqual((await request(app(), { body: '{"a":[1]}' })).body, { a: [1] });
        for (const [body, code] of [
          ['{"$gt":1}', 'ERR_INPUT_OPERATOR_KEY'],
          ['{"a":{"__proto__":1}}', 'ERR_INPUT_PROTOTYPE_KEY'],
          [`${'['.repeat(40)}${']'.repeat(40)}`, 'ERR_INPUT_DEPTH'],
        ]) {
          assert.strictEqual((await request(app(), { body })).code, code);
        }
      });

      it(`refuses a body of which another reader left nothing to ${ours}, and names the cure`, async () => {
        const drained = (req, _res, next) => req.resume().on('end', () => next());
        const app = express();
        const failed = new Promise((resolve) => {
          app.use(drained, make());
          app.use((error, _req, res, _next) => {
            resolve(error);
            res.status(error.status).json({});
          });
        });
        assert.strictEqual((await request(app, { body: '{"a":1}' })).status, 500);
        const { code, type, message } = await failed;
        assert.deepStrictEqual([code, type], ['ERR_INPUT_STREAM', 'stream.not.readable']);
        assert.match(message, /mount json\(\), urlencoded\(\) or harden\(\) first/);
      });

      it(`leaves a form that was read before ${ours}`, async () => {
        const app = echo(express, express.urlencoded({ extended: false }), make());
        assert.deepStrictEqual((await request(app, { headers: FORM_TYPE, body: 'a=1' })).body, { a: '1' });
      });

      it(`checks and parses the bytes that a platform kept before ${ours}`, async () => {
        const forms = [(bytes) => bytes, (bytes) => new Uint8Array(bytes), (bytes) => bytes.toString()];
        for (const keep of forms) {
          const app = () => echo(express, platform(express, keep), make());
          assert.deepStrictEqual((await request(app(), { body: '{"a":[1]}' })).body, { a: [1] });
          for (const [body, code] of [
            ['{"$gt":1}', 'ERR_INPUT_OPERATOR_KEY'],
            ['{"a":1,"a":2}', 'ERR_INPUT_DUPLICATE_KEY'],
            ['{"a":{"__proto__":1}}', 'ERR_INPUT_PROTOTYPE_KEY'],
          ]) {
            assert.strictEqual((await request(app(), { body })).code, code);
          }
        }
      });
    }

    it('refuses a parsed body whose bytes `verify` needs', async () => {
      const app = echo(express, express.json(), json({ verify: () => {} }));
      assert.strictEqual((await request(app, { body: '{"a":1}' })).code, 'ERR_INPUT_STREAM');
    });

    it('takes the bytes that a platform kept as inflated, and holds them to the limit', async () => {
      const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
      const app = (options) => echo(express, platform(express), json(options));
      assert.deepStrictEqual((await request(app(), { headers, body: zlib.gzipSync('{"a":1}') })).body, { a: 1 });
      const { status, code, fields } = await request(app({ limit: 10 }), { body: '{"a":"long text"}' });
      assert.deepStrictEqual([status, code, fields.limit, fields.received], [413, 'ERR_INPUT_TOO_LARGE', 10, 17]);
    });

    it('verifies and checks the bytes that a platform kept of a JSON text', async () => {
      const verify = (_req, _res, bytes) => assert.notStrictEqual(bytes.toString(), '"forged"');
      const keep = (req, _res, rawBody) => Object.assign(req, { rawBody });
      const loose = express.json({ strict: false, verify: keep });
      const forged = await request(echo(express, loose, json({ strict: false, verify })), { body: '"forged"' });
      assert.deepStrictEqual([forged.status, forged.code], [403, 'ERR_INPUT_VERIFY']);
      const strict = await request(echo(express, loose, json()), { body: '"text"' });
      assert.strictEqual(strict.status, 400);
    });

    it('reads the request itself when the body was only kept, not read', async () => {
      const lie = (req, _res, next) => {
        req.rawBody = Buffer.from('{"a":"kept"}');
        next();
      };
      assert.deepStrictEqual((await request(echo(express, lie, json()), { body: '{"a":"sent"}' })).body, { a: 'sent' });
    });
  });
}
