// Writes jwt.json: tokens made by hand with node:crypto, so that no signer of any package decides what can be tried.
// Run it after a change: node __test__/vectors/jwt.make.mjs
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const SECRET = 'a secret for tests, 64 bytes long, as many as HS512 asks for....';
const NOW = 1_800_000_000;
const POLICY = { issuer: 'https://issuer.example', audience: 'api' };
const CLAIMS = { iss: POLICY.issuer, aud: POLICY.audience, sub: 'user-1', iat: NOW - 60, exp: NOW + 60 };
const HASHES = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };

const b64 = (value) => Buffer.from(value).toString('base64url');
const text = (value) => (typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value));

function sign(header, payload, { secret = SECRET, hash = 'sha256' } = {}) {
  return seal(`${b64(text(header))}.${b64(text(payload))}`, { secret, hash });
}

/** Signs the first two parts as they are spelt. */
function seal(message, { secret = SECRET, hash = 'sha256' } = {}) {
  return `${message}.${createHmac(hash, secret).update(message).digest('base64url')}`;
}

const H = { alg: 'HS256', typ: 'JWT' };
const good = sign(H, CLAIMS);
const [head, body, tail] = good.split('.');
const withClaims = (changes) => sign(H, { ...CLAIMS, ...changes });
const without = (name) => sign(H, Object.fromEntries(Object.entries(CLAIMS).filter(([key]) => key !== name)));
const withHeader = (changes) => sign({ ...H, ...changes }, CLAIMS);
const rawHeader = (json) => sign(json, CLAIMS);
const rawPayload = (json) => sign(H, json);
const members = JSON.stringify(CLAIMS).slice(1, -1);
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
const lastBits = (part) => part.slice(0, -1) + String.fromCharCode(part.charCodeAt(part.length - 1) + 1);

const accepted = {
  'a token with every configured claim': good,
  'a header with other members in another order': sign({ kid: 'k1', typ: 'JWT', alg: 'HS256', x: { y: [1] } }, CLAIMS),
  'a header without typ': sign({ alg: 'HS256' }, CLAIMS),
  'a header whose keys are offered and never used': withHeader({ jwk: { kty: 'oct', k: 'AAAA' }, jku: 'https://evil.example/keys', x5c: ['AAAA'], x5u: 'https://evil.example' }),
  'an audience list that holds ours': withClaims({ aud: ['other', 'api'] }),
  'an exp with a fraction': withClaims({ exp: NOW + 0.5 }),
  'an exp beyond 32 bits': withClaims({ exp: 9_007_199_254_740_991 }),
  'an nbf of just now': withClaims({ nbf: NOW }),
  'text beyond ASCII in a claim': withClaims({ name: 'Zoë 😀 ü' }),
  'escapes in a claim name': rawPayload(`{${members.replace('"iss"', '"\\u0069ss"')}}`),
  'white space in the payload': rawPayload(` { ${members.replaceAll(',', ' ,\n ')} }\t`),
  'a member called __proto__, which JSON.parse keeps as an own property': rawPayload(`{${members},"__proto__":{"admin":true}}`),
};

