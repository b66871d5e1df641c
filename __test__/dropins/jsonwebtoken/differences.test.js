'use strict';

// Where the drop-in differs on purpose. The table in docs/jsonwebtoken.md has a row for each, by the same name.

const assert = require('node:assert/strict');
const {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  sign,
} = require('node:crypto');
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { describe, it } = require('node:test');

const reference = require('jsonwebtoken');
const ours = require('portcullis/jsonwebtoken');

const { NOW, SECRET, ec256, forge, jwk, part, rsa, rsa1024, sec1, x509, x509Pem } = require('./keys');
const { outcome } = require('./outcome');

const INVALID_KEY = /^secretOrP(?:rivate|ublic)Key is not valid key material$/;
const LINEAR = /^audience patterns must be matched in linear time/;
const ROOT = join(__dirname, '../../..');
const HS256 = { alg: 'HS256', typ: 'JWT' };
const NOT_FINITE = [Number.NaN, Number.POSITIVE_INFINITY];

const good = reference.sign({ sub: 'ada', aud: 'web' }, SECRET);
const rs256Small = { algorithm: 'RS256', allowInsecureKeySizes: true };
const privateKey = createPrivateKey(rsa.privateKey);
const publicKey = createPublicKey(rsa.publicKey);
const rs256 = reference.sign({ sub: 'ada' }, privateKey, { algorithm: 'RS256' });

const keyTexts = [
  rsa.publicKey,
  rsa.privateKey,
  ec256.publicKey,
  sec1,
  x509Pem,
  `\ufeff${rsa.publicKey}`,
  ` \n# a comment\n${rsa.publicKey}`,
  `\0${rsa.publicKey}`,
  rsa.publicKey.replaceAll('\n', '\r\n'),
  `junk-----BEGIN PUBLIC KEY-----`,
  JSON.stringify(jwk),
  ` ${JSON.stringify(jwk)}`,
  `\ufeff${JSON.stringify(jwk, null, 1)}`,
  JSON.stringify({ keys: [jwk] }),
  rsa.publicKey.replace(/-----[^-]+-----/g, '').trim(),
  rsa.publicKey.replace(/-----[^-]+-----|\n/g, ''),
  `ssh-rsa ${Buffer.alloc(90).toString('base64')} ada`,
];
const keyBytes = [
  publicKey.export({ type: 'spki', format: 'der' }),
  publicKey.export({ type: 'pkcs1', format: 'der' }),
  privateKey.export({ type: 'pkcs8', format: 'der' }),
  privateKey.export({ type: 'pkcs1', format: 'der' }),
  createPrivateKey(ec256.privateKey).export({ type: 'sec1', format: 'der' }),
  createPublicKey(ec256.publicKey).export({ type: 'spki', format: 'der' }),
  x509,
];

