'use strict';

const { createPrivateKey, createPublicKey, createSecretKey } = require('node:crypto');

const reference = require('jsonwebtoken');

const {
  NOW,
  PAIRS,
  SECRET,
  ec256,
  ec384,
  ec521,
  ed,
  forge,
  jwk,
  locked,
  part,
  passphrase,
  pss,
  pssAny,
  rsa,
  rsa1024,
  sec1,
  x509Pem,
} = require('./keys');

const HS256 = { alg: 'HS256', typ: 'JWT' };
const good = reference.sign({ sub: 'ada', iat: NOW }, SECRET);
const claims = (more) => reference.sign({ iat: NOW, ...more }, SECRET);

const later = {
  iat: NOW,
  exp: NOW + 60,
  nbf: NOW - 60,
  aud: ['web', 'app'],
  iss: 'me',
  sub: 'ada',
  jti: 'j1',
  nonce: 'n1',
};
const full = reference.sign(later, SECRET);
const byKey = (jwt, options, token = full) => jwt.verify(token, SECRET, options);

/** @type {Array<[name: string, call: (jwt: any) => any]>} */
const VERIFY_CALLS = [
  ['a token', (jwt) => jwt.verify(good, SECRET)],
  ['another secret', (jwt) => jwt.verify(good, `${SECRET}x`)],
  ...[undefined, null, '', 0, 5, {}, [], Buffer.from(good), new String(good), true].map((token, i) => [
    `a token that is no text (${i})`,
    (jwt) => jwt.verify(token, SECRET),
  ]),
  ...[
    'a',
    'a.b',
    'a.b.c',
    'a.b.c.d',
    '..',
    'a..c',
    '.b.c',
    ' ',
    `${good} `,
    ` ${good}`,
    `${good}=`,
    `${good}\n`,
    good.replace('.', '..'),
    `${good}.`,
    good.slice(0, -1),
    `${good}A`,
    `${good.split('.')[0]}.${good.split('.')[1]}.`,
    `${good.split('.').slice(0, 2).join('.')}. `,
    '.'.repeat(5000),
    good.replace(/^e/, 'f'),
    `x${good}`,
    `${part('5')}.e30.AAAA`,
    `${part('null')}.e30.AAAA`,
    `${part('"x"')}.e30.AAAA`,
    `${part('{')}.e30.AAAA`,
  ].map((token, i) => [`a malformed token (${i})`, (jwt) => jwt.verify(token, SECRET)]),
  ['a payload of no JSON under typ JWT', (jwt) => jwt.verify(forge(HS256, 'hello'), SECRET)],
  ['a payload of no JSON, forged', (jwt) => jwt.verify(`${part(HS256)}.${part('hello')}.AAAA`, SECRET)],
  ['a payload of text', (jwt) => jwt.verify(forge({ alg: 'HS256' }, 'hello'), SECRET)],
  ['a payload of JSON text', (jwt) => jwt.verify(forge({ alg: 'HS256' }, '"hello"'), SECRET)],
  ['a payload of JSON text under typ JWT', (jwt) => jwt.verify(forge(HS256, '"hello"'), SECRET)],
  ['a payload of JSON in JSON', (jwt) => jwt.verify(forge(HS256, JSON.stringify('{"exp":1}')), SECRET)],
  ['a payload of a list', (jwt) => jwt.verify(forge(HS256, [1]), SECRET)],
  ['a payload of a number', (jwt) => jwt.verify(forge(HS256, '5'), SECRET)],
  ['a payload of null without typ', (jwt) => jwt.verify(forge({ alg: 'HS256' }, 'null'), SECRET)],
  ['a payload of an object without typ', (jwt) => jwt.verify(forge({ alg: 'HS256' }, { exp: 1 }), SECRET)],
  ['a payload that is no UTF-8', (jwt) => jwt.verify(forge({ alg: 'HS256' }, 'ff61', 'hex'), SECRET)],
  ...[
    'none',
    'None',
    'NONE',
    'hs256',
    'RS256',
    'ES256',
    'ES256K',
    'EdDSA',
    '',
    ' HS256',
    null,
    5,
    ['HS256'],
    {},
    undefined,
  ].map((alg, i) => [
    `alg ${JSON.stringify(alg)} (${i})`,
    (jwt) => jwt.verify(forge({ alg, typ: 'JWT' }, { a: 1 }), SECRET),
  ]),
  ...['none', 'HS256']
    .flatMap((alg) =>
      [undefined, null, '', SECRET].flatMap((key) =>
        [undefined, ['none'], ['HS256'], []].map((algorithms) => [
          `unsigned ${alg}, key ${key && 'given'} ${key === '' ? 'empty' : key}, algorithms ${algorithms}`.replace(
            SECRET,
            '',
          ),
          (jwt) => jwt.verify(`${part({ alg, typ: 'JWT' })}.${part({ a: 1 })}.`, key, { algorithms }),
          alg === 'HS256' && !key && algorithms?.includes('HS256'),
        ]),
      ),
    )
    .filter(([, , isInternal]) => !isInternal),
  ...[
    ['HS256'],
    ['HS384'],
    ['HS256', 'RS256'],
    ['RS256', 'ES256'],
    [],
    ['none'],
    'HS256',
    'RS256 HS256',
    'S25',
    ['ES256K'],
    ['HS256,HS512'],
    [null],
    null,
    '',
    0,
  ].map((algorithms, i) => [
    `algorithms ${JSON.stringify(algorithms)} (${i})`,
    (jwt) => jwt.verify(good, SECRET, { algorithms }),
  ]),
  ...[undefined, null, '', 0, false, 5, true, {}, [], Symbol('x'), { key: 'nothing' }, () => SECRET].map((key) => [
    `a key ${typeof key} ${key === null || typeof key !== 'object' ? String(key) : JSON.stringify(key)}`,
    (jwt) => jwt.verify(good, key),
  ]),
  ...[undefined, null, 'options', 5, [], () => undefined].map((options, i) => [
    `options of another type (${i})`,
    (jwt) => jwt.verify(good, SECRET, options, i === 5 ? () => undefined : undefined),
  ]),
  ...[
    'audience',
    'issuer',
    'subject',
    'jwtid',
    'nonce',
    'maxAge',
    'clockTolerance',
    'clockTimestamp',
    'complete',
    'ignoreExpiration',
    'ignoreNotBefore',
    'allowInvalidAsymmetricKeyTypes',
  ].flatMap((name) => [
    [`${name} undefined`, (jwt) => byKey(jwt, { [name]: undefined, clockTimestamp: NOW })],
    [`${name} null`, (jwt) => byKey(jwt, { [name]: null })],
    [`${name} empty`, (jwt) => byKey(jwt, { [name]: '' })],
    [`${name} blank`, (jwt) => byKey(jwt, name === 'clockTolerance' ? {} : { [name]: ' ' })],
  ]),
  ...[
    ['audience', 'web'],
    ['audience', 'other'],
    ['audience', ['x', 'app']],
    ['audience', ['x', 'y']],
    ['audience', []],
    ['audience', [undefined]],
    ['issuer', 'me'],
    ['issuer', 'you'],
    ['issuer', ['you', 'me']],
    ['issuer', ['you']],
    ['issuer', []],
    ['subject', 'ada'],
    ['subject', 'bob'],
    ['jwtid', 'j1'],
    ['jwtid', 'j2'],
    ['nonce', 'n1'],
    ['nonce', 'n2'],
    ['nonce', 5],
    ['complete', true],
    ['complete', 1],
    ['allowInvalidAsymmetricKeyTypes', true],
    ['clockTimestamp', 'x'],
    ['clockTimestamp', NOW + 60],
    ['clockTimestamp', NOW - 61],
    ['clockTimestamp', NOW + 59],
    ['clockTimestamp', 0],
    ['audience', /^w/],
    ['audience', /p$/],
    ['audience', /WEB/i],
    ['audience', /^(?:a|b)$/],
    ['audience', [/^zz/, 'app']],
    ['audience', /e[a-c]/u],
    ['unknown', 5],
    ['maxAge', 5],
    ['maxAge', '5s'],
    ['maxAge', -5],
    ['maxAge', 'soon'],
    ['maxAge', {}],
    ['maxAge', true],
    ['maxAge', '0'],
    ['maxAge', 0],
  ].map(([name, value], i) => [`${name} ${String(value)} (${i})`, (jwt) => byKey(jwt, { [name]: value })]),
  ...[
    {},
    { aud: 5 },
    { aud: null },
    { aud: [] },
    { aud: [5] },
    { aud: ['web'] },
    { aud: 'web' },
    { aud: { a: 1 } },
  ].flatMap((more) =>
    ['web', 5, ['web', 'x'], /^web$/].map((audience) => [
      `audience ${String(audience)} of ${JSON.stringify(more)}`,
      (jwt) => byKey(jwt, { audience }, claims(more)),
    ]),
  ),
  ...[{}, { iss: 5 }, { iss: ['me'] }, { iss: null }, { iss: 'me' }].map((more) => [
    `issuer of ${JSON.stringify(more)}`,
    (jwt) => byKey(jwt, { issuer: 'me' }, claims(more)),
  ]),
  ...[1, 0, -1, NOW, NOW + 1, NOW - 1, NOW + 0.5, 1e300].flatMap((time) =>
    ['exp', 'nbf'].flatMap((claim) =>
      [undefined, 1, -1, 0.5].map((clockTolerance) => [
        `${claim} ${time - NOW} from now, tolerance ${clockTolerance}`,
        (jwt) => byKey(jwt, { clockTolerance }, claims({ [claim]: time })),
      ]),
    ),
  ),
  ...['exp', 'nbf', 'iat']
    .flatMap((claim) =>
      ['"1"', 'null', 'true', '[]', '{}', '1e999', '-0'].map((text) => [
        `${claim} ${text}`,
        (jwt) => byKey(jwt, { maxAge: claim === 'iat' ? '1y' : undefined }, forge(HS256, `{"${claim}":${text}}`)),
        claim === 'iat' && text === '-0',
      ]),
    )
    .filter(([, , isDifferent]) => !isDifferent),
  ...['exp', 'nbf'].flatMap((claim) =>
    [true, 1].map((value) => [
      `${claim} ignored by ${value}`,
      (jwt) =>
        byKey(
          jwt,
          { ignoreExpiration: value, ignoreNotBefore: value },
          claims({ [claim]: claim === 'exp' ? 1 : NOW + 99 }),
        ),
    ]),
  ),
  ...[1, 10, '10', '10s', '1d', '-1s'].flatMap((maxAge) =>
    [NOW, NOW - 10, NOW - 9, NOW + 10].map((iat) => [
      `maxAge ${typeof maxAge} ${maxAge} of iat ${iat - NOW}`,
      (jwt) => byKey(jwt, { maxAge }, claims({ iat })),
    ]),
  ),
  ['maxAge without iat', (jwt) => byKey(jwt, { maxAge: 5 }, reference.sign({}, SECRET, { noTimestamp: true }))],
  ['maxAge with tolerance', (jwt) => byKey(jwt, { maxAge: 5, clockTolerance: 6 }, claims({ iat: NOW - 10 }))],
  [
    'several claims that fail',
    (jwt) => byKey(jwt, { audience: 'x', issuer: 'x', subject: 'x', clockTimestamp: NOW + 99 }),
  ],
  ['complete of text', (jwt) => jwt.verify(reference.sign('text', SECRET), SECRET, { complete: true })],
  [
    'options that are inherited',
    (jwt) => jwt.verify(claims({ exp: 1 }), SECRET, Object.create({ ignoreExpiration: true })),
  ],
  ...PAIRS.flatMap(([algorithm, , publicKey], number) =>
    [rsa, ec256, ec384, ec521, ed, pss, pssAny, { publicKey: SECRET }].flatMap((other, i) => [
      [
        `a token of ${algorithm} (${number}) for ${i}`,
        (jwt) => jwt.verify(tokenOf(algorithm, publicKey), other.publicKey),
      ],
      [
        `a token of ${algorithm} (${number}) for ${i}, allowed`,
        (jwt) => jwt.verify(tokenOf(algorithm, publicKey), other.publicKey, { algorithms: [algorithm] }),
      ],
    ]),
  ),
  ...[
    rsa.publicKey,
    Buffer.from(rsa.publicKey),
    createPublicKey(rsa.publicKey),
    rsa.privateKey,
    { key: locked, passphrase },
    { key: rsa.publicKey },
    createPublicKey(rsa.publicKey).export({ type: 'pkcs1', format: 'pem' }),
    createPrivateKey(rsa.privateKey),
    { key: createPublicKey(rsa.publicKey).export({ format: 'jwk' }), format: 'jwk' },
    createPublicKey(rsa.publicKey).export({ format: 'jwk' }),
    { key: createPublicKey(rsa.publicKey).export({ type: 'spki', format: 'der' }), format: 'der', type: 'spki' },
  ].flatMap((key, i) => [
    [`a public key in another form (${i})`, (jwt) => jwt.verify(tokenOf('RS256', rsa.publicKey), key)],
    [
      `a public key in another form (${i}), allowed`,
      (jwt) => jwt.verify(tokenOf('RS256', rsa.publicKey), key, { algorithms: ['RS256', 'HS256'] }),
    ],
  ]),
  ['a curve key as JWK', (jwt) => jwt.verify(tokenOf('ES256', ec256.publicKey), { key: jwk, format: 'jwk' })],
  ['a certificate', (jwt) => jwt.verify(tokenOf('ES256', ec256.publicKey), x509Pem)],
  ['a curve key as SEC1', (jwt) => jwt.verify(tokenOf('ES256', ec256.publicKey), sec1)],
  [
    'RS256 of 1024 bits',
    (jwt) =>
      jwt.verify(
        reference.sign({}, rsa1024.privateKey, { algorithm: 'RS256', allowInsecureKeySizes: true }),
        rsa1024.publicKey,
      ),
  ],
  ...[
    Buffer.from(SECRET),
    new Uint8Array(Buffer.from(SECRET)),
    createSecretKey(Buffer.from(SECRET)),
    Uint8Array.from(Buffer.from(SECRET)).buffer,
  ].map((key, i) => [`a secret in another form (${i})`, (jwt) => jwt.verify(good, key)]),
  ['HS256 under a public key', (jwt) => jwt.verify(good, rsa.publicKey)],
  ['HS256 under a public key, allowed', (jwt) => jwt.verify(good, rsa.publicKey, { algorithms: ['HS256'] })],
];

