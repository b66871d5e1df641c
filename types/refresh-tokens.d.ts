import type { EventEmitter } from 'node:events';
import type { RedisStore } from './redis';

export interface RefreshTokensOptions {
  /**
   * Where families are kept. Default: the memory of this process, where they end with it and no other process knows them.
   * @throws ERR_REFRESH_TOKENS_OPTION if it is given as `undefined`, and for a store whose `onFailure` is `open` or `fallback`:
   * refresh tokens always fail closed
   */
  store?: RedisStore;
  /**
   * Lifetime of a family from its issue, in seconds; no rotation extends it. From 1 to 34,560,000 (400 days, the longest that a
   * browser keeps a cookie: RFC 6265bis section 5.5). Default: 2,592,000 (30 days). @throws ERR_REFRESH_TOKENS_OPTION_RANGE
   */
  lifetimeSeconds?: number;
  /**
   * How long an unused token lives (RFC 9700 section 4.14.2), in seconds. From 1 to 34,560,000. Default: 604,800 (7 days).
   * @throws ERR_REFRESH_TOKENS_OPTION_RANGE
   */
  idleSeconds?: number;
  /**
   * How long a replaced token can be used again, because two tabs used it at once or a response was lost, in seconds. From 0
   * (never) to 60. Default: 10. It is replaced by at most 8 tokens in total. During this time, a thief can use a stolen token
   * too. The clocks of your processes must differ by less than this. @throws ERR_REFRESH_TOKENS_OPTION_RANGE
   */
  graceSeconds?: number;
  /** Maximum size of `data` as JSON, in bytes. From 1 to 65,536. Default: 1,024. @throws ERR_REFRESH_TOKENS_OPTION_RANGE */
  maxDataBytes?: number;
  /**
   * The maximum number of living families of one subject. From 1 to 1,000. Default: 50. A further log-in revokes the oldest one,
   * so one subject cannot fill the store. @throws ERR_REFRESH_TOKENS_OPTION_RANGE
   */
  maxFamiliesPerSubject?: number;
  /**
   * Living families in memory. From 1 to 10,000,000. Default: 100,000. When there are so many, `issue` rejects with
   * ERR_REFRESH_TOKENS_FULL; families of other subjects are never removed. Cannot be used with `store`: Redis is bounded by its
   * own `maxmemory`. @throws ERR_REFRESH_TOKENS_OPTION_RANGE
   */
  maxFamilies?: number;
  /**
   * A secret of at least 16 bytes, the same in every process, for use with `store`. Tokens and family ids contain a digest of
   * their subject, keyed with it. Default: the store's prefix, which is not secret: anyone who sees a family id can then check
   * whether it belongs to a given subject. After a change, `revokeSubject`, `revokeOthers` and `list` do not find older families.
   * @throws ERR_REFRESH_TOKENS_OPTION, ERR_REFRESH_TOKENS_OPTION_RANGE
   */
  subjectKey?: string | Uint8Array;
  /** Returns milliseconds since 1970-01-01 UTC. Default: `Date.now`, which fake timers replace. */
  clock?: () => number;
}

export interface IssuedRefreshToken {
  /** 88 characters of base64url, with 256 random bits of its own. Only their SHA-256 is stored. */
  token: string;
  /** Identifies the family, for example in logs and as `sid` of access tokens. It does not help to make a token. */
  familyId: string;
  /**
   * When the token was issued. Use it as `iat` of the access token that you sign with it: then a later
   * `revocations.revokeSubject()` also ends an access token that is only signed after it.
   */
  issuedAt: Date;
  /** When the token expires unless it is used before. */
  expiresAt: Date;
}

export interface RotatedRefreshToken extends IssuedRefreshToken {
  /** The subject that was passed to `issue`. */
  subject: string;
  /** What was passed to `issue`. */
  data: any;
}

export interface RefreshTokenFamily {
  /** Identifies the family. */
  familyId: string;
  /** When the family was issued. */
  issuedAt: Date;
  /** When a token of the family was last rotated, or `issuedAt`. */
  lastUsedAt: Date;
  /** When its tokens expire unless one is used before. */
  expiresAt: Date;
  /** What was passed to `issue`. */
  data: any;
}

export interface RefreshTokens extends EventEmitter<{ reuse: [event: { familyId: string; subject: string }] }> {
  /**
   * Starts a family, at a log-in. `subject`: a string of 1 to 1,024 bytes; `data`: any JSON value, which each rotation returns.
   * @throws ERR_REFRESH_TOKENS_FULL, ERR_REDIS_UNAVAILABLE; ERR_REFRESH_TOKENS_OPTION, ERR_REFRESH_TOKENS_OPTION_RANGE for a wrong argument
   */
  issue(options: { subject: string; data?: any }): Promise<IssuedRefreshToken>;
  /**
   * Replaces a token by a new one. Atomic: of any number of simultaneous calls with one token, one replaces it, and those within
   * `graceSeconds` get further tokens, up to 8 in total; calls beyond that are rejected. A token that was replaced before that is
   * treated as stolen: its family is revoked and `reuse` is emitted once. End the family's access tokens there:
   * `refreshTokens.on('reuse', ({ familyId }) => revocations.revokeSession(familyId))`.
   *
   * All rejected tokens get 401 and look the same to clients; `undefined`, as from a missing cookie, is rejected like an unknown
   * token. Whatever Redis did not confirm is rejected with 503.
   * @throws PortcullisError ERR_REFRESH_TOKENS_INVALID, ERR_REFRESH_TOKENS_EXPIRED, ERR_REFRESH_TOKENS_REUSED,
   * ERR_REFRESH_TOKENS_REVOKED, ERR_REDIS_UNAVAILABLE
   */
  rotate(token: string | undefined): Promise<RotatedRefreshToken>;
  /**
   * Revokes a family, at a log-out. Accepts any of its tokens, even an old one; `undefined` and malformed tokens are ignored.
   * @returns whether a living family was revoked. @throws ERR_REDIS_UNAVAILABLE
   */
  revokeFamily(tokenOrFamilyId: string | undefined): Promise<boolean>;
  /** Revokes all families of a subject: "log out everywhere". @returns how many were alive. @throws ERR_REDIS_UNAVAILABLE */
  revokeSubject(subject: string): Promise<number>;
  /**
   * Revokes all families of a subject except the family of this token: "log out all other devices". The token must be valid, and is not
   * replaced; a family id must belong to a living family. @returns how many were alive. @throws as `rotate`
   */
  revokeOthers(tokenOrFamilyId: string): Promise<number>;
  /** The living families of a subject, oldest first. @throws ERR_REDIS_UNAVAILABLE */
  list(subject: string): Promise<RefreshTokenFamily[]>;
}

/**
 * Creates refresh tokens with rotation and reuse detection (RFC 9700 section 4.14.2, RFC 6819 section 5.2.2.3).
 *
 * # Security  Keep the token where scripts cannot read it: in a cookie with HttpOnly, Secure and SameSite=Strict. Access tokens
 * that were issued before a revocation live until they expire: keep them short, or revoke them too (`createRevocations`).
 *
 * @example
 * import { createRefreshTokens } from 'portcullis';
 *
 * const refreshTokens = createRefreshTokens();
 * async function logIn(subject: string): Promise<string> {
 *   const { token } = await refreshTokens.issue({ subject });
 *   return token;
 * }
 *
 * @throws {TypeError} ERR_REFRESH_TOKENS_OPTION
 * @throws {RangeError} ERR_REFRESH_TOKENS_OPTION_RANGE
 */
export function createRefreshTokens(options?: RefreshTokensOptions): RefreshTokens;
