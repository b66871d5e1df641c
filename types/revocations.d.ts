import type { EventEmitter } from 'node:events';
import type { Claims } from './jwt';
import type { RedisStore } from './redis';

export interface RevocationsOptions {
  /**
   * Name of the table. Threads of the process that use the same name share one table; so do processes with the same name and
   * the same `prefix` of their store. Default: `'default'`.
   * @throws ERR_REVOCATIONS_CONFLICT if the table exists with another `maxEntries`
   */
  name?: string;
  /** Maximum number of entries. From 1 to 100,000,000. Default: 1,000,000, which use about 57 MB at most. It grows as it is filled. */
  maxEntries?: number;
  /**
   * How long an entry without its own expiry is kept, in seconds: at least as long as your longest-lived token, or a revoked
   * one is accepted again. From 1 to 3,162,240,000. Default: 2,592,000 (30 days).
   */
  tokenLifetimeSeconds?: number;
  /**
   * Keeps processes in step (Redis 5 or newer). Its `onFailure` is required: `'closed'` rejects every token with
   * ERR_REVOCATIONS_UNAVAILABLE while revocations of other processes may be unknown, `'open'` goes on with the known ones.
   */
  store?: RedisStore;
  /** How often to read the store when no message came, in milliseconds. From 10 to 60,000. Default: 1,000. */
  pollMs?: number;
  /**
   * How long after the last successful read the revocations count as out of step, in milliseconds. From 20 to 600,000, and at
   * least twice `pollMs`. Default: 5,000.
   */
  maxStaleMs?: number;
  /** Returns milliseconds since 1970-01-01 UTC. Default: `Date.now`. */
  clock?: () => number;
}

/**
 * Tokens that are rejected before they expire.
 *
 * Every call takes effect in this process at once. The promise resolves when the store has the entry; if it rejects
 * (ERR_REDIS_UNAVAILABLE), the entry still counts here and is sent again until it arrives. Without a store it is resolved
 * already. An entry is kept five minutes longer than its token is valid, for verifiers with a clock tolerance.
 *
 * Redis replicates after it has replied, so a primary that dies may lose what it confirmed last. Each process sends what it
 * wrote in the last minute again after a failure: a revocation is only lost if its process dies together with the primary.
 *
 * All methods throw ERR_REVOCATIONS_TARGET if the name is empty or not a string, and ERR_REVOCATIONS_FULL (503) when the table
 * is full: an entry whose token has not expired is never evicted.
 *
 * Events: `inStep` when the table is in step with the store, for the first time or again; `outOfStep`, with the error if there
 * is one, when it no longer is.
 */
export interface Revocations extends EventEmitter {
  /**
   * Rejects one verified token, by its `jti`, until its `exp`; forever if it has none.
   * @throws ERR_REVOCATIONS_TARGET if it has no `jti`
   */
  revoke(claims: Claims): Promise<void>;
  /** Rejects a token by its `jti`. `expiresAt`: seconds since 1970, as `exp`. Default: `tokenLifetimeSeconds` from now. */
  revokeId(jti: string, options?: { expiresAt?: number }): Promise<void>;
  /**
   * Rejects the tokens of a subject that were issued before now, including those of the current second and those without
   * `iat`: "log out everywhere".
   *
   * `issuedBefore`, in seconds since 1970 and at most five minutes ahead: rejects tokens with a smaller `iat`. Pass the current
   * second if you issue a new token at once, for example after a change of password:
   * `revokeSubject(sub, { issuedBefore: Math.floor(Date.now() / 1000) })`. Other tokens of that second are accepted then, too.
   * If the issuer's clock may be ahead of this one, pass a time that is later by as much.
   *
   * With refresh tokens, first await `refreshTokens.revokeSubject(sub)`, then call this; and sign access tokens with the
   * `issuedAt` of the rotation as `iat`. Otherwise a refresh in flight may end with a valid access token.
   */
  revokeSubject(sub: string, options?: { issuedBefore?: number }): Promise<void>;
  /** Rejects the tokens of a session, by the claim `sid`, for `tokenLifetimeSeconds`. */
  revokeSession(sid: string): Promise<void>;
  /**
   * Rejects every token of a key, forever, by the id of the verifier's key (`kid` of a JWK, `keyId` of a key ring), whether or
   * not the token names it. A verifier's key without an id is only known by the token's header, and whoever has a stolen key
   * can write anything there. Remove the key from the verifier's options as soon as you can.
   */
  revokeKey(kid: string): Promise<void>;
  /**
   * Whether claims of a verified token are revoked. A verifier with the option `revocations` calls it by itself.
   * @throws ERR_REVOCATIONS_UNAVAILABLE; ERR_REVOCATIONS_TARGET for anything but claims, such as the token itself
   */
  isRevoked(claims: Claims, kid?: string): boolean;
  /** Number of entries; some may have expired. */
  readonly size: number;
  /**
   * Resolves when the table is first in step with the store; at once without one. Wait for it before you listen. If the store's
   * data is younger than a minute, for example after a restart of Redis, it waits until the data has not grown for three polls:
   * the running processes are refilling it.
   */
  ready(): Promise<void>;
  /** Stops following the store, and closes the second Redis connection, which receives the notifications. The table remains. */
  close(): Promise<void>;
}

/**
 * Creates a table of revoked tokens, or finds the one with this name.
 *
 * @example
 * import { createRevocations, createVerifier } from 'portcullis';
 *
 * const revocations = createRevocations({ tokenLifetimeSeconds: 900 });
 * const verifier = createVerifier({ key: new Uint8Array(32), algorithms: ['HS256'], revocations });
 *
 * @throws {TypeError} ERR_REVOCATIONS_OPTION, ERR_REVOCATIONS_CONFLICT
 * @throws {RangeError} ERR_REVOCATIONS_OPTION_RANGE
 */
export function createRevocations(options?: RevocationsOptions): Revocations;
