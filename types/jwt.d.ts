import type { KeyObject } from 'node:crypto';
import type { PortcullisError } from './errors';
import type { RequestHandler } from './middleware';
import type { Revocations } from './revocations';

/** The claims of a token: one JSON object. Registered claims have the types of RFC 7519 section 4.1. */
export interface Claims {
  /** Issuer: who made the token. */
  iss?: string;
  /** Subject: whom the token is about, usually the user's id. */
  sub?: string;
  /** Audience: whom the token is for. */
  aud?: string | string[];
  /** Expiry, in seconds since 1970-01-01 UTC. The token is rejected from this second on. */
  exp?: number;
  /** Not before, in seconds since 1970-01-01 UTC. */
  nbf?: number;
  /** Issued at, in seconds since 1970-01-01 UTC. */
  iat?: number;
  /** The token's own id. */
  jti?: string;
  [name: string]: any;
}

/** A signature algorithm (RFC 7518 section 3, RFC 8037 section 3.1). `none` and ES256K are not supported. */
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
 * A JSON Web Key (RFC 7517). `use`, `key_ops` and `alg` are binding, with one exception: a verifier's `algorithms` may name
 * the same scheme with a longer hash, such as PS384 for a key whose `alg` is PS256.
 */
export interface Jwk {
  /** The key type: `oct`, `RSA`, `EC` or `OKP`. */
  kty: string;
  /** What the key is for. A key with another value than `sig` is rejected. */
  use?: string;
  /** The operations that the key is for. Must include `verify` or `sign`. */
  key_ops?: string[];
  /** The algorithm that the key is for. */
  alg?: string;
  /** The key's id. */
  kid?: string;
  [member: string]: any;
}

/** A JWK set (RFC 7517 section 5). */
export interface JwkSet {
  /** The keys, at most 256. */
  keys: Jwk[];
}

/**
 * A key, read once when the verifier or signer is made:
 * - text or bytes that contain `-----BEGIN `: PEM (PKCS1, PKCS8, SPKI, SEC1, or an X.509 certificate, whose dates are not
 *   checked);
 * - bytes that are the DER form of one of these;
 * - a JWK, or a `KeyObject` of `node:crypto`;
 * - any other text (its UTF-8 bytes) or bytes: a shared secret of at least 32, 48 or 64 bytes for HS256, HS384 or HS512
 *   (RFC 7518 section 3.2).
 *
 * Rejected with `ERR_JWT_KEY`: RSA keys below 2,048 bits or with an exponent of 1, keys of a generator that is known to be
 * broken, Ed25519 points of small order, keys that cannot be read, the PEM, DER, JWK or SSH text of a key used as a secret
 * (whoever knows that text could sign), and JWKs whose `use` or `key_ops` do not allow the operation.
 */
export type JwtKey = string | Uint8Array | KeyObject | Jwk;

/**
 * A RegExp that starts with `^` and ends with `$`. It is matched in linear time, in Rust, against the whole claim. The only
 * flag allowed is `u`, which `.`, `[^` and text beyond ASCII need. Look-around, back references, named groups and escapes
 * other than `\d`, `\w` and punctuation are rejected with `ERR_JWT_OPTION`.
 */
export type ClaimPattern = RegExp;

/** The verified-token cache. */
export interface VerifierCacheOptions {
  /**
   * How many tokens are kept. From 2 to 1,000,000. Default: 1,000. Each takes at most `maxTokenBytes` and the memory of its
   * claims.
   */
  maxEntries?: number;
  /**
   * Returns a new object of claims from each call, which the caller may change, at the cost of one `JSON.parse`. Default:
   * false, and the claims are frozen.
   */
  copies?: boolean;
}

/**
 * Where a verifier's keys come from: exactly one of `key`, `keys` and `jwks`.
 * @throws {TypeError} ERR_JWT_OPTION, ERR_JWT_KEY, ERR_JWT_KEY_ALGORITHM
 */
