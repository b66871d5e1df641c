/**
 * `portcullis/jsonwebtoken`: takes the place of jsonwebtoken 9. The calls, options, results, error classes and messages are
 * those; keys are prepared once and found again, and the signature is checked in native code. Where it is stricter is in
 * https://github.com/portcullis/portcullis/blob/main/docs/jsonwebtoken.md.
 */
/// <reference types="node" />

import type { createPrivateKey, createPublicKey, KeyObject } from 'node:crypto';
import type { JwtAlgorithm } from '../../types/jwt';

// ---------------------------------------------------------------- errors

/** A token was refused, or `verify` was called wrongly. The message says which; `inner` is the cause where there is one. */
export class JsonWebTokenError extends Error {
  inner: Error;
  constructor(message: string, error?: Error);
}

/** The token has expired (`exp`), or is older than `maxAge`. */
export class TokenExpiredError extends JsonWebTokenError {
  /** Since when. */
  expiredAt: Date;
  constructor(message: string, expiredAt: Date);
}

/** The token is not valid yet (`nbf`). */
export class NotBeforeError extends JsonWebTokenError {
  /** From when on it is. */
  date: Date;
  constructor(message: string, date: Date);
}

/** What `verify` reports. A key that does not fit the algorithm is reported as a plain `Error`. */
export type VerifyErrors = JsonWebTokenError | NotBeforeError | TokenExpiredError;

// ---------------------------------------------------------------- keys and algorithms

/** `none` is a token without a signature: it proves nothing of its sender. */
export type Algorithm = Exclude<JwtAlgorithm, 'EdDSA'> | 'none';

/**
 * The secret of an HMAC algorithm, or a key: PEM as text or bytes, a `KeyObject`, or PEM with its passphrase.
 *
 * A secret shorter than the hash (32 bytes for HS256), or an RSA key below 2048 bits, is told of once per key by a process
 * warning with the code `PORTCULLIS_WEAK_KEY`.
 */
export type Secret = string | Buffer | KeyObject | { key: string | Buffer; passphrase: string };

/** What `crypto.createPublicKey` takes. */
export type PublicKey = Parameters<typeof createPublicKey>[0];

/** What `crypto.createPrivateKey` takes. */
export type PrivateKey = Parameters<typeof createPrivateKey>[0];

/** Hands over the key of one token, or the error that kept it from being found. */
export type SigningKeyCallback = (error: Error | null, signingKey?: Secret | PublicKey) => void;

/** Finds the key of a token by its header, which is not verified yet. */
export type GetPublicKeyOrSecret = (header: JwtHeader, callback: SigningKeyCallback) => void;

// ---------------------------------------------------------------- tokens

/** RFC 7515 section 4.1. */
export interface JwtHeader {
  alg: string | Algorithm;
  typ?: string | undefined;
  cty?: string | undefined;
  crit?: Array<string | Exclude<keyof JwtHeader, 'crit'>> | undefined;
  kid?: string | undefined;
  jku?: string | undefined;
  x5u?: string | string[] | undefined;
  x5c?: string | string[] | undefined;
  x5t?: string | undefined;
  'x5t#S256'?: string | undefined;
}

/** RFC 7519 section 4.1. Times are seconds since 1970-01-01 UTC. */
export interface JwtPayload {
  [claim: string]: any;
  iss?: string | undefined;
  sub?: string | undefined;
  aud?: string | string[] | undefined;
  exp?: number | undefined;
  nbf?: number | undefined;
  iat?: number | undefined;
  jti?: string | undefined;
}

/** A token with its three parts. */
export interface Jwt {
  header: JwtHeader;
  payload: JwtPayload | string;
  signature: string;
}

// ---------------------------------------------------------------- sign

type SpanUnit =
  | 'Ms'
  | 'Msec'
  | 'Msecs'
  | 'Millisecond'
  | 'Milliseconds'
  | 's'
  | 'Sec'
  | 'Secs'
  | 'Second'
  | 'Seconds'
  | 'M'
  | 'Min'
  | 'Mins'
  | 'Minute'
  | 'Minutes'
  | 'H'
  | 'Hr'
  | 'Hrs'
  | 'Hour'
  | 'Hours'
  | 'D'
  | 'Day'
  | 'Days'
  | 'W'
  | 'Week'
  | 'Weeks'
  | 'Y'
  | 'Yr'
  | 'Yrs'
  | 'Year'
  | 'Years';
