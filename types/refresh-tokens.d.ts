import type { EventEmitter } from 'node:events';
import type { RedisStore } from './redis';

export interface RefreshTokensOptions {
  /**
   * Where families lie. Default: the memory of this process, where they end with it and no other process knows them: with
   * several, a token fails wherever it was not issued. Must not be written as `undefined`.
   * @throws ERR_REFRESH_TOKENS_OPTION for a store whose `onFailure` is `open` or `fallback`: refresh tokens always fail closed
   */
  store?: RedisStore;
  /**
   * The life of a family from its issue, in seconds, 1..=34,560,000 (400 days, the longest that a browser keeps a cookie:
   * RFC 6265bis section 5.5), default 30 days. No rotation extends it. @throws ERR_REFRESH_TOKENS_OPTION_RANGE
   */
  lifetimeSeconds?: number;
  /** How long a token lives that is not used (RFC 9700 section 4.14.2), in seconds, as above, default 7 days. @throws ERR_REFRESH_TOKENS_OPTION_RANGE */
  idleSeconds?: number;
  /**
   * For how long the token that was just replaced gives a further successor, because two tabs use it at once or an answer
   * was lost, in seconds, 0..=60, default 10. At most 8 successors. 0: never. A thief has the same seconds; the clocks of
   * processes must agree to within them. @throws ERR_REFRESH_TOKENS_OPTION_RANGE
   */
  graceSeconds?: number;
  /** The size of `data` as JSON, in bytes, 1..=65,536, default 1,024. @throws ERR_REFRESH_TOKENS_OPTION_RANGE */
  maxDataBytes?: number;
  /**
   * Living families in memory, 1..=10,000,000, default 100,000. Expired ones make room; with no room left `issue` is refused
   * (ERR_REFRESH_TOKENS_FULL). Only without `store`. @throws ERR_REFRESH_TOKENS_OPTION_RANGE
   */
  maxFamilies?: number;
  /** Milliseconds since 1970-01-01 UTC. Default `Date.now`, which fake timers replace. */
  clock?: () => number;
}

export interface RefreshTokens extends EventEmitter<{ reuse: [event: { familyId: string; subject: string }] }> {
  /**
   * Starts a family: at a log-in. `subject`: well-formed text of 1..=1,024 bytes; `data`: whatever JSON can write, and what
   * each rotation answers again.
   * @throws ERR_REFRESH_TOKENS_FULL, ERR_REDIS_UNAVAILABLE; ERR_REFRESH_TOKENS_OPTION, ERR_REFRESH_TOKENS_OPTION_RANGE for a wrong argument
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
   * @throws PortcullisError ERR_REFRESH_TOKENS_INVALID, ERR_REFRESH_TOKENS_EXPIRED, ERR_REFRESH_TOKENS_REUSED,
   * ERR_REFRESH_TOKENS_REVOKED, ERR_REDIS_UNAVAILABLE
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
 * @throws ERR_REFRESH_TOKENS_OPTION, ERR_REFRESH_TOKENS_OPTION_RANGE
 */
export function createRefreshTokens(options?: RefreshTokensOptions): RefreshTokens;
