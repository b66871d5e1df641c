/** Portcullis: hardens an Express app. Every option states its unit, bounds, default, error codes and source. */

import type { KeyObject } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';

/** A middleware for Express 4 and 5. */
export type RequestHandler = (req: any, res: any, next: (err?: unknown) => void) => void;

// ---------------------------------------------------------------- errors

/**
 * Every code that Portcullis gives an error. Codes are API: new ones are added, none is renamed.
 *
 * A *rejection* is a request that was refused: a {@link PortcullisError} with a status. A *misuse* is a mistake of the
 * program: a `TypeError` or `RangeError` with a `code`, thrown when a middleware is made or called with a wrong type.
 */
export type ErrorCode =
  /** The request carries no token. Rejection, 401. */
  | 'ERR_JWT_MISSING'
  /** The token is longer than `maxTokenBytes`. Rejection, 401. */
  | 'ERR_JWT_TOO_LARGE'
  /** The token is not a compact JWS of three canonical base64url parts with a JSON header and payload. Rejection, 401. */
  | 'ERR_JWT_MALFORMED'
  /** The header's `alg` is not one that the verifier allows. Rejection, 401. */
  | 'ERR_JWT_ALGORITHM'
  /** No key, or more than one, fits the header's `kid`. Rejection, 401. */
  | 'ERR_JWT_KEY_UNKNOWN'
  /** The header's `crit`, `b64` or `zip` asks for an extension, and none is supported. Rejection, 401. */
  | 'ERR_JWT_CRITICAL'
  /** The signature does not match. Rejection, 401. */
  | 'ERR_JWT_SIGNATURE'
  /** `exp` has passed. Rejection, 401. */
  | 'ERR_JWT_EXPIRED'
  /** `nbf` has not come yet. Rejection, 401. */
  | 'ERR_JWT_NOT_YET_VALID'
  /** `iat` lies further back than `maxAgeSeconds`, or in the future. Rejection, 401. */
  | 'ERR_JWT_TOO_OLD'
  /** A registered claim has the wrong JSON type. Rejection, 401. */
  | 'ERR_JWT_CLAIM_TYPE'
  /** A configured or required claim is absent. Rejection, 401. */
  | 'ERR_JWT_CLAIM_MISSING'
  /** `iss` is not accepted. Rejection, 401. */
  | 'ERR_JWT_ISSUER'
  /** No member of `aud` is accepted. Rejection, 401. */
  | 'ERR_JWT_AUDIENCE'
  /** `sub` is not accepted. Rejection, 401. */
  | 'ERR_JWT_SUBJECT'
  /** The header's `typ` is not accepted. Rejection, 401. */
  | 'ERR_JWT_TYP'
  /** `jti` is not accepted. Rejection, 401. */
  | 'ERR_JWT_ID'
  /** `nonce` is not accepted. Rejection, 401. */
  | 'ERR_JWT_NONCE'
  /** Too many tokens wait for a thread. Rejection, 503. */
  | 'ERR_JWT_BUSY'
  /** The token was revoked: itself, or by its subject, its session or its key. Rejection, 401. */
  | 'ERR_JWT_REVOKED'
  /** There is no room for another revocation, and none of those that are held has expired. Rejection, 503. */
  | 'ERR_JWT_REVOCATIONS_FULL'
  /** The revocations are out of step with other processes, and were told to refuse then. Rejection, 503. */
  | 'ERR_JWT_REVOCATIONS_UNAVAILABLE'
  /** The request presents its token in a way that cannot be read, such as twice. Rejection, 400. */
  | 'ERR_JWT_REQUEST'
  /** The refresh token is not one of ours, or is no longer known. Rejection, 401. */
  | 'ERR_JWT_REFRESH_INVALID'
  /** The refresh token was not used for `idleSeconds`, or its family is over. Rejection, 401. */
  | 'ERR_JWT_REFRESH_EXPIRED'
  /** The refresh token had been replaced: past the grace window, its family is revoked. Rejection, 401. */
  | 'ERR_JWT_REFRESH_REUSED'
  /** The refresh token's family was revoked. Rejection, 401. */
  | 'ERR_JWT_REFRESH_REVOKED'
  /** There are `maxFamilies` living families in memory. Rejection, 503. */
  | 'ERR_JWT_REFRESH_FULL'
  /** The token is good and lacks the scope or role, or the check said no. Rejection, 403. */
  | 'ERR_JWT_FORBIDDEN'
  /** The token is in a cookie, and another site may have caused the request. Rejection, 403. */
  | 'ERR_JWT_CSRF'
  /** There are no keys to verify with: their endpoint was never reached, or not for too long. Rejection, 503. */
  | 'ERR_JWT_KEYS_UNAVAILABLE'
  /** The password is not well-formed text, or is longer than can be accepted. Rejection, 400. */
  | 'ERR_PASSWORD_INPUT'
  /** The stored hash is not of a kind that can be verified. Rejection, 500. */
  | 'ERR_PASSWORD_HASH_MALFORMED'
  /** The stored hash asks for more memory or passes than the ceiling allows. Rejection, 500. */
  | 'ERR_PASSWORD_HASH_COSTLY'
  /** The queue of the password pool is full. Rejection, 503. */
  | 'ERR_PASSWORD_BUSY'
  /** The password pool was closed. Rejection, 503. */
  | 'ERR_PASSWORD_CLOSED'
  /** There is not enough memory for a hash. Rejection, 503. */
  | 'ERR_PASSWORD_MEMORY'
  /** The system has no randomness for a salt. Rejection, 500. */
  | 'ERR_PASSWORD_SALT'
  /** The client has used up its limit. `rateLimit` answers this itself; a `handler` of yours may raise it. Rejection, 429. */
  | 'ERR_RATE_LIMIT_EXCEEDED'
  /** The body is not JSON. Rejection, 400. */
  | 'ERR_SANITIZE_SYNTAX'
  /** The body is not UTF-8. Rejection, 400. */
  | 'ERR_SANITIZE_UTF8'
  /** The body starts with a byte order mark. Rejection, 400. */
  | 'ERR_SANITIZE_BOM'
  /** A string of the body holds half a surrogate pair. Rejection, 400. */
  | 'ERR_SANITIZE_SURROGATE'
  /** The body has more bytes than `limit`. Rejection, 413. */
  | 'ERR_SANITIZE_TOO_LARGE'
  /** The body is nested too deeply. Rejection, 400. */
  | 'ERR_SANITIZE_DEPTH'
  /** The body has too many keys. Rejection, 400. */
  | 'ERR_SANITIZE_KEYS'
  /** A key of the body is too long. Rejection, 400. */
  | 'ERR_SANITIZE_KEY_LENGTH'
  /** A key of the body starts with `$`, as a query operator does. Rejection, 400. */
  | 'ERR_SANITIZE_OPERATOR_KEY'
  /** A key of the body holds a dot, as a query path does. Rejection, 400. */
  | 'ERR_SANITIZE_DOTTED_KEY'
  /** A key of the body would reach an object's prototype. Rejection, 400. */
  | 'ERR_SANITIZE_PROTOTYPE_KEY'
  /** A key stands twice in one object. Rejection, 400. */
  | 'ERR_SANITIZE_DUPLICATE_KEY'
  /** A number of the body is outside what a double can hold. Rejection, 400. */
  | 'ERR_SANITIZE_NUMBER'
  /** The body is declared in another charset than UTF-8. Rejection, 415. */
  | 'ERR_SANITIZE_CHARSET'
  /** The body is compressed in a way that is not supported. Rejection, 415. */
  | 'ERR_SANITIZE_ENCODING'
  /** The compressed body is damaged. Rejection, 400. */
  | 'ERR_SANITIZE_INFLATE'
  /** The body is not as long as `Content-Length` said. Rejection, 400. */
  | 'ERR_SANITIZE_LENGTH'
  /** The client went away while it sent the body. Rejection, 400. */
  | 'ERR_SANITIZE_ABORTED'
  /** The body had been read before, or its stream failed. Rejection, 500. */
  | 'ERR_SANITIZE_STREAM'
  /** The origin is not allowed. Rejection, 403. */
  | 'ERR_CORS_ORIGIN'
  /** The request did not come over HTTPS. Rejection, 403. */
  | 'ERR_HTTPS_REQUIRED'
  /** The `Host` of the request cannot be redirected to. Rejection, 400. */
  | 'ERR_HTTPS_HOST'
  /** Redis could not be reached, refused the command, or did not answer within `deadlineMs`. Rejection, 503. */
  | 'ERR_REDIS_UNAVAILABLE'
  /** A fault inside Portcullis was caught; the process is unharmed. Rejection, 500. */
  | 'ERR_INTERNAL'
  /** A JWT option has the wrong type or shape, or an unknown name. Misuse, `TypeError`. */
  | 'ERR_JWT_OPTION'
  /** A JWT option is outside its bounds. Misuse, `RangeError`. */
  | 'ERR_JWT_OPTION_RANGE'
  /** The key cannot do this work safely, such as an empty or short secret. Misuse, `TypeError`. */
  | 'ERR_JWT_KEY'
  /** No configured algorithm fits the key. Misuse, `TypeError`. */
  | 'ERR_JWT_KEY_ALGORITHM'
  /** The claims to sign are not acceptable. Misuse, `TypeError`. */
  | 'ERR_JWT_CLAIMS'
  /** What is to be revoked cannot be named, such as a token without `jti`. Misuse, `TypeError`. */
  | 'ERR_JWT_REVOCATION'
  /** Revocations of this name exist with other options. Misuse, `TypeError`. */
  | 'ERR_JWT_REVOCATIONS_CONFLICT'
  /** The token does not fit in a cookie: not text of a cookie's characters, or above 4,096 bytes with the name. Misuse, `TypeError`. */
  | 'ERR_JWT_COOKIE'
  /** A password option has the wrong type or shape, or an unknown name. Misuse, `TypeError`. */
  | 'ERR_PASSWORD_OPTION'
  /** A password option is outside its bounds. Misuse, `RangeError`. */
  | 'ERR_PASSWORD_OPTION_RANGE'
  /** A rate-limit option has the wrong type or shape, or an unknown name. Misuse, `TypeError`. */
  | 'ERR_RATE_LIMIT_OPTION'
  /** A rate-limit option is outside its bounds. Misuse, `RangeError`. */
  | 'ERR_RATE_LIMIT_OPTION_RANGE'
  /** The key of a request is not a usable string. Misuse, `TypeError`. */
  | 'ERR_RATE_LIMIT_KEY'
  /** The cost of a request is not a usable number. Misuse, `RangeError`. */
  | 'ERR_RATE_LIMIT_COST'
  /** A shared limiter of this name exists with other options. Misuse, `TypeError`. */
  | 'ERR_RATE_LIMIT_CONFLICT'
  /** A body option has the wrong type or shape, or an unknown name. Misuse, `TypeError`. */
  | 'ERR_SANITIZE_OPTION'
  /** A body option is outside its bounds. Misuse, `RangeError`. */
  | 'ERR_SANITIZE_OPTION_RANGE'
  /** The value to escape cannot be escaped. Misuse, `TypeError`. */
  | 'ERR_ESCAPE_INPUT'
  /** An option of `securityHeaders` is wrong. Misuse, `TypeError`. */
  | 'ERR_HEADERS_OPTION'
  /** An option of `cors` is wrong. Misuse, `TypeError`. */
  | 'ERR_CORS_OPTION'
  /** An option of `cors` is outside its bounds. Misuse, `RangeError`. */
  | 'ERR_CORS_OPTION_RANGE'
  /** An option of `httpsOnly` is wrong. Misuse, `TypeError`. */
  | 'ERR_HTTPS_OPTION'
  /** An option of `errorHandler` is wrong. Misuse, `TypeError`. */
  | 'ERR_ERRORS_OPTION'
  /** An option of `harden` is wrong. Misuse, `TypeError`. */
  | 'ERR_HARDEN_OPTION'
  /** An option of `RedisStore` has the wrong type, or is no client of one server. Misuse, `TypeError`. */
  | 'ERR_REDIS_OPTION'
  /** An option of `RedisStore` is outside its bounds. Misuse, `RangeError`. */
  | 'ERR_REDIS_OPTION_RANGE'
  /** The native addon is missing or unfit for this platform; the message says what to install. Thrown by `require`. */
  | 'ERR_NATIVE_LOAD'
  /** The native addon is of another version than the package. Thrown by `require`. */
  | 'ERR_NATIVE_VERSION';