/** A token signed with the bytes of any secret, as an attacker would who knows them. */
function hmacToken(secret) {
  const input = `${part(HS256)}.${part({ sub: 'eve' })}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** @param {() => unknown} call @param {RegExp | string} message */
const refuses = (call, message, name = 'JsonWebTokenError') => assert.throws(call, { name, message });
const accepts = (call) => assert.ok(call() !== undefined);

/** Signs by RS256 a header as it stands. */
function rsToken(header, payload = { sub: 'ada' }) {
  const input = `${part(header)}.${part(payload)}`;
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
}

function changeTail(text) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1)) ^ 1];
}

/** @type {Record<string, (t: any) => unknown>} */
const DIFFERENCES = {
  '`crit` in the header of a token'() {
    for (const crit of [['exp'], [], ['b64'], 'exp', null]) {
      const token = forge({ ...HS256, crit, b64: true }, { sub: 'ada' });
      accepts(() => reference.verify(token, SECRET));
      refuses(() => ours.verify(token, SECRET), /^jwt header has "crit"/);
    }
    const unsigned = `${part({ alg: 'none', crit: ['exp'] })}.e30.`;
    accepts(() => reference.verify(unsigned, null, { algorithms: ['none'] }));
    refuses(() => ours.verify(unsigned, null, { algorithms: ['none'] }), 'jwt signature is required');
  },

  '`b64` or `zip` in the header of a token'() {
    for (const member of [{ b64: true }, { b64: null }, { zip: 'DEF' }]) {
      const token = forge({ ...HS256, ...member }, { sub: 'ada' });
      accepts(() => reference.verify(token, SECRET));
      refuses(() => ours.verify(token, SECRET), /^jwt header has "crit", "b64" or "zip"/);
    }
  },
  'a `header` that `verify` would refuse, given to `sign`'() {
    const nested = JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`);
    for (const header of [
      { kid: 5 },
      { typ: {} },
      { crit: ['exp'] },
      { b64: true },
      { zip: null },
      { x: nested },
      { x: '\ud800' },
    ]) {
      accepts(() => reference.sign({}, SECRET, { header }));
      refuses(() => ours.sign({}, SECRET, { header }), /^"header(\.\w+)?" /, 'Error');
    }
    for (const header of [{ kid: null }, { typ: null }, { kid: undefined, x: null }]) {
      assert.equal(ours.verify(ours.sign({ sub: 'ada' }, SECRET, { header }), SECRET).sub, 'ada');
    }
  },
  'the PEM, DER, JWK or SSH form of a key as an HMAC secret'() {
    for (const text of keyTexts) {
      for (const secret of [text, Buffer.from(text), createSecretKey(Buffer.from(text))]) refusesSecret(secret);
    }
    for (const bytes of keyBytes) {
      accepts(() => reference.verify(hmacToken(bytes), bytes));
      for (const secret of [bytes, new Uint8Array(bytes), createSecretKey(bytes)]) refusesSecret(secret);
    }
    accepts(() => ours.verify(hmacToken('{"kty'), '{"kty'));
    accepts(() => ours.verify(hmacToken('{"a":"\\"kty\\""}'), '{"a":"\\"kty\\""}'));
    const sequence = Buffer.concat([Buffer.from([0x30, 30]), Buffer.alloc(30, 7)]);
    accepts(() => ours.verify(ours.sign({}, sequence), sequence));
  },

  'an empty buffer or `KeyObject` as a secret'() {
    for (const secret of [Buffer.alloc(0), new Uint8Array(0), new ArrayBuffer(0), createSecretKey(Buffer.alloc(0))]) {
      accepts(() => reference.verify(reference.sign({}, secret), secret));
      refuses(() => ours.sign({}, secret), INVALID_KEY, 'Error');
      refuses(() => ours.verify(hmacToken(''), secret), INVALID_KEY);
    }
  },

  '`none` in `algorithms` beside others'() {
    const unsigned = `${part({ alg: 'none' })}.${part({ sub: 'eve' })}.`;
    for (const key of [undefined, null, '']) {
      accepts(() => reference.verify(unsigned, key, { algorithms: ['HS256', 'none'] }));
      refuses(() => ours.verify(unsigned, key, { algorithms: ['HS256', 'none'] }), 'jwt signature is required');
      refuses(() => ours.verify(unsigned, key, { algorithms: 'HS256none' }), 'jwt signature is required');
      accepts(() => ours.verify(unsigned, key, { algorithms: ['none'] }));
    }
  },

  'base64url that is not canonical'() {
    const [header, payload, signature] = rs256.split('.');
    const token = `${header}.${payload}.${changeTail(signature)}`;
    accepts(() => reference.verify(token, publicKey));
    refuses(() => ours.verify(token, publicKey), 'invalid signature');
    const loose = `${header}.${changeTail(part({ sub: 'eve1' }))}`;
    const tail = `${loose}.${sign('sha256', Buffer.from(loose), privateKey).toString('base64url')}`;
    accepts(() => reference.verify(tail, publicKey));
    refuses(() => ours.verify(tail, publicKey), 'invalid signature');
  },

  'a header with a duplicate member, or whose `kid` or `typ` is not a string'() {
    for (const header of [
      '{"alg":"HS256","alg":"RS256"}',
      '{"alg":"RS256","kid":"a","kid":"b"}',
      '{"alg":"RS256","kid":5}',
      '{"alg":"RS256","typ":null}',
    ]) {
      accepts(() => reference.verify(rsToken(header), publicKey));
      refuses(() => ours.verify(rsToken(header), publicKey), 'invalid token');
    }
  },

  'a token of more than 1 MiB'() {
    const tokenOf = (length) => reference.sign('x'.repeat(length), SECRET);
    for (const jwt of [reference, ours]) accepts(() => jwt.verify(tokenOf(780_000), SECRET));
    accepts(() => reference.verify(tokenOf(790_000), SECRET));
    refuses(() => ours.verify(tokenOf(790_000), SECRET), 'jwt is too large');
  },

  'a header with non-ASCII text'() {
    const token = ours.sign({}, SECRET, { keyid: 'ключ' });
    assert.equal(Buffer.from(token.split('.')[0], 'base64url').toString(), '{"alg":"HS256","typ":"JWT","kid":"ключ"}');
    assert.equal(ours.decode(token, { complete: true }).header.kid, 'ключ');
    assert.notEqual(reference.decode(token, { complete: true }).header.kid, 'ключ');
    accepts(() => reference.verify(token, SECRET));
    const latin = reference.sign({}, SECRET, { keyid: 'é' });
    assert.equal(ours.decode(latin, { complete: true }).header.kid, 'é');
    refuses(() => ours.verify(latin, SECRET), 'invalid token');
  },

  'a `RegExp` as `audience`'() {
    const tokenFor = (aud) => reference.sign({ aud }, SECRET);
    for (const audience of [
      /(a)\1/,
      /(?=w)web/,
      /(?<!x)web/,
      /(?<name>w)eb/,
      /web/g,
      /web/y,
      /web/m,
      [/web/s],
      [/[^a]-\p{L}/u],
    ]) {
      refuses(() => ours.verify(good, SECRET, { audience }), LINEAR);
    }
    // A hostile claim, on which a backtracking pattern takes hours.
    refuses(
      () => ours.verify(tokenFor(`${'a'.repeat(5000)}!`), SECRET, { audience: /^(?:a+)+$/ }),
      /^jwt audience invalid/,
    );
    for (const [aud, audience] of [
      ['urn:foo', /urn:f[o]{2}/],
      ['x\nweb', /web$/],
      ['Web', /^wEB$/i],
      ['a.b', /\.b/],
      ['ab1', /^[A-Z]{2}\d$/i],
    ]) {
      for (const jwt of [reference, ours]) accepts(() => jwt.verify(tokenFor(aud), SECRET, { audience }));
    }
    for (const [aud, audience] of [
      ['web1', /^web$/],
      ['aKb', /^a\u212ab$/u],
      ['\u212a', /k/i],
      ['ſ', /s/i],
      ['_', /[a-z]/i],
    ]) {
      for (const jwt of [reference, ours])
        assert.throws(() => jwt.verify(tokenFor(aud), SECRET, { audience }), jwt.JsonWebTokenError);
    }
  },

  'a `RegExp` as `audience` and a claim that is not a string'() {
    for (const [claims, audience] of [
      [{}, /undef/],
      [{ aud: 5 }, /5/],
      [{ aud: [['web']] }, /web/],
      [{ aud: null }, /null/],
    ]) {
      accepts(() => reference.verify(reference.sign(claims, SECRET), SECRET, { audience }));
      const anyCase = new RegExp(audience.source, 'i');
      for (const pattern of [audience, anyCase]) {
        refuses(
          () => ours.verify(reference.sign(claims, SECRET), SECRET, { audience: pattern }),
          /^jwt audience invalid/,
        );
      }
    }
  },

  'an `issuer` that is neither a string nor a list'() {
    for (const issuer of [/^me$/, 5, {}, true]) {
      accepts(() => reference.verify(good, SECRET, { issuer }));
      refuses(() => ours.verify(good, SECRET, { issuer }), 'issuer must be a string or an array of strings');
    }
  },

  '`clockTolerance`, `clockTimestamp` and `maxAge` that are not finite numbers'() {
    const expired = reference.sign({ exp: 1, iat: 1 }, SECRET);
    accepts(() => reference.verify(expired, SECRET, { clockTolerance: Number.POSITIVE_INFINITY }));
    accepts(() => reference.verify(expired, SECRET, { clockTolerance: String(NOW * 9) }));
    accepts(() => reference.verify(expired, SECRET, { clockTimestamp: Number.NEGATIVE_INFINITY }));
    accepts(() => reference.verify(good, SECRET, { maxAge: Number.NaN }));
    for (const value of [...NOT_FINITE, '5', {}, true]) {
      refuses(() => ours.verify(good, SECRET, { clockTolerance: value }), 'clockTolerance must be a number');
    }
    for (const value of NOT_FINITE) {
      refuses(() => ours.verify(good, SECRET, { clockTimestamp: value }), 'clockTimestamp must be a number');
      refuses(() => ours.verify(good, SECRET, { maxAge: value }), /^"maxAge" should be a number of seconds/);
    }
  },

  '`maxAge` of a token whose `iat` is 0'() {
    const old = forge(HS256, { iat: 0 });
    accepts(() => reference.verify(old, SECRET, { maxAge: '1h' }));
    refuses(() => ours.verify(old, SECRET, { maxAge: '1h' }), 'maxAge exceeded', 'TokenExpiredError');
  },

  '`allowInvalidAsymmetricKeyTypes`'() {
    const options = { algorithm: 'ES256', allowInvalidAsymmetricKeyTypes: true };
    const k256 = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const token = reference.sign({}, k256.privateKey, options);
    const verifying = { algorithms: ['ES256'], allowInvalidAsymmetricKeyTypes: true };
    accepts(() => reference.verify(token, k256.publicKey, verifying));
    const message = '"alg" parameter "ES256" requires curve "prime256v1".';
    refuses(() => ours.verify(token, k256.publicKey, verifying), message, 'Error');
    refuses(() => ours.sign({}, k256.privateKey, options), message, 'Error');
  },

  'an RSA key below 1024 or above 8192 bits, or known to be broken'() {
    const small = generateKeyPairSync('rsa', { modulusLength: 768 });
    const options = { algorithm: 'RS256', allowInsecureKeySizes: true };
    const token = reference.sign({}, small.privateKey, options);
    accepts(() => reference.verify(token, small.publicKey));
    refuses(() => ours.verify(token, small.publicKey), INVALID_KEY);
    refuses(() => ours.sign({}, small.privateKey, options), INVALID_KEY, 'Error');
    // A modulus of 8,208 bits, and an exponent that proves nothing.
    const { n } = publicKey.export({ format: 'jwk' });
    const long = Buffer.alloc(1026, 0xff).toString('base64url');
    for (const weak of [
      { n: long, e: 'AQAB' },
      { n, e: 'AQ' },
    ]) {
      const key = createPublicKey({ key: { kty: 'RSA', ...weak }, format: 'jwk' });
      assert.throws(() => reference.verify(rs256, key), { message: 'invalid signature' });
      refuses(() => ours.verify(rs256, key), INVALID_KEY);
    }
  },

  'an RSA key below 2048 bits with RS384, PS256, PS384 or PS512'() {
    for (const algorithm of ['RS384', 'PS256', 'PS384']) {
      const options = { algorithm, allowInsecureKeySizes: true };
      const token = reference.sign({}, rsa1024.privateKey, options);
      accepts(() => reference.verify(token, rsa1024.publicKey));
      refuses(() => ours.verify(token, rsa1024.publicKey), 'invalid algorithm');
      refuses(() => ours.verify(token, rsa1024.publicKey, { algorithms: [algorithm] }), 'invalid algorithm');
      refuses(() => ours.sign({}, rsa1024.privateKey, options), INVALID_KEY, 'Error');
    }
    accepts(() => ours.verify(ours.sign({}, rsa1024.privateKey, rs256Small), rsa1024.publicKey));
  },

  'options on a polluted `Object.prototype`'() {
    const expired = reference.sign({ exp: 1 }, SECRET);
    const polluted = { ignoreExpiration: true, algorithms: ['none'], mutatePayload: true };
    const payload = {};
    try {
      Object.assign(Object.prototype, polluted);
      ours.sign(payload, SECRET);
      assert.ok(!Object.hasOwn(payload, 'iat'));
      refuses(() => ours.verify(expired, SECRET), 'jwt expired', 'TokenExpiredError');
      refuses(() => ours.verify(expired, SECRET, {}), 'jwt expired', 'TokenExpiredError');
    } finally {
      for (const name of Object.keys(polluted)) Reflect.deleteProperty(Object.prototype, name);
    }
  },

  'arguments that make jsonwebtoken throw a `TypeError`'() {
    const shortSignature = `${reference.sign({}, ec256.privateKey, { algorithm: 'ES256' }).slice(0, -4)}`;
    const noSecret = `${part(HS256)}.e30.`;
    /** @type {Array<[call: (jwt: any) => unknown, message: string]>} */
    const calls = [
      [(jwt) => jwt.verify(shortSignature, ec256.publicKey), 'invalid signature'],
      [(jwt) => jwt.verify(noSecret, undefined, { algorithms: ['HS256'] }), 'secret or public key must be provided'],
      [(jwt) => jwt.verify(good, SECRET, { algorithms: { HS256: true } }), 'algorithms must be an array of strings'],
      [(jwt) => jwt.verify(forge({ alg: 5 }, {}), SECRET, { algorithms: [5] }), 'invalid algorithm'],
      [(jwt) => jwt.verify(forge({ alg: 'XS256' }, {}), SECRET, { algorithms: ['XS256'] }), 'invalid algorithm'],
      [(jwt) => jwt.verify(forge(HS256, 'null'), SECRET), 'invalid token'],
      [(jwt) => jwt.sign({}, SECRET, { algorithm: 5 }), '"algorithm" must be a valid string enum value'],
      [(jwt) => jwt.sign({}, SECRET, { header: { alg: 'foo' } }), '"algorithm" must be a valid string enum value'],
      [
        (jwt) => jwt.sign({}, null, { algorithm: 'none', header: { alg: 'HS256' } }),
        'secretOrPrivateKey must have a value',
      ],
      [(jwt) => jwt.sign({}, SECRET, { constructor: 1 }), '"constructor" is not allowed in "options"'],
    ];
    for (const [call, message] of calls) {
      assert.match(outcome(reference, call).error, /^TypeError: /, String(call));
      assert.match(outcome(ours, call).error, /^(?:JsonWebToken)?Error: /, String(call));
      assert.throws(() => call(ours), { message });
    }
    for (const name of ['constructor', 'toString', '__proto__']) {
      const payload = JSON.parse(`{"${name}":5}`);
      assert.throws(() => reference.sign(payload, SECRET), TypeError);
      assert.equal(Object.getOwnPropertyDescriptor(ours.verify(ours.sign(payload, SECRET), SECRET), name)?.value, 5);
    }
  },

  async 'the callback of `sign`'() {
    const calls = [];
    ours.sign({ iss: 'a' }, SECRET, { issuer: 'b' }, (error) => calls.push(error?.message));
    ours.sign('', SECRET, (_error, token) => calls.push(token));
    ours.sign(5, SECRET, (_error, token) => calls.push(token));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(calls.length, 3);
    assert.match(calls[0], /^Bad "options.issuer" option/);
    assert.deepEqual(calls.slice(1), [ours.sign('', SECRET), ours.sign(5, SECRET)]);
    const program = `process.on('uncaughtException', (error) => console.log(error.message));
      require('portcullis/jsonwebtoken').sign({}, 'x'.repeat(32), () => { throw new Error('mine'); });`;
    assert.equal(execFileSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf8' }), 'mine\n');
  },
};

function refusesSecret(secret) {
  refuses(() => ours.sign({}, secret), INVALID_KEY_OR_FAMILY, 'Error');
  for (const options of [{}, { algorithms: ['HS256'] }, { algorithms: ['RS256', 'HS256'] }]) {
    assert.throws(
      () => ours.verify(hmacToken(typeof secret.export === 'function' ? secret.export() : secret), secret, options),
      {
        name: 'JsonWebTokenError',
        message: /is not valid key material$|^invalid algorithm$|must be a symmetric key/,
      },
    );
  }
}

const INVALID_KEY_OR_FAMILY =
  /^secretOrPrivateKey (?:is not valid key material|must be a symmetric key when using HS256)$/;

describe('dropins/jsonwebtoken, differences', () => {
  for (const [name, test] of Object.entries(DIFFERENCES)) it(`differs in ${name}`, test);

  it('has a row in docs/jsonwebtoken.md for each, and no other', () => {
    const page = readFileSync(join(ROOT, 'docs', 'jsonwebtoken.md'), 'utf8');
    const rows = [...page.matchAll(/^\| (.+?) \| .+ \|$/gm)].map(([, name]) => name).slice(1);
    assert.deepEqual(rows, Object.keys(DIFFERENCES));
  });
});
