import type { KeyObject } from 'node:crypto';
import type { PortcullisError } from './errors';
import type { OneOf } from './one-of';
import type { Revocations } from './revocations';

/** The claims of a token: one JSON object. Registered claims have the types of RFC 7519 section 4.1. */
export interface Claims {
  iss?: string;
  sub?: string;
  aud?: string | string[];
  /** Seconds since 1970-01-01 UTC. */
  exp?: number;
  /** Seconds since 1970-01-01 UTC. */
  nbf?: number;
  /** Seconds since 1970-01-01 UTC. */
  iat?: number;
  jti?: string;
  [name: string]: any;
}

/** RFC 7518 section 3, RFC 8037 section 3.1. `none` and ES256K are refused by name. */
export type JwtAlgorithm =
  | 'HS256'
  | 'HS384'
  | 'HS512'
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'EdDSA';

/**
 * A JSON Web Key (RFC 7517). Its `use`, `key_ops` and `alg` are binding, but that a verifier's `algorithms` may name, alone, the
 * same scheme with a longer hash: PS384 for a key whose `alg` is PS256.
 */
export interface Jwk {
  kty: string;
  use?: string;
  key_ops?: string[];
  alg?: string;
  kid?: string;
  [member: string]: any;
}

/** A JWK set (RFC 7517 section 5). */
export interface JwkSet {
  keys: Jwk[];
}

/**
 * A key in any form, read once:
 * - text or bytes that hold `-----BEGIN `: PEM (PKCS1, PKCS8, SPKI, SEC1, X.509 certificate, whose dates are not judged);
 * - bytes that are DER of one of these;
 * - a JWK, or a `KeyObject` of `node:crypto`;
 * - any other text (used as its UTF-8 bytes) or bytes: a shared secret, at least as long as the algorithm's hash: 32, 48 or
 *   64 bytes (RFC 7518 section 3.2).
 *
 * Refused with ERR_JWT_KEY: RSA below 2,048 bits or with an exponent of 1, keys of a known faulty generator, Ed25519 points of
 * small order, a key that cannot be read, a secret that is the PEM, DER, JWK or SSH text of a key (whoever knows that text could sign), a JWK
 * whose `use` or `key_ops` forbid the work.
 */
export type JwtKey = string | Uint8Array | KeyObject | Jwk;

/**
 * A RegExp that starts with `^` and ends with `$`. It runs in linear time, in Rust, and matches the whole
 * claim. No flag but `u`, which `.`, `[^` and text beyond ASCII need. Look-around, back references, named groups and
 * escapes other than `\d`, `\w` and punctuation are refused.
 */
export type ClaimPattern = RegExp;

export interface VerifierCacheOptions {
  /** How many tokens are kept, 2..=1,000,000, default 1,000. At most this many times `maxTokenBytes` of memory, and their claims. */
  maxEntries?: number;
  /** Gives each call claims of its own, which it may change, for the price of one `JSON.parse`. Default false: they are frozen. */
  copies?: boolean;
}

/** Where a verifier's keys come from: one of these. @throws ERR_JWT_OPTION, ERR_JWT_KEY, ERR_JWT_KEY_ALGORITHM */
export interface VerifierKeys {
  /** A shared secret or a public key. A private key is refused: whoever verifies must not be able to sign. */
  key?: JwtKey;
  /**
   * Several keys, at most 256: a list, a JWK set of your own, or a key ring. All secrets or none. A header chooses by `kid`;
   * without one the only key for its `alg` is taken, and two are never tried.
   */
  keys?: JwtKey[] | JwkSet | KeyRing;
  /**
   * The public keys of an issuer: the address of its JWK set, with options where wanted; several issuers, each with a set of its
   * own that verifies tokens of this `iss` alone; or a set that is at hand. Keys for other work are passed over; a set that holds a
   * shared secret or a private key is refused whole. Without `algorithms`, RSA keys that name none are for RS256.
   */
  jwks?: string | URL | JwksOptions | Array<JwksOptions & { issuer: string }> | JwkSet;
}

/** What is asked of tokens, and {@link VerifierKeys}. @throws ERR_JWT_OPTION, ERR_JWT_OPTION_RANGE, ERR_JWT_KEY, ERR_JWT_KEY_ALGORITHM */
export type VerifierOptions = VerifierPolicy & OneOf<VerifierKeys>;