/**
 * A request that was refused. Middleware hands it to `next`; `errorHandler` answers it as RFC 9457 problem details.
 *
 * The message is for logs. It never holds a token, a key, a password or input, and `expose` keeps it from clients: what a
 * client reads is the status and its title, and every refused token looks alike.
 */
export class PortcullisError extends Error {
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown });
  readonly name: 'PortcullisError';
  /** What was refused and why. */
  code: ErrorCode;
  /** The HTTP status to answer with: 400 to 503, 500 for a code that is no rejection. */
  status: number;
  /** The same as `status`, under the name that other handlers read. */
  statusCode: number;
  /** Always false: the message is not for clients. */
  expose: false;
}

// ---------------------------------------------------------------- jwt

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

/** Exactly one of some members. */
type OneOf<T> = { [K in keyof T]: Required<Pick<T, K>> & { [Other in Exclude<keyof T, K>]?: undefined } }[keyof T];

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

export interface RevocationsOptions {
  /**
   * Names a table that all threads of the process share: the same name is the same table. Default `'default'`.
   * @throws ERR_JWT_REVOCATIONS_CONFLICT at set-up, where the table exists with another `maxEntries`
   */
  name?: string;
  /** How many entries may be held, 1..=100,000,000. Default 1,000,000, which take at most 58 MB. It grows as it is filled. */
  maxEntries?: number;
  /**
   * Seconds, 1..=3,162,240,000: how long an entry that has no expiry of its own is kept. It must not be less than the
   * longest time for which any of your tokens is valid, or a revoked one is accepted again. Default 2,592,000 (30 days).
   */
  tokenLifetimeSeconds?: number;
  /**
   * Keeps processes in step. Its `onFailure` must be chosen: `'closed'` refuses every token with
   * ERR_JWT_REVOCATIONS_UNAVAILABLE while revocations of other processes may be unknown, `'open'` goes on with those that
   * are known. Its `prefix` says who shares: `name` does not. Redis 5 or newer.
   */
  store?: RedisStore;
  /** Milliseconds between looks at the store where no message came, 10..=60,000. Default 1,000. */
  pollMs?: number;
  /**
   * Milliseconds after the last good look at which the revocations count as out of step, 20..=600,000 and at least twice
   * `pollMs`. Default 5,000.
   */
  maxStaleMs?: number;
  /** Milliseconds since 1970-01-01 UTC; for tests. Default `Date.now`. */
  clock?: () => number;
}

