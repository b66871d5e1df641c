'use strict';

// Keys of every kind, and tokens of any content.

const { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign } = require('node:crypto');

const NOW = 1_700_000_000;
const SECRET = 'a secret of this test with no fewer than sixty-four bytes, for HS512';
const PEM = {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
};
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

/** @param {number} tag @param {...Uint8Array} contents */
function der(tag, ...contents) {
  const body = Buffer.concat(contents);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

/** A certificate of a key, which nobody but its owner has signed. */
function certificate({ publicKey, privateKey }) {
  const ecdsaWithSha256 = der(0x30, der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
  const valid = der(0x30, ...['230101000000Z', '430101000000Z'].map((time) => der(0x17, Buffer.from(time))));
  const spki = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
  const number = (value) => der(0x02, Buffer.from([value]));
  const name = der(0x30);
  const body = der(0x30, der(0xa0, number(2)), number(1), ecdsaWithSha256, name, valid, name, spki);
  return der(0x30, body, ecdsaWithSha256, der(0x03, Buffer.from([0]), sign('sha256', body, privateKey)));
}

/** @param {string} label @param {Buffer} bytes */
const armoured = (label, bytes) =>
  `-----BEGIN ${label}-----\n${bytes.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;

const x509 = certificate(ec256);
const x509Pem = armoured('CERTIFICATE', x509);

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
  return `${input}.${createHmac('sha256', SECRET).update(input).digest('base64url')}`;
}

module.exports = {
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
  pkcs1,
  pss,
  pssAny,
  pssLong,
  rsa,
  rsa1024,
  sec1,
  x509,
  x509Pem,
};
