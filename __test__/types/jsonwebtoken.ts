// The drop-in as a program that was written for jsonwebtoken sees it. A test compiles this file once more with the types of
// that package in place of ours.
import { createPrivateKey, createPublicKey, createSecretKey } from 'node:crypto';
import jwt from 'portcullis/jsonwebtoken';
import * as whole from 'portcullis/jsonwebtoken';
import {
  type Algorithm,
  type DecodeOptions,
  decode,
  type GetPublicKeyOrSecret,
  JsonWebTokenError,
  type Jwt,
  type JwtHeader,
  type JwtPayload,
  NotBeforeError,
  type PrivateKey,
  type PublicKey,
  type Secret,
  type SignCallback,
  type SigningKeyCallback,
  type SignOptions,
  sign,
  TokenExpiredError,
  type VerifyCallback,
  type VerifyErrors,
  type VerifyOptions,
  verify,
} from 'portcullis/jsonwebtoken';

const secret: Secret = 'a secret';
const secrets: Secret[] = [Buffer.from(secret), createSecretKey(Buffer.alloc(32)), { key: 'pem', passphrase: 'x' }];
const privateKey: PrivateKey = 'pem';
const privateKeys = [createPrivateKey('pem')];
const publicKey: PublicKey = createPublicKey('pem');
const algorithm: Algorithm = 'PS256';

const options: SignOptions = {
  algorithm,
  keyid: 'k1',
  expiresIn: '2 days',
  notBefore: 60,
  audience: ['a', 'b'],
  subject: 'ada',
  issuer: 'me',
  jwtid: 'j1',
  mutatePayload: true,
  noTimestamp: false,
  header: { alg: 'PS256', typ: 'at+jwt', kid: 'k1', 'x5t#S256': 'x' },
  encoding: 'utf8',
  allowInsecureKeySizes: false,
  allowInvalidAsymmetricKeyTypes: false,
};
for (const expiresIn of ['1h', '1 H', '10 Minutes', '5', '1.5 hrs', '2Y', 60] as const) sign({}, secret, { expiresIn });
const token: string = sign({ sub: 'ada' }, secret);
const other: string = jwt.sign('text', privateKey, options);
const third: string = whole.sign(Buffer.from('bytes'), { key: 'pem', passphrase: 'x' }, { algorithm: 'RS256' });
const unsigned: string = sign({}, null, { algorithm: 'none' });
const onSign: SignCallback = (error: Error | null, encoded?: string) => [error, encoded];
sign({}, secret, onSign);
sign({}, secret, {}, (error, encoded) => [error?.message, encoded?.length]);
sign({}, null, { algorithm: 'none' }, onSign);

// @ts-expect-error A span of an unknown unit.
sign({}, secret, { expiresIn: '1 fortnight' });
// @ts-expect-error An algorithm that is none of these.
sign({}, secret, { algorithm: 'EdDSA' });
// @ts-expect-error An option's name that is misspelt.
sign({}, secret, { expireIn: '1h' });
// @ts-expect-error A key is needed.
sign({});

const checks: VerifyOptions = {
  algorithms: ['HS256', algorithm],
  audience: ['a', /^b$/],
  clockTimestamp: 1,
  clockTolerance: 5,
  issuer: ['me', 'you'],
  ignoreExpiration: false,
  ignoreNotBefore: false,
  jwtid: 'j1',
  nonce: 'n1',
  subject: 'ada',
  maxAge: '1h',
  allowInvalidAsymmetricKeyTypes: false,
};
const claims: string | JwtPayload = verify(token, secret);
const maybe: string | Jwt | JwtPayload = jwt.verify(other, publicKey, checks);
const parts: Jwt = whole.verify(third, secret, { complete: true });
const header: JwtHeader = parts.header;
const signature: string = parts.signature;
const claimed = typeof claims === 'string' ? {} : claims;
const expiry: number | undefined = claimed.exp;
const audience: string | string[] | undefined = claimed.aud;
const role: any = claimed.role;
interface Session extends JwtPayload {
  userId: string;
}
const session = verify(token, secret) as Session;
const userId: string = session.userId;

const onVerify: VerifyCallback = (error: VerifyErrors | null, decoded) => [error, decoded];
const find: GetPublicKeyOrSecret = (wanted: JwtHeader, done: SigningKeyCallback) => done(null, wanted.kid);
verify(token, secret, onVerify);
verify(token, find, (error, decoded) => [error?.name, typeof decoded === 'string' ? decoded : decoded?.sub]);
verify(token, find, { complete: true }, (_error, decoded) => decoded?.header.kid);
verify(token, find, checks, onVerify);

// @ts-expect-error A token is text.
verify(Buffer.from(token), secret);
// @ts-expect-error Algorithms are a list.
verify(token, secret, { algorithms: 'HS256' });
// @ts-expect-error Claims have no method.
verify(token, secret).map();

const decodeOptions: DecodeOptions = { complete: true, json: true };
const read: string | JwtPayload | null = decode(token);
const all: Jwt | null = decode(token, { complete: true });
const json: JwtPayload | null = jwt.decode(token, { json: true });
decode(token, decodeOptions);

try {
  verify(token, secret);
} catch (error) {
  if (error instanceof TokenExpiredError) error.expiredAt.getTime();
  if (error instanceof NotBeforeError) error.date.getTime();
  if (error instanceof jwt.JsonWebTokenError) error.inner?.message.trim();
}
const errors: JsonWebTokenError[] = [
  new JsonWebTokenError('x', new Error('y')),
  new TokenExpiredError('x', new Date()),
  new NotBeforeError('x', new Date()),
];

export {
  all,
  audience,
  claims,
  errors,
  expiry,
  header,
  json,
  maybe,
  privateKeys,
  read,
  role,
  secrets,
  signature,
  unsigned,
  userId,
};