/**
 * Tokens that are refused before they expire.
 *
 * Every call counts in this process at once. The promise settles when the store has it too; where it rejects
 * (ERR_REDIS_UNAVAILABLE), the entry counts here all the same and is sent again until it arrives. Without a store it is
 * settled already. An entry is kept five minutes longer than its token is valid, for verifiers with a clock tolerance.
 *
 * All of them throw ERR_JWT_REVOCATION where the name is empty or no string, and ERR_JWT_REVOCATIONS_FULL (503) where
 * there is no room: an entry that still counts is never dropped for another.
 *
 * Events: `inStep` when the table first is, or is again, in step with the store; `outOfStep`, with the error as far as
 * there is one, when it no longer is.
 */
export interface Revocations extends EventEmitter {
  /**
   * Refuses one verified token, by its `jti`, until its `exp`; for good where it has none.
   * @throws ERR_JWT_REVOCATION when it has no `jti`
   */
  revoke(claims: Claims): Promise<void>;
  /** Refuses a token by its `jti`. `expiresAt`: seconds since 1970, as `exp`. Default: `tokenLifetimeSeconds` from now. */
  revokeId(jti: string, options?: { expiresAt?: number }): Promise<void>;
  /**
   * Refuses the tokens of a subject that were issued before now, those of the current second included, and those without
   * `iat`: "log out everywhere".
   *
   * `issuedBefore`, in seconds since 1970 and at most five minutes ahead: refuses those whose `iat` is less. Give it the
   * current second where a new token is issued at once, as after a change of password:
   * `revokeSubject(sub, { issuedBefore: Math.floor(Date.now() / 1000) })`. Other tokens of that same second then pass too.
   * Where the issuer's clock may be ahead of this one, give a time that is later by as much.
   */
  revokeSubject(sub: string, options?: { issuedBefore?: number }): Promise<void>;
  /** Refuses the tokens of a session, by the claim `sid`, for `tokenLifetimeSeconds`. */
  revokeSession(sid: string): Promise<void>;
  /**
   * Refuses every token of a key, for good, by the id of the verifier's key (`kid` of a JWK, `keyId` of a key ring), whether
   * or not the token names it. A verifier's key that has no id is known by the token's header alone, and whoever holds a
   * stolen one writes there what he likes. Take the key out of the verifier's options as soon as you can.
   */
  revokeKey(kid: string): Promise<void>;
  /**
   * Whether claims of a verified token are refused; a verifier that has the revocations asks by itself.
   * @throws ERR_JWT_REVOCATIONS_UNAVAILABLE, ERR_JWT_REVOCATION for what is no claims, such as the token itself
   */
  isRevoked(claims: Claims, kid?: string): boolean;
  /** How many entries are held; some may have expired. */
  readonly size: number;
  /**
   * Settles when the table is first in step with the store; at once without one. Wait for it before you listen. Where the
   * store's data is younger than a minute, as after a restart of Redis, it takes three quiet polls: the processes that live
   * are filling it.
   */
  ready(): Promise<void>;
  /** Stops following the store; the table stays. */
  close(): Promise<void>;
}

/**
 * Prepares a table of revoked tokens, or finds it.
 * @throws ERR_JWT_OPTION, ERR_JWT_OPTION_RANGE, ERR_JWT_REVOCATIONS_CONFLICT
 */
export function createRevocations(options?: RevocationsOptions): Revocations;

/** What `authenticate` sets as `req.auth`. */
export interface Auth {
  token: string;
  claims: Claims;
}

/** The name of a token's cookie. */
export interface TokenCookieName {
  /**
   * At most 128 characters, default `__Host-token`: with the prefix `__Host-` browsers take the cookie only with `Secure`, `Path=/`
   * and no `Domain`, so that no sibling host and no plain HTTP can plant another (RFC 6265bis section 4.1.3.2).
   * @throws ERR_JWT_OPTION for a name without `__Host-` and `__Secure-`
   */
  name?: string;
  /** Takes a name without a prefix. Whoever can answer for a sibling host, or plain HTTP, can then set the user's token. */
  dangerouslyAllowUnprefixedName?: boolean;
}

/**
 * A token in a cookie, and who may cause a request that bears it.
 *
 * A browser sends a cookie whatever page asks it to. GET, HEAD and OPTIONS pass, so they must change nothing; any other
 * method, and a WebSocket handshake, passes only
 * - with `Sec-Fetch-Site: same-origin` or `none` (Fetch Metadata; no page can set it), or
 * - with an `Origin` of `trustedOrigins`, or
 * - where there is no `Sec-Fetch-Site`: with an `Origin` of the request's own `Host` (by `https:`, or by `http:` on loopback and for an
 *   unprefixed name on plain HTTP).
 *
 * Else 403 ERR_JWT_CSRF, also with neither header: a program has no cookies that others can make it send, and gives its
 * token in `Authorization`. No forwarded header is believed.
 */
export interface AuthenticateCookieOptions extends TokenCookieName {
  /**
   * Other origins whose pages may act for the user: exact, `https://*.example.com`, or an anchored RegExp, as in `cors`. Also the
   * public origin, behind a proxy that changes `Host`, for browsers without Fetch Metadata. @throws ERR_JWT_OPTION
   */
  trustedOrigins?: string | RegExp | Array<string | RegExp>;
  /** Takes requests that any site caused. Only behind a CSRF protection of your own. Default false. */
  dangerouslyAllowCrossSite?: boolean;
}

/** Where the token is: one of these. Default: the bearer token of RFC 6750 section 2.1. */
interface TokenSources {
  /**
   * Finds the token, at once; `undefined` where the request has none. If it reads a cookie, nothing here stands between the user and
   * other sites: use `cookie`.
   */
  getToken?: (req: any) => string | undefined;
  /** Takes the token from a cookie as well as from the header; both at once are refused. Default false. */
  cookie?: boolean | AuthenticateCookieOptions;
}

export type AuthenticateOptions = AuthenticateSettings &
  (OneOf<TokenSources> | { [K in keyof TokenSources]?: undefined });

export interface AuthenticateSettings {
  /** Lets a request without a token pass, with no `req.auth`. A bad token is refused all the same. Default false. */
  optional?: boolean;
  /**
   * What the claims must hold, as in `authorize`, judged at once; not with `optional`. Must not be written as `undefined`.
   * @throws ERR_JWT_OPTION
   */
  authorize?: AuthorizeRule;
  /** The `realm` of `WWW-Authenticate`: printable ASCII without `"` and `\`. Default: none. @throws ERR_JWT_OPTION */
  realm?: string;
}

