import { createSigner as fastSigner, createVerifier as fastVerifier } from 'fast-jwt';
import jsonwebtoken from 'jsonwebtoken';
import { createSigner, createVerifier } from 'portcullis';

const SECRET = 'a secret for benchmarks with 64 bytes, as many as HS512 asks for';
const POLICY = { issuer: 'https://api.example.com', audience: 'web' };
/** A small token: with iat and exp, four claims. */
const FEW_CLAIMS = { sub: 'user-1', role: 'editor' };
/** With iat, exp, iss, aud and jti, eight. */
const CLAIMS = { sub: 'user-1', roles: ['user', 'editor'], email: 'someone@example.com' };
const FRESH_TOKENS = 4096;

/** Hands out another string each time, as requests do. */
function fresh(tokens) {
  let at = 0;
  return () => tokens[at++ % tokens.length];
}

/** @param {string} algorithm @param {object} claims @param {{ issuer?: string, audience?: string }} policy */
function verify(algorithm, claims, policy) {
  const signer = createSigner({ key: SECRET, algorithm, expiresInSeconds: 86_400, ...policy });
  const tokens = Array.from({ length: FRESH_TOKENS }, (_, number) =>
    signer.sign({ ...claims, jti: policy.issuer && `id-${number}`, sub: `user-${number}` }),
  );
  const ours = createVerifier({ key: SECRET, algorithms: [algorithm], ...policy });
  const allowed = policy.issuer && { allowedIss: policy.issuer, allowedAud: policy.audience };
  const fast = fastVerifier({ key: SECRET, algorithms: [algorithm], ...allowed });
  const [a, b, c] = [fresh(tokens), fresh(tokens), fresh(tokens)];
  return {
    portcullis: () => ours.verify(a()),
    'fast-jwt (no cache)': () => fast(b()),
    'jsonwebtoken (secret string)': () => jsonwebtoken.verify(c(), SECRET, { algorithms: [algorithm], ...policy }),
  };
}

function sign() {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { ...CLAIMS, iat, exp: iat + 900, iss: POLICY.issuer, aud: POLICY.audience };
  const ours = createSigner({ key: SECRET });
  const fast = fastSigner({ key: SECRET, algorithm: 'HS256' });
  return {
    portcullis: () => ours.sign(claims),
    'fast-jwt': () => fast(claims),
    'jsonwebtoken (secret string)': () => jsonwebtoken.sign(claims, SECRET),
  };
}

/** Tokens differ in the order of members; what they say must not. */
const sameClaims = (actual, expected) => {
  const verifier = createVerifier({ key: SECRET });
  const claims = [actual, expected].map((token) => JSON.stringify(Object.entries(verifier.verify(token)).sort()));
  if (claims[0] !== claims[1]) throw new Error(`${claims[0]} is not ${claims[1]}`);
};

const TARGET = '<= 0.25 of fast-jwt, <= 0.01 of jsonwebtoken';

export const cases = () => [
  {
    name: 'verify HS256, four claims, a fresh string each time',
    subjects: verify('HS256', FEW_CLAIMS, {}),
    target: TARGET,
  },
  {
    name: 'verify HS256, eight claims, a fresh string each time',
    subjects: verify('HS256', CLAIMS, POLICY),
    target: TARGET,
  },
  { name: 'verify HS512, eight claims, a fresh string each time', subjects: verify('HS512', CLAIMS, POLICY) },
  { name: 'sign HS256', subjects: sign(), equal: sameClaims },
];
