'use strict';

// Every call of this table is made on both packages, at the same time of the clock, and must come to the same.

const assert = require('node:assert/strict');
const { createPrivateKey, createPublicKey, createSecretKey, generateKeyPairSync } = require('node:crypto');
const { describe, it } = require('node:test');
const { inspect, isDeepStrictEqual } = require('node:util');

const reference = require('jsonwebtoken');
const ours = require('portcullis/jsonwebtoken');

const { outcome, outcomeOfCallback } = require('./outcome');

const NOW = 1_700_000_000;
const SECRET = 'a secret of this test with no fewer than sixty-four bytes, for HS512';
const PEM = { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } };
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048, ...PEM });
const rsa1024 = generateKeyPairSync('rsa', { modulusLength: 1024, ...PEM });
const pssOptions = { modulusLength: 2048, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 32 };
const pss = generateKeyPairSync('rsa-pss', { ...pssOptions, ...PEM });
const pssAny = generateKeyPairSync('rsa-pss', { modulusLength: 2048, ...PEM });
const pssLong = generateKeyPairSync('rsa-pss', { ...pssOptions, saltLength: 40, ...PEM });
const [ec256, ec384, ec521] = ['P-256', 'P-384', 'P-521'].map((namedCurve) =>
  generateKeyPairSync('ec', { namedCurve, ...PEM }),
);
const ed = generateKeyPairSync('ed25519', PEM);
const passphrase = 'open';
const locked = createPrivateKey(rsa.privateKey).export({
  type: 'pkcs8',
  format: 'pem',
  cipher: 'aes-256-cbc',
  passphrase,
});
const pkcs1 = createPrivateKey(rsa.privateKey).export({ type: 'pkcs1', format: 'pem' });
const sec1 = createPrivateKey(ec256.privateKey).export({ type: 'sec1', format: 'pem' });
const jwk = createPublicKey(ec256.publicKey).export({ format: 'jwk' });

const PAIRS = [
  ...['HS256', 'HS384', 'HS512'].map((algorithm) => [algorithm, SECRET, SECRET]),
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map((name) => [name, rsa.privateKey, rsa.publicKey]),
  ['PS256', pss.privateKey, pss.publicKey],
  ['ES256', ec256.privateKey, ec256.publicKey],
  ['ES384', ec384.privateKey, ec384.publicKey],
  ['ES512', ec521.privateKey, ec521.publicKey],
];

const part = (value, encoding = 'utf8') =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value), encoding).toString('base64url');

/** A token of any header and payload, text or not, with a right signature by the secret. */
function forge(header, payload, encoding) {
  const input = `${part(header)}.${part(payload, encoding)}`;
  const { createHmac } = require('node:crypto');
  return `${input}.${createHmac('sha256', SECRET).update(input).digest('base64url')}`;
}

const HS256 = { alg: 'HS256', typ: 'JWT' };
const good = reference.sign({ sub: 'ada', iat: NOW }, SECRET);
const claims = (more) => reference.sign({ iat: NOW, ...more }, SECRET, { noTimestamp: !('iat' in (more ?? {})) && false });