/**
 * Verifies the request's token, judges its claims where `authorize` is given, and sets `req.auth`. Give a verifier, or the
 * options of one. A token whose keys have to be fetched first is waited for.
 *
 * All refusals go to `next(err)`, with the `WWW-Authenticate` of RFC 6750 section 3 as `err.wwwAuthenticate`:
 * - 401 ERR_JWT_MISSING: there is no token; 401 and `error="invalid_token"`, all alike: the verifier's codes;
 * - 400 ERR_JWT_REQUEST, `error="invalid_request"`: two `Authorization` headers, the cookie twice, header and cookie, or either
 *   beside an `access_token` in the query or in a form that was parsed before (RFC 6750 section 2: one way per request);
 * - 403 ERR_JWT_FORBIDDEN, with `error="insufficient_scope"` and the `scope` where scopes are missing; 403 ERR_JWT_CSRF.
 *
 * OPTIONS is a method like any other: put `cors` before it, which answers preflights.
 *
 * # Security
 * Shared caches may keep what is answered to a cookie: send `Cache-Control: no-store`, as the preset `api` of `harden` does.
 */
export function authenticate(
  options: AuthenticateOptions &
    (
      | ({ verifier: Verifier } & { [K in keyof (VerifierPolicy & VerifierKeys)]?: undefined })
      | (VerifierOptions & { verifier?: undefined })
    ),
): RequestHandler;

export interface TokenCookieOptions extends TokenCookieName {
  /**
   * How long browsers keep it, in seconds, 1..=34,560,000 (400 days, RFC 6265bis section 5.5). Default: until the browser ends. Give
   * it the life of the token. @throws ERR_JWT_OPTION_RANGE
   */
  maxAgeSeconds?: number;
  /** Default `Strict`: not sent on the way here from another site. `Lax`: sent when the user follows a link. @throws ERR_JWT_OPTION */
  sameSite?: 'Strict' | 'Lax';
}

export interface TokenCookie {
  /**
   * Adds `Set-Cookie` to the response, beside the cookies of others and in place of an earlier one of this name.
   * @throws ERR_JWT_COOKIE when the token is no text of a cookie's characters, or has more than 4,096 bytes with the name
   * (browsers drop such a cookie, RFC 6265bis section 5.6)
   */
  set(res: any, token: string): void;
  /** Has the browser forget the cookie. The token stays good until its `exp`. */
  clear(res: any): void;
}

/** Writes the cookie that `authenticate({ cookie })` reads: `HttpOnly; Secure; Path=/; SameSite`, and no `Domain`. */
export function tokenCookie(options?: TokenCookieOptions): TokenCookie;

/** At least one of these. */
export interface AuthorizeRule {
  /**
   * All of them must be held: in `scope` (one string with spaces, RFC 8693 section 4.2), or `scp`, or a list. Each is a scope token
   * of RFC 6749 section 3.3. Must not be written as `undefined`, nor `roles` and `check`.
   */
  scopes?: string[];
  /** One of them must be held, in the list `roles`. */
  roles?: string[];
  /** Must answer exactly `true`. */
  check?: (claims: Claims, req: any) => boolean;
}

export interface AuthorizeOptions extends AuthorizeRule {
  /** As in `authenticate`. */
  realm?: string;
}

/**
 * Lets a request pass whose claims allow it, else 403 ERR_JWT_FORBIDDEN. Stands after `authenticate`; without it: 401. One
 * rule that goes with every request of a route is cheaper as `authenticate({ authorize })`.
 */
export function authorize(options: AuthorizeOptions): RequestHandler;

// ---------------------------------------------------------------- refresh tokens

export interface RefreshTokensOptions {
  /**
   * Where families lie. Default: the memory of this process, where they end with it and no other process knows them: with
   * several, a token fails wherever it was not issued. Must not be written as `undefined`.
   * @throws ERR_JWT_OPTION for a store whose `onFailure` is `open` or `fallback`: refresh tokens always fail closed
   */
  store?: RedisStore;
  /**
   * The life of a family from its issue, in seconds, 1..=34,560,000 (400 days, the longest that a browser keeps a cookie:
   * RFC 6265bis section 5.5), default 30 days. No rotation extends it. @throws ERR_JWT_OPTION_RANGE
   */
  lifetimeSeconds?: number;
  /** How long a token lives that is not used (RFC 9700 section 4.14.2), in seconds, as above, default 7 days. @throws ERR_JWT_OPTION_RANGE */
  idleSeconds?: number;
  /**
   * For how long the token that was just replaced gives a further successor, because two tabs use it at once or an answer
   * was lost, in seconds, 0..=60, default 10. At most 8 successors. 0: never. A thief has the same seconds; the clocks of
   * processes must agree to within them. @throws ERR_JWT_OPTION_RANGE
   */
  graceSeconds?: number;
  /** The size of `data` as JSON, in bytes, 1..=65,536, default 1,024. @throws ERR_JWT_OPTION_RANGE */
  maxDataBytes?: number;
  /**
   * Living families in memory, 1..=10,000,000, default 100,000. Expired ones make room; with no room left `issue` is refused
   * (ERR_JWT_REFRESH_FULL). Only without `store`. @throws ERR_JWT_OPTION_RANGE
   */
  maxFamilies?: number;
  /** Milliseconds since 1970-01-01 UTC. Default `Date.now`, which fake timers replace. */
  clock?: () => number;
}

export interface RefreshTokens extends EventEmitter<{ reuse: [event: { familyId: string; subject: string }] }> {
  /**
   * Starts a family: at a log-in. `subject`: well-formed text of 1..=1,024 bytes; `data`: whatever JSON can write, and what
   * each rotation answers again.
   * @throws ERR_JWT_REFRESH_FULL, ERR_REDIS_UNAVAILABLE; ERR_JWT_OPTION, ERR_JWT_OPTION_RANGE for a wrong argument
   */
  issue(options: { subject: string; data?: any }): Promise<{
    /** 72 characters of base64url, with 256 random bits of its own. Only their SHA-256 is stored. */
    token: string;
    /** Names the family, in logs for example; it does not help to make a token. */
    familyId: string;
    /** When the token ends unless it is used. */
    expiresAt: Date;
  }>;
  /**
   * Replaces a token: the new one lives, the old one is over. Atomic: of any number of calls at once with one token, one
   * replaces it, and those within `graceSeconds` get siblings, up to 8 tokens in all. A token that was replaced before that is taken for
   * stolen: the family is revoked and `reuse` is emitted once. Undamaged tokens alone do that.
   *
   * All refusals are 401 and look alike from outside. Whatever Redis did not confirm is refused, with 503.
   * @throws PortcullisError ERR_JWT_REFRESH_INVALID, ERR_JWT_REFRESH_EXPIRED, ERR_JWT_REFRESH_REUSED,
   * ERR_JWT_REFRESH_REVOKED, ERR_REDIS_UNAVAILABLE
   */
  rotate(token: string): Promise<{ token: string; subject: string; data: any; familyId: string; expiresAt: Date }>;
  /**
   * Ends a family: at a log-out. Any of its tokens will do, an old one too; `undefined` and what is no token name none.
   * @returns whether there was one to revoke. @throws ERR_REDIS_UNAVAILABLE
   */
  revokeFamily(tokenOrFamilyId: string | undefined): Promise<boolean>;
  /** Ends all families of a subject: log out everywhere. @returns how many there were. @throws ERR_REDIS_UNAVAILABLE */
  revokeSubject(subject: string): Promise<number>;
}

/**
 * Prepares refresh tokens with rotation and reuse detection (RFC 9700 section 4.14.2, RFC 6819 section 5.2.2.3).
 *
 * # Security  Keep the token where scripts cannot read it: a cookie with HttpOnly, Secure and SameSite=Strict. Access tokens
 * that were issued before a revocation live until they expire: keep them short.
 * @throws ERR_JWT_OPTION, ERR_JWT_OPTION_RANGE
 */
