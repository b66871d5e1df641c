'use strict';

// Tokens with one flaw each. The honest call is a token from the same forge without a flaw: it must open the door.

const { generateKeyPairSync } = require('node:crypto');

const { createVerifier } = require('portcullis');

const { forge, forgeRs256, unsigned } = require('./forge');
const { refused } = require('./verdict');

const HS256 = { alg: 'HS256', typ: 'JWT' };
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PUBLIC_PEM = RSA.publicKey.export({ type: 'spki', format: 'pem' });

const nowSeconds = () => Math.floor(Date.now() / 1000);

function claimsOf({ people, config }, changes = {}) {
  const { issuer: iss, audience: aud } = config.jwt;
  return { sub: people.user.id, roles: ['admin'], iss, aud, iat: nowSeconds(), exp: nowSeconds() + 600, ...changes };
}

/** A token that is right but for these claims. */
const withClaims = (changes) => (ctx) => [forge(HS256, claimsOf(ctx, changes), ctx.config.jwt.key)];

/** Tokens that are right but for their header. */
const withHeaders =
  (...headers) =>
  (ctx) =>
    headers.map((header) => forge(header, claimsOf(ctx), ctx.config.jwt.key));

/** A token whose payload is this text, signed with the right key. */
const withPayload = (write) => (ctx) => [forge(HS256, write(JSON.stringify(claimsOf(ctx))), ctx.config.jwt.key)];

const honestParts = (ctx) => forge(HS256, claimsOf(ctx), ctx.config.jwt.key).split('.');

const FORGERIES = [
  [
    'alg none in four spellings',
    (ctx) => ['none', 'None', 'NONE', 'nOnE'].map((alg) => `${unsigned({ alg }, claimsOf(ctx))}.`),
  ],
  ['alg none with a right signature', withHeaders({ alg: 'none' })],
  ['alg absent, null, a list, lower case', withHeaders({}, { alg: null }, { alg: ['HS256'] }, { alg: 'hs256' })],
  ['RS/HS confusion: HS256 signed with a PEM', (ctx) => [forge(HS256, claimsOf(ctx), PUBLIC_PEM)]],
  ['RS256 by a key of the attacker', (ctx) => [forgeRs256({ alg: 'RS256' }, claimsOf(ctx), RSA.privateKey)]],
  [
    'HS384 by the right key, not allowed here',
    (ctx) => [forge({ alg: 'HS384' }, claimsOf(ctx), ctx.config.jwt.key, 'HS384')],
  ],
  ['signed with an empty or guessed key', (ctx) => ['', 'secret'].map((key) => forge(HS256, claimsOf(ctx), key))],
  [
    'key brought along in the header',
    (ctx) => [forge({ ...HS256, jwk: { kty: 'oct', k: 'c2VjcmV0' } }, claimsOf(ctx), 'secret')],
  ],
  ['kid that points at an empty file', (ctx) => [forge({ ...HS256, kid: '../../../dev/null' }, claimsOf(ctx), '')]],
  ['expired', withClaims({ exp: nowSeconds() - 600 })],
  ['exp as text, null, a list', (ctx) => ['9999999999', null, [9999999999]].flatMap((exp) => withClaims({ exp })(ctx))],
  ['not yet valid', withClaims({ nbf: nowSeconds() + 600 })],
  ['wrong issuer', withClaims({ iss: 'evil' })],
  [
    'issuer of the wrong type',
    (ctx) => [5, {}, [ctx.config.jwt.issuer, 'evil']].flatMap((iss) => withClaims({ iss })(ctx)),
  ],
  ['wrong audience', withClaims({ aud: ['evil', 'other'] })],
  [
    'audience of the wrong type',
    (ctx) => [5, {}, [[ctx.config.jwt.audience]]].flatMap((aud) => withClaims({ aud })(ctx)),
  ],
  ['tampered payload', (ctx) => [tamper(honestParts(ctx))]],
  [
    'stripped signature',
    (ctx) => [`${honestParts(ctx).slice(0, 2).join('.')}.`, honestParts(ctx).slice(0, 2).join('.')],
  ],
  ['signature respelt (padding, spare bits)', (ctx) => respellings(honestParts(ctx).join('.'))],
  [
    'crit header',
    withHeaders({ ...HS256, crit: ['x'], x: 1 }, { ...HS256, crit: [] }, { ...HS256, crit: ['b64'], b64: false }),
  ],
  ['alg twice in the header', withHeaders('{"alg":"none","alg":"HS256"}', '{"alg":"HS256","\\u0061lg":"HS256"}')],
  ['duplicate claims in the payload', withPayload((text) => text.replace('{', '{"sub":"someone",'))],
  ['payload that is not an object', (ctx) => ['[]', 'null', '"x"'].flatMap((text) => withPayload(() => text)(ctx))],
  ['payload 2,000 deep', withPayload((text) => text.replace('{', `{"deep":${'['.repeat(2_000)}${']'.repeat(2_000)},`))],
  ['oversize token, rightly signed', withClaims({ pad: 'x'.repeat(8_500) })],
  ['token of 15,000 dots', () => ['.'.repeat(15_000)]],
  ['four and five segments', (ctx) => [`${honestParts(ctx).join('.')}.x`, `${honestParts(ctx).join('.')}.x.y`]],
];

function tamper([header, payload, signature]) {
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, roles: ['admin', 'root'] })).toString('base64url');
  return `${header}.${changed}.${signature}`;
}

/** The same bytes in other letters: 43 characters carry 258 bits, two more than the signature has. */
function respellings(token) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const spare = alphabet[alphabet.indexOf(token.at(-1)) + 1];
  return [`${token}=`, `${token.slice(0, -1)}${spare}`];
}

const show = (ctx, token) => ctx.send({ path: '/me', headers: { authorization: `Bearer ${token}` } });

const control = (ctx) => show(ctx, honestParts(ctx).join('.'));

const forgeries = FORGERIES.map(([name, make]) => ({
  name,
  control,
  run: async (ctx) => refused(await Promise.all(make(ctx).map((token) => show(ctx, token))), [401]),
}));

const pemAsSecret = {
  name: 'RS/HS confusion: a PEM given as HS256 key',
  control,
  run: async () => {
    try {
      createVerifier({ key: PUBLIC_PEM, algorithms: ['HS256'] });
      return { got: 'a verifier', held: false };
    } catch (error) {
      return { got: `${error.name} ${error.code}`, held: /^ERR_JWT_KEY/.test(error.code) };
    }
  },
};

module.exports = { attacks: [...forgeries, pemAsSecret] };
