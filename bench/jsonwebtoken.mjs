import { generateKeyPairSync } from 'node:crypto';
import { createSigner as fastSigner, createVerifier as fastVerifier } from 'fast-jwt';
import jsonwebtoken from 'jsonwebtoken';
import portcullis from 'portcullis/jsonwebtoken';

const SECRET = 'a secret for benchmarks with 64 bytes, as many as HS512 asks for';
const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const IAT = Math.floor(Date.now() / 1000);
const CLAIMS = { sub: 'user-1', role: 'editor', iat: IAT, exp: IAT + 86_400 };
const FRESH_TOKENS = 1024;

/** Hands out another string each time, as requests do. */
function fresh(tokens) {
  let at = 0;
  return () => tokens[at++ % tokens.length];
}

/** Each package as an app calls it: the key as text, the options written in the call. */
function verify(algorithm, signKey, verifyKey) {
  const signer = fastSigner({ key: signKey, algorithm });
  const tokens = Array.from({ length: FRESH_TOKENS }, (_, number) => signer({ ...CLAIMS, sub: `user-${number}` }));
  const fast = fastVerifier({ key: verifyKey, algorithms: [algorithm] });
  const [a, b, c] = [fresh(tokens), fresh(tokens), fresh(tokens)];
  return {
    'portcullis/jsonwebtoken': () => portcullis.verify(a(), verifyKey, { algorithms: [algorithm] }),
    jsonwebtoken: () => jsonwebtoken.verify(b(), verifyKey, { algorithms: [algorithm] }),
    'fast-jwt (no cache)': () => fast(c()),
  };
}

function sign(algorithm, key) {
  const fast = fastSigner({ key, algorithm });
  return {
    'portcullis/jsonwebtoken': () => portcullis.sign(CLAIMS, key, { algorithm }),
    jsonwebtoken: () => jsonwebtoken.sign(CLAIMS, key, { algorithm }),
    'fast-jwt': () => fast(CLAIMS),
  };
}

export const cases = () => [
  {
    name: 'verify HS256, secret as text, a fresh string each time',
    subjects: verify('HS256', SECRET, SECRET),
    target: '<= 0.0167 of jsonwebtoken',
  },
  { name: 'verify RS256, PEM as text, a fresh string each time', subjects: verify('RS256', privateKey, publicKey) },
  { name: 'sign HS256, secret as text', subjects: sign('HS256', SECRET) },
  { name: 'sign RS256, PEM as text', subjects: sign('RS256', privateKey) },
];