export interface VerifierPolicy {
  /**
   * The algorithms that are accepted: a token's `alg` must be one of them and be for its key. Default: the key's own (a JWK's
   * `alg`; else HS256, RS256, PS256 for RSA-PSS keys, ES256, ES384, ES512 by curve, EdDSA).
   */
  algorithms?: JwtAlgorithm[];
  /**
   * Accepted values of `iss`: where given, `iss` must be there and be one of them. Must not be written as `undefined`.
   * @throws ERR_JWT_OPTION for a pattern that is not {@link ClaimPattern}
   */
  issuer?: string | ClaimPattern | Array<string | ClaimPattern>;
  /** Accepted members of `aud`. Where given, `aud` must be there and hold one of them. Must not be written as `undefined`. */
  audience?: string | ClaimPattern | Array<string | ClaimPattern>;
  /** Accepted values of `sub`. Must not be written as `undefined`. */
  subject?: string | ClaimPattern | Array<string | ClaimPattern>;
  /** Accepted values of `jti`. Must not be written as `undefined`. */
  jwtId?: string | ClaimPattern | Array<string | ClaimPattern>;
  /** Accepted values of `nonce`. For one that differs by call see `Expected`. Must not be written as `undefined`. */
  nonce?: string | ClaimPattern | Array<string | ClaimPattern>;
  /** The media type that the header's `typ` must name, without regard to case and `application/` (RFC 7515 section 4.1.9). */
  typ?: string;
  /** Claims that must be there, whatever their value. */
  requiredClaims?: string[];
  /**
   * The greatest age by `iat`, which must then be there, in seconds, above 0. Must not be written as
   * `undefined`. @throws ERR_JWT_OPTION_RANGE
   */
  maxAgeSeconds?: number;
  /** How far times may lie on the wrong side, in seconds, 0..=300, default 0 (RFC 7519 section 4.1.4). @throws ERR_JWT_OPTION_RANGE */
  clockToleranceSeconds?: number;
  /** The longest token, in bytes, 1..=1,048,576, default 8,192: half of Node.js's bound on all headers. @throws ERR_JWT_OPTION_RANGE */
  maxTokenBytes?: number;
  /** The longest header, in bytes of its JSON, 1..=1,048,576, default 4,096: room for a certificate chain. @throws ERR_JWT_OPTION_RANGE */
  maxHeaderBytes?: number;
  /** Accepts base64url with `=` padding, as the load balancers of AWS write it. Default false. */
  lenientPadding?: boolean;
  /**
   * Keeps tokens that passed, by their whole text, and judges only times and revocations again. Changed keys empty it.
   * `false`: off, and every call answers an object of its own.
   */
  cache?: false | VerifierCacheOptions;
  /** Tokens that are refused before they expire: looked up with every token, cached ones too. Must not be written as `undefined`. */
  revocations?: Revocations;
  /** Milliseconds since 1970-01-01 UTC. Default `Date.now`, which fake timers replace. */
  clock?: () => number;
}

/** What one call asks beside the policy: the claim must be there and equal. */
export interface Expected {
  nonce?: string;
  jwtId?: string;
  subject?: string;
}

export type VerifiedClaims = Claims & { then?: never };

export interface Verifier {
  /**
   * Verifies a compact JWS and its claims.
   *
   * Order: size, shape, header (`alg` allowed, `kid`, no `crit`, `b64` or `zip`, `typ`), signature, `exp`, `nbf`, `iat`, `iss`,
   * `aud`, `sub`, `jti`, `nonce`, required claims, revocations, what this call expects; the first failure is thrown as a
   * {@link PortcullisError} with status 401. Names that stand twice,
   * invalid UTF-8, a byte order mark and base64url that is not canonical are refused: ERR_JWT_MALFORMED.
   *
   * The claims are frozen, because later calls answer the same object: see `cache`.
   */
  verify(token: string, expected?: Expected): VerifiedClaims;
  /**
   * As `verify`, on a pool of at most 4 threads where the key is public; with a shared secret at once, because the hop costs
   * more than the work. A token that came before is answered from the cache. Remote keys that are missing are waited for.
   * Also rejects with ERR_JWT_BUSY when 4,096 tokens wait.
   */
  verifyAsync(token: string, expected?: Expected): Promise<VerifiedClaims>;
  /** Verifies many tokens in parallel on that pool, each on its own: results stand in the order of the tokens. */
  verifyMany(tokens: readonly string[]): Promise<VerifyResult[]>;
  /**
   * Verifies the signature of a compact JWS whose payload may be any bytes; no claim is judged, and nothing is cached.
   * Order: size, shape, header (`alg` allowed, `kid`, no `crit`, `b64` or `zip`, `typ`), signature.
   */
  verifyJws(token: string): { header: Record<string, any>; payload: Buffer };
  /** Whether keys are fetched. Then `verify` may throw ERR_JWT_KEYS_UNAVAILABLE (503) where `verifyAsync` would wait for them. */
  readonly isRemote: boolean;
  /** Settles when every remote set was fetched; at once where there is none. @throws ERR_JWT_KEYS_UNAVAILABLE */
  ready(): Promise<void>;
  /** Fetches no more keys. */
  close(): void;
  /** Listens to every remote set. @throws ERR_JWT_OPTION for an event that there is not, which would never come */
  on<E extends keyof JwksEvents>(event: E, listener: (...args: JwksEvents[E]) => void): this;
  off<E extends keyof JwksEvents>(event: E, listener: (...args: JwksEvents[E]) => void): this;
}