const tokens = new Map();
function tokenOf(algorithm, publicKey) {
  const id = algorithm + publicKey;
  if (!tokens.has(id)) {
    const [, privateKey] = PAIRS.find((pair) => pair[0] === algorithm && pair[2] === publicKey);
    tokens.set(id, reference.sign({ a: 1, iat: NOW }, privateKey, { algorithm }));
  }
  return tokens.get(id);
}

const DECODED = [
  good,
  full,
  undefined,
  null,
  5,
  {},
  'a.b.c',
  '',
  Buffer.from(good),
  new String(good),
  `${good}=`,
  ` ${good}`,
  `${good}.x`,
  `${part('5')}.e30.AAAA`,
  `${part(HS256)}.${part('hello')}.`,
  `${part({ alg: 'x' })}.${part('hello')}.`,
  `${part({ alg: 'x' })}.${part('{"a":1}')}.`,
  `${part({ alg: 'x' })}.${part('null')}.`,
  `${part(HS256)}.${part('"{\\"a\\":1}"')}.`,
];
/** @type {Array<[name: string, call: (jwt: any) => any]>} */
const DECODE_CALLS = DECODED.flatMap((token, i) =>
  [undefined, null, {}, { complete: true }, { json: true }, { complete: true, json: true }, { complete: 1 }, true].map(
    (options, j) => [`token ${i} with options ${j}`, (jwt) => jwt.decode(token, options)],
  ),
);

module.exports = { DECODE_CALLS, VERIFY_CALLS, tokenOf };