// The member with `key` is last, because TypeScript explains a mistake by the last member of a union.
export type VerifierKeys =
  | {
      /**
       * The public keys of an issuer: the URL of its JWK set, or that URL with options; a list of issuers, each with a set
       * that verifies tokens with its `iss` only; or a set that you already have. Keys for other purposes are ignored. A set
       * that contains a shared secret or a private key is rejected as a whole. Without `algorithms`, RSA keys that name no
       * `alg` are used for RS256.
       */
      jwks: string | URL | JwksOptions | Array<JwksOptions & { issuer: string }> | JwkSet;
      keys?: undefined;
      key?: undefined;
    }
  | {
      /**
       * Several keys, at most 256: a list, a JWK set of your own, or a key ring. Either all are secrets or none is. The
       * token's `kid` selects the key; without a `kid` there must be only one key for its `alg`. A PEM gets its id as
       * `{ key: pem, keyId: 'a' }`.
       */
      keys: (JwtKey | { key: JwtKey; keyId?: string })[] | JwkSet | KeyRing;
      jwks?: undefined;
      key?: undefined;
    }
  | {
      /** A shared secret or a public key. A private key is rejected: whoever verifies must not be able to sign. */
      key: JwtKey;
      jwks?: undefined;
      keys?: undefined;
    };

/** The policy of a verifier and its {@link VerifierKeys}. */
export type VerifierOptions = VerifierPolicy & VerifierKeys;

/**
 * What a verifier requires of a token. An option written as `undefined` is rejected when leaving it out would accept more
 * tokens: `issuer`, `audience`, `subject`, `jwtId`, `nonce`, `typ`, `maxAgeSeconds`, `revocations`.
 * @throws {TypeError} ERR_JWT_OPTION
 * @throws {RangeError} ERR_JWT_OPTION_RANGE
 */
export interface VerifierPolicy {
  /**
   * The accepted algorithms. A token's `alg` must be one of them and must fit its key. Default: the key's own (a JWK's
   * `alg`; otherwise HS256, RS256, PS256 for RSA-PSS keys, ES256, ES384 or ES512 by curve, EdDSA).
   */
  algorithms?: JwtAlgorithm[];
  /** Accepted values of `iss`. If set, the claim is required. Default: not checked. */
  issuer?: string | ClaimPattern | Array<string | ClaimPattern>;
  /** Accepted values of `aud`. If set, the claim is required and one of its members must match. Default: not checked. */
  audience?: string | ClaimPattern | Array<string | ClaimPattern>;
  /** Accepted values of `sub`. If set, the claim is required. Default: not checked. */
  subject?: string | ClaimPattern | Array<string | ClaimPattern>;
  /** Accepted values of `jti`. If set, the claim is required. Default: not checked. */
  jwtId?: string | ClaimPattern | Array<string | ClaimPattern>;
  /** Accepted values of `nonce`. If set, the claim is required. For a value per call use {@link Expected}. Default: not checked. */
  nonce?: string | ClaimPattern | Array<string | ClaimPattern>;
  /**
   * The media type that the header's `typ` must name, such as `at+jwt`; case and a leading `application/` are ignored
   * (RFC 7515 section 4.1.9). Default: not checked.
   */
  typ?: string;
  /** Names of claims that must be present, with any value. Default: none. `['exp']` rejects tokens that never expire. */
  requiredClaims?: string[];
  /** The greatest age by `iat`, in seconds, above 0. If set, `iat` is required. Default: no limit. */
  maxAgeSeconds?: number;
  /** Tolerance for `exp`, `nbf` and `iat`, in seconds. From 0 to 300. Default: 0 (RFC 7519 section 4.1.4). */
  clockToleranceSeconds?: number;
  /** The longest token, in bytes. From 1 to 1,048,576. Default: 8,192, half of Node.js's limit for all headers together. */
  maxTokenBytes?: number;
  /** The longest header, in bytes of JSON. From 1 to 1,048,576. Default: 4,096, room for a certificate chain. */
  maxHeaderBytes?: number;
  /** Accepts base64url with `=` padding, as AWS load balancers write it. Default: false. */
  lenientPadding?: boolean;
  /**
   * Keeps verified tokens, found by their whole text; a later call checks only their times and revocations. It is emptied
   * when keys change. `false` turns it off, and each call returns a new object. Default: on, with 1,000 entries.
   */
  cache?: false | VerifierCacheOptions;
  /** Revoked tokens, checked with every call, cached tokens included. Default: none. */
  revocations?: Revocations;
  /** The wall clock, in milliseconds since 1970-01-01 UTC. Default: `Date.now`, which fake timers replace. */
  clock?: () => number;
}

