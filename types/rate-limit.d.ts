import type { RequestHandler } from './middleware';

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
