/**
 * A password: text, which is hashed in Unicode NFC (NIST SP 800-63B-4 section 3.1.1.2), or bytes, which are hashed as they
 * are. Bytes are copied before the call returns, so you may overwrite yours afterwards. They must not be in shared memory.
 */
export type Password = string | Uint8Array;

/**
 * @throws {TypeError} ERR_PASSWORD_OPTION
 * @throws {RangeError} ERR_PASSWORD_OPTION_RANGE
 */
export interface PasswordOptions {
  /**
   * Memory of one hash, in KiB. From 8 times `lanes` to 4,194,304. Default: 19,456 (19 MiB, OWASP Password Storage Cheat
   * Sheet).
   */
  memoryKib?: number;
  /** Passes over the memory. From 1 to 1,024. Default: 2 (OWASP, with 19,456 KiB). */
  passes?: number;
  /** Lanes. From 1 to 255. Default: 1 (OWASP). A hash runs on one thread, whatever its number of lanes. */
  lanes?: number;
  /** Threads of this object's own pool. From 1 to 256. Default: the number of cores, at most 4. Started when needed. */
  threads?: number;
  /**
   * How many hashes and verifications may wait for a thread. From 0 to 65,536. Default: 256; at the default cost the last of
   * them waits about a second on four threads. Further calls are rejected with ERR_PASSWORD_BUSY.
   */
  maxQueue?: number;
  /**
   * The longest password, in bytes of UTF-8. From 64 to 65,536. Default: 1,024. Longer passwords are rejected, never cut
   * (NIST SP 800-63B-4 section 3.1.1.2). More than 30 combining marks in a row are rejected with ERR_PASSWORD_INPUT; no
   * language uses as many (UAX #15 section 13).
   */
  maxPasswordBytes?: number;
}

/** The state of a pool. */
export interface PasswordStats {
  /** The greatest number of threads. */
  threads: number;
  /** Jobs that are running. */
  active: number;
  /** Jobs that wait for a thread. */
  queued: number;
  /** Jobs that have ended, since the start. */
  completed: number;
  /** Jobs that were rejected with ERR_PASSWORD_BUSY, since the start. */
  refused: number;
  /** Memory, in KiB, that the threads keep for the next job. It is wiped. At most `threads` times `memoryKib`. */
  memoryKib: number;
}

/** Password hashing with Argon2id. */
export interface Passwords {
  /**
   * Hashes a password with Argon2id. Returns a PHC string, `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, with a random salt of
   * 16 bytes and a tag of 32 bytes.
   * @throws {PortcullisError} ERR_PASSWORD_INPUT (400) if the password is not a string or `Uint8Array`, is empty or too long, or
   * contains a lone surrogate; ERR_PASSWORD_BUSY (503) if the queue is full; ERR_PASSWORD_CLOSED (503), ERR_PASSWORD_MEMORY
   * (503), ERR_PASSWORD_SALT (500)
   */
  hash(password: Password): Promise<string>;
  /**
   * Returns whether the password belongs to the hash. A wrong or empty password is `false`.
   *
   * Accepts Argon2id, Argon2i and Argon2d in versions 0x10 and 0x13, as PHC strings of any library, at the cost that the
   * string names: at most 256 MiB, 16 passes and 16 lanes, or your own options if they are higher. Pass `null` for an unknown
   * account: it costs as much as a hash with the current options and returns `false`, so that the time does not reveal which
   * accounts exist. Accounts whose hashes have another cost still take another time.
   * @throws {PortcullisError} as `hash`, and ERR_PASSWORD_HASH_MALFORMED or ERR_PASSWORD_HASH_COSTLY (500) if the stored hash
   * cannot be verified
   */
  verify(hash: string | null | undefined, password: Password): Promise<boolean>;
  /**
   * Returns whether a new hash would differ in variant, version, memory, passes, lanes, or length of salt or tag.
   * @throws {PortcullisError} ERR_PASSWORD_HASH_MALFORMED
   */
  needsRehash(hash: string): boolean;
  /** Returns a snapshot of the pool. */
  stats(): PasswordStats;
  /** Rejects new work with ERR_PASSWORD_CLOSED, finishes the work that was accepted, then ends the threads. */
  close(): void;
}

/**
 * Prepares password hashing on a pool of its own threads. Create one object and share it.
 *
 * # Security
 * Passwords, intermediate values and memory are wiped after use. A JavaScript string cannot be wiped: pass a `Uint8Array`
 * where that matters. Also limit log-in attempts: hashing slows guessing down but does not stop it.
 *
 * @example
 * import { createPasswords } from 'portcullis';
 *
 * const passwords = createPasswords();
 * async function isRight(storedHash: string | null, password: string): Promise<boolean> {
 *   return passwords.verify(storedHash, password);
 * }
 *
 * @throws {TypeError} ERR_PASSWORD_OPTION
 * @throws {RangeError} ERR_PASSWORD_OPTION_RANGE
 */
export function createPasswords(options?: PasswordOptions): Passwords;