/** What one call requires beside the policy: each claim must be present and equal. */
export interface Expected {
  /** The value of `nonce`. */
  nonce?: string;
  /** The value of `jti`. */
  jwtId?: string;
  /** The value of `sub`. */
  subject?: string;
}

/** Claims that were verified. They are not a promise: `then` is excluded, so that a missing `await` is a type error. */
export type VerifiedClaims<C extends object = Claims> = C & { then?: never };

/** A prepared verifier. `C` is the type that your app gives to the claims; it is not checked at run time. */
export interface Verifier<C extends object = Claims> {
  /**
   * Verifies a compact JWS and its claims.
   *
   * Order: size, shape, header (`alg` allowed, `kid`, no `crit`, `b64` or `zip`, `typ`), signature, `exp`, `nbf`, `iat`,
   * `iss`, `aud`, `sub`, `jti`, `nonce`, required claims, revocations, `expected`. The first failure is thrown. Duplicate
   * names, invalid UTF-8, a byte order mark and non-canonical base64url are rejected with ERR_JWT_MALFORMED.
   *
   * The claims are frozen, because later calls return the same object: see `cache`.
   * @throws {PortcullisError} with status 401, or 503 while keys or revocations are unavailable
   */
  verify(token: string, expected?: Expected): VerifiedClaims<C>;
  /**
   * Like `verify`, on a pool of at most 4 threads if the key is public. With a shared secret it verifies at once, because
   * changing threads costs more than the work. Waits for remote keys that are missing.
   * @throws {PortcullisError} as `verify`, and ERR_JWT_BUSY (503) while 4,096 tokens are waiting
   */
  verifyAsync(token: string, expected?: Expected): Promise<VerifiedClaims<C>>;
  /** Verifies many tokens in parallel on that pool. The results are in the order of the tokens. */
  verifyMany(tokens: readonly string[]): Promise<VerifyResult<C>[]>;
  /**
   * Verifies the signature of a compact JWS whose payload may be any bytes. No claim is checked and nothing is cached.
   * Order: size, shape, header (`alg` allowed, `kid`, no `crit`, `b64` or `zip`, `typ`), signature.
   * @throws {PortcullisError} with status 401
   */
  verifyJws(token: string): { header: Record<string, any>; payload: Buffer };
  /** Whether keys are fetched. If so, `verify` may throw ERR_JWT_KEYS_UNAVAILABLE (503) where `verifyAsync` would wait. */
  readonly isRemote: boolean;
  /**
   * Resolves once every remote set has been fetched; at once if there is none.
   * @throws {PortcullisError} ERR_JWT_KEYS_UNAVAILABLE
   */
  ready(): Promise<void>;
  /** Stops fetching keys. */
  close(): void;
  /**
   * Adds a listener to every remote set.
   * @throws {TypeError} ERR_JWT_OPTION for an event that does not exist
   */
  on<E extends keyof JwksEvents>(event: E, listener: (...args: JwksEvents[E]) => void): this;
  /** Removes a listener. */
  off<E extends keyof JwksEvents>(event: E, listener: (...args: JwksEvents[E]) => void): this;
}

