// What our types say is what those of jsonwebtoken say, in both directions, so that a program may pass values between code
// that was compiled with the one and code that was compiled with the other.
import type * as theirs from 'jsonwebtoken';
import * as ours from 'portcullis/jsonwebtoken';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

const same: [
  Same<ours.SignOptions, theirs.SignOptions>,
  Same<ours.VerifyOptions, theirs.VerifyOptions>,
  Same<ours.DecodeOptions, theirs.DecodeOptions>,
  Same<ours.Algorithm, theirs.Algorithm>,
  Same<ours.Secret, theirs.Secret>,
  Same<ours.PublicKey, theirs.PublicKey>,
  Same<ours.PrivateKey, theirs.PrivateKey>,
  Same<ours.JwtHeader, theirs.JwtHeader>,
  Same<ours.JwtPayload, theirs.JwtPayload>,
  Same<ours.Jwt, theirs.Jwt>,
  Same<ours.VerifyErrors, theirs.VerifyErrors>,
  Same<ours.VerifyCallback, theirs.VerifyCallback>,
  Same<ours.SignCallback, theirs.SignCallback>,
  Same<ours.SigningKeyCallback, theirs.SigningKeyCallback>,
  Same<ours.GetPublicKeyOrSecret, theirs.GetPublicKeyOrSecret>,
  Same<ours.TokenExpiredError, theirs.TokenExpiredError>,
  Same<ours.NotBeforeError, theirs.NotBeforeError>,
  Same<keyof ours.SignOptions, keyof theirs.SignOptions>,
  Same<keyof ours.VerifyOptions, keyof theirs.VerifyOptions>,
  Same<typeof ours.sign, typeof theirs.sign>,
  Same<typeof ours.verify, typeof theirs.verify>,
  Same<typeof ours.decode, typeof theirs.decode>,
] = [
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
];

const replaced: Omit<typeof theirs, 'default'> = ours;

const { promises } = ours;
const token: Promise<string> = promises.sign({ sub: 'ada' }, 'a secret', { expiresIn: '1h' });
const claims: Promise<ours.JwtPayload | string> = promises.verify('a.b.c', 'a secret');
const parts: Promise<ours.Jwt> = promises.verify('a.b.c', async (header) => `${header.kid}`, { complete: true });
promises.verify('a.b.c', (_header, done) => done(null, 'a secret'));

// @ts-expect-error A promise has no callback.
promises.verify('a.b.c', 'a secret', {}, () => undefined);
// @ts-expect-error Nothing is verified in a later tick, so decode has no such form.
promises.decode('a.b.c');
// @ts-expect-error A token is text once the promise is kept.
token.length;

export { claims, parts, replaced, same };