export function createRefreshTokens(options?: RefreshTokensOptions): RefreshTokens;

// ---------------------------------------------------------------- redis

export interface RedisStoreOptions {
  /**
   * Your own client of one Redis server (tested with 7.0): of `ioredis` (5, 6) or of `redis` (4, 5, 6; call its `connect()`). It
   * stays yours: close it when you are done. Clients of clusters, pools and `redis`'s Sentinel are refused; with `ioredis`,
   * Sentinel works. @throws ERR_REDIS_OPTION
   */
  client: object;
  /** What every key starts with: not empty. Default `'portcullis:'`. Two applications on one server need two. */
  prefix?: string;
  /**
   * How long a command may take in all, a connection that is being made included, in milliseconds, 1..=60,000. Default 500:
   * Linux sends a lost packet again after 200 ms at the earliest (TCP_RTO_MIN), and again after 400 ms more.
   * @throws ERR_REDIS_OPTION_RANGE
   */
  deadlineMs?: number;
  /**
   * What an area does while Redis cannot be asked; each says which of these it takes, and whether you must choose.
   * Must not be written as `undefined`.
   */
  onFailure?: 'fallback' | 'open' | 'closed';
}

/**
 * Keeps the state of an area in Redis, so that processes share it: give it to the area as its `store`.
 *
 * A command answers or fails with ERR_REDIS_UNAVAILABLE within `deadlineMs`, whatever the server does. While the client is
 * not connected nothing is queued. Listens to the client's `error` events, so that they never end the process; your own
 * listeners hear them too.
 *
 * # Security  What is stored is as safe as the server: give it a password, TLS, and no other users.
 * @throws ERR_REDIS_OPTION, ERR_REDIS_OPTION_RANGE
 */
export class RedisStore {
  constructor(options: RedisStoreOptions);
  readonly onFailure: 'fallback' | 'open' | 'closed' | undefined;
  /** Only what `new RedisStore` made will do. */
  private readonly made: true;
}

// ---------------------------------------------------------------- password

/**
 * A password: text, hashed in Unicode NFC (NIST SP 800-63B-4 section 3.1.1.2), or bytes, hashed as they are. Bytes are
 * copied before the call returns; overwrite yours afterwards if you like. They must not lie in shared memory.
 */
export type Password = string | Uint8Array;

export interface PasswordOptions {
  /** Memory of one hash in KiB, 8 * lanes..4194304, default 19456 (OWASP Password Storage Cheat Sheet). */
  memoryKib?: number;
  /** Passes over the memory, 1..1024, default 2 (OWASP, with 19456 KiB). */
  passes?: number;
  /** Lanes, 1..255, default 1 (OWASP). One hash runs on one thread, whatever its lanes. */
  lanes?: number;
  /** Threads of this object's own pool, 1..256, default the cores that Node reports, at most 4. Started when needed. */
  threads?: number;
  /**
   * Hashes and verifications that may wait for a thread, 0..65536, default 256: at the default cost the last one waits
   * about a second on four threads. One more is refused with `ERR_PASSWORD_BUSY`.
   */
  maxQueue?: number;
  /**
   * Longest password in bytes of UTF-8, 64..65536, default 1024. A longer one is refused and never cut
   * (NIST SP 800-63B-4 section 3.1.1.2: at least 64 characters, the whole password is verified). More than 30 combining
   * marks in a row are refused with `ERR_PASSWORD_INPUT` (UAX #15 section 13: no language has them).
   */
  maxPasswordBytes?: number;
}

export interface PasswordStats {
  /** The bound on threads. */
  threads: number;
  /** Jobs that have a thread. */
  active: number;
  /** Jobs that wait for one. */
  queued: number;
  /** Jobs that ended, since the start. */
  completed: number;
  /** Jobs refused with `ERR_PASSWORD_BUSY`, since the start. */
  refused: number;
  /** Memory in KiB that the threads keep, wiped, for the next job: at most `threads * memoryKib`. */
  memoryKib: number;
}

export interface Passwords {
  /**
   * Hashes a password with Argon2id to a PHC string, `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, with a random salt of
   * 16 bytes and a tag of 32.
   *
   * Rejects with `ERR_PASSWORD_INPUT` (400: not a string or Uint8Array, empty, too long, or a lone surrogate),
   * `ERR_PASSWORD_BUSY` (503: the queue is full), `ERR_PASSWORD_CLOSED` (503), `ERR_PASSWORD_MEMORY` (503) or
   * `ERR_PASSWORD_SALT` (500).
   */
  hash(password: Password): Promise<string>;
  /**
   * Whether the password is the one behind the hash. A wrong password is `false`, and so is an empty one.
   *
   * Verifies Argon2id, Argon2i and Argon2d of versions 0x10 and 0x13 by any writer of PHC strings, at the cost the string
   * names: at most 256 MiB, 16 passes and 16 lanes, or your own options where they are higher. With `null` for an unknown
   * account it does the same work as for a hash of the current options and answers `false`, so that time does not tell
   * which accounts exist; accounts with hashes of another cost still answer in another time.
   *
   * Rejects as `hash` does, and with `ERR_PASSWORD_HASH_MALFORMED` or `ERR_PASSWORD_HASH_COSTLY` (500: what is stored
   * cannot be verified).
   */
  verify(hash: string | null | undefined, password: Password): Promise<boolean>;
  /**
   * Whether the variant, version, memory, passes, lanes, or length of salt or tag differ from a new hash. Throws
   * `ERR_PASSWORD_HASH_MALFORMED`.
   */
  needsRehash(hash: string): boolean;
  /** A snapshot of the pool. */
  stats(): PasswordStats;
  /** Refuses new work with `ERR_PASSWORD_CLOSED`, finishes what was accepted, then ends the threads. */
  close(): void;
}

/**
 * Prepares password hashing on a bounded pool of its own threads. Make one and share it: each has its own pool.
 *
 * Throws `ERR_PASSWORD_OPTION` (TypeError) or `ERR_PASSWORD_OPTION_RANGE` (RangeError).
 *
 * Security: passwords, derived blocks and memory are wiped after use; a JavaScript string cannot be wiped, pass a
 * Uint8Array where that matters. Limit log-in attempts as well: hashing slows guessing down, it does not stop it.
 */
export function createPasswords(options?: PasswordOptions): Passwords;

// ---------------------------------------------------------------- rate limit

/** What a limiter answers to one hit. Times are whole milliseconds, rounded up, on a monotonic clock. */
export interface Decision {
  allowed: boolean;
  limit: number;
  /** Hits that would still pass now. */
  remaining: number;
  /** Until the whole limit is there again. */
  resetMs: number;
  /** Until the same hit can pass; 0 when it passed. */
  retryAfterMs: number;
}

