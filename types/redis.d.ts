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
