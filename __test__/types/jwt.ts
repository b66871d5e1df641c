// Tokens as a program in TypeScript sees them.
import { generateKeyPairSync } from 'node:crypto';
import {
  type Auth,
  authenticate,
  authorize,
  type Claims,
  createKeyRing,
  createRevocations,
  createSigner,
  createVerifier,
  decode,
  type RequestHandler,
  type Signer,
  type TokenCookie,
  tokenCookie,
  type Verifier,
} from 'portcullis';

const key = new Uint8Array(32);

const verifier: Verifier = createVerifier({
  key,
  algorithms: ['HS256', 'HS512'],
  issuer: ['https://a.example', 'https://b.example'],
  audience: 'api',
  requiredClaims: ['sub'],
  maxAgeSeconds: 3600,
  clockToleranceSeconds: 5,
  maxTokenBytes: 4096,
  clock: () => Date.now(),
});
const claims: Claims = verifier.verify('a.b.c');
const subject: string | undefined = claims.sub;
const expiry: number | undefined = claims.exp;

// @ts-expect-error A verifier without a key verifies nothing.
createVerifier({ algorithms: ['HS256'] });
// @ts-expect-error A token never chooses that it needs no signature.
createVerifier({ key, algorithms: ['none'] });
// @ts-expect-error An option's name that is misspelt.
createVerifier({ key, algorithm: 'HS256' });
// @ts-expect-error A number carries its unit in its name.
createVerifier({ key, maxAge: '1h' });
// @ts-expect-error A token is text.
verifier.verify(Buffer.from('a.b.c'));
// @ts-expect-error Times are numbers of seconds.
const wrongExpiry: string = claims.exp;

const signer: Signer = createSigner({ key, algorithm: 'HS384', keyId: 'k1', expiresInSeconds: 900, issuer: 'me' });
const token: string = signer.sign({ sub: 'ada', role: 'admin' }, { aud: ['api'] });

// @ts-expect-error A span of time is a number of seconds.
createSigner({ key, expiresInSeconds: '15m' });
// @ts-expect-error Claims are an object.
signer.sign('ada');
// @ts-expect-error `exp` is a number.
signer.sign({ exp: '1h' });

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const ring = createKeyRing({ current: privateKey, previous: [{ key: publicKey, keyId: 'old' }] });
ring.rotate({ key: privateKey, keyId: 'new', algorithm: 'EdDSA' });
const byRing: Verifier = createVerifier({ keys: ring, cache: { maxEntries: 500, copies: true } });
createVerifier({
  keys: [publicKey, { kty: 'OKP', crv: 'Ed25519', x: '...' }],
  algorithms: ['EdDSA', 'ES256'],
  cache: false,
});
createVerifier({
  key: '-----BEGIN PUBLIC KEY-----',
  jwtId: 'x',
  nonce: ['a', /^b$/],
  lenientPadding: true,
  maxHeaderBytes: 100,
});
const later: Promise<Claims> = byRing.verifyAsync(token, { nonce: 'n', jwtId: 'j', subject: 's' });
const many: Promise<string[]> = byRing
  .verifyMany([token])
  .then((results) => results.map((result) => (result.ok ? (result.claims.sub ?? '') : result.error.code)));
const payload: Buffer = byRing.verifyJws(token).payload;
createSigner({ key: 'pem', passphrase: 'p', algorithm: 'PS512' }).signAsync({ sub: 'x' });
createSigner({ keys: ring });
const published: RequestHandler = ring.handler({ maxAgeSeconds: 60 });

const remote: Verifier = createVerifier({
  jwks: { url: 'https://id.example/keys', cooldownMs: 10_000 },
  issuer: 'https://id.example',
  revocations: createRevocations(),
});
createVerifier({ jwks: [{ issuer: 'https://id.example', url: new URL('https://id.example/keys') }] });
remote.on('rotate', ({ added, removed }) => added.concat(removed)).on('refresh-failed', ({ error }) => error.reason);
remote.ready().then(() => remote.close());
const isRemote: boolean = remote.isRemote;

// @ts-expect-error Several issuers are named.
createVerifier({ jwks: [{ url: 'https://id.example/keys' }] });
// @ts-expect-error One key or several, not both.
createVerifier({ key, keys: [key] });
// @ts-expect-error Secp256k1 is not offered.
createVerifier({ key, algorithms: ['ES256K'] });

const header: Record<string, any> = decode(token).header;
// @ts-expect-error What is read without verification has no claims to trust.
decode(token).claims;

const handlers: RequestHandler[] = [
  authenticate({ verifier }),
  authenticate({ key, algorithms: ['HS256'], optional: true }),
  authenticate({ verifier, getToken: (req) => req.cookies.token }),
  authenticate({ verifier, cookie: true, realm: 'api' }),
  authenticate({
    keys: ring,
    cookie: { name: '__Host-id', trustedOrigins: ['https://a.example', /^https:\/\/b\.example$/] },
    authorize: { scopes: ['comments:write'], check: (held) => held.sub !== undefined },
  }),
  authenticate({ key, cookie: { name: 'id', dangerouslyAllowUnprefixedName: true, dangerouslyAllowCrossSite: true } }),
  authorize({ scopes: ['comments:write'], roles: ['admin'], realm: 'api' }),
  authorize({ check: (held, req) => held.sub === req.params.id }),
];
const auth: Auth = { token, claims };

// @ts-expect-error Neither a verifier nor a key.
authenticate({ optional: true });
// @ts-expect-error A verifier has its keys.
authenticate({ verifier, key });
// @ts-expect-error One way to find the token.
authenticate({ verifier, cookie: true, getToken: () => 'x' });
// @ts-expect-error One realm, where the challenge is written.
authenticate({ verifier, authorize: { roles: ['admin'], realm: 'api' } });
// @ts-expect-error A cookie has a name.
authenticate({ verifier, cookie: '__Host-token' });

interface AccessClaims {
  sub: string;
  roles: string[];
}
const typed: Verifier<AccessClaims> = createVerifier<AccessClaims>({ key });
const roles: string[] = typed.verify('a.b.c').roles;
const held: Auth<AccessClaims> = { token, claims: typed.verify('a.b.c') };
authenticate({ verifier: typed, authorize: { check: ({ roles }) => roles.includes('admin') } });
authenticate<AccessClaims>({ key, authorize: { check: ({ sub }) => sub.startsWith('admin-') } });
authorize<AccessClaims>({ check: ({ roles }) => roles.length > 0 });
// @ts-expect-error The claims of this app have no such member.
typed.verify('a.b.c').role;

const session: TokenCookie = tokenCookie({ name: '__Host-id', maxAgeSeconds: 900, sameSite: 'Lax' });
session.set({}, token);
session.clear({});
// @ts-expect-error A token's cookie is not for other sites.
tokenCookie({ sameSite: 'None' });
// @ts-expect-error No host but this one gets it.
tokenCookie({ domain: 'example.com' });

// @ts-expect-error A list, even of one.
authorize({ roles: 'admin' });
// @ts-expect-error A promise is not an answer: it would always be truthy.
authorize({ check: async () => true });

export { auth, held, isRemote, later, many, payload, published, roles, expiry, handlers, header, subject, wrongExpiry };