/** One result of `verifyMany`. */
export type VerifyResult<C extends object = Claims> =
  | { ok: true; claims: VerifiedClaims<C> }
  | { ok: false; error: PortcullisError };

/**
 * Prepares the keys and the policy once. Mistakes are thrown here, not at the first request.
 *
 * @example
 * import { createVerifier } from 'portcullis';
 *
 * interface AccessClaims { sub: string; roles: string[] }
 *
 * const verifier = createVerifier<AccessClaims>({
 *   key: new Uint8Array(32),
 *   issuer: 'https://api.example.com',
 *   requiredClaims: ['exp', 'sub'],
 * });
 * const sub: string = verifier.verify('a.b.c').sub;
 *
 * @throws {TypeError} ERR_JWT_OPTION, ERR_JWT_KEY, ERR_JWT_KEY_ALGORITHM
 * @throws {RangeError} ERR_JWT_OPTION_RANGE
 */
export function createVerifier<C extends object = Claims>(options: VerifierOptions): Verifier<C>;

/**
 * A remote JWK set (RFC 7517 section 5): the public keys that an issuer publishes and changes.
 *
 * The set is fetched and replaced as a whole: a key that was removed from it is not used after the next refresh. One fetch
 * runs at a time, and requests use the keys that are held until it ends. Only a response with status 200 and a complete,
 * usable set counts; anything else is a failed refresh, after which the held keys stay in use. Identical keys count once;
 * keys that share a `kid` (or have none) and an algorithm are left out, because a token could not name one of them.
 *
 * @throws {TypeError} ERR_JWT_OPTION
 * @throws {RangeError} ERR_JWT_OPTION_RANGE
 */
export interface JwksOptions {
  /**
   * The URL of the set: `https:`, without credentials. `http:` is accepted for `localhost`, `127.0.0.1` and `[::1]` only.
   * At most two redirects are followed, within the same scheme, host and port.
   *
   * A URL with `{kid}` in its path is one address per key: it is fetched for each key id, and responds with a public key in PEM, a
   * JWK or a set. Key ids may have 1 to 128 letters, digits, `-` and `_`. At most `maxKeys` keys are held, and at most 5 new key
   * ids per `cooldownMs` cause a fetch.
   */
  url: string | URL;
  /** Starts the first fetch when the verifier is made instead of with the first token. Default: true. */
  prefetch?: boolean;
  /**
   * How long keys are used before they are refreshed, in milliseconds. From 30,000 to 86,400,000. Default: 600,000 (ten
   * minutes). A key that was removed from the set may be accepted for as long. The response's `Cache-Control: max-age`
   * (minus its `Age`) can shorten this time, to 30,000 at the least, and never lengthens it. For `freshForMs` after that, tokens
   * still use the keys while a refresh runs in the background. If no token arrives until then, the next one waits for the refresh.
   */
  freshForMs?: number;
  /**
   * How long keys stay in use beyond their freshness while every refresh fails, in milliseconds. From 0 to 604,800,000.
   * Default: 86,400,000 (one day). Then they are dropped, and tokens are rejected with ERR_JWT_KEYS_UNAVAILABLE until a
   * refresh succeeds.
   */
  staleForMs?: number;
  /**
   * The shortest time between two fetches, in milliseconds, whatever their outcome and however many key ids are unknown; with
   * `{kid}` in `url`, the time in which at most 5 new key ids start a fetch.
   * From 1,000 to 3,600,000. Default: 30,000. It doubles after each failure, up to five minutes, while there are keys.
   */
  cooldownMs?: number;
  /**
   * After a fetch did not return a key id, how long that id does not start another fetch, in milliseconds. From 0 to
   * 3,600,000. Default: 60,000. The last 1,000 such ids are kept; ids above 1,024 bytes are never looked up.
   */
  unknownKidForMs?: number;
  /** The time limit of a fetch, redirects and body included, in milliseconds. From 100 to 60,000. Default: 5,000. */
  timeoutMs?: number;
  /** The largest response, in bytes after decompression. From 1,024 to 16,777,216. Default: 524,288. No more is read. */
  maxBytes?: number;
  /** The most keys in a set. From 1 to 256. Default: 100. A larger set is rejected as a whole. */
  maxKeys?: number;
  /** Request headers, such as an API key. They are never shown in an error or event. Default: `Accept` only. */
  headers?: Record<string, string>;
  /**
   * Replaces the global `fetch`, for a proxy or a client certificate. It must honour `redirect: 'manual'`; the body is a
   * web stream or a Node.js stream of bytes.
   */
  fetch?: (
    url: string,
    init: { headers: Record<string, string>; redirect: 'manual'; signal: AbortSignal },
  ) => Promise<{ status: number; headers: { get(name: string): string | null }; body: unknown }>;
  /** A monotonic clock, in milliseconds from any origin. Default: `performance.now`, which a changed wall clock does not affect. */
  monotonic?: () => number;
}