export interface LimiterOptions {
  /** Hits per window, a whole number, 0..=16,777,213; 0 refuses all. @throws ERR_RATE_LIMIT_OPTION, ERR_RATE_LIMIT_OPTION_RANGE */
  limit: number;
  /** Milliseconds, 1..=2,147,483,647 (express-rate-limit's bound). @throws ERR_RATE_LIMIT_OPTION, ERR_RATE_LIMIT_OPTION_RANGE */
  windowMs: number;
  /**
   * Default `'fixed'`: `limit` hits in a window that starts at the key's first hit; a client can send up to twice the
   * limit around the end of its window. `'gcra'`: one hit every `windowMs / limit`, up to `limit` at once; refused hits
   * are not counted.
   */
  algorithm?: 'fixed' | 'gcra';
  /**
   * Limiters of one name are one limiter in the whole process, worker threads included, until it ends. The other options
   * must be the same. @throws ERR_RATE_LIMIT_CONFLICT
   */
  name?: string;
  /**
   * Bound of the table in bytes, 65,536..=1,073,741,824, default 16,777,216. A key takes 16 to 48 bytes. A full table
   * forgets the key nearest to its end, and one that is over its limit only where all candidates are.
   */
  maxBytes?: number;
  /** Milliseconds of a monotonic clock, for tests. Default: the process's own monotonic clock. */
  clock?: () => number;
}

export interface Limiter {
  /**
   * Counts a hit. `key`: 1..=1,024 bytes of UTF-8. `cost`: a whole number, 1..=limit, default 1; a refused hit dearer than
   * what remains takes nothing. @throws ERR_RATE_LIMIT_KEY, ERR_RATE_LIMIT_COST
   */
  consume(key: string, cost?: number): Decision;
  /** What a hit of cost 1 would be answered; counts nothing. */
  peek(key: string): Decision;
  /** Gives `cost` back to the window that is open, never below zero. */
  refund(key: string, cost?: number): void;
  /** Refuses the key for `blockMs` milliseconds, 1..=2,147,483,647; refunds do not lift it, `reset` does. */
  block(key: string, blockMs: number): void;
  /** Forgets the key. */
  reset(key: string): void;
  /** Reads the whole table: for metrics, not for requests. `evictions`: live keys forgotten for want of room. */
  stats(): { keys: number; bytes: number; maxBytes: number; evictions: number };
}

/**
 * `keys`: default `'text'`, every string its own key. `'address'`: keys are IP addresses, IPv4-mapped ones count as IPv4,
 * IPv6 by its first `ipv6Subnet` bits (32..=128, default 56 as in express-rate-limit; false for the whole address).
 */
export function createLimiter(
  options: LimiterOptions & { keys?: 'text' | 'address'; ipv6Subnet?: number | false },
): Limiter;

/**
 * The one text under which a client's address is counted: IPv4-mapped addresses as IPv4, IPv6 by its first `ipv6Subnet`
 * bits (32..=128, default 56, false for all). For key generators that join the address with something else: `req.ip` as it
 * is would count every address of one home apart.
 * @throws ERR_RATE_LIMIT_KEY for what is no address, ERR_RATE_LIMIT_OPTION_RANGE
 */
export function addressKey(ip: string, ipv6Subnet?: number | false): string;

/** What a limited request carries, by default as `req.rateLimit`. */
export interface RateLimitInfo {
  limit: number;
  /** Hits counted in this window, refused ones included (`fixed`). */
  used: number;
  remaining: number;
  resetMs: number;
  retryAfterMs: number;
  /** Made when it is read. */
  readonly resetTime: Date;
}

type MaybePromise<T> = T | Promise<T>;

/** Options with express-rate-limit's names; defaults are its own unless said. Unknown names are refused. */
export interface RateLimitOptions extends Omit<LimiterOptions, 'limit' | 'windowMs'> {
  /** Default 60,000. */
  windowMs?: number;
  /** Default 5. A function is asked per request (`fixed` only); anything but a whole number in bounds is an error of that request. */
  limit?: number | ((req: any, res: any) => MaybePromise<number>);
  /** The older name of `limit`. */
  max?: number | ((req: any, res: any) => MaybePromise<number>);
  /** Sent by `res.send` instead of the default `application/problem+json` document (RFC 9457; with `requestId` as in {@link errorHandler}). */
  message?: unknown;
  /** Default 429; 400..=599. */
  statusCode?: number;
  /** Answers in place of `message` and `statusCode`. `Retry-After` is set already. */
  handler?: (req: any, res: any, next: (err?: unknown) => void, options: Readonly<RateLimitOptions>) => unknown;
  /** `X-RateLimit-*`. Default false (express-rate-limit: true). */
  legacyHeaders?: boolean;
  /** Default `'draft-8'` (express-rate-limit: false), without its optional partition key. `true` is `'draft-6'`. */
  standardHeaders?: boolean | 'draft-6' | 'draft-7' | 'draft-8';
  /** The policy's name in draft-8: printable ASCII, default e.g. `5-in-1min`. */
  identifier?: string | ((req: any, res: any) => string);
  /** Default: the client's address (`req.ip`). Must answer a string of 1..=1,024 bytes, else the request fails with ERR_RATE_LIMIT_KEY. */
  keyGenerator?: (req: any, res: any) => MaybePromise<string>;
  /** 32..=128 bits of an IPv6 address that name a client, default 56; false for all. Not together with `keyGenerator`. */
  ipv6Subnet?: number | false;
  skip?: (req: any, res: any) => MaybePromise<boolean>;
  /** Gives the hit back when the response fails or the client goes away. Default false. */
  skipFailedRequests?: boolean;
  /** Gives the hit back when the response succeeds. Default false. */
  skipSuccessfulRequests?: boolean;
  /** Default: a status below 400. */
  requestWasSuccessful?: (req: any, res: any) => MaybePromise<boolean>;
  /** Default `'rateLimit'`. */
  requestPropertyName?: string;
}

/** Limits requests. Errors of keys, limits and clocks go to `next(err)`: the request does not pass. */
export function rateLimit(options?: RateLimitOptions): RequestHandler & {
  resetKey(key: string): void;
  getKey(key: string): { totalHits: number; resetTime: Date } | undefined;
};

// ---------------------------------------------------------------- sanitize

/** `'reject'`: a body with such a key is refused with 400. `false`: the rule is off. */
export type JsonRule = 'reject' | false;

/** Which kinds of keys are refused. Keys are judged as `JSON.parse` reads them: `"\\u0024gt"` is `$gt`. */
export interface JsonRules {
  /** A key that starts with `$`, as an operator of MongoDB does: `ERR_SANITIZE_OPERATOR_KEY`. Default `'reject'`. */
  operators?: JsonRule;
  /**
   * A key that holds a dot: `ERR_SANITIZE_DOTTED_KEY`. Default `'reject'`. Set it to `false` where your API has keys
   * such as `"user.name"` or host names and no query language reads them as paths.
   */
  dots?: JsonRule;
  /**
   * The key `__proto__` anywhere, and the key `prototype` directly in an object that is the value of a key
   * `constructor` (as secure-json-parse): `ERR_SANITIZE_PROTOTYPE_KEY`. `constructor` alone passes. Default `'reject'`.
   */
  prototypes?: JsonRule;
  /** A key that stands twice in one object, also by escapes: `ERR_SANITIZE_DUPLICATE_KEY` (RFC 7493 section 2.3). Default `'reject'`. */
  duplicates?: JsonRule;
}

