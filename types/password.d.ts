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