type SpanUnitAnyCase = SpanUnit | Uppercase<SpanUnit> | Lowercase<SpanUnit>;

/** A span of time such as `'2 days'`, `'10h'` or `'-1.5 min'`; a text without a unit counts milliseconds. */
type Span = `${number}` | `${number}${SpanUnitAnyCase}` | `${number} ${SpanUnitAnyCase}`;

/** A name that is not known here is refused when `sign` is called. */
export interface SignOptions {
  /** Default: `HS256`. */
  algorithm?: Algorithm | undefined;
  /** The header's `kid`. */
  keyid?: string | undefined;
  /** Seconds, or a span, from `iat` to `exp`. Default: the token does not expire. */
  expiresIn?: Span | number;
  /** Seconds, or a span, from `iat` to `nbf`. Default: no `nbf`. */
  notBefore?: Span | number | undefined;
  /** The claim `aud`. */
  audience?: string | string[] | undefined;
  /** The claim `sub`. */
  subject?: string | undefined;
  /** The claim `iss`. */
  issuer?: string | undefined;
  /** The claim `jti`. */
  jwtid?: string | undefined;
  /** Whether the claims are written into the object that was given, too. Default: false. */
  mutatePayload?: boolean | undefined;
  /** Whether the token has no `iat`. Default: false. */
  noTimestamp?: boolean | undefined;
  /** Members of the header; they come after, and in place of, those that `sign` writes. */
  header?: JwtHeader | undefined;
  /** Of a payload that is text, as `Buffer.from` names it. Default: `utf8`. */
  encoding?: string | undefined;
  /** Whether RSA keys of 1024 to 2047 bits may sign. Default: false. */
  allowInsecureKeySizes?: boolean | undefined;
  /** Taken for the sake of old calls; a key of the wrong type is refused all the same. */
  allowInvalidAsymmetricKeyTypes?: boolean | undefined;
}

/** Called once, in a later tick with a token, at once with a mistake. */
export type SignCallback = (error: Error | null, encoded?: string | undefined) => void;

/**
 * Signs a payload: an object of claims, or text or bytes that are signed as they are.
 *
 * @throws Error with jsonwebtoken's messages, for a payload, key or option that cannot be.
 */
export function sign(
  payload: string | Buffer | object,
  secretOrPrivateKey: Secret | PrivateKey,
  options?: SignOptions,
): string;
export function sign(
  payload: string | Buffer | object,
  secretOrPrivateKey: null,
  options?: SignOptions & { algorithm: 'none' },
): string;
export function sign(
  payload: string | Buffer | object,
  secretOrPrivateKey: Secret | PrivateKey,
  callback: SignCallback,
): void;
export function sign(
  payload: string | Buffer | object,
  secretOrPrivateKey: Secret | PrivateKey,
  options: SignOptions,
  callback: SignCallback,
): void;
export function sign(
  payload: string | Buffer | object,
  secretOrPrivateKey: null,
  options: SignOptions & { algorithm: 'none' },
  callback: SignCallback,
): void;

// ---------------------------------------------------------------- verify

/** An option that is left out, or undefined, asks for nothing. */
export interface VerifyOptions {
  /** Default: those of the key's kind: HS256, HS384 and HS512 for a secret. Say them: RFC 8725 section 3.1. */
  algorithms?: Algorithm[] | undefined;
  /** Who the token must be for, one of them. A pattern may match anywhere in the claim, and must be one of linear time. */
  audience?: string | RegExp | [string | RegExp, ...(string | RegExp)[]] | undefined;
  /** The time to verify at, in seconds. Default: `Date.now()`. */
  clockTimestamp?: number | undefined;
  /** Seconds that clocks may differ. Default: 0. */
  clockTolerance?: number | undefined;
  /** Whether `{ header, payload, signature }` is returned. Default: false, the payload alone. */
  complete?: boolean | undefined;
  /** Who must have issued the token, one of them. */
  issuer?: string | [string, ...string[]] | undefined;
  /** Whether `exp` is passed over. Default: false. */
  ignoreExpiration?: boolean | undefined;
  /** Whether `nbf` is passed over. Default: false. */
  ignoreNotBefore?: boolean | undefined;
  /** What `jti` must be. */
  jwtid?: string | undefined;
  /** What `nonce` must be (OpenID Connect Core 1.0 section 3.1.3.7). */
  nonce?: string | undefined;
  /** What `sub` must be. */
  subject?: string | undefined;
  /** Seconds, or a span, that the token may be old, counted from `iat`, which it then must have. */
  maxAge?: string | number | undefined;
  /** Taken for the sake of old calls; a key of the wrong type is refused all the same. */
  allowInvalidAsymmetricKeyTypes?: boolean | undefined;
}

