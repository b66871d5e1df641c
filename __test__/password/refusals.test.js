'use strict';

const assert = require('node:assert/strict');
const { once } = require('node:events');
const { describe, it } = require('node:test');

const { createPasswords } = require('../../lib/password');
const vectors = require('../vectors/password.json');

/** The cheapest cost there is: these tests are about the rules. */
const CHEAP = { memoryKib: 8, passes: 1, lanes: 1, threads: 2 };

/** @param {string} code @param {number} status */
const refusal = (code, status) => ({ name: 'PortcullisError', code, status, expose: false });
const INPUT = refusal('ERR_PASSWORD_INPUT', 400);
const MALFORMED = refusal('ERR_PASSWORD_HASH_MALFORMED', 500);
const COSTLY = refusal('ERR_PASSWORD_HASH_COSTLY', 500);

describe('password: refusals', () => {
  const passwords = createPasswords(CHEAP);
  const shared = new Uint8Array(new SharedArrayBuffer(8)).fill(65);
  const REFUSED_PASSWORDS = {
    undefined: undefined,
    null: null,
    'a number': 12345678,
    'an object of a query language': { $gt: '' },
    'an array': ['correct horse'],
    'a String object': new String('correct horse'),
    'another typed array': new Uint16Array(8),
    'an ArrayBuffer': new ArrayBuffer(8),
    'shared memory': shared,
    'a high surrogate': 'a\ud800b',
    'a low surrogate at the end': 'correct\udc00',
    'a lone surrogate beside U+FFFD': '\ufffd\udfff',
    'a surrogate pair the wrong way round': '\udf11\ud83d',
    '1,025 bytes': 'x'.repeat(1025),
    '1,025 bytes of two-byte characters': `${'ä'.repeat(512)}x`,
    'bytes that are too many': new Uint8Array(1025).fill(65),
    'a megabyte': 'x'.repeat(1 << 20),
  };

  for (const [name, password] of Object.entries(REFUSED_PASSWORDS)) {
    it(`rejects ${name} as a password by a rejected promise`, async () => {
      const any = /** @type {any} */ (password);
      await assert.rejects(passwords.hash(any), INPUT);
      await assert.rejects(passwords.verify(vectors.verified[1].phc, any), INPUT);
      await assert.rejects(passwords.verify(null, any), INPUT);
    });
  }

  it('rejects an empty password as one to hash', async () => {
    await assert.rejects(passwords.hash(''), INPUT);
    await assert.rejects(passwords.hash(Buffer.alloc(0)), INPUT);
  });

  it('never refuses text by its length that would fit when normalised', () => {
    for (let point = 0; point <= 0x10ffff; point += 1) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const text = String.fromCodePoint(point);
      const bytes = Buffer.byteLength(text.normalize('NFC'));
      assert.ok(text.normalize('NFD').length <= bytes * 1.5, `U+${point.toString(16)}`);
    }
  });

  it('recognises swapped arguments of verify, and shows neither', async () => {
    const hash = await passwords.hash('correct horse');
    const bcrypt = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
    for (const given of [hash, bcrypt]) {
      await assert.rejects(passwords.verify('correct horse', given), (error) => {
        assert.equal(error.code, 'ERR_PASSWORD_HASH_MALFORMED');
        return error.message === 'verify: the arguments are swapped; write verify(hash, password)';
      });
    }
    assert.equal(await passwords.verify(hash, hash), false);
    assert.equal(await passwords.verify(null, hash), false);
  });

  it('rejects malformed hashes, in verify and needsRehash alike', async () => {
    const others = [12, {}, [], true, '\ud800', '$argon2id$'.padEnd(1 << 20, 'A')].map((phc) => ({
      name: String(phc).slice(0, 20),
      phc,
    }));
    for (const { name, phc } of [...vectors.malformed, ...others]) {
      const any = /** @type {any} */ (phc);
      await assert.rejects(passwords.verify(any, 'correct horse'), MALFORMED, name);
      assert.throws(() => passwords.needsRehash(any), MALFORMED, name);
    }
    assert.throws(() => passwords.needsRehash(/** @type {any} */ (null)), MALFORMED);
  });

  it('says that a hash is one of bcrypt, or no text', async () => {
    const bcrypt = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
    const message = 'the stored hash is one of bcrypt; verify it with bcrypt, then store hash(password) in its place';
    await assert.rejects(passwords.verify(bcrypt, 'correct horse'), { ...MALFORMED, message });
    assert.throws(() => passwords.needsRehash(bcrypt), { ...MALFORMED, message });
    const noText = 'the stored hash must be a string, not undefined';
    assert.throws(() => passwords.needsRehash(/** @type {any} */ (undefined)), { ...MALFORMED, message: noText });
  });

  it('rejects hashes that cost more than the ceiling before any memory is taken', async () => {
    const fresh = createPasswords(CHEAP);
    for (const { name, phc } of vectors.costly) {
      await assert.rejects(fresh.verify(phc, 'correct horse'), COSTLY, name);
      assert.equal(fresh.needsRehash(phc), true, name);
    }
    assert.deepEqual([fresh.stats().memoryKib, fresh.stats().completed], [0, 0]);
  });

  const REFUSED_OPTIONS = [
    [{ memoryKib: 7 }, 'ERR_PASSWORD_OPTION_RANGE'],
    [{ memoryKib: 15, lanes: 2 }, 'ERR_PASSWORD_OPTION_RANGE'],
    [{ memoryKib: 2 ** 22 + 1 }, 'ERR_PASSWORD_OPTION_RANGE'],
    [{ memoryKib: 2 ** 32 + 19456 }, 'ERR_PASSWORD_OPTION_RANGE'],
    [{ memoryKib: Number.NaN }, 'ERR_PASSWORD_OPTION_RANGE'],
    [{ memoryKib: '19456' }, 'ERR_PASSWORD_OPTION'],
    [{ passes: 0 }, 'ERR_PASSWORD_OPTION_RANGE'],
    [{ passes: 1.5 }, 'ERR_PASSWORD_OPTION_RANGE'],
    [{ lanes: 256 }, 'ERR_PASSWORD_OPTION_RANGE'],
    [{ threads: 0 }, 'ERR_PASSWORD_OPTION_RANGE'],
    [{ threads: Infinity }, 'ERR_PASSWORD_OPTION_RANGE'],
    [{ maxQueue: -1 }, 'ERR_PASSWORD_OPTION_RANGE'],
    [{ maxPasswordBytes: 63 }, 'ERR_PASSWORD_OPTION_RANGE'],
    [{ timeCost: 3 }, 'ERR_PASSWORD_OPTION'],
    [null, 'ERR_PASSWORD_OPTION'],
    [19456, 'ERR_PASSWORD_OPTION'],
  ];
  for (const [options, code] of REFUSED_OPTIONS) {
    it(`rejects the options ${JSON.stringify(options)} with ${code}`, () => {
      assert.throws(() => createPasswords(/** @type {any} */ (options)), { code });
    });
  }
});

