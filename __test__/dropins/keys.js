'use strict';

// Keys of every kind, and tokens of any content.

const { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync } = require('node:crypto');

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
};
