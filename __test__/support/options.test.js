'use strict';

const assert = require('node:assert');
const { generateKeyPairSync } = require('node:crypto');
const { describe, it } = require('node:test');

const portcullis = require('portcullis');

const apps = require('./apps');
const { request } = require('./request');
const { SECRET: KEY } = require('./secret');

const PEM = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' });

describe('options', () => {
  for (const [name, express] of apps) {
    for (const factory of ['harden', 'json', 'rateLimit', 'cors', 'securityHeaders', 'httpsOnly', 'authenticate']) {
      it(`explains how to call ${factory} if it was mounted without a call on ${name}`, async () => {
        const app = express();
        app.use(portcullis[factory]);
        let seen;
        app.use((error, _req, res, _next) => {
          seen = error;
          res.status(500).end();
        });
        await request(app);
        assert.match(seen.message, new RegExp(`app\\.use\\(${factory}\\(\\.\\.\\.\\)\\)`));
        assert.match(seen.code, /^ERR_[A-Z_]+_OPTION$/);
      });
    }
  }

  const REFUSED = {
    'a limit of bytes that cannot be read': [
      () => portcullis.json({ limit: 'abc' }),
      /text such as "100kb" or "1mb", at most "256mb"$/,
    ],
    'a limit of bytes that is too large as text': [
      () => portcullis.json({ limit: '99999mb' }),
      /^json: option "limit" must be from 1 to 268435456 bytes, not 104856551424$/,
    ],
    'a mode of a rule that is not known': [
      () => portcullis.json({ rules: { operators: 'remove' } }),
      /"rules\.operators" must be "reject", "strip", "replace", "report" or false$/,
    ],
    'a mode that a rule does not have': [
      () => portcullis.guard({ rules: { prototypes: 'replace' } }),
      /"rules\.prototypes" must be "reject", "strip", "report" or false$/,
    ],
    'a draft of header fields that is not known': [
      () => portcullis.rateLimit({ standardHeaders: 'draft-9' }),
      /one of "draft-6", "draft-7", "draft-8"$/,
    ],
    'a preset that is misspelt, showing it': [() => portcullis.harden({ preset: 'ap' }), /"api", "web", not "ap"/],
    'an https host that got lost': [
      () => portcullis.httpsOnly({ host: undefined }),
      /`host` is undefined: is the environment variable set\?/,
    ],
    'an issuer that got lost': [
      () => portcullis.createSigner({ key: KEY, issuer: undefined }),
      /`issuer` is undefined: is the environment variable set\?/,
    ],
    'a cors policy that got lost': [() => portcullis.harden({ cors: undefined }), /`cors` is undefined: is the env/],
    'an origin that got lost': [() => portcullis.cors({ origin: undefined }), /environment variable/],
    'trusted origins that got lost': [
      () => portcullis.harden({ trustedOrigins: undefined }),
      /`trustedOrigins` is undefined.*variable/,
    ],
    'an algorithm that is not supported': [
      () => portcullis.createVerifier({ key: KEY, algorithms: ['HS1'] }),
      /"HS1" is not a supported algorithm; use HS256.*RS256.*ES512, EdDSA/,
    ],
    'an algorithm that is not for the key': [
      () => portcullis.createVerifier({ key: KEY, algorithms: ['RS256'] }),
      /RS256 does not work with a shared secret, which takes HS256, HS384, HS512/,
    ],
    'an algorithm of a curve that is not offered': [
      () => portcullis.createVerifier({ key: KEY, algorithms: ['ES256K'] }),
      /"ES256K" is not a supported algorithm; use ES256/,
    ],
    'an expiry in milliseconds': [
      () => portcullis.createSigner({ key: KEY }).sign({ exp: Date.now() + 3_600_000 }),
      /seconds, not milliseconds/,
    ],
    "a key under another package's name": [
      () => portcullis.createVerifier({ secret: KEY }),
      /^createVerifier: unknown option "secret"; .*\bkey\b/,
    ],
    'a name without its unit': [
      () => portcullis.createVerifier({ key: KEY, clockTolerance: 5 }),
      /use `clockToleranceSeconds`, in seconds$/,
    ],
    'a key from a variable that is not set': [
      () => portcullis.createVerifier({ key: undefined }),
      /^createVerifier: `key` is required but undefined: is the environment variable set\?$/,
    ],
    'a greatest age that got lost': [
      () => portcullis.createVerifier({ key: KEY, maxAgeSeconds: undefined }),
      /`maxAgeSeconds` is undefined: .*environment variable/,
    ],
    'a key that was not awaited': [
      () => portcullis.createVerifier({ key: Promise.resolve(KEY) }),
      /"key" must .* not a promise: await it first$/,
    ],
    'an object of a class, naming it': [
      () => portcullis.createVerifier({ key: KEY, revocations: new Set() }),
      /not an instance of Set$/,
    ],
    'a verifier in place of options': [
      () => portcullis.authenticate(portcullis.createVerifier({ key: KEY })),
      /authenticate\(\{ verifier \}\)$/,
    ],
    "another package's name beside a verifier": [
      () => portcullis.authenticate({ verifier: portcullis.createVerifier({ key: KEY }), credentialsRequired: false }),
      /^authenticate: unknown option "credentialsRequired"; use `optional: true`$/,
    ],
    'a verifier that got lost': [() => portcullis.authenticate({ verifier: undefined }), /`verifier` is .*variable/],
    'a lifetime that got lost': [
      () => portcullis.createSigner({ key: KEY, expiresInSeconds: undefined }),
      /`expiresInSeconds` is undefined: .*environment variable/,
    ],
    "another package's options beside the claims": [
      () => portcullis.createSigner({ key: KEY }).sign({ sub: 'ada' }, { expiresIn: '15m' }),
      /"expiresIn" is not a claim; .* createSigner\(\), or write exp, in seconds$/,
    ],
    'an issue time in milliseconds': [
      () => portcullis.createSigner({ key: KEY }).sign({ iat: Date.now() }),
      /"iat" .* seconds, not milliseconds/,
    ],
    'a callback of verify': [
      () => {
        const token = portcullis.createSigner({ key: KEY }).sign({});
        portcullis.createVerifier({ key: KEY }).verify(token, () => {});
      },
      /not a function; .* no callback$/,
    ],
    'a key given to verify': [
      () => {
        const token = portcullis.createSigner({ key: KEY }).sign({});
        portcullis.createVerifier({ key: KEY }).verify(token, KEY);
      },
      /pass keys and options to createVerifier\(\)/,
    ],
    'a PEM whose line ends became two characters': [
      () => portcullis.createSigner({ key: PEM.replaceAll('\n', '\\n') }),
      /replaceAll\('\\\\n', '\\n'\)$/,
    ],
    'a PEM that lost its line ends': [
      () => portcullis.createVerifier({ key: PEM.replaceAll('\n', ' ') }),
      /without line breaks/,
    ],
    'a PEM in quotation marks': [() => portcullis.createVerifier({ key: `"${PEM}"` }), /quotation marks$/],
    "a key's file name as a secret": [
      () => portcullis.createVerifier({ key: '/run/secrets/production/jwt/public.pem' }),
      /name of a file.*readFileSync/,
    ],
    'an address as a secret': [
      () => portcullis.createVerifier({ key: 'https://id.example.com/.well-known/jwks.json' }),
      /"jwks"$/,
    ],
    'an address of keys with a part that got lost': [
      () => portcullis.createVerifier({ jwks: `https://id.example.com/${undefined}/keys` }),
      /"jwks.url" must .*"undefined".*environment variable/,
    ],
    'issuers without their names': [
      () => portcullis.createVerifier({ jwks: ['https://id.example.com/keys'] }),
      /"jwks\[0\]" must be an object with `issuer` and `url`, not a string$/,
    ],
    'a key pair for a ring': [
      () => portcullis.createKeyRing({ current: generateKeyPairSync('ed25519') }),
      /of a key pair, pass `privateKey`$/,
    ],
    'an event that there is not': [
      () => portcullis.createVerifier({ key: KEY }).on('refreshFailed', () => {}),
      /known events: refresh, rotate, refresh-failed$/,
    ],
    'a rule that turns nobody away': [
      () => portcullis.authorize({}),
      /^authorize: `roles`, `scopes` or `check` is required/,
    ],
    'a misspelt member of harden': [
      () => portcullis.harden({ headerz: {} }),
      /unknown option "headerz"; did you mean "headers"\?$/,
    ],
  };
  for (const [what, [make, message]] of Object.entries(REFUSED)) {
    it(`refuses ${what}`, () => {
      assert.throws(make, (error) => message.test(error.message) && /^ERR_/.test(error.code));
    });
  }

  it('returns the same key for every notation of an address', () => {
    const { addressKey } = portcullis;
    assert.strictEqual(addressKey('::ffff:192.0.2.1'), addressKey('192.0.2.1'));
    assert.strictEqual(addressKey('2001:db8::1'), addressKey('2001:db8:0:ff::2'));
    assert.notStrictEqual(addressKey('2001:db8::1', false), addressKey('2001:db8::2', false));
    for (const address of ['', 'localhost']) {
      assert.throws(() => addressKey(address), { code: 'ERR_RATE_LIMIT_ADDRESS' });
    }
    for (const address of [undefined, 5]) assert.throws(() => addressKey(address), { code: 'ERR_RATE_LIMIT_KEY' });
    for (const subnet of [31, 129, Number.NaN, '56']) {
      assert.throws(() => addressKey('::1', subnet), { code: 'ERR_RATE_LIMIT_OPTION_RANGE' });
    }
  });

  const MISTAKEN = {
    'text with its scheme': [(token) => `Bearer ${token}`, /without "Bearer "/],
    'text in quotation marks': [(token) => JSON.stringify(token), /quotation marks/],
    nothing: [() => undefined, /must be a string, not undefined$/],
    'a promise': [(token) => Promise.resolve(token), /must be a string, not a promise: await it first$/],
    'a number, without it': [() => 123456, /not a number$/],
  };
  for (const [what, [mistake, expected]] of Object.entries(MISTAKEN)) {
    it(`logs that a program passed ${what} as a token`, () => {
      const token = portcullis.createSigner({ key: KEY }).sign({});
      const verifier = portcullis.createVerifier({ key: KEY });
      assert.throws(() => verifier.verify(mistake(token)), { code: 'ERR_JWT_MALFORMED', message: expected });
    });
  }

  const FORBIDDEN = {
    'no list of roles': [{ roles: ['admin'] }, { roles: 'admin' }, /no array "roles"/],
    'another role': [{ roles: ['admin'] }, { roles: ['guest'] }, /lacks a role/],
    'a check that is async': [{ check: async () => true }, {}, /returned a promise/],
  };
  for (const [what, [rule, claims, expected]] of Object.entries(FORBIDDEN)) {
    it(`logs that access was refused for ${what}`, () => {
      let seen;
      portcullis.authorize(rule)({ auth: { token: 'a', claims } }, {}, (error) => (seen = error));
      assert.match(seen.message, expected);
      assert.strictEqual(seen.code, 'ERR_AUTH_FORBIDDEN');
    });
  }
});
