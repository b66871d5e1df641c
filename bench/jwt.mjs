import { generateKeyPairSync } from 'node:crypto';
import { createSigner as fastSigner, createVerifier as fastVerifier } from 'fast-jwt';
import jsonwebtoken from 'jsonwebtoken';
import { createRevocations, createSigner, createVerifier } from 'portcullis';

const SECRET = 'a secret for benchmarks with 64 bytes, as many as HS512 asks for';
const POLICY = { issuer: 'https://api.example.com', audience: 'web' };
/** A small token: with iat and exp, four claims. */
const FEW_CLAIMS = { sub: 'user-1', role: 'editor' };
/** With iat, exp, iss, aud and jti, eight. */
const CLAIMS = { sub: 'user-1', roles: ['user', 'editor'], email: 'someone@example.com' };
const FRESH_TOKENS = 4096;
const CACHED_TOKENS = 400;
const CACHE_ENTRIES = 1000;
const REVOKED = 1_000_000;

const PAIRS = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
};

/** @param {string} algorithm */
function keysOf(algorithm) {
  const pair = PAIRS[algorithm];
  if (pair === undefined) return { signing: SECRET, verifying: SECRET, pem: SECRET, privatePem: SECRET };
  const pem = pair.publicKey.export({ type: 'spki', format: 'pem' });
  const privatePem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' });
  return { signing: pair.privateKey, verifying: pair.publicKey, pem, privatePem };
}

/** Hands out a string that was never seen before, as requests do: cut from a header each time. */
function fresh(tokens) {
  const headers = tokens.map((token) => Buffer.from(`Bearer ${token}`).toString('latin1'));
  let at = 0;
  return () => headers[at++ % headers.length].slice(7);
}

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
  const { verifying, pem } = keysOf(algorithm);
  const tokens = signMany(PAIRS[algorithm] ? 64 : FRESH_TOKENS, algorithm, claims, policy);
  const ours = createVerifier({ key: verifying, algorithms: [algorithm], cache: false, ...policy });
  const fast = fastVerifier({ key: pem, algorithms: [algorithm], ...fastPolicy(policy) });
  const [a, b, c] = [fresh(tokens), fresh(tokens), fresh(tokens)];
  const subjects = { 'portcullis (no cache)': () => ours.verify(a()), 'fast-jwt (no cache)': () => fast(b()) };
  if (algorithm === 'EdDSA') return subjects;
  const name = PAIRS[algorithm] ? 'jsonwebtoken (PEM)' : 'jsonwebtoken (secret string)';
  const options = { algorithms: [algorithm], ...policy };
  return { ...subjects, [name]: () => jsonwebtoken.verify(c(), pem, options) };
}

/** @param {string} algorithm */
function cached(algorithm) {
  const { verifying, pem } = keysOf(algorithm);
  const tokens = signMany(CACHED_TOKENS, algorithm, CLAIMS, POLICY);
  const make = (options) => createVerifier({ key: verifying, algorithms: [algorithm], ...POLICY, ...options });
  const [ours, copies] = [make(), make({ cache: { copies: true } })];
  const fast = fastVerifier({ key: pem, algorithms: [algorithm], cache: CACHE_ENTRIES, ...fastPolicy(POLICY) });
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

/** Ours looks up what a JavaScript set would hold. */
function revocations() {
  const table = createRevocations({ name: 'bench', maxEntries: 2 * REVOKED });
  const set = new Set();
  for (let number = 0; number < REVOKED; number++) {
    table.revokeId(`revoked-${number}`);
    set.add(`revoked-${number}`);
  }
  const claims = Array.from({ length: FRESH_TOKENS }, (_, number) => ({ jti: `living-${number}`, iat: 1_793_000_000 }));
  let [at, other] = [0, 0];
  return {
    'portcullis (isRevoked)': () => table.isRevoked(claims[at++ % FRESH_TOKENS]),
    'a Set of strings': () => set.has(claims[other++ % FRESH_TOKENS].jti),
  };
}

/** @param {string} algorithm */
function sign(algorithm) {
  const { signing, privatePem } = keysOf(algorithm);
  const iat = Math.floor(Date.now() / 1000);
  const claims = { ...CLAIMS, iat, exp: iat + 900, iss: POLICY.issuer, aud: POLICY.audience };
  const ours = createSigner({ key: signing, algorithm });
  const fast = fastSigner({ key: privatePem, algorithm });
  const subjects = { portcullis: () => ours.sign(claims), 'fast-jwt': () => fast(claims) };
  if (algorithm !== 'HS256') return subjects;
  return { ...subjects, 'jsonwebtoken (secret string)': () => jsonwebtoken.sign(claims, SECRET) };
}

/** Tokens differ in the order of members; what they say must not. @param {string} algorithm */
const sameClaims = (algorithm) => (actual, expected) => {
  const verifier = createVerifier({ key: keysOf(algorithm).verifying, algorithms: [algorithm] });
  const claims = [actual, expected].map((token) => JSON.stringify(Object.entries(verifier.verify(token)).sort()));
  if (claims[0] !== claims[1]) throw new Error(`${claims[0]} is not ${claims[1]}`);
};

const TARGET = '<= 0.25 of fast-jwt, <= 0.01 of jsonwebtoken';
const TARGETS = { RS256: 0.75, ES256: 0.8, EdDSA: 0.45 };

export const cases = () => [
  { name: 'verify HS256, four claims', subjects: verify('HS256', FEW_CLAIMS, {}), target: TARGET },
  { name: 'verify HS256, eight claims', subjects: verify('HS256', CLAIMS, POLICY), target: TARGET },
  { name: 'verify HS512, eight claims', subjects: verify('HS512', CLAIMS, POLICY) },
  ...Object.entries(TARGETS).map(([algorithm, target]) => ({
    name: `verify ${algorithm}, eight claims`,
    subjects: verify(algorithm, CLAIMS, POLICY),
    target: `<= ${target} of fast-jwt`,
  })),
  { name: 'verify HS256 from the cache', subjects: cached('HS256'), target: '<= 0.333 of fast-jwt' },
  { name: 'verify RS256 from the cache', subjects: cached('RS256'), target: '<= 0.333 of fast-jwt' },
  { name: 'verify HS256 under a flood of valid tokens', subjects: flood(), target: '<= 2' },
  { name: 'look up a jti among 1,000,000 revoked', subjects: revocations(), target: '<= 100 ns in core' },
  { name: 'sign HS256', subjects: sign('HS256'), equal: sameClaims('HS256'), target: '<= 0.333 of fast-jwt' },
  ...Object.keys(PAIRS).map((algorithm) => ({
    name: `sign ${algorithm}`,
    subjects: sign(algorithm),
    equal: sameClaims(algorithm),
  })),
];