export type VerifyResult = { ok: true; claims: VerifiedClaims } | { ok: false; error: PortcullisError };

/** Prepares the key and the policy once. Mistakes are thrown here, not at the first request. */
export function createVerifier(options: VerifierOptions): Verifier;

/**
 * A remote JWK set (RFC 7517 section 5): the public keys that an issuer publishes and changes.
 *
 * The set is fetched whole and replaced whole: a key that is gone from it is not used after the next refresh. One fetch runs
 * at a time, and requests go on with the keys that are there meanwhile. Answers count only with status 200 and a set
 * that is read completely; anything else is a failed refresh, and the keys that are there go on.
 */
export interface JwksOptions {
  /**
   * Where the set is. `https:`, without credentials; `http:` only for `localhost`, `127.0.0.1` and `[::1]`. At most two
   * redirects are followed, within the same scheme, host and port.
   * @throws ERR_JWT_OPTION
   */
  url: string | URL;
  /** Whether the first fetch begins when the verifier is made, not with the first token. Default true. */
  prefetch?: boolean;
  /**
   * How long keys are used before they are fetched anew, in milliseconds, 30,000..=86,400,000, default 600,000. That is also
   * how long a key that was removed from the set may still be accepted, so a response's `Cache-Control: max-age` (less its
   * `Age`) may shorten it, to 30,000 at least, and never lengthens it. Then the keys serve as long again while they are
   * refreshed; after more time without any use, the next token waits for the refresh.
   * @throws ERR_JWT_OPTION_RANGE
   */
  freshForMs?: number;
  /**
   * How long keys go on beyond their freshness while every refresh fails, in milliseconds, 0..=604,800,000, default
   * 86,400,000. Then they are dropped: ERR_JWT_KEYS_UNAVAILABLE until a refresh succeeds. @throws ERR_JWT_OPTION_RANGE
   */
  staleForMs?: number;
  /**
   * The least time between two fetches, in milliseconds, 1,000..=3,600,000, default 30,000, whatever the first one's
   * outcome and however many key ids are asked for. After failures it doubles up to five minutes while there are keys.
   * @throws ERR_JWT_OPTION_RANGE
   */
  cooldownMs?: number;
  /**
   * How long a key id that a fetch did not bring causes no other fetch, in milliseconds, 0..=3,600,000, default 60,000. The
   * last 1,000 such ids are kept; one above 1,024 bytes is not looked for at all. @throws ERR_JWT_OPTION_RANGE
   */
  unknownKidForMs?: number;
  /** The bound on a whole fetch, redirects and body included, in milliseconds, 100..=60,000, default 5,000. @throws ERR_JWT_OPTION_RANGE */
  timeoutMs?: number;
  /** The largest set, in bytes after decompression, 1,024..=16,777,216, default 524,288. No more than that is read. @throws ERR_JWT_OPTION_RANGE */
  maxBytes?: number;
  /** The most keys in a set, 1..=256, default 100. A larger set is refused whole. @throws ERR_JWT_OPTION_RANGE */
  maxKeys?: number;
  /** Header fields of the request, such as an API key. They are never shown in an error or event. */
  headers?: Record<string, string>;
  /**
   * Takes the place of the global `fetch`, for a proxy or a client certificate, say. It must honour `redirect: 'manual'`; the
   * body is a stream of bytes, of the web or of Node.js.
   */
  fetch?: (
    url: string,
    init: { headers: Record<string, string>; redirect: 'manual'; signal: AbortSignal },
  ) => Promise<{ status: number; headers: { get(name: string): string | null }; body: unknown }>;
  /** Milliseconds from any origin that never go back. Default `performance.now`, which a changed wall clock leaves alone. */
  monotonic?: () => number;
}

/** What a remote JWK set tells its listeners. A URL is shown without its query. There is no event named `error`. */
export interface JwksEvents {
  /** A fetch succeeded; `added` and `removed` are against the set before. */
  refresh: [event: { url: string; keyIds: string[]; added: string[]; removed: string[]; durationMs: number }];
  /** Key ids came or went, after the first set. */
  rotate: [event: { url: string; keyIds: string[]; added: string[]; removed: string[] }];
  /** A fetch failed. `isStale`: keys that are no longer fresh go on being used. */
  'refresh-failed': [event: { url: string; error: JwksError; isStale: boolean }];
}