/** @type {Array<[name: string, call: (jwt: any) => any]>} */
const SIGN_CALLS = [
  ['an object', (jwt) => jwt.sign({ sub: 'ada' }, SECRET)],
  ['an empty object', (jwt) => jwt.sign({}, SECRET)],
  ['nested, wide and odd claims', (jwt) => jwt.sign({ a: [1, { b: 'Ж€😀' }], c: null, d: undefined, e: 1e21, f: -0 }, SECRET)],
  ['an object without a prototype', (jwt) => jwt.sign(Object.assign(Object.create(null), { a: 1 }), SECRET)],
  ['text', (jwt) => jwt.sign('hello', SECRET)],
  ['empty text', (jwt) => jwt.sign('', SECRET)],
  ['text that is JSON', (jwt) => jwt.sign('{"a":1}', SECRET)],
  ['wide text', (jwt) => jwt.sign('Ж€😀', SECRET)],
  ['a lone surrogate', (jwt) => jwt.sign('a\ud800b', SECRET)],
  ['text in latin1', (jwt) => jwt.sign('é', SECRET, { encoding: 'latin1' })],
  ['text in hex', (jwt) => jwt.sign('c0ffee', SECRET, { encoding: 'hex' })],
  ['text in an unknown encoding', (jwt) => jwt.sign('a', SECRET, { encoding: 'klingon' })],
  ['bytes', (jwt) => jwt.sign(Buffer.from('hello'), SECRET)],
  ['bytes that are no UTF-8', (jwt) => jwt.sign(Buffer.from([0xff, 0xfe, 0x61]), SECRET)],
  ['a number', (jwt) => jwt.sign(5, SECRET)],
  ['true', (jwt) => jwt.sign(true, SECRET)],
  ['undefined', (jwt) => jwt.sign(undefined, SECRET)],
  ['null', (jwt) => jwt.sign(null, SECRET)],
  ['an array', (jwt) => jwt.sign([1], SECRET)],
  ['a date', (jwt) => jwt.sign(new Date(0), SECRET)],
  ['an instance', (jwt) => jwt.sign(new (class Ada {})(), SECRET)],
  ['a function', (jwt) => jwt.sign(() => 1, SECRET)],
  ['a circle', (jwt) => jwt.sign(circle(), SECRET)],
  ['a BigInt', (jwt) => jwt.sign({ a: 1n }, SECRET)],
  ['toJSON', (jwt) => jwt.sign({ toJSON: () => ({ b: 2 }) }, SECRET)],
  ...['iat', 'exp', 'nbf'].flatMap((claim) => [
    [`${claim} as text`, (jwt) => jwt.sign({ [claim]: '1' }, SECRET)],
    [`${claim} as null`, (jwt) => jwt.sign({ [claim]: null }, SECRET)],
    [`${claim} as undefined`, (jwt) => jwt.sign({ [claim]: undefined }, SECRET)],
    [`${claim} as a number`, (jwt) => jwt.sign({ [claim]: NOW + 5.5 }, SECRET)],
    [`${claim} as zero`, (jwt) => jwt.sign({ [claim]: 0 }, SECRET)],
    [`${claim} as NaN`, (jwt) => jwt.sign({ [claim]: Number.NaN }, SECRET)],
  ]),
  ...[60, 0, -60, 1.5, '', '2 days', '1h', '60', '-1m', '1.5 hrs', 'soon', '1 fortnight', Number.NaN, Infinity, null, {}, undefined, 'x'.repeat(101)].flatMap(
    (span) => ['expiresIn', 'notBefore'].map((name) => [
      `${name} ${typeof span} ${String(span).slice(0, 12)}`,
      (jwt) => jwt.sign({ a: 1 }, SECRET, { [name]: span }),
    ]),
  ),
  ['expiresIn beside exp', (jwt) => jwt.sign({ exp: 5 }, SECRET, { expiresIn: 5 })],
  ['notBefore beside nbf', (jwt) => jwt.sign({ nbf: 5 }, SECRET, { notBefore: 5 })],
  ['expiresIn counted from iat', (jwt) => jwt.sign({ iat: 1000 }, SECRET, { expiresIn: '1h', notBefore: 30 })],
  ['noTimestamp', (jwt) => jwt.sign({ a: 1 }, SECRET, { noTimestamp: true })],
  ['noTimestamp with iat and expiresIn', (jwt) => jwt.sign({ iat: 1000 }, SECRET, { noTimestamp: true, expiresIn: 5 })],
  ['noTimestamp of no boolean', (jwt) => jwt.sign({}, SECRET, { noTimestamp: 1 })],
  ...[['audience', 'aud'], ['issuer', 'iss'], ['subject', 'sub'], ['jwtid', 'jti']].flatMap(([option, claim]) => [
    [option, (jwt) => jwt.sign({}, SECRET, { [option]: 'x' })],
    [`${option} empty`, (jwt) => jwt.sign({}, SECRET, { [option]: '' })],
    [`${option} undefined`, (jwt) => jwt.sign({}, SECRET, { [option]: undefined })],
    [`${option} number`, (jwt) => jwt.sign({}, SECRET, { [option]: 5 })],
    [`${option} list`, (jwt) => jwt.sign({}, SECRET, { [option]: ['a', 'b'] })],
    [`${option} object`, (jwt) => jwt.sign({}, SECRET, { [option]: {} })],
    [`${option} beside ${claim}`, (jwt) => jwt.sign({ [claim]: 'y' }, SECRET, { [option]: 'x' })],
    [`${option} of text`, (jwt) => jwt.sign('text', SECRET, { [option]: 'x' })],
  ]),
  ['several options of text', (jwt) => jwt.sign('text', SECRET, { expiresIn: 5, issuer: 'x', noTimestamp: true })],
  ['an option of bytes', (jwt) => jwt.sign(Buffer.from('a'), SECRET, { expiresIn: 5 })],
  ['keyid', (jwt) => jwt.sign({}, SECRET, { keyid: 'k1' })],
  ['keyid of no text', (jwt) => jwt.sign({}, SECRET, { keyid: 1 })],
  ['header', (jwt) => jwt.sign({}, SECRET, { header: { kid: 'k2', typ: 'at+jwt', x: [1] }, keyid: 'k1' })],
  ['header with another alg', (jwt) => jwt.sign({}, SECRET, { header: { alg: 'HS512' } })],
  ['header with typ undefined', (jwt) => jwt.sign({}, SECRET, { header: { typ: undefined } })],
  ['header of no object', (jwt) => jwt.sign({}, SECRET, { header: 'x' })],
  ['header list', (jwt) => jwt.sign({}, SECRET, { header: [] })],
  ['an unknown option', (jwt) => jwt.sign({}, SECRET, { foo: 1 })],
  ['options of an instance', (jwt) => jwt.sign({}, SECRET, new (class Options {})())],
  ['options as text', (jwt) => jwt.sign({}, SECRET, 'HS256')],
  ['options null', (jwt) => jwt.sign({}, SECRET, null)],
  ['wrapped texts and numbers', (jwt) => jwt.sign({ exp: new Number(5) }, SECRET, { issuer: new String('x') })],
  ...['mutatePayload', 'allowInsecureKeySizes', 'allowInvalidAsymmetricKeyTypes', 'encoding'].map((name) => [
    `${name} of a wrong type`,
    (jwt) => jwt.sign({}, SECRET, { [name]: 5 }),
  ]),
  ...['hs256', 'EdDSA', 'ES256K', 'HS1', 'RS1', 'None', 'none '].map((algorithm) => [
    `algorithm ${algorithm}`,
    (jwt) => jwt.sign({}, SECRET, { algorithm }),
  ]),
  ['algorithm empty', (jwt) => jwt.sign({}, SECRET, { algorithm: '' })],
  ['algorithm undefined', (jwt) => jwt.sign({}, SECRET, { algorithm: undefined })],
  ['none without a key', (jwt) => jwt.sign({ a: 1 }, null, { algorithm: 'none' })],
  ['none with undefined', (jwt) => jwt.sign({ a: 1 }, undefined, { algorithm: 'none' })],
  ['none with empty text', (jwt) => jwt.sign({ a: 1 }, '', { algorithm: 'none' })],
  ['none with zero', (jwt) => jwt.sign({ a: 1 }, 0, { algorithm: 'none' })],
  ['none with a secret', (jwt) => jwt.sign({ a: 1 }, SECRET, { algorithm: 'none' })],
  ['none with a private key', (jwt) => jwt.sign({ a: 1 }, rsa.privateKey, { algorithm: 'none' })],
  ['none of text', (jwt) => jwt.sign('text', null, { algorithm: 'none' })],
  ...[undefined, null, '', 0, false, 5, true, {}, [], () => 'x', Symbol('x'), { key: 'nothing', passphrase }].map((key) => [
    `a key ${typeof key} ${key === null || typeof key !== 'object' ? String(key) : JSON.stringify(key)}`,
    (jwt) => jwt.sign({}, key),
  ]),
  ...[['HS256', rsa.privateKey], ['HS256', ec256.privateKey], ['RS256', SECRET], ['RS256', rsa.publicKey], ['ES256', rsa.privateKey], ['RS256', ec256.privateKey], ['ES256', ec384.privateKey], ['ES512', ec256.privateKey], ['PS256', SECRET], ['RS256', ed.privateKey], ['ES256', ed.privateKey], ['RS256', pss.privateKey], ['PS384', pss.privateKey], ['PS256', pssAny.privateKey], ['PS256', pssLong.privateKey], ['RS256', rsa1024.privateKey], ['PS256', rsa1024.privateKey], ['RS256', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'], ['RS256', locked], ['RS256', { key: locked, passphrase: 'wrong' }]].map(
    ([algorithm, key], i) => [`${algorithm} with a key that does not fit (${i})`, (jwt) => jwt.sign({}, key, { algorithm })],
  ),
  ['a public KeyObject for HS256', (jwt) => jwt.sign({}, createPublicKey(rsa.publicKey))],
  ['a public KeyObject for RS256', (jwt) => jwt.sign({}, createPublicKey(rsa.publicKey), { algorithm: 'RS256' })],
  ['RS256 of 1024 bits, allowed', (jwt) => jwt.sign({}, rsa1024.privateKey, { algorithm: 'RS256', allowInsecureKeySizes: true })],
  ...[SECRET, Buffer.from(SECRET), new Uint8Array(Buffer.from(SECRET)), new DataView(new Uint8Array(40).buffer), new ArrayBuffer(40), new Uint16Array(20), createSecretKey(Buffer.from(SECRET)), 'short', 'é€', 'a\ud800'].map(
    (key, i) => [`a secret in another form (${i})`, (jwt) => jwt.sign({ a: 1 }, key)],
  ),
  ...[rsa.privateKey, pkcs1, Buffer.from(pkcs1), { key: locked, passphrase }, { key: Buffer.from(locked), passphrase }, createPrivateKey(rsa.privateKey), ` junk\n${pkcs1}`, { key: createPrivateKey(rsa.privateKey).export({ format: 'jwk' }), format: 'jwk' }, { key: createPrivateKey(rsa.privateKey).export({ type: 'pkcs8', format: 'der' }), format: 'der', type: 'pkcs8' }].map(
    (key, i) => [`a private key in another form (${i})`, (jwt) => jwt.sign({ a: 1 }, key, { algorithm: 'RS256' })],
  ),
];

function circle() {
  const a = {};
  a.a = a;
  return a;
}
module.exports = { SIGN_CALLS };

const later = { iat: NOW, exp: NOW + 60, nbf: NOW - 60, aud: ['web', 'app'], iss: 'me', sub: 'ada', jti: 'j1', nonce: 'n1' };
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
  ...['a', 'a.b', 'a.b.c', 'a.b.c.d', '..', 'a..c', '.b.c', ' ', `${good} `, ` ${good}`, `${good}=`, `${good}\n`, good.replace('.', '..'), `${good}.`, good.slice(0, -1), `${good}A`, `${good.split('.')[0]}.${good.split('.')[1]}.`, `${good.split('.').slice(0, 2).join('.')}. `, '.'.repeat(5000), good.replace(/^e/, 'f'), `x${good}`, `${part('5')}.e30.AAAA`, `${part('null')}.e30.AAAA`, `${part('"x"')}.e30.AAAA`, `${part('{')}.e30.AAAA`].map(
    (token, i) => [`a malformed token (${i})`, (jwt) => jwt.verify(token, SECRET)],
  ),
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
  ...['none', 'None', 'NONE', 'hs256', 'RS256', 'ES256', 'ES256K', 'EdDSA', '', ' HS256', null, 5, ['HS256'], {}, undefined].map((alg, i) => [
    `alg ${JSON.stringify(alg)} (${i})`,
    (jwt) => jwt.verify(forge({ alg, typ: 'JWT' }, { a: 1 }), SECRET),
  ]),
  ...['none', 'HS256'].flatMap((alg) =>
    [undefined, null, '', SECRET].flatMap((key) =>
      [undefined, ['none'], ['HS256'], []].map((algorithms) => [
        `unsigned ${alg}, key ${key && 'given'} ${key === '' ? 'empty' : key}, algorithms ${algorithms}`.replace(SECRET, ''),
        (jwt) => jwt.verify(`${part({ alg, typ: 'JWT' })}.${part({ a: 1 })}.`, key, { algorithms }),
        alg === 'HS256' && !key && algorithms?.includes('HS256'),
      ]),
    ),
  ).filter(([, , isInternal]) => !isInternal),
  ...[['HS256'], ['HS384'], ['HS256', 'RS256'], ['RS256', 'ES256'], [], ['none'], 'HS256', 'RS256 HS256', 'S25', ['ES256K'], ['HS256,HS512'], [null], null, '', 0].map(
    (algorithms, i) => [`algorithms ${JSON.stringify(algorithms)} (${i})`, (jwt) => jwt.verify(good, SECRET, { algorithms })],
  ),
  ...[undefined, null, '', 0, false, 5, true, {}, [], Symbol('x'), { key: 'nothing' }, () => SECRET].map((key) => [
    `a key ${typeof key} ${key === null || typeof key !== 'object' ? String(key) : JSON.stringify(key)}`,
    (jwt) => jwt.verify(good, key),
  ]),
  ...[undefined, null, 'options', 5, [], () => undefined].map((options, i) => [`options of another type (${i})`, (jwt) => jwt.verify(good, SECRET, options, i === 5 ? () => undefined : undefined)]),
  ...['audience', 'issuer', 'subject', 'jwtid', 'nonce', 'maxAge', 'clockTolerance', 'clockTimestamp', 'complete', 'ignoreExpiration', 'ignoreNotBefore', 'allowInvalidAsymmetricKeyTypes'].flatMap((name) => [
    [`${name} undefined`, (jwt) => byKey(jwt, { [name]: undefined, clockTimestamp: NOW })],
    [`${name} null`, (jwt) => byKey(jwt, { [name]: null })],
    [`${name} empty`, (jwt) => byKey(jwt, { [name]: '' })],
    [`${name} blank`, (jwt) => byKey(jwt, name === 'clockTolerance' ? {} : { [name]: ' ' })],
  ]),
  ...[['audience', 'web'], ['audience', 'other'], ['audience', ['x', 'app']], ['audience', ['x', 'y']], ['audience', []], ['audience', [undefined]], ['issuer', 'me'], ['issuer', 'you'], ['issuer', ['you', 'me']], ['issuer', ['you']], ['issuer', []], ['subject', 'ada'], ['subject', 'bob'], ['jwtid', 'j1'], ['jwtid', 'j2'], ['nonce', 'n1'], ['nonce', 'n2'], ['nonce', 5], ['complete', true], ['complete', 1], ['allowInvalidAsymmetricKeyTypes', true], ['clockTimestamp', 'x'], ['clockTimestamp', NOW + 60], ['clockTimestamp', NOW - 61], ['clockTimestamp', NOW + 59], ['clockTimestamp', 0], ['audience', /^w/], ['audience', /p$/], ['audience', /WEB/i], ['audience', /^(?:a|b)$/], ['audience', [/^zz/, 'app']], ['audience', /e[a-c]/u], ['unknown', 5], ['maxAge', 5], ['maxAge', '5s'], ['maxAge', -5], ['maxAge', 'soon'], ['maxAge', {}], ['maxAge', true], ['maxAge', '0'], ['maxAge', 0]].map(
    ([name, value], i) => [`${name} ${String(value)} (${i})`, (jwt) => byKey(jwt, { [name]: value })],
  ),
  ...[{}, { aud: 5 }, { aud: null }, { aud: [] }, { aud: [5] }, { aud: ['web'] }, { aud: 'web' }, { aud: { a: 1 } }].flatMap((more) =>
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
  ...['exp', 'nbf', 'iat'].flatMap((claim) =>
    ['"1"', 'null', 'true', '[]', '{}', '1e999', '-0'].map((text) => [
      `${claim} ${text}`,
      (jwt) => byKey(jwt, { maxAge: claim === 'iat' ? '1y' : undefined }, forge(HS256, `{"${claim}":${text}}`)),
      claim === 'iat' && text === '-0',
    ]),
  ).filter(([, , isDifferent]) => !isDifferent),
  ...['exp', 'nbf'].flatMap((claim) => [true, 1].map((value) => [`${claim} ignored by ${value}`, (jwt) => byKey(jwt, { ignoreExpiration: value, ignoreNotBefore: value }, claims({ [claim]: claim === 'exp' ? 1 : NOW + 99 }))])),
  ...[1, 10, '10', '10s', '1d', '-1s'].flatMap((maxAge) =>
    [NOW, NOW - 10, NOW - 9, NOW + 10].map((iat) => [`maxAge ${maxAge} of iat ${iat - NOW}`, (jwt) => byKey(jwt, { maxAge }, claims({ iat }))]),
  ),
  ['maxAge without iat', (jwt) => byKey(jwt, { maxAge: 5 }, reference.sign({}, SECRET, { noTimestamp: true }))],
  ['maxAge with tolerance', (jwt) => byKey(jwt, { maxAge: 5, clockTolerance: 6 }, claims({ iat: NOW - 10 }))],
  ['several claims that fail', (jwt) => byKey(jwt, { audience: 'x', issuer: 'x', subject: 'x', clockTimestamp: NOW + 99 })],
  ['complete of text', (jwt) => jwt.verify(reference.sign('text', SECRET), SECRET, { complete: true })],
  ['options that are inherited', (jwt) => jwt.verify(claims({ exp: 1 }), SECRET, Object.create({ ignoreExpiration: true }))],
  ...PAIRS.flatMap(([algorithm, , publicKey]) =>
    [rsa, ec256, ec384, ec521, ed, pss, pssAny, { publicKey: SECRET }].flatMap((other, i) => [
      [`a token of ${algorithm} for ${i}`, (jwt) => jwt.verify(tokenOf(algorithm, publicKey), other.publicKey)],
      [`a token of ${algorithm} for ${i}, allowed`, (jwt) => jwt.verify(tokenOf(algorithm, publicKey), other.publicKey, { algorithms: [algorithm] })],
    ]),
  ),
  ...[rsa.publicKey, Buffer.from(rsa.publicKey), createPublicKey(rsa.publicKey), rsa.privateKey, { key: locked, passphrase }, { key: rsa.publicKey }, createPublicKey(rsa.publicKey).export({ type: 'pkcs1', format: 'pem' }), createPrivateKey(rsa.privateKey), { key: createPublicKey(rsa.publicKey).export({ format: 'jwk' }), format: 'jwk' }, createPublicKey(rsa.publicKey).export({ format: 'jwk' }), { key: createPublicKey(rsa.publicKey).export({ type: 'spki', format: 'der' }), format: 'der', type: 'spki' }].flatMap((key, i) => [
    [`a public key in another form (${i})`, (jwt) => jwt.verify(tokenOf('RS256', rsa.publicKey), key)],
    [`a public key in another form (${i}), allowed`, (jwt) => jwt.verify(tokenOf('RS256', rsa.publicKey), key, { algorithms: ['RS256', 'HS256'] })],
  ]),
  ['a curve key as JWK', (jwt) => jwt.verify(tokenOf('ES256', ec256.publicKey), { key: jwk, format: 'jwk' })],
  ['a curve key as SEC1', (jwt) => jwt.verify(tokenOf('ES256', ec256.publicKey), sec1)],
  ['RS256 of 1024 bits', (jwt) => jwt.verify(reference.sign({}, rsa1024.privateKey, { algorithm: 'RS256', allowInsecureKeySizes: true }), rsa1024.publicKey)],
  ...[Buffer.from(SECRET), new Uint8Array(Buffer.from(SECRET)), createSecretKey(Buffer.from(SECRET)), Uint8Array.from(Buffer.from(SECRET)).buffer].map((key, i) => [
    `a secret in another form (${i})`,
    (jwt) => jwt.verify(good, key),
  ]),
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
  good, full, undefined, null, 5, {}, 'a.b.c', '', Buffer.from(good), new String(good), `${good}=`, ` ${good}`, `${good}.x`,
  `${part('5')}.e30.AAAA`, `${part(HS256)}.${part('hello')}.`, `${part({ alg: 'x' })}.${part('hello')}.`,
  `${part({ alg: 'x' })}.${part('{"a":1}')}.`, `${part({ alg: 'x' })}.${part('null')}.`, `${part(HS256)}.${part('"{\\"a\\":1}"')}.`,
];
/** @type {Array<[name: string, call: (jwt: any) => any]>} */
const DECODE_CALLS = DECODED.flatMap((token, i) =>
  [undefined, null, {}, { complete: true }, { json: true }, { complete: true, json: true }, { complete: 1 }, true].map((options, j) => [
    `token ${i} with options ${j}`,
    (jwt) => jwt.decode(token, options),
  ]),
);

/** What two calls came to is compared, and that nothing was compared in vain. */
function same(t, calls) {
  t.mock.timers.enable({ apis: ['Date'], now: NOW * 1000 + 500 });
  t.mock.method(process, 'emitWarning', () => {});
  const wrong = [];
  for (const [name, call] of calls) {
    const [expected, actual] = [outcome(reference, call), outcome(ours, call)];
    if (!isDeepStrictEqual(actual, expected)) wrong.push(`${name}: ${inspect(actual)} is not ${inspect(expected)}`);
  }
  assert.deepEqual(wrong, []);
}

describe('dropins/jsonwebtoken', () => {
  it('signs, or refuses to, as the reference', (t) => same(t, SIGN_CALLS));
  it('verifies, or refuses to, as the reference', (t) => same(t, VERIFY_CALLS));
  it('decodes as the reference', (t) => same(t, DECODE_CALLS));
});