/** Options of {@link json}. A wrong one throws `ERR_SANITIZE_OPTION` or `ERR_SANITIZE_OPTION_RANGE` at set-up. */
export interface JsonOptions {
  /**
   * Bytes of the body once it is inflated: a number, or text such as `'100kb'` or `'1mb'` (1kb is 1024). 1 to 256 MiB.
   * Default `'100kb'`, as body-parser. Over it: `ERR_SANITIZE_TOO_LARGE` (413), before reading when Content-Length says so.
   */
  limit?: number | string;
  /**
   * Whether gzip, deflate and br bodies are inflated. Default true, as body-parser. They may inflate to `limit`, and past
   * 100 KiB to 100 times their size (a bound of ours): else `ERR_SANITIZE_TOO_LARGE`. Over the wire they may have
   * `limit` + 1 KiB. Corrupt, cut, or with bytes after the end: `ERR_SANITIZE_INFLATE` (400). Another encoding,
   * several at once, or false here: `ERR_SANITIZE_ENCODING` (415).
   */
  inflate?: boolean;
  /** Whether only objects and arrays are accepted: else `ERR_SANITIZE_SYNTAX`. Default true, as body-parser. */
  strict?: boolean;
  /**
   * Which bodies are read: a media type (`'application/*+json'`, `'+json'`, `'json'`), a list, or a function. Default
   * `'application/json'`, as body-parser. Any other body is left alone, and `req.body` stays undefined.
   */
  type?: string | readonly string[] | ((req: IncomingMessage) => unknown);
  /** Whether the bytes that were checked (inflated) are kept in `req.rawBody`, for webhook signatures. Default false. */
  rawBody?: boolean;
  /** Arrays and objects open at once, 1 to 1,000; default 32. Over it: `ERR_SANITIZE_DEPTH`. */
  maxDepth?: number;
  /**
   * Keys of all objects together, 1 to 1,000,000; default 1,000, as body-parser's `parameterLimit` for forms. Raise it
   * for routes that take lists in bulk. Over it: `ERR_SANITIZE_KEYS`.
   */
  maxKeys?: number;
  /** UTF-8 bytes of one key, unescaped, 1 to 65,536; default 256. Over it: `ERR_SANITIZE_KEY_LENGTH`. */
  maxKeyLength?: number;
  /** What happens to a body that breaks a rule; only `'reject'` exists. */
  mode?: 'reject';
  /** Which kinds of keys are refused; default all. */
  rules?: JsonRules;
}

/**
 * Reads, checks and parses JSON bodies in the place of `express.json()`, alike on Express 4 and 5.
 *
 * One native scan judges the raw bytes before `JSON.parse` sees them. A refusal goes to `next(err)` as a
 * `PortcullisError` that holds neither the body nor the parser's message. Without a body `req.body` is undefined; an
 * empty one is `{}`, as with body-parser. Beyond the codes of the options: `ERR_SANITIZE_SYNTAX`, `_UTF8`, `_BOM`,
 * `_SURROGATE` (an escape of half a pair, RFC 7493 section 2.1), `_NUMBER` (such as 1e400), `_LENGTH`, `_ABORTED` (400),
 * `_CHARSET` (415: the Content-Type names a charset that is not utf-8), `_STREAM` (500: another parser took the body first).
 *
 * Security: keys are compared exactly, so code that trims, folds case or normalises keys afterwards can make an operator
 * of `" $gt"` or of a full-width dollar sign. A string that holds JSON is a string here. Query strings, cookies and
 * route parameters are not seen. Integers beyond 2^53 pass and lose precision, as in `JSON.parse`.
 */
export function json(options?: JsonOptions): RequestHandler;

// ---------------------------------------------------------------- escape

/**
 * Escapes text for HTML text and for attribute values in quotes: `"` `&` `'` `<` `>` become `&quot;` `&amp;` `&#39;`
 * `&lt;` `&gt;`, as escape-html writes them. A clean text is handed back as the same string. Every other code unit, lone
 * surrogates included, passes unchanged. Not for attributes without quotes, scripts, styles or URLs.
 * @throws ERR_ESCAPE_INPUT for anything but a string, and for one of more than 89,478,481 UTF-16 units.
 */
export function escapeHtml(text: string): string;

// ---------------------------------------------------------------- headers

/** A header's settings: `false` leaves it out, `true` takes its default, an object changes it. */
type HeaderOption<Settings> = boolean | Settings;

/**
 * helmet 8's options by the same names and aliases, with the same values; a name or a setting that helmet does not know is
 * refused. A header may be given under one of its names only.
 */
export interface SecurityHeadersOptions {
  /**
   * `web`: helmet's defaults, byte for byte. `api`: `Cache-Control: no-store`, CSP `default-src 'none'; frame-ancestors
   * 'none'`, `X-Frame-Options: DENY`, nosniff, HSTS and `Referrer-Policy: no-referrer`. Default `web`.
   * Source: the OWASP REST Security Cheat Sheet.
   */
  preset?: 'web' | 'api';
  /** A function among the values of a directive is called per request (a nonce): that header costs what helmet costs. */
  contentSecurityPolicy?: HeaderOption<{
    useDefaults?: boolean;
    directives?: Record<string, null | string | Iterable<string | ((req: any, res: any) => string)> | symbol>;
    reportOnly?: boolean;
  }>;
  /** Default `false`. */
  crossOriginEmbedderPolicy?: HeaderOption<{ policy?: 'require-corp' | 'credentialless' | 'unsafe-none' }>;
  crossOriginOpenerPolicy?: HeaderOption<{
    policy?: 'same-origin' | 'same-origin-allow-popups' | 'noopener-allow-popups' | 'unsafe-none';
  }>;
  crossOriginResourcePolicy?: HeaderOption<{ policy?: 'same-origin' | 'same-site' | 'cross-origin' }>;
  originAgentCluster?: boolean;
  referrerPolicy?: HeaderOption<{ policy?: string | string[] }>;
  /** `maxAge` in seconds, 0 or more, default 31,536,000 (a year). Browsers heed it over HTTPS only (RFC 6797). */
  strictTransportSecurity?: HeaderOption<{ maxAge?: number; includeSubDomains?: boolean; preload?: boolean }>;
  hsts?: SecurityHeadersOptions['strictTransportSecurity'];
  xContentTypeOptions?: boolean;
  noSniff?: boolean;
  xDnsPrefetchControl?: HeaderOption<{ allow?: boolean }>;
  dnsPrefetchControl?: SecurityHeadersOptions['xDnsPrefetchControl'];
  xDownloadOptions?: boolean;
  ieNoOpen?: boolean;
  xFrameOptions?: HeaderOption<{ action?: 'deny' | 'sameorigin' | 'DENY' | 'SAMEORIGIN' }>;
  frameguard?: SecurityHeadersOptions['xFrameOptions'];
  xPermittedCrossDomainPolicies?: HeaderOption<{
    permittedPolicies?: 'none' | 'master-only' | 'by-content-type' | 'all';
  }>;
  permittedCrossDomainPolicies?: SecurityHeadersOptions['xPermittedCrossDomainPolicies'];
  /** `true` removes `X-Powered-By`. Default `true`. */
  xPoweredBy?: boolean;
  hidePoweredBy?: boolean;
  xXssProtection?: boolean;
  xssFilter?: boolean;
  /** The value of `Cache-Control`, or `false`. Default `no-store` in the preset `api`, else `false`. */
  cacheControl?: string | false;
  /** The value of `Permissions-Policy`, or `false`. Default `false`: it matters to rendered pages alone. */
  permissionsPolicy?: string | false;
}

/**
 * Security headers: helmet is asked once, when the middleware is made, and its answer is replayed on each request.
 *
 * What a handler sets, removes or appends afterwards counts, as with helmet.
 * @throws ERR_HEADERS_OPTION an option is unknown, of the wrong type, or refused by helmet
 */