/** Called once: before `verify` returns, or when the key has been found. */
export type VerifyCallback<T = Jwt | JwtPayload | string> = (
  error: VerifyErrors | null,
  decoded?: T | undefined,
) => void;

/**
 * Verifies a token: its shape, algorithm and signature, then `nbf`, `exp`, `aud`, `iss`, `sub`, `jti`, `nonce` and age; the
 * first failure is reported.
 *
 * @throws JsonWebTokenError, TokenExpiredError or NotBeforeError, with jsonwebtoken's messages; with a callback it is handed
 * to that instead.
 */
export function verify(
  token: string,
  secretOrPublicKey: Secret | PublicKey,
  options: VerifyOptions & { complete: true },
): Jwt;
export function verify(
  token: string,
  secretOrPublicKey: Secret | PublicKey,
  options?: VerifyOptions & { complete?: false },
): JwtPayload | string;
export function verify(
  token: string,
  secretOrPublicKey: Secret | PublicKey,
  options?: VerifyOptions,
): Jwt | JwtPayload | string;
export function verify(
  token: string,
  secretOrPublicKey: Secret | PublicKey | GetPublicKeyOrSecret,
  callback?: VerifyCallback<JwtPayload | string>,
): void;
export function verify(
  token: string,
  secretOrPublicKey: Secret | PublicKey | GetPublicKeyOrSecret,
  options: VerifyOptions & { complete: true },
  callback?: VerifyCallback<Jwt>,
): void;
export function verify(
  token: string,
  secretOrPublicKey: Secret | PublicKey | GetPublicKeyOrSecret,
  options?: VerifyOptions & { complete?: false },
  callback?: VerifyCallback<JwtPayload | string>,
): void;
export function verify(
  token: string,
  secretOrPublicKey: Secret | PublicKey | GetPublicKeyOrSecret,
  options?: VerifyOptions,
  callback?: VerifyCallback,
): void;

// ---------------------------------------------------------------- decode

export interface DecodeOptions {
  /** Whether `{ header, payload, signature }` is returned. Default: false, the payload alone. */
  complete?: boolean | undefined;
  /** Whether the payload must be JSON even where the header does not say so. Default: false. */
  json?: boolean | undefined;
}

/**
 * Reads a token without verifying it; null if it is not a token.
 *
 * Security: nothing is verified. What it returns is what anybody can have written.
 */
export function decode(token: string, options: DecodeOptions & { complete: true }): null | Jwt;
export function decode(token: string, options: DecodeOptions & { json: true }): null | JwtPayload;
export function decode(token: string, options?: DecodeOptions): null | JwtPayload | string;

// ---------------------------------------------------------------- promises

/** Finds the key of a token by its header, which is not verified yet, and answers by the callback or with a promise. */
export type FindPublicKeyOrSecret = (
  header: JwtHeader,
  callback: SigningKeyCallback,
) => Promise<Secret | PublicKey | undefined> | ReturnType<GetPublicKeyOrSecret>;

/** `sign` and `verify` with promises: every failure is a rejection, with the errors of the other forms. */
export const promises: {
  sign(
    payload: string | Buffer | object,
    secretOrPrivateKey: Secret | PrivateKey,
    options?: SignOptions,
  ): Promise<string>;
  sign(
    payload: string | Buffer | object,
    secretOrPrivateKey: null,
    options?: SignOptions & { algorithm: 'none' },
  ): Promise<string>;
  verify(
    token: string,
    secretOrPublicKey: Secret | PublicKey | FindPublicKeyOrSecret,
    options: VerifyOptions & { complete: true },
  ): Promise<Jwt>;
  verify(
    token: string,
    secretOrPublicKey: Secret | PublicKey | FindPublicKeyOrSecret,
    options?: VerifyOptions & { complete?: false },
  ): Promise<JwtPayload | string>;
  verify(
    token: string,
    secretOrPublicKey: Secret | PublicKey | FindPublicKeyOrSecret,
    options?: VerifyOptions,
  ): Promise<Jwt | JwtPayload | string>;
};
