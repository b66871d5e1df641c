'use strict';

const assert = require('node:assert/strict');
const { createHmac, generateKeyPairSync } = require('node:crypto');
const { describe, it } = require('node:test');
const { runInNewContext } = require('node:vm');

const fastJwt = require('fast-jwt');
const jsonwebtoken = require('jsonwebtoken');
const { PortcullisError, createSigner, createVerifier, decode } = require('portcullis');

const { random } = require('../support/random');
const vectors = require('../vectors/jwt.json');

const KEY = vectors.secret;
const clock = () => vectors.now * 1000;

describe('jwt', () => {
  describe('vectors', () => {
    const verifier = createVerifier({ key: KEY, ...vectors.policy, clock });
    for (const { name, token } of vectors.accepted) {
      it(`accepts ${name}`, () => {
        const claims = verifier.verify(token);
        assert.deepStrictEqual(claims, JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()));
      });
    }
    for (const { name, code, token } of vectors.rejected) {
      it(`rejects ${name}`, () => {
        assert.throws(() => verifier.verify(token), { name: 'PortcullisError', code, status: 401, expose: false });
      });
    }
  });

  describe('verify', () => {
    const verifier = createVerifier({ key: KEY });

    for (const token of [undefined, null, 5, Number.NaN, {}, [], Symbol('x'), Buffer.from('a.b.c'), true]) {
      it(`rejects a token of type ${token === null ? 'null' : typeof token}`, () => {
        assert.throws(() => verifier.verify(token), { code: 'ERR_JWT_MALFORMED' });
      });
    }

    it('rejects a token of 1 MB, of lone surrogates and of wide characters', () => {
      assert.throws(() => verifier.verify('a'.repeat(1e6)), { code: 'ERR_JWT_TOO_LARGE' });
      assert.throws(() => verifier.verify('\ud800.\udc00.\ud800'), { code: 'ERR_JWT_MALFORMED' });
      assert.throws(() => verifier.verify('ŁŁŁ.ŁŁŁ.ŁŁŁ'), { code: 'ERR_JWT_MALFORMED' });
    });

    it('takes a token at maxTokenBytes and rejects one byte more', () => {
      for (const size of [140, 4091, 4092, 4093, 4095, 4096, 4097, 8192, 20_000]) {
        const token = tokenOfSize(size);
        assert.strictEqual(createVerifier({ key: KEY, maxTokenBytes: size }).verify(token).iat, 1);
        assert.throws(() => createVerifier({ key: KEY, maxTokenBytes: size - 1 }).verify(token), {
          code: 'ERR_JWT_TOO_LARGE',
        });
      }
    });

    for (const cache of [false, { maxEntries: 10 }]) {
      it(`refuses a cached or new token when the clock returns no time (cache ${cache && 'on'})`, async () => {
        let now = 1_000_000_000_000;
        const token = createSigner({ key: KEY, expiresInSeconds: 60, clock: () => now }).sign({});
        const timed = createVerifier({ key: KEY, cache, clock: () => now });
        assert.ok(timed.verify(token));
        for (const broken of [null, '0', [], 0n, true, new Date(0), undefined, Number.NaN, -1, 0, Infinity]) {
          now = broken;
          const misuse = {
            name: 'TypeError',
            code: 'ERR_JWT_OPTION',
            message: /^createVerifier: option "clock" must /,
          };
          assert.throws(() => timed.verify(token), misuse);
          await assert.rejects(timed.verifyAsync(token), misuse);
          await assert.rejects(timed.verifyMany([token]), misuse);
        }
      });
    }

    it('signs nothing when the clock returns no time', () => {
      for (const broken of [null, '0', [], true, -1, Infinity]) {
        assert.throws(() => createSigner({ key: KEY, clock: () => broken }).sign({}), {
          code: 'ERR_JWT_OPTION',
          message: /^createSigner: option "clock" must /,
        });
      }
    });

    it('follows a Date that is faked after set-up', (t) => {
      const [signer, late] = [createSigner({ key: KEY, expiresInSeconds: 60 }), createVerifier({ key: KEY })];
      t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
      const token = signer.sign({});
      assert.strictEqual(late.verify(token).iat, 1000);
      t.mock.timers.tick(60_000);
      assert.throws(() => late.verify(token), { code: 'ERR_JWT_EXPIRED' });
    });

    it('refuses a list with a hole', () => {
      for (const name of ['issuer', 'audience', 'requiredClaims', 'algorithms']) {
        assert.throws(() => createVerifier({ key: KEY, [name]: new Array(1) }), { code: 'ERR_JWT_OPTION' });
      }
    });

    it('lets no caller change what another one gets', () => {
      const token = createSigner({ key: KEY }).sign({ roles: ['user'], deep: { list: [{ a: 1 }] } });
      assert.throws(() => verifier.verify(token).roles.push('admin'), TypeError);
      assert.ok(Object.isFrozen(verifier.verify(token).deep.list[0]));
      for (const cache of [{ copies: true }, /** @type {const} */ (false)]) {
        const copying = createVerifier({ key: KEY, cache });
        copying.verify(token).roles.push('admin');
        copying.verify(token).roles.push('admin');
        assert.deepStrictEqual(copying.verify(token).roles, ['user']);
      }
    });

    it('takes patterns of claims, which must match from end to end', () => {
      const patterns = createVerifier({
        key: KEY,
        issuer: ['x', /^https:\/\/[a-z]+\.example$/],
        audience: /^api-\d+$/u,
      });
      const signer = createSigner({ key: KEY });
      assert.strictEqual(
        patterns.verify(signer.sign({ iss: 'https://a.example', aud: ['b', 'api-7'] })).aud[1],
        'api-7',
      );
      for (const [claims, code] of [
        [{ iss: 'https://a.example.evil', aud: 'api-7' }, 'ERR_JWT_ISSUER'],
        [{ iss: 'https://a.example', aud: 'xapi-7' }, 'ERR_JWT_AUDIENCE'],
        [{ iss: 'https://a.example' }, 'ERR_JWT_CLAIM_MISSING'],
      ]) {
        assert.throws(() => patterns.verify(signer.sign(claims)), { code });
      }
    });

    it('is not slowed by a pattern that would backtrack', () => {
      const slow = createVerifier({ key: KEY, audience: /^(?:a+)+$/ });
      const token = createSigner({ key: KEY }).sign({ aud: `${'a'.repeat(5000)}!` });
      const start = process.hrtime.bigint();
      assert.throws(() => slow.verify(token), { code: 'ERR_JWT_AUDIENCE' });
      assert.ok(process.hrtime.bigint() - start < 1_000_000_000n);
    });

    it('reads the time of each call', () => {
      let now = 1_000;
      const token = createSigner({ key: KEY, expiresInSeconds: 10, clock: () => now }).sign({});
      const timed = createVerifier({ key: KEY, clock: () => now });
      now = 10_999;
      assert.strictEqual(timed.verify(token).exp, 11);
      now = 11_000;
      assert.throws(() => timed.verify(token), { code: 'ERR_JWT_EXPIRED' });
    });

    it('rejects every token when the clock is broken', () => {
      const token = createSigner({ key: KEY, expiresInSeconds: 10 }).sign({});
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
        assert.throws(() => createVerifier({ key: KEY, clock: () => value }).verify(token), { code: /^ERR_JWT_/ });
      }
    });
  });

  describe('fields of errors', () => {
    const signer = createSigner({ key: KEY });
    const FAULTS = {
      'a claim of another type': [{ sub: 1 }, { subject: 'ada' }, 'ERR_JWT_CLAIM_TYPE', 'sub'],
      'a claim that a policy needs': [{}, { audience: 'web' }, 'ERR_JWT_CLAIM_MISSING', 'aud'],
      'a required claim': [{}, { requiredClaims: ['tenant'] }, 'ERR_JWT_CLAIM_MISSING', 'tenant'],
    };
    // The signer refuses claims of another type, so such a token is signed as bytes.
    const forged = (claims) => {
      const head = Buffer.from('{"alg":"HS256"}').toString('base64url');
      const text = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
      return `${text}.${createHmac('sha256', KEY).update(text).digest('base64url')}`;
    };
    for (const [name, [claims, options, code, claim]] of Object.entries(FAULTS)) {
      it(`names the claim: ${name}`, async () => {
        const verifier = createVerifier({ key: KEY, ...options });
        assert.throws(() => verifier.verify(forged(claims)), { name: 'PortcullisError', code, claim });
        await assert.rejects(verifier.verifyAsync(forged(claims)), { code, claim });
        const [result] = await verifier.verifyMany([forged(claims)]);
        assert.deepEqual([result.ok, result.error.code, result.error.claim], [false, code, claim]);
      });
    }

    it('names the claim that a caller expected', () => {
      const verifier = createVerifier({ key: KEY });
      assert.throws(() => verifier.verify(signer.sign({}), { nonce: 'n' }), {
        code: 'ERR_JWT_CLAIM_MISSING',
        claim: 'nonce',
      });
    });

    it('names no claim where the error is about none', () => {
      assert.throws(
        () => createVerifier({ key: KEY }).verify('a.b.c'),
        (error) => !('claim' in error),
      );
    });

    it('names the option of a misuse that the native side throws', () => {
      assert.throws(() => createVerifier({ key: KEY, clockToleranceSeconds: -1 }), {
        name: 'RangeError',
        code: 'ERR_JWT_OPTION_RANGE',
        option: 'clockToleranceSeconds',
      });
    });

    it('keeps the unverified key id of a token out of what loggers write', () => {
      const verifier = createVerifier({ keys: [{ kty: 'oct', k: Buffer.from(KEY).toString('base64url'), kid: 'a' }] });
      const token = createSigner({ key: KEY, keyId: 'b' }).sign({});
      assert.throws(
        () => verifier.verify(token),
        (error) => error.code === 'ERR_JWT_KEY_UNKNOWN' && error.kid === 'b' && !Object.keys(error).includes('kid'),
      );
    });
  });

  describe('other realms', () => {
    it('signs claims that another realm made', () => {
      const { sign } = createSigner({ key: KEY });
      const { payload } = decode(
        sign(runInNewContext('({ sub: "ada", roles: ["a"] })'), runInNewContext('({ x: 1 })')),
      );
      assert.deepEqual([payload.sub, payload.roles, payload.x], ['ada', ['a'], 1]);
      assert.equal(decode(sign(structuredClone({ sub: 'ada' }))).payload.sub, 'ada');
      for (const claims of ['[]', 'new Map()', 'new Date()', 'new (class A {})()', 'null', '() => {}']) {
        assert.throws(() => sign(runInNewContext(`(${claims})`)), { code: 'ERR_JWT_CLAIMS' });
      }
    });
  });

  describe('decode', () => {
    const padded = createSigner({ key: KEY })
      .sign({ sub: 'a' })
      .split('.')
      .map((part) => part + '='.repeat((4 - (part.length % 4)) % 4))
      .join('.');

    it('reads padded parts only where `lenientPadding` allows it', () => {
      assert.throws(() => decode(padded), { code: 'ERR_JWT_MALFORMED' });
      assert.equal(decode(padded, { lenientPadding: true }).payload.sub, 'a');
      assert.throws(() => decode(`${padded}=`, { lenientPadding: true }), { code: 'ERR_JWT_MALFORMED' });
    });

    it('refuses options that it does not have', () => {
      assert.throws(() => decode(padded, { complete: true }), { code: 'ERR_JWT_OPTION' });
    });
  });

  describe('set-up', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const REFUSED_OPTIONS = {
      'no options': [undefined, 'ERR_JWT_OPTION'],
      'options that are null': [null, 'ERR_JWT_OPTION'],
      'no key': [{}, 'ERR_JWT_OPTION'],
      'a key that is null': [{ key: null }, 'ERR_JWT_OPTION'],
      'a key that is undefined': [{ key: undefined }, 'ERR_JWT_OPTION'],
      'an empty key': [{ key: '' }, 'ERR_JWT_KEY'],
      'an empty Buffer as key': [{ key: Buffer.alloc(0) }, 'ERR_JWT_KEY'],
      'a short key': [{ key: 'secret' }, 'ERR_JWT_KEY'],
      'a key of 31 bytes': [{ key: Buffer.alloc(31, 1) }, 'ERR_JWT_KEY'],
      'a key of 63 bytes for HS512': [{ key: Buffer.alloc(63, 1), algorithms: ['HS512'] }, 'ERR_JWT_KEY'],
      'a key with a lone surrogate': [{ key: `\ud800${'a'.repeat(64)}` }, 'ERR_JWT_OPTION'],
      'a public key as PEM for HS256': [
        { key: publicKey.export({ type: 'spki', format: 'pem' }), algorithms: ['HS256'] },
        'ERR_JWT_KEY_ALGORITHM',
      ],
      'a public key as PEM behind junk for HS256': [
        { key: `\uFEFF \r\n# key\n${publicKey.export({ type: 'pkcs1', format: 'pem' })}`, algorithms: ['HS256'] },
        'ERR_JWT_KEY_ALGORITHM',
      ],
      'a public key as DER for HS256': [
        { key: publicKey.export({ type: 'spki', format: 'der' }), algorithms: ['HS256'] },
        'ERR_JWT_KEY_ALGORITHM',
      ],
      'a public key as JWK text': [{ key: JSON.stringify(publicKey.export({ format: 'jwk' })) }, 'ERR_JWT_KEY'],
      'a public key as JWK text behind a byte order mark': [
        { key: `\ufeff${JSON.stringify(publicKey.export({ format: 'jwk' }))}` },
        'ERR_JWT_KEY',
      ],
      'a list of JWKs': [{ key: JSON.stringify([publicKey.export({ format: 'jwk' })]) }, 'ERR_JWT_KEY'],
      'a public key as base64 without the lines of PEM': [
        { key: publicKey.export({ type: 'spki', format: 'der' }).toString('base64') },
        'ERR_JWT_KEY',
      ],
      'an Ed25519 public key as base64, broken into lines': [
        {
          key: generateKeyPairSync('ed25519')
            .publicKey.export({ type: 'spki', format: 'der' })
            .toString('base64')
            .replace(/.{16}/g, '$&\r\n'),
        },
        'ERR_JWT_KEY',
      ],
      'a public key of OpenSSH': [{ key: `ssh-rsa AAAAB3NzaC1yc2E${'A'.repeat(40)} user@host` }, 'ERR_JWT_KEY'],
      'no algorithm': [{ key: KEY, algorithms: [] }, 'ERR_JWT_OPTION'],
      'algorithms that are undefined': [{ key: KEY, algorithms: undefined }, 'ERR_JWT_OPTION'],
      'the algorithm none': [{ key: KEY, algorithms: ['none'] }, 'ERR_JWT_KEY_ALGORITHM'],
      'an algorithm of another family': [{ key: KEY, algorithms: ['HS256', 'RS256'] }, 'ERR_JWT_KEY_ALGORITHM'],
      'an audience that is undefined': [{ key: KEY, audience: undefined }, 'ERR_JWT_OPTION'],
      'an issuer that is undefined': [{ key: KEY, issuer: undefined }, 'ERR_JWT_OPTION'],
      'an audience that is empty': [{ key: KEY, audience: '' }, 'ERR_JWT_OPTION'],
      'a pattern that is not anchored': [{ key: KEY, audience: /api/ }, 'ERR_JWT_OPTION'],
      'a pattern with flags': [{ key: KEY, audience: /^api$/gi }, 'ERR_JWT_OPTION'],
      'a pattern whose dot would count otherwise': [{ key: KEY, issuer: /^https:\/\/.$/ }, 'ERR_JWT_OPTION'],
      'a pattern with a look-around': [{ key: KEY, issuer: /^(?!evil)a$/ }, 'ERR_JWT_OPTION'],
      'an issuer list with a number': [{ key: KEY, issuer: ['a', 5] }, 'ERR_JWT_OPTION'],
      'a tolerance that is NaN': [{ key: KEY, clockToleranceSeconds: Number.NaN }, 'ERR_JWT_OPTION_RANGE'],
      'a tolerance that is Infinity': [
        { key: KEY, clockToleranceSeconds: Number.POSITIVE_INFINITY },
        'ERR_JWT_OPTION_RANGE',
      ],
      'a negative tolerance': [{ key: KEY, clockToleranceSeconds: -1 }, 'ERR_JWT_OPTION_RANGE'],
      'a tolerance of more than 300 seconds': [{ key: KEY, clockToleranceSeconds: 301 }, 'ERR_JWT_OPTION_RANGE'],
      'a tolerance that is a string': [{ key: KEY, clockToleranceSeconds: '5' }, 'ERR_JWT_OPTION'],
      'a greatest age of zero': [{ key: KEY, maxAgeSeconds: 0 }, 'ERR_JWT_OPTION_RANGE'],
      'a token size of zero': [{ key: KEY, maxTokenBytes: 0 }, 'ERR_JWT_OPTION_RANGE'],
      'a token size beyond the largest': [{ key: KEY, maxTokenBytes: 2 ** 53 }, 'ERR_JWT_OPTION_RANGE'],
      'a misspelt option': [{ key: KEY, audiance: 'api' }, 'ERR_JWT_OPTION'],
      'a clock that is a number': [{ key: KEY, clock: 5 }, 'ERR_JWT_OPTION'],
    };
    for (const [name, [options, code]] of Object.entries(REFUSED_OPTIONS)) {
      it(`refuses ${name}`, () => {
        assert.throws(
          () => createVerifier(options),
          (error) => (error instanceof TypeError || error instanceof RangeError) && error.code === code,
        );
      });
    }

    it('never shows a key in an error', () => {
      const key = 'hunter2-hunter2';
      assert.throws(
        () => createVerifier({ key }),
        (error) => !error.message.includes('hunter2'),
      );
    });
  });

  describe('sign', () => {
    it('adds iat, exp, iss and aud, which claims and overrides may replace', () => {
      const signer = createSigner({
        key: KEY,
        expiresInSeconds: 60,
        issuer: 'me',
        audience: ['a', 'b'],
        keyId: 'k1',
        clock,
      });
      const { header, payload } = decode(signer.sign({ sub: 'u', iss: 'you' }, { exp: 5 }));
      assert.deepStrictEqual(header, { alg: 'HS256', kid: 'k1', typ: 'JWT' });
      assert.deepStrictEqual(payload, { iat: vectors.now, exp: 5, iss: 'you', aud: ['a', 'b'], sub: 'u' });
    });

    const loop = {};
    loop.self = loop;
    const REFUSED_CLAIMS = {
      undefined: undefined,
      null: null,
      'a string': 'claims',
      'a list': [],
      'a number': Number.NaN,
      'an instance of a class': new Date(0),
      'a BigInt inside': { n: 10n },
      'a loop': loop,
      'an exp that is a string': { exp: '1h' },
      'an exp that is NaN': { exp: Number.NaN },
      'a sub that is a number': { sub: 5 },
      'an aud with a number': { aud: [5] },
      'a lone surrogate': { name: '\ud800' },
    };
    for (const [name, claims] of Object.entries(REFUSED_CLAIMS)) {
      it(`refuses claims: ${name}`, () => {
        assert.throws(() => createSigner({ key: KEY }).sign(claims), { name: 'TypeError', code: 'ERR_JWT_CLAIMS' });
      });
    }

    it('refuses claims of more than 1 MB', () => {
      assert.throws(() => createSigner({ key: KEY }).sign({ a: 'x'.repeat(2 ** 20) }), { code: 'ERR_JWT_CLAIMS' });
    });

    for (const expiresInSeconds of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '60']) {
      it(`refuses a lifetime of ${typeof expiresInSeconds} ${expiresInSeconds}`, () => {
        assert.throws(() => createSigner({ key: KEY, expiresInSeconds }), { code: /^ERR_JWT_OPTION/ });
      });
    }
  });

  describe('decode', () => {
    it('reads a token without verifying it', () => {
      const [header, payload] = vectors.accepted[0].token.split('.');
      assert.strictEqual(decode(`${header}.${payload}.AAAA`).payload.sub, 'user-1');
    });

    for (const token of ['', 'a', 'a.b.c', null, undefined, 5, {}, 'e30.W10.', '\ud800']) {
      it(`rejects ${JSON.stringify(token)}`, () => {
        assert.throws(
          () => decode(token),
          (error) => error instanceof PortcullisError && error.code === 'ERR_JWT_MALFORMED',
        );
      });
    }
  });

  describe('interoperation', () => {
    for (const algorithm of ['HS256', 'HS384', 'HS512']) {
      it(`reads and writes what jsonwebtoken and fast-jwt write and read: ${algorithm}`, () => {
        const claims = { sub: 'Zoë', roles: ['a'], iat: 1, exp: 4_000_000_000 };
        const ours = createSigner({ key: KEY, algorithm }).sign(claims);
        assert.deepStrictEqual(jsonwebtoken.verify(ours, KEY, { algorithms: [algorithm] }), claims);
        assert.deepStrictEqual(fastJwt.createVerifier({ key: KEY, algorithms: [algorithm] })(ours), claims);
        const verifier = createVerifier({ key: KEY, algorithms: [algorithm] });
        assert.deepStrictEqual(verifier.verify(jsonwebtoken.sign(claims, KEY, { algorithm })), claims);
        assert.deepStrictEqual(verifier.verify(fastJwt.createSigner({ key: KEY, algorithm })(claims)), claims);
      });
    }

    it('never accepts alone what a mutated token turns into', () => {
      const token = createSigner({ key: KEY, expiresInSeconds: 900 }).sign({ sub: 'u', roles: ['user'] });
      const verifier = createVerifier({ key: KEY });
      const { below } = random(1);
      for (let round = 0; round < 5_000; round++) {
        const mutated = mutate(token, below);
        if (accepts(() => verifier.verify(mutated))) {
          assert.ok(
            accepts(() => jsonwebtoken.verify(mutated, KEY, { algorithms: ['HS256'] })),
            mutated,
          );
        }
      }
    });
  });
});

/** A base64url text never has a length of 4n+1: what the payload cannot fill, the header does. */
function tokenOfSize(size) {
  for (const keyId of ['a', 'ab', 'abc']) {
    const signer = createSigner({ key: KEY, keyId });
    const empty = signer.sign({ iat: 1, pad: '' }).length;
    for (let length = Math.floor((size - empty) * 0.75) - 3; length <= size; length++) {
      const token = signer.sign({ iat: 1, pad: 'x'.repeat(Math.max(0, length)) });
      if (token.length === size) return token;
      if (token.length > size) break;
    }
  }
  throw new Error(`no token of ${size} bytes could be made`);
}

function mutate(token, below) {
  const at = below(token.length);
  const char = 'abcXYZ019-_.= \n'[below(15)];
  switch (below(4)) {
    case 0:
      return token.slice(0, at) + char + token.slice(at + 1);
    case 1:
      return token.slice(0, at) + token.slice(at + 1);
    case 2:
      return token.slice(0, at) + char + token.slice(at);
    default:
      return token.slice(0, at);
  }
}

function accepts(verify) {
  try {
    verify();
    return true;
  } catch {
    return false;
  }
}
