// The drop-in beside the package that it replaces. Both are called as an app calls them, with the options in the call.
import { createSigner as fastSigner, createVerifier as fastVerifier } from 'fast-jwt';
import jsonwebtoken from 'jsonwebtoken';
import portcullis from 'portcullis/jsonwebtoken';
import { fresh, keysOf } from './support/tokens.mjs';

const IAT = Math.floor(Date.now() / 1000);
const CLAIMS = { sub: 'user-1', role: 'editor', iat: IAT, exp: IAT + 86_400 };
const FRESH_TOKENS = 1024;

/** fast-jwt takes its key as text, once. @param {string} algorithm @param {any} key */
function verify(algorithm, key) {
  const { text, privateText } = keysOf(algorithm);
  const signer = fastSigner({ key: privateText, algorithm });
  const tokens = Array.from({ length: FRESH_TOKENS }, (_, number) => signer({ ...CLAIMS, sub: `user-${number}` }));
  const fast = fastVerifier({ key: text, algorithms: [algorithm] });
  const [a, b, c] = [fresh(tokens), fresh(tokens), fresh(tokens)];
  return {
    'portcullis/jsonwebtoken': () => portcullis.verify(a(), key, { algorithms: [algorithm] }),
    jsonwebtoken: () => jsonwebtoken.verify(b(), key, { algorithms: [algorithm] }),
    'fast-jwt (no cache)': () => fast(c()),
  };
}

/** @param {string} algorithm @param {any} key */
function sign(algorithm, key) {
  const fast = fastSigner({ key: keysOf(algorithm).privateText, algorithm });
  return {
    'portcullis/jsonwebtoken': () => portcullis.sign(CLAIMS, key, { algorithm }),
    jsonwebtoken: () => jsonwebtoken.sign(CLAIMS, key, { algorithm }),
    'fast-jwt': () => fast(CLAIMS),
  };
}

export const cases = () => {
  const [secret, rsa] = ['HS256', 'RS256'].map(keysOf);
  return [
    { name: 'verify HS256, secret as text', subjects: verify('HS256', secret.text) },
    { name: 'verify HS256, secret as KeyObject', subjects: verify('HS256', secret.key) },
    { name: 'verify RS256, PEM as text', subjects: verify('RS256', rsa.text) },
    { name: 'verify RS256, key as KeyObject', subjects: verify('RS256', rsa.key) },
    { name: 'sign HS256, secret as text', subjects: sign('HS256', secret.text) },
    { name: 'sign HS256, secret as KeyObject', subjects: sign('HS256', secret.key) },
    { name: 'sign RS256, PEM as text', subjects: sign('RS256', rsa.privateText) },
    { name: 'sign RS256, key as KeyObject', subjects: sign('RS256', rsa.privateKey) },
  ];
};
