import type { RequestHandler } from './middleware';

/** The result of one hit. Times are whole milliseconds, rounded up, on a monotonic clock. */
export interface Decision {
  /** Whether the hit was allowed. */
  allowed: boolean;
  /** The limit that the hit was counted against. */
  limit: number;
  /** Hits that would still be allowed now. */
  remaining: number;
  /** Time until the whole limit is available again. */
  resetMs: number;
  /** Time until the same hit would be allowed; 0 when it was. */
  retryAfterMs: number;
}

export interface LimiterOptions {
  /** Hits per window. A whole number from 0 to 16,777,213; 0 refuses every hit. */
  limit: number;
  /** Length of the window in milliseconds. From 1 to 2,147,483,647. */
  windowMs: number;
  /**
   * `'fixed'` allows `limit` hits in a window that starts at the first hit of the key; a client can send up to twice the
   * limit around the end of its window. `'gcra'` allows one hit every `windowMs / limit` and up to `limit` at once, so
   * twice the limit takes at least `windowMs`; refused hits are not counted. Default: `'fixed'`.
   */
  algorithm?: 'fixed' | 'gcra';
  /**
   * Limiters of the same name share their counts in the whole process, worker threads included. Their other options must be
   * the same, or `ERR_RATE_LIMIT_CONFLICT` is thrown. Default: none: the counts are shared with no other limiter, and each worker
   * thread counts by itself.
   */
  name?: string;
  /**
   * Memory for counts in bytes. From 65,536 to 1,073,741,824. A key takes 16 to 48 bytes. When it is full, the key whose
   * window ends soonest is evicted, and one that is over its limit only if all candidates are. Default: 16,777,216 (16 MiB).
   */
  maxBytes?: number;
  /** Returns the time of a monotonic clock in milliseconds, for tests. Default: the monotonic clock of the process. */
  clock?: () => number;
}

export interface Limiter {
  /**
   * Counts a hit. A refused hit whose cost is more than what remains takes nothing.
   * @param key 1 to 1,024 bytes of UTF-8, or an IP address with `keys: 'address'`
   * @param cost a whole number from 1 to `limit`; default 1
   * @throws ERR_RATE_LIMIT_KEY, ERR_RATE_LIMIT_COST; ERR_RATE_LIMIT_ADDRESS (a {@link PortcullisError}, 400) for a text that is not an address
   */
  consume(key: string, cost?: number): Decision;
  /** Returns what a hit of cost 1 would return, and counts nothing. */
  peek(key: string): Decision;
  /** Returns `cost` hits to the open window, never below zero used. */
  refund(key: string, cost?: number): void;
  /** Refuses the key for `blockMs` milliseconds, from 1 to 2,147,483,647. Refunds do not end the block, `reset` does. */
  block(key: string, blockMs: number): void;
  /** Forgets the key. */
  reset(key: string): void;
  /** Reads the whole table: for metrics, not for requests. `evictions`: keys evicted before their window ended. */
  stats(): { keys: number; bytes: number; maxBytes: number; evictions: number };
}

/**
 * Creates a rate limiter without HTTP.
 *
 * `keys`: with `'text'` every string is a key. With `'address'` keys are IP addresses: IPv4-mapped IPv6 addresses and those of
 * NAT64 (`64:ff9b::/96`) count as IPv4, other IPv6 addresses by their first `ipv6Subnet` bits (from 32 to 128, or false for
 * the whole address; default 56). Default: `'text'`.
 *
 * @example
 * import { createLimiter } from 'portcullis';
 *
 * const logins = createLimiter({ limit: 5, windowMs: 15 * 60_000 });
 * const { allowed, retryAfterMs } = logins.consume('ada@example.com');
 *
 * @throws {TypeError | RangeError} ERR_RATE_LIMIT_OPTION, ERR_RATE_LIMIT_OPTION_RANGE, ERR_RATE_LIMIT_CONFLICT
 */
export function createLimiter(
  options: LimiterOptions & { keys?: 'text' | 'address'; ipv6Subnet?: number | false },
): Limiter;

/**
 * Returns the text under which an address is counted: IPv4-mapped and NAT64 addresses as IPv4, other IPv6 addresses by their
 * first `ipv6Subnet` bits (from 32 to 128, or false for the whole address; default 56). Use it in a `keyGenerator` that combines the address
 * with something else. If you use `req.ip` instead, each IPv6 address of one household is counted separately.
 *
 * @example
 * import { addressKey, rateLimit } from 'portcullis';
 *
 * rateLimit({ keyGenerator: (req) => `${addressKey(req.ip)} ${req.path}` });
 *
 * @throws ERR_RATE_LIMIT_ADDRESS (a {@link PortcullisError}, 400) for a text that is not an address; ERR_RATE_LIMIT_KEY for what
 * is not text; ERR_RATE_LIMIT_OPTION_RANGE
 */
export function addressKey(ip: string, ipv6Subnet?: number | false): string;