/** The events of a remote JWK set. URLs are shown without their query. There is no event named `error`. */
export interface JwksEvents {
  /** A fetch succeeded. `added` and `removed` compare the key ids with the set before. */
  refresh: [event: { url: string; keyIds: string[]; added: string[]; removed: string[]; durationMs: number }];
  /** Key ids were added or removed, after the first set. */
  rotate: [event: { url: string; keyIds: string[]; added: string[]; removed: string[] }];
  /** A fetch failed. `isStale`: keys that are no longer fresh are still in use. */
  'refresh-failed': [event: { url: string; error: JwksError; isStale: boolean }];
}

/** Why a key set could not be fetched, or why there are no keys. `cause` holds the underlying error if there is one. */
export interface JwksError extends PortcullisError {
  /** Always this code. */
  code: 'ERR_JWT_KEYS_UNAVAILABLE';
  /** `unusable`: no key of the set can be used. `not-loaded`: nothing has been fetched yet. */
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

/** Where a signer's key comes from: exactly one of `key` and `keys`. */
export type SignerKeys =
  | {
      /** A key ring: its current key signs. */
      keys: KeyRing;
      key?: undefined;
    }
  | {
      /** A shared secret or a private key. */
      key: JwtKey;
      keys?: undefined;
    };

/** What tokens contain, and the {@link SignerKeys}. */
export type SignerOptions = SignerSettings & SignerKeys;

/**
 * What a signer writes into tokens. `issuer` and `expiresInSeconds` written as `undefined` are rejected.
 * @throws {TypeError} ERR_JWT_OPTION
 * @throws {RangeError} ERR_JWT_OPTION_RANGE
 */
export interface SignerSettings {
  /** The passphrase of an encrypted PEM or DER key. Default: none. */
  passphrase?: string;
  /** The algorithm. Default: the key's own, see `VerifierPolicy.algorithms`. */
  algorithm?: JwtAlgorithm;
  /** The header's `kid`. Default: the JWK's. */
  keyId?: string;
  /** Lifetime in seconds, a whole number from 1 to 3,162,240,000 (a century). Sets `exp`. Default: tokens never expire. */
  expiresInSeconds?: number;
  /** The claim `iss`. Default: none. */
  issuer?: string;
  /** The claim `aud`. Default: none. */
  audience?: string | string[];
  /** The wall clock for `iat` and `exp`, in milliseconds since 1970-01-01 UTC. Default: `Date.now`. */
  clock?: () => number;
}

/** A prepared signer. */
export interface Signer {
  /**
   * Signs the claims. `iat`, and what the options set, is added unless `claims` or `overrides` names it.
   * @throws {TypeError} ERR_JWT_CLAIMS if the claims are not a plain object, cannot be written as JSON, contain a registered
   * claim of the wrong type or a lone surrogate, or take more than 1 MiB
   */
  sign(claims: Claims, overrides?: Claims): string;
  /**
   * Like `sign`, on the pool of `verifyAsync` for the slow algorithms: RSA, ES384 and ES512.
   * @throws {PortcullisError} ERR_JWT_BUSY (503) while 4,096 tokens are waiting
   */
  signAsync(claims: Claims, overrides?: Claims): Promise<string>;
}

/**
 * Prepares the key and the header once.
 *
 * @example
 * import { createSigner } from 'portcullis';
 *
 * const signer = createSigner({ key: new Uint8Array(32), algorithm: 'HS256', expiresInSeconds: 15 * 60 });
 * const token: string = signer.sign({ sub: 'ada' });
 *
 * @throws {TypeError} ERR_JWT_OPTION, ERR_JWT_KEY, ERR_JWT_KEY_ALGORITHM
 * @throws {RangeError} ERR_JWT_OPTION_RANGE
 */
export function createSigner(options: SignerOptions): Signer;

/** A key of a ring: a private key, a public key that only verifies, or a secret with a `keyId`. */
export type RingKey =
  | JwtKey
  | {
      /** The key. */
      key: JwtKey;
      /** The key's id. Required for a secret. Default: the JWK's `kid`, otherwise the key's thumbprint (RFC 7638). */
      keyId?: string;
      /** The algorithm. Default: the key's own. */
      algorithm?: JwtAlgorithm;
      /** The passphrase of an encrypted PEM or DER key. Default: none. */
      passphrase?: string;
    };

/** The keys with which an app signs its own tokens. Verifiers and signers made with it follow its changes at once. */
export interface KeyRing {
  /** The ids of all keys, the current key's first. */
  readonly keyIds: string[];
  /**
   * Accepts tokens of this key, and publishes it, before it signs. Returns its id.
   * @throws {TypeError} ERR_JWT_KEY for a seventeenth key, and for the id of another key
   */
  announce(key: RingKey): string;
  /**
   * Signs with this key from now on; the key before it still verifies until it is retired. Returns its id.
   * @throws {TypeError} ERR_JWT_KEY as `announce`
   */
  rotate(key: RingKey): string;
  /**
   * Rejects tokens of this key from now on.
   * @throws {TypeError} ERR_JWT_KEY for the current key and for an unknown id
   */
  retire(keyId: string): void;
  /**
   * Returns the public keys.
   * @throws {TypeError} ERR_JWT_KEY for a ring of secrets
   */
  jwks(): JwkSet;
  /** Serves the public keys as `application/jwk-set+json`. `maxAgeSeconds` of `Cache-Control`: from 0 to 86,400, default 600. */
  handler(options?: { maxAgeSeconds?: number }): RequestHandler;
}

/**
 * Holds the key that signs and the keys before it.
 *
 * @example
 * import { generateKeyPairSync } from 'node:crypto';
 * import { createKeyRing, createSigner, createVerifier } from 'portcullis';
 *
 * const keys = createKeyRing({ current: generateKeyPairSync('ed25519').privateKey });
 * const token = createSigner({ keys, expiresInSeconds: 900 }).sign({ sub: 'ada' });
 * createVerifier({ keys }).verify(token);
 *
 * @throws {TypeError} ERR_JWT_OPTION, ERR_JWT_KEY, ERR_JWT_KEY_ALGORITHM
 */
export function createKeyRing(options: { current: RingKey; previous?: RingKey[] }): KeyRing;

/**
 * Reads a token without verifying anything: for logs, never for trust.
 *
 * @param options `lenientPadding`: whether the parts may end in `=`, as some proxies write them. Default: false.
 *
 * @example
 * import { decode } from 'portcullis';
 *
 * const kid: unknown = decode('eyJhbGciOiJIUzI1NiJ9.e30.c2ln').header.kid;
 *
 * @throws {PortcullisError} ERR_JWT_MALFORMED, ERR_JWT_TOO_LARGE (above 1 MiB)
 * @throws {TypeError} ERR_JWT_OPTION
 */
export function decode(
  token: string,
  options?: { lenientPadding?: boolean },
): { header: Record<string, any>; payload: Claims };