/** Why a key set could not be fetched, or why there are no keys: ERR_JWT_KEYS_UNAVAILABLE, with `cause` where there is one. */
export interface JwksError extends PortcullisError {
  code: 'ERR_JWT_KEYS_UNAVAILABLE';
  /** `unusable`: no key of the set can be used. `not-loaded`: nothing was fetched yet. */
  reason:
    | 'timeout'
    | 'network'
    | 'redirect'
    | 'status'
    | 'too-large'
    | 'not-json'
    | 'not-a-set'
    | 'no-keys'
    | 'too-many-keys'
    | 'unusable'
    | 'not-loaded'
    | 'closed';
}

/** Where a signer's key comes from: one of these. */
export interface SignerKeys {
  /** A shared secret, or a private key. @throws ERR_JWT_OPTION, ERR_JWT_KEY */
  key?: JwtKey;
  /** A key ring: its current key signs. */
  keys?: KeyRing;
}

/** What tokens carry, and {@link SignerKeys}. */
export type SignerOptions = SignerSettings & OneOf<SignerKeys>;

export interface SignerSettings {
  /** Of an encrypted PEM or DER key. @throws ERR_JWT_KEY when it is wrong */
  passphrase?: string;
  /** Default: the key's own, see `VerifierOptions.algorithms`. @throws ERR_JWT_KEY_ALGORITHM */
  algorithm?: JwtAlgorithm;
  /** Written to the header as `kid`. Default: the JWK's. */
  keyId?: string;
  /**
   * Sets `exp`, in seconds from now, a whole number from 1. Default: no `exp`. Must not be written
   * as `undefined`. @throws ERR_JWT_OPTION_RANGE
   */
  expiresInSeconds?: number;
  /** Sets `iss`. */
  issuer?: string;
  /** Sets `aud`. */
  audience?: string | string[];
  /** Milliseconds since 1970-01-01 UTC, for `iat` and `exp`. Default `Date.now`. */
  clock?: () => number;
}

export interface Signer {
  /**
   * Signs the claims; `iat` and what the options set are added where neither argument names them.
   * @throws ERR_JWT_CLAIMS when the claims are no plain object, cannot be written as JSON, hold a registered claim of a
   * wrong type or a lone surrogate, or take more than 1 MiB.
   */
  sign(claims: Claims, overrides?: Claims): string;
  /** As `sign`, on the pool of `verifyAsync` where that is worth it: RSA, ES384, ES512. Also rejects with ERR_JWT_BUSY. */
  signAsync(claims: Claims, overrides?: Claims): Promise<string>;
}

/** Prepares the key and the header once. */
export function createSigner(options: SignerOptions): Signer;

/** A key of a ring: a private key, a public one that only verifies, or a secret, which must have a `keyId`. */
export type RingKey =
  | JwtKey
  | {
      key: JwtKey;
      /** Default: the JWK's `kid`, else the key's thumbprint (RFC 7638). */
      keyId?: string;
      algorithm?: JwtAlgorithm;
      passphrase?: string;
    };

/** The keys of tokens that an app issues itself. Verifiers and signers made with it follow its changes at once. */
export interface KeyRing {
  /** The current key's id first. */
  readonly keyIds: string[];
  /**
   * Tokens of this key verify, and the public set holds it, before it signs. Answers its id.
   * @throws ERR_JWT_KEY above 16 keys, and for another key's id
   */
  announce(key: RingKey): string;
  /** This key signs from now on; the one before it verifies until it is retired. Answers its id. @throws as announce */
  rotate(key: RingKey): string;
  /** Tokens of this key are refused from now on. @throws ERR_JWT_KEY for the current key and an unknown id */
  retire(keyId: string): void;
  /** The public keys. @throws ERR_JWT_KEY for a ring of secrets */
  jwks(): JwkSet;
  /** Serves the public set as `application/jwk-set+json`. `maxAgeSeconds`: of Cache-Control, 0..=86,400, default 600. */
  handler(options?: { maxAgeSeconds?: number }): RequestHandler;
}

/** @throws ERR_JWT_OPTION, ERR_JWT_KEY, ERR_JWT_KEY_ALGORITHM */
export function createKeyRing(options: { current: RingKey; previous?: RingKey[] }): KeyRing;

/**
 * Reads a token without verifying anything: for logs, never for trust.
 * @throws PortcullisError ERR_JWT_MALFORMED, ERR_JWT_TOO_LARGE (above 1 MiB)
 */
export function decode(token: string): { header: Record<string, any>; payload: Claims };