const rejected = {
  ERR_JWT_MALFORMED: {
    'an empty text': '',
    'one part': head,
    'two parts': `${head}.${body}`,
    'four parts': `${good}.${tail}`,
    'five parts, as of an encrypted token': `${head}.${body}.${tail}.${body}.${tail}`,
    'dots alone': '..',
    'a header of nothing': `.${body}.${tail}`,
    'a header that is no base64url': `e$J9.${body}.${tail}`,
    'a header of length 4n+1': `${head}A.${body}.${tail}`.replace(head, `${head.slice(0, 24)}A`),
    'a header that is no JSON': rawHeader('alg=HS256'),
    'a header that is an array': rawHeader('["HS256"]'),
    'a header that is null': rawHeader('null'),
    'a header with bytes after it': rawHeader('{"alg":"HS256"} {}'),
    'a header with a byte order mark': rawHeader('\uFEFF{"alg":"HS256"}'),
    'a header with alg twice': rawHeader('{"alg":"none","alg":"HS256"}'),
    'a header with alg twice, once escaped': rawHeader('{"\\u0061lg":"none","alg":"HS256"}'),
    'a header whose alg is a list': withHeader({ alg: ['HS256'] }),
    'a header whose alg is an object': withHeader({ alg: { name: 'HS256' } }),
    'a header whose alg is a number': withHeader({ alg: 256 }),
    'a header whose alg is null': withHeader({ alg: null }),
    'a header whose typ is a number': withHeader({ typ: 5 }),
    'a header whose kid is a number': withHeader({ kid: 5 }),
    'a header whose kid is an object': withHeader({ kid: {} }),
    'a signature with padding': `${good}=`,
    'a signature in another alphabet': `${head}.${body}.${'+'.repeat(tail.length)}`,
    'a signature with loose bits at its end': `${head}.${body}.${lastBits(tail)}`,
    'a space behind the token': `${good} `,
    'a space before the token': ` ${good}`,
    'a line end inside a signed payload': seal(`${head}.\n${body}`),
    'padding behind a signed payload': seal(`${head}.${body}=`),
    'a signed payload in the other alphabet': seal(`${head}.${b64('{"a":"???>>>"}').replaceAll('_', '/').replaceAll('-', '+')}`),
    'a signed payload of length 4n+1': seal(`${head}.${body.slice(0, body.length - (body.length % 4))}A`),
    'a signed payload with loose bits at its end': seal(`${head}.${b64('{"a":11}')}`.replace(/.$/, '1')),
    'a NUL behind the token': `${good}\u0000`,
    'a payload that is no JSON': rawPayload('hello'),
    'a payload that is an array': rawPayload('[1]'),
    'a payload that is a string': rawPayload('"admin"'),
    'a payload of nothing': rawPayload(''),
    'a payload with a claim twice': rawPayload(`{"sub":"admin",${members}}`),
    'a payload with a claim twice, once escaped': rawPayload(`{"\\u0073ub":"admin",${members}}`),
    'a payload with a member twice below the top': rawPayload(`{${members},"a":[{"b":1,"b":2}]}`),
    'a payload with invalid UTF-8': rawPayload(Buffer.concat([Buffer.from(`{${members},"a":"`), Buffer.from([0xff]), Buffer.from('"}')])),
    'a payload with a byte order mark': rawPayload(`\uFEFF{${members}}`),
    'a payload with half a surrogate pair': rawPayload(`{${members},"a":"\\ud800"}`),
    'a payload with a number beyond a double': rawPayload(`{${members},"a":1e999}`),
    'a payload 1,000 levels deep': rawPayload(`{${members},"a":${'['.repeat(1000)}${']'.repeat(1000)}}`),
    'a payload with bytes after it': rawPayload(`{${members}}x`),
  },
  ERR_JWT_TOO_LARGE: {
    'a token of 8,193 bytes': `${good}${'A'.repeat(8193 - good.length)}`,
    '10,000 dots': '.'.repeat(10_000),
  },
  ERR_JWT_ALGORITHM: {
    'alg none': `${b64('{"alg":"none"}')}.${body}.`,
    'alg None': `${b64('{"alg":"None"}')}.${body}.`,
    'alg NONE with a signature': withHeader({ alg: 'NONE' }),
    'alg nOnE': `${b64('{"alg":"nOnE"}')}.${body}.`,
    'alg in lower case': withHeader({ alg: 'hs256' }),
    'alg with a space': withHeader({ alg: 'HS256 ' }),
    'alg with a NUL': withHeader({ alg: 'HS256\u0000' }),
    'alg of nothing': withHeader({ alg: '' }),
    'no alg': sign({ typ: 'JWT' }, CLAIMS),
    'an algorithm of the family that is not allowed': sign({ alg: 'HS512', typ: 'JWT' }, CLAIMS, { hash: HASHES.HS512 }),
    'RS256, for which there is no key': withHeader({ alg: 'RS256' }),
    'a member called __proto__ as alg': withHeader({ alg: '__proto__' }),
  },
  ERR_JWT_CRITICAL: {
    'an unknown critical extension': withHeader({ crit: ['exp2'], exp2: 1 }),
    'an empty list of critical extensions': withHeader({ crit: [] }),
    'critical extensions that are null': withHeader({ crit: null }),
    'critical extensions that are a string': withHeader({ crit: 'exp' }),
    'a critical extension of a registered name': withHeader({ crit: ['alg'] }),
    'an unencoded payload': withHeader({ b64: false, crit: ['b64'] }),
  },
  ERR_JWT_SIGNATURE: {
    'an empty signature': `${head}.${body}.`,
    'a signature cut short': `${head}.${body}.${b64(Buffer.from(tail, 'base64url').subarray(0, 31))}`,
    'a signature with a byte more': `${head}.${body}.${b64(Buffer.concat([Buffer.from(tail, 'base64url'), Buffer.from([0])]))}`,
    'a signature with one bit turned': `${head}.${body}.${b64(Buffer.from(tail, 'base64url').map((byte, at) => (at === 0 ? byte ^ 1 : byte)))}`,
    'a payload of another token': `${head}.${withClaims({ sub: 'admin' }).split('.')[1]}.${tail}`,
    'a header of another token': `${withHeader({ kid: 'x' }).split('.')[0]}.${body}.${tail}`,
    'another secret': sign(H, CLAIMS, { secret: `${SECRET}x` }),
    'no secret': sign(H, CLAIMS, { secret: '' }),
    'a public key as the secret': sign(H, CLAIMS, { secret: rsa.export({ type: 'spki', format: 'pem' }) }),
    'a signature of another hash': sign(H, CLAIMS, { hash: HASHES.HS512 }),
  },
  ERR_JWT_EXPIRED: {
    'an exp of just now': withClaims({ exp: NOW }),
    'an exp long past': withClaims({ exp: 0 }),
    'a negative exp': withClaims({ exp: -1 }),
    'an expired token for another audience': withClaims({ exp: 1, aud: 'other' }),
  },
  ERR_JWT_NOT_YET_VALID: { 'an nbf to come': withClaims({ nbf: NOW + 1 }) },
  ERR_JWT_CLAIM_TYPE: {
    'an exp that is a string': withClaims({ exp: String(NOW + 60) }),
    'an exp that is null': withClaims({ exp: null }),
    'an exp that is a list': withClaims({ exp: [NOW + 60] }),
    'an exp that is true': withClaims({ exp: true }),
    'an nbf that is a string': withClaims({ nbf: '0' }),
    'an iat that is an object': withClaims({ iat: {} }),
    'an iss that is a list that holds ours': withClaims({ iss: [POLICY.issuer] }),
    'an iss that is a number': withClaims({ iss: 5 }),
    'an iss that is null': withClaims({ iss: null }),
    'an aud that is a number': withClaims({ aud: 5 }),
    'an aud that is an object': withClaims({ aud: { api: true } }),
    'an aud that is an empty list': withClaims({ aud: [] }),
    'an aud that is a nested list': withClaims({ aud: [['api']] }),
    'an aud list that holds ours and a number': withClaims({ aud: ['api', 1] }),
  },
  ERR_JWT_CLAIM_MISSING: { 'no iss': without('iss'), 'no aud': without('aud') },
  ERR_JWT_ISSUER: { 'another issuer': withClaims({ iss: 'https://evil.example' }), 'an issuer that begins like ours': withClaims({ iss: `${POLICY.issuer}.evil` }), 'an empty issuer': withClaims({ iss: '' }) },
  ERR_JWT_AUDIENCE: { 'another audience': withClaims({ aud: 'other' }), 'audiences without ours': withClaims({ aud: ['a', 'b'] }), 'an audience that holds ours inside': withClaims({ aud: 'api2' }) },
};

const vectors = {
  secret: SECRET,
  now: NOW,
  policy: POLICY,
  accepted: Object.entries(accepted).map(([name, token]) => ({ name, token })),
  rejected: Object.entries(rejected).flatMap(([code, tokens]) => Object.entries(tokens).map(([name, token]) => ({ name, code, token }))),
};
writeFileSync(new URL('jwt.json', import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`);
