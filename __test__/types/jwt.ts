// Tokens as a program in TypeScript sees them.
import {
  type Auth,
  authenticate,
  authorize,
  type Claims,
  createSigner,
  createVerifier,
  decode,
  type RequestHandler,
  type Signer,
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

const header: Record<string, any> = decode(token).header;
// @ts-expect-error What is read without verification has no claims to trust.
decode(token).claims;

const handlers: RequestHandler[] = [
  authenticate({ verifier }),
  authenticate({ key, algorithms: ['HS256'], optional: true }),
  authenticate({ verifier, getToken: (req) => req.cookies.token }),
  authorize({ scopes: ['comments:write'], roles: ['admin'] }),
  authorize({ check: (held, req) => held.sub === req.params.id }),
];
const auth: Auth = { token, claims };

// @ts-expect-error Neither a verifier nor a key.
authenticate({ optional: true });
// @ts-expect-error A list, even of one.
authorize({ roles: 'admin' });
// @ts-expect-error A promise is not an answer: it would always be truthy.
authorize({ check: async () => true });

export { auth, expiry, handlers, header, subject, wrongExpiry };