for (const [name, express] of /** @type {const} */ ([
  ['Express 4', require('express4')],
  ['Express 5', require('express')],
])) {
  describe(`password: a log-in on ${name}`, () => {
    const passwords = createPasswords(CHEAP);

    it('responds with 400 to an operator for a password, 401 to a wrong one, 200 to the right one', async () => {
      const accounts = new Map([['ada', await passwords.hash('correct horse')]]);
      const app = express();
      app.use(express.json());
      app.post('/login', (req, res, next) => {
        const { name, password } = req.body;
        passwords.verify(accounts.get(name) ?? null, password).then((right) => res.sendStatus(right ? 200 : 401), next);
      });
      app.use((err, _req, res, _next) => res.status(err.status).send(err.code));
      const server = app.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const url = `http://127.0.0.1:${server.address().port}/login`;
      const headers = { 'content-type': 'application/json', connection: 'close' };
      const login = async (/** @type {unknown} */ body) =>
        (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status;
      try {
        assert.equal(await login({ name: 'ada', password: 'correct horse' }), 200);
        assert.equal(await login({ name: 'ada', password: 'wrong' }), 401);
        assert.equal(await login({ name: 'bob', password: 'wrong' }), 401);
        assert.equal(await login({ name: 'ada', password: '' }), 401);
        assert.equal(await login({ name: 'ada', password: { $gt: '' } }), 400);
        assert.equal(await login({ name: 'ada' }), 400);
      } finally {
        server.close();
      }
    });

    it('refuses more combining marks in a row than any language has, before it sorts them', async () => {
      const passwords = createPasswords({ ...CHEAP, maxPasswordBytes: 65_536 });
      const marks = '\u0315\u0300\u05ae\u0334';
      await assert.rejects(passwords.hash(marks.repeat(24_000)), refusal('ERR_PASSWORD_INPUT', 400));
      await assert.rejects(passwords.verify(null, `e${marks.repeat(8)}`), {
        ...refusal('ERR_PASSWORD_INPUT', 400),
        message: 'the password has more than 30 combining marks in a row',
      });
      const most = `e${'\u0315\u0300'.repeat(15)}`;
      assert.equal(await passwords.verify(await passwords.hash(most), most.normalize('NFC')), true);
    });
  });
}