/** What a limited request carries, by default as `req.rateLimit`. */
export interface RateLimitInfo {
  /** The limit of this request. */
  limit: number;
  /** Hits counted in this window, refused ones included (`fixed`). */
  used: number;
  /** Requests that would still be allowed now. */
  remaining: number;
  /** Milliseconds until the whole limit is available again. */
  resetMs: number;
  /** Milliseconds until the next request would be allowed; 0 if this one was. */
  retryAfterMs: number;
  /** The time at which the whole limit is available again. */
  readonly resetTime: Date;
}

type MaybePromise<T> = T | Promise<T>;

/** The options of a limiter with their defaults, as `handler` and `message` receive them. */
export type ResolvedRateLimitOptions = Readonly<
  RateLimitOptions &
    Required<
      Pick<
        RateLimitOptions,
        | 'windowMs'
        | 'limit'
        | 'message'
        | 'statusCode'
        | 'legacyHeaders'
        | 'standardHeaders'
        | 'requestPropertyName'
        | 'skipFailedRequests'
        | 'skipSuccessfulRequests'
        | 'requestWasSuccessful'
      >
    >
>;

/** Options with express-rate-limit's names. Defaults are those of express-rate-limit unless said. Unknown names are rejected. */
export interface RateLimitOptions extends Omit<LimiterOptions, 'limit' | 'windowMs'> {
  /** Length of the window in milliseconds. From 1 to 2,147,483,647. Default: 60,000 (one minute). */
  windowMs?: number;
  /**
   * Requests per window and client, or a function that returns it for a request (`fixed` only). From 0 to 16,777,213. When the
   * function returns anything else, the request fails with ERR_RATE_LIMIT_OPTION_RANGE. Default: 5.
   */
  limit?: number | ((req: any, res: any) => MaybePromise<number>);
  /** The older name of `limit`. */
  max?: number | ((req: any, res: any) => MaybePromise<number>);
  /**
   * The body of a refusal, sent with `res.send`, or a function that returns it. Default: an `application/problem+json`
   * document (RFC 9457).
   */
  message?: unknown | ((req: any, res: any, options: ResolvedRateLimitOptions) => unknown);
  /** Status of a refusal. From 400 to 599. Default: 429. */
  statusCode?: number;
  /** Responds to a refused request in place of `message` and `statusCode`. `Retry-After` is set before it is called. */
  handler?: (req: any, res: any, next: (err?: unknown) => void, options: ResolvedRateLimitOptions) => unknown;
  /**
   * `'respond'` sends the refusal. `'next'` passes a {@link PortcullisError} with the code `ERR_RATE_LIMIT_EXCEEDED`, the status
   * 429 and `retryAfter` in seconds to `next(err)`, so that refusals reach {@link errorHandler} and its `onError` like every
   * other error; `handler`, `message` and `statusCode` are then rejected. Default: `'respond'`.
   */
  refuse?: 'respond' | 'next';
  /** Whether `X-RateLimit-*` fields are sent. Default: false (express-rate-limit: true). */
  legacyHeaders?: boolean;
  /** Which draft of the `RateLimit` fields is sent; `true` is `'draft-6'`. Default: `'draft-8'` without its partition key (express-rate-limit: false). */
  standardHeaders?: boolean | 'draft-6' | 'draft-7' | 'draft-8';
  /** Name of the policy in draft-8, printable ASCII. Default: such as `5-in-1min`. */
  identifier?: string | ((req: any, res: any) => string);
  /**
   * Returns the key of the client, 1 to 1,024 bytes of UTF-8; anything else fails the request with ERR_RATE_LIMIT_KEY.
   * Default: the address `req.ip`. A request whose `req.ip` is not an address is rejected with ERR_RATE_LIMIT_ADDRESS (400).
   */
  keyGenerator?: (req: any, res: any) => MaybePromise<string>;
  /**
   * How many leading bits of an IPv6 address identify a client, from 32 to 128. `false` uses the whole address. Not together with
   * `keyGenerator`. Default: 56.
   */
  ipv6Subnet?: number | false;
  /** Whether a request is not counted. Default: every request is. */
  skip?: (req: any, res: any) => MaybePromise<boolean>;
  /** Does not count a request whose response failed, or whose client disconnected. Default: false. */
  skipFailedRequests?: boolean;
  /** Does not count a request whose response succeeded. Default: false. */
  skipSuccessfulRequests?: boolean;
  /** Whether a response counts as a success. Default: a status below 400. */
  requestWasSuccessful?: (req: any, res: any) => MaybePromise<boolean>;
  /** Property of the request that holds a {@link RateLimitInfo}. Default: `'rateLimit'`. */
  requestPropertyName?: string;
}

/**
 * Limits requests per client. Errors of keys, limits and clocks go to `next(err)`: the request does not pass.
 *
 * @example
 * import express = require('express');
 * import { rateLimit } from 'portcullis';
 *
 * const app = express();
 * app.set('trust proxy', 1); // behind one proxy
 * app.use(rateLimit({ windowMs: 60_000, limit: 100 }));
 *
 * @throws {TypeError | RangeError} ERR_RATE_LIMIT_OPTION, ERR_RATE_LIMIT_OPTION_RANGE, ERR_RATE_LIMIT_CONFLICT
 */
export function rateLimit(options?: RateLimitOptions): RequestHandler & {
  resetKey(key: string): void;
  getKey(key: string): { totalHits: number; resetTime: Date } | undefined;
};
