// Keys and tokens that the areas jwt and jsonwebtoken measure with, and the work done by hand with node:crypto: what a
// user would write without a package, and for HS256 the floor of any verifier (HMAC, JSON.parse and nothing else).
import { createHmac, createSecretKey, generateKeyPairSync, sign, timingSafeEqual, verify } from 'node:crypto';

export const SECRET = 'a secret for benchmarks with 64 bytes, as many as HS512 asks for';

const PEM = {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
};
export const PAIRS = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
};
const SECRET_KEY = createSecretKey(Buffer.from(SECRET));

/**
 * The key that each package gets: text (the secret or PEM), or a KeyObject.
 * @param {string} algorithm
 */
export function keysOf(algorithm) {
  const pair = PAIRS[algorithm];
  if (pair === undefined) {
    return {
      signing: SECRET,
      verifying: SECRET,
      text: SECRET,
      privateText: SECRET,
      key: SECRET_KEY,
      privateKey: SECRET_KEY,
    };
  }
  const text = pair.publicKey.export(PEM.publicKeyEncoding);
  const privateText = pair.privateKey.export(PEM.privateKeyEncoding);
  const { publicKey: key, privateKey } = pair;
  return { signing: privateKey, verifying: key, text, privateText, key, privateKey };
}

/** Returns a new string in each call, as requests do: a slice of a header. */
export function fresh(tokens) {
  const headers = tokens.map((token) => Buffer.from(`Bearer ${token}`).toString('latin1'));
  let at = 0;
  return () => headers[at++ % headers.length].slice(7);
}

/** Only ES256 needs an option; one costs some microseconds per call. */
const withEncoding = (algorithm, key) => (algorithm === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' } : key);

const HASHES = { HS256: 'sha256', HS512: 'sha512', RS256: 'sha256', ES256: 'sha256' };

/**
 * Verifies the signature with node:crypto and parses the payload. Claims are not checked, and the header is not read.
 * @param {string} algorithm
 */
export function verifyByHand(algorithm) {
  const { key } = keysOf(algorithm);
  const hash = HASHES[algorithm];
  const publicKey = withEncoding(algorithm, key);
  const isRight = hash && algorithm.startsWith('HS') ? checkMac : checkSignature;
  return (token) => {
    const dot = token.lastIndexOf('.');
    const input = token.slice(0, dot);
    if (!isRight(input, Buffer.from(token.slice(dot + 1), 'base64url'))) throw new Error('wrong signature');
    return JSON.parse(Buffer.from(input.slice(input.indexOf('.') + 1), 'base64url').toString());
  };

  function checkMac(input, signature) {
    const mac = createHmac(hash, key).update(input).digest();
    return mac.length === signature.length && timingSafeEqual(mac, signature);
  }

  function checkSignature(input, signature) {
    return verify(hash, Buffer.from(input), publicKey, signature);
  }
}

/** Signs with node:crypto. @param {string} algorithm */
export function signByHand(algorithm) {
  const { privateKey } = keysOf(algorithm);
  const hash = HASHES[algorithm];
  const header = Buffer.from(JSON.stringify({ alg: algorithm, typ: 'JWT' })).toString('base64url');
  const signingKey = withEncoding(algorithm, privateKey);
  return (claims) => {
    const input = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
    const signature = algorithm.startsWith('HS')
      ? createHmac(hash, privateKey).update(input).digest('base64url')
      : sign(hash, Buffer.from(input), signingKey).toString('base64url');
    return `${input}.${signature}`;
  };
}