export function securityHeaders(options?: SecurityHeadersOptions): RequestHandler;

// ---------------------------------------------------------------- cors

/** Judges an origin, now or later: an error, or `true`, `false`, an origin, a RegExp or an array of these. */
export type OriginFunction = (
  origin: string | undefined,
  callback: (error: unknown, allow?: boolean | string | RegExp | Array<string | RegExp>) => void,
) => void;

/** The `cors` package's options by the same names, and the checks it does not make. */
export interface CorsOptions {
  /**
   * Who may read answers. `'*'`: any site, without credentials. A string or an array: exact origins as browsers send them
   * (`https://app.example.com`), patterns for subdomains at any depth (`https://*.example.com`), RegExps anchored as a whole
   * (`^...$`, without the flags g, y and m). `true`: reflects any origin. `false`: no CORS at all. Default `'*'`. `undefined`
   * given explicitly, `'null'` and origins that no browser sends are refused. A RegExp of yours runs in JavaScript: it sees at
   * most 512 characters, and its running time is yours to mind.
   */
  origin?: boolean | string | RegExp | Array<string | RegExp> | OriginFunction;
  /** Default `GET,HEAD,PUT,PATCH,POST,DELETE`. */
  methods?: string | string[];
  /** Default: those that the preflight asks for. */
  allowedHeaders?: string | string[];
  exposedHeaders?: string | string[];
  /** Default `false`. With `true`, `origin` must name origins. */
  credentials?: boolean;
  /** Seconds that a browser may keep a preflight's answer; 0 or more. Default: not sent (browsers keep it 5 seconds). */
  maxAge?: number;
  /** Hands preflights on to the app. Default `false`. */
  preflightContinue?: boolean;
  /** 200..299, default 204. */
  optionsSuccessStatus?: number;
  /**
   * Stops POST, PUT, PATCH, DELETE and other state-changing requests of refused origins with ERR_CORS_ORIGIN (403); CORS
   * alone only hides their answers. Requests without `Origin`, and same-origin ones (by `Sec-Fetch-Site`, or `Origin` against
   * `Host`), pass. Default `false`; in `harden()` `true` where `origin` names origins.
   */
  enforce?: boolean;
  /** Lets `origin: true` go with `credentials: true`: every site that a user visits then acts as that user. */
  dangerouslyAllowAnyOriginWithCredentials?: boolean;
}

/**
 * CORS. An allowed origin gets what the `cors` package sends, header for header; a refused one gets no CORS header.
 * `Vary: Origin` is always sent unless `origin` is `'*'`. A preflight is OPTIONS with `Access-Control-Request-Method`; other
 * OPTIONS requests pass on.
 *
 * Not access control: programs that are no browsers send any Origin they like.
 * @throws ERR_CORS_OPTION an option is unknown, of the wrong type, or would open more than it seems to
 */
export function cors(options?: CorsOptions): RequestHandler;

// ---------------------------------------------------------------- https

export interface HttpsOnlyOptions {
  /** `redirect`: 308 to a host below. `reject`: ERR_HTTPS_REQUIRED (403). Default `redirect` where hosts are given, else `reject`. */
  mode?: 'redirect' | 'reject';
  /** The one host to redirect to, in lower case, with a port or without. Either this or `allowedHosts`. */
  host?: string;
  /** Hosts, without ports, that a request may name and is redirected to. Any other, or none, is ERR_HTTPS_HOST (400). */
  allowedHosts?: string[];
  /** Paths that plain HTTP may reach: one that ends in `/` with all below it, another exactly. Default none. */
  except?: string[];
}

/**
 * Turns plain HTTP away. Believes `req.secure` alone: behind a proxy set Express's `trust proxy` to what your proxies are, or
 * every request counts as plain.
 * @throws ERR_HTTPS_OPTION an option is unknown or wrong, or the mode does not go with the hosts
 */
export function httpsOnly(options?: HttpsOnlyOptions): RequestHandler;

// ---------------------------------------------------------------- error handler

export interface ErrorHandlerOptions {
  /**
   * Told of every error, with the status that is answered; for your log. What it throws or rejects with is reported on
   * console.error and goes no further. Default: writes the stack of errors answered with 5xx to console.error.
   */
  onError?: (error: unknown, req: any, res: any, status: number) => unknown;
}

/** An error handler for Express 4 and 5: put it last. */
export type ErrorRequestHandler = (error: unknown, req: any, res: any, next: (err?: unknown) => void) => void;

/**
 * Answers any error with RFC 9457 `application/problem+json`: `type` (`about:blank`), `title`, `status`, `detail` where the
 * app wrote one, and `requestId` when `req.id` is a safe one. No message, stack, code or input.
 *
 * `detail`: the string `error.detail` of an error with `expose: true` and a 4xx `status`, sent as it is: write it for the
 * client, without input. Never `error.message`.
 *
 * Status: that of a {@link PortcullisError}; a 4xx of an error with `expose: true` (http-errors), of body-parser, or of a path
 * that does not decode; else 500, so that an upstream's 401 is not yours. 400, 401 and 403 carry `error.wwwAuthenticate`
 * (RFC 6750 section 3.1), 429 and 503 `error.retryAfter` (seconds). Headers already set stay, except those that describe the
 * lost body. An answer that has begun is cut off.
 * @throws ERR_ERRORS_OPTION an option is unknown or wrong
 */
export function errorHandler(options?: ErrorHandlerOptions): ErrorRequestHandler;

// ---------------------------------------------------------------- harden

export interface HardenOptions {
  /**
   * `api` (default): headers preset `api`, 100 requests a minute and client. `web`: headers preset `web` (helmet's defaults),
   * 600 requests a minute and client. Both: a request id, a JSON body guard; CORS and https off until given.
   */
  preset?: 'api' | 'web';
  /**
   * `req.id` and `X-Request-Id`: a random UUID. `trustIncoming` (default `false`) takes over a sent one of 1..128 letters,
   * digits and `_ . : -`. Default `true`.
   */
  requestId?: boolean | { trustIncoming?: boolean };
  /** Default `false`, so that http://localhost answers; `true` is `httpsOnly()`, which rejects. */
  https?: boolean | HttpsOnlyOptions | RequestHandler;
  /** Laid over the preset's. Default `true`. */
  headers?: boolean | SecurityHeadersOptions | RequestHandler;
  /** Default `false`. `enforce` is on where `origin` names origins. */
  cors?: boolean | CorsOptions | RequestHandler;
  /** Laid over the preset's. Default `true`. */
  rateLimit?: boolean | Parameters<typeof rateLimit>[0] | RequestHandler;
  /** Default `true`: `json()`. */
  body?: boolean | Parameters<typeof json>[0] | RequestHandler;
}

/**
 * One Express layer for the whole list, in this order: request id and headers (refusals bear them too), https, cors (a browser
 * can read a 429), rateLimit (refused requests cost no parsing), body. Each option is that member's options, `true`, `false`
 * or a middleware of yours. Refusals go to `next(err)`: put {@link errorHandler} last.
 * @throws ERR_HARDEN_OPTION an option is unknown or wrong; `csrf` is not offered
 * @throws the member's own code for a wrong option of a member
 */
export function harden(options?: HardenOptions): RequestHandler;
