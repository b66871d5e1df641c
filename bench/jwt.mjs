import { createSigner as fastSigner, createVerifier as fastVerifier } from 'fast-jwt';
import jsonwebtoken from 'jsonwebtoken';
import { createSigner, createVerifier } from 'portcullis';
import { fresh, keysOf, PAIRS, SECRET, signByHand, verifyByHand } from './support/tokens.mjs';

const POLICY = { issuer: 'https://api.example.com', audience: 'web' };
/** A small token: with iat and exp, four claims. */
const FEW_CLAIMS = { sub: 'user-1', role: 'editor' };
/** With iat, exp, iss, aud and jti, nine. */
const CLAIMS = { sub: 'user-1', roles: ['user', 'editor'], email: 'someone@example.com', scope: 'read write' };
const FRESH_TOKENS = 4096;
const CACHED_TOKENS = 400;
const CACHE_ENTRIES = 1000;

function signMany(count, algorithm, claims, policy) {
  const signer = createSigner({ key: keysOf(algorithm).signing, algorithm, expiresInSeconds: 86_400, ...policy });
  return Array.from({ length: count }, (_, number) =>
    signer.sign({ ...claims, jti: policy.issuer && `id-${number}`, sub: `user-${number}` }),
  );
}

/** @param {{ issuer?: string, audience?: string }} policy */
const fastPolicy = ({ issuer, audience }) => issuer && { allowedIss: issuer, allowedAud: audience };

/** @param {string} algorithm @param {object} claims @param {{ issuer?: string, audience?: string }} policy */
function verify(algorithm, claims, policy) {
  const { verifying, text, key } = keysOf(algorithm);
  const tokens = signMany(PAIRS[algorithm] ? 64 : FRESH_TOKENS, algorithm, claims, policy);
  const ours = createVerifier({ key: verifying, algorithms: [algorithm], cache: false, ...policy });
  const fast = fastVerifier({ key: text, algorithms: [algorithm], ...fastPolicy(policy) });
  const byHand = verifyByHand(algorithm);
  const [a, b, c, d, e] = Array.from({ length: 5 }, () => fresh(tokens));
  const subjects = {
    'portcullis (no cache)': () => ours.verify(a()),
    'fast-jwt (no cache)': () => fast(b()),
    'node:crypto by hand, claims unchecked': () => byHand(c()),
  };
  if (algorithm === 'EdDSA') return subjects;
  if (algorithm === 'HS256') subjects['JSON.parse of the payload alone'] = parseAlone(tokens);
  const options = { algorithms: [algorithm], ...policy };
  return {
    ...subjects,
    [`jsonwebtoken (${textName(algorithm)})`]: () => jsonwebtoken.verify(d(), text, options),
    'jsonwebtoken (KeyObject)': () => jsonwebtoken.verify(e(), key, options),
  };
}

/** No verifier that returns claims can do without it. The bare HMAC is measured in core/benches/jwt.rs. */
function parseAlone(tokens) {
  const payloads = tokens.map((token) => Buffer.from(token.split('.')[1], 'base64url').toString());
  let at = 0;
  return () => JSON.parse(payloads[at++ % payloads.length]);
}

/** @param {string} algorithm */
const textName = (algorithm) => (PAIRS[algorithm] ? 'PEM' : 'secret string');

/** @param {string} algorithm */
function cached(algorithm) {
  const { verifying, text } = keysOf(algorithm);
  const tokens = signMany(CACHED_TOKENS, algorithm, CLAIMS, POLICY);
  const make = (options) => createVerifier({ key: verifying, algorithms: [algorithm], ...POLICY, ...options });
  const [ours, copies] = [make(), make({ cache: { copies: true } })];
  const fast = fastVerifier({ key: text, algorithms: [algorithm], cache: CACHE_ENTRIES, ...fastPolicy(POLICY) });
  const [a, b, c] = [fresh(tokens), fresh(tokens), fresh(tokens)];
  return {
    'portcullis (cache)': () => ours.verify(a()),
    'fast-jwt (cache)': () => fast(b()),
    'portcullis (cache, copies)': () => copies.verify(c()),
  };
}

/** Every token is new, and the cache is full. */
function flood() {
  const tokens = signMany(FRESH_TOKENS, 'HS256', CLAIMS, POLICY);
  const make = (cache) => createVerifier({ key: SECRET, cache, ...POLICY });
  const [full, none] = [make({ maxEntries: CACHE_ENTRIES }), make(false)];
  const [a, b] = [fresh(tokens), fresh(tokens)];
  return {
    'portcullis (cache full, all new)': () => full.verify(a()),
    'portcullis (no cache)': () => none.verify(b()),
  };
}

/** @param {string} algorithm */
function sign(algorithm) {
  const { signing, privateText, privateKey } = keysOf(algorithm);
  const iat = Math.floor(Date.now() / 1000);
  const claims = { ...CLAIMS, iat, exp: iat + 900, iss: POLICY.issuer, aud: POLICY.audience };
  const ours = createSigner({ key: signing, algorithm });
  const fast = fastSigner({ key: privateText, algorithm });
  const byHand = signByHand(algorithm);
  const subjects = {
    portcullis: () => ours.sign(claims),
    'fast-jwt': () => fast(claims),
    'node:crypto by hand': () => byHand(claims),
  };
  if (algorithm === 'EdDSA') return subjects;
  return {
    ...subjects,
    [`jsonwebtoken (${textName(algorithm)})`]: () => jsonwebtoken.sign(claims, privateText, { algorithm }),
    'jsonwebtoken (KeyObject)': () => jsonwebtoken.sign(claims, privateKey, { algorithm }),
  };
}

/** Tokens may differ in the order of members, but not in their content. @param {string} algorithm */
const sameClaims = (algorithm) => (actual, expected) => {
  const verifier = createVerifier({ key: keysOf(algorithm).verifying, algorithms: [algorithm] });
  const claims = [actual, expected].map((token) => JSON.stringify(Object.entries(verifier.verify(token)).sort()));
  if (claims[0] !== claims[1]) throw new Error(`${claims[0]} is not ${claims[1]}`);
};

const TARGET = '<= 0.30 of fast-jwt, <= 1.45 of JSON.parse and the bare HMAC';
const TARGETS = { RS256: 0.75, ES256: 0.8, EdDSA: 0.45 };

export const cases = () => [
  { name: 'verify HS256, four claims', subjects: verify('HS256', FEW_CLAIMS, {}), target: TARGET },
  { name: 'verify HS256, nine claims', subjects: verify('HS256', CLAIMS, POLICY), target: TARGET },
  { name: 'verify HS512, nine claims', subjects: verify('HS512', CLAIMS, POLICY) },
  ...Object.entries(TARGETS).map(([algorithm, target]) => ({
    name: `verify ${algorithm}, nine claims`,
    subjects: verify(algorithm, CLAIMS, POLICY),
    target: `<= ${target} of fast-jwt`,
  })),
  { name: 'verify HS256 from the cache', subjects: cached('HS256'), target: '<= 0.333 of fast-jwt' },
  { name: 'verify RS256 from the cache', subjects: cached('RS256'), target: '<= 0.333 of fast-jwt' },
  { name: 'verify HS256 under a flood of valid tokens', subjects: flood(), target: '<= 2' },
  { name: 'sign HS256', subjects: sign('HS256'), equal: sameClaims('HS256'), target: '<= 0.333 of fast-jwt' },
  ...Object.keys(PAIRS).map((algorithm) => ({
    name: `sign ${algorithm}`,
    subjects: sign(algorithm),
    equal: sameClaims(algorithm),
  })),
];
