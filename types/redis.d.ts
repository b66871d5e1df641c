export interface RedisStoreOptions {
  /**
   * Your own client: of `ioredis` 5 or 6 or `iovalkey` (`Redis` with one server or Sentinel, `Cluster`), of `redis` 4, 5 or 6
   * (client, cluster; from 5 on also pool and Sentinel; call its `connect()`), or of `@valkey/valkey-glide` 2 (`GlideClient`,
   * `GlideClusterClient`). It remains yours: close it when you no longer need it. Required.
   *
   * `keyPrefix` of ioredis and iovalkey is honoured; that of `redis` does not apply to scripts and is rejected: use `prefix`.
   * @throws ERR_REDIS_OPTION
   */
  client: object;
  /**
   * The start of every key: a non-empty string without `{}`. Default: `'portcullis:'`. Two applications on one server need
   * two prefixes.
   */
  prefix?: string;
  /**
   * How long a command may take, including a connection that is being made, in milliseconds. From 1 to 60,000. Default: 500,
   * because Linux resends a lost packet after 200 ms at the earliest (TCP_RTO_MIN), and again 400 ms later. With GLIDE at
   * least the client's `requestTimeout`. @throws ERR_REDIS_OPTION_RANGE
   */
  deadlineMs?: number;
  /**
   * What an area does while Redis cannot be reached. Each area documents which choices it accepts, and whether you must
   * choose. @throws ERR_REDIS_OPTION if it is given as `undefined`
   */
  onFailure?: 'fallback' | 'open' | 'closed';
}

/**
 * Keeps the state of an area in Redis or Valkey (tested with Redis 7.0: one server, Sentinel, cluster), so that processes
 * share it. Pass it to the area as its `store`.
 *
 * A command resolves or rejects with ERR_REDIS_UNAVAILABLE within `deadlineMs`, whatever the server does. While the client is
 * not connected nothing is queued. A command is sent once more if the server refused it for now (MOVED, ASK, LOADING,
 * READONLY, TRYAGAIN, CLUSTERDOWN, MASTERDOWN); after a timeout nothing is sent again. ioredis itself resends commands whose
 * connection was lost: set its options `autoResendUnfulfilledCommands: false` and, for a `Cluster`, `retryDelayOnFailover: 0`
 * if you do not want that. The store listens to the client's `error` events, so they never end the process.
 *
 * # Security  What is stored is as safe as the server: use a password, TLS, and no other users.
 *
 * @example
 * import { Redis } from 'ioredis';
 * import { RedisStore } from 'portcullis';
 *
 * const store = new RedisStore({ client: new Redis('redis://127.0.0.1:6379'), onFailure: 'closed' });
 *
 * @throws {TypeError} ERR_REDIS_OPTION
 * @throws {RangeError} ERR_REDIS_OPTION_RANGE
 */
export class RedisStore {
  /** Connects nothing by itself: the client is yours. */
  constructor(options: RedisStoreOptions);
  /** The choice made in the options. */
  readonly onFailure: 'fallback' | 'open' | 'closed' | undefined;
  /** Only objects made by `new RedisStore` are accepted. */
  private readonly made: true;
}
