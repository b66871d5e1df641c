import type { EventEmitter } from 'node:events';
import type { Claims } from './jwt';
import type { RedisStore } from './redis';

export interface RevocationsOptions {
  /**
   * Names a table that all threads of the process share: the same name is the same table. Default `'default'`.
   * @throws ERR_REVOCATIONS_CONFLICT at set-up, where the table exists with another `maxEntries`
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
   * ERR_REVOCATIONS_UNAVAILABLE while revocations of other processes may be unknown, `'open'` goes on with those that
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
 * All of them throw ERR_REVOCATIONS_TARGET where the name is empty or no string, and ERR_REVOCATIONS_FULL (503) where
 * there is no room: an entry that still counts is never dropped for another.
 *
 * Events: `inStep` when the table first is, or is again, in step with the store; `outOfStep`, with the error as far as
 * there is one, when it no longer is.
 */
export interface Revocations extends EventEmitter {
  /**
   * Refuses one verified token, by its `jti`, until its `exp`; for good where it has none.
   * @throws ERR_REVOCATIONS_TARGET when it has no `jti`
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
   * @throws ERR_REVOCATIONS_UNAVAILABLE, ERR_REVOCATIONS_TARGET for what is no claims, such as the token itself
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
 * @throws ERR_REVOCATIONS_OPTION, ERR_REVOCATIONS_OPTION_RANGE, ERR_REVOCATIONS_CONFLICT
 */
export function createRevocations(options?: RevocationsOptions): Revocations;
