// Rate limits as a program in TypeScript sees them.
import {
  addressKey,
  createLimiter,
  type Decision,
  type Limiter,
  type RateLimitInfo,
  type RequestHandler,
  type ResolvedRateLimitOptions,
  rateLimit,
} from 'portcullis';

const clientKey: string = addressKey('192.0.2.1', 64) + addressKey('2001:db8::1', false);

const limiter: Limiter = createLimiter({ limit: 5, windowMs: 60_000, algorithm: 'gcra', name: 'log-in' });
createLimiter({ limit: 5, windowMs: 60_000, keys: 'address', ipv6Subnet: 64, maxBytes: 1 << 20, clock: () => 0 });
const decision: Decision = limiter.consume('ada', 2);
const retryAfterMs: number = limiter.peek('ada').retryAfterMs;
limiter.refund('ada');
limiter.block('ada', 60_000);
limiter.reset('ada');
const evictions: number = limiter.stats().evictions;

// @ts-expect-error A limit is needed.
createLimiter({ windowMs: 60_000 });
// @ts-expect-error No algorithm of this name.
createLimiter({ limit: 5, windowMs: 60_000, algorithm: 'leaky' });
// @ts-expect-error A span of time is a number of milliseconds.
createLimiter({ limit: 5, windowMs: '1m' });
// @ts-expect-error A key is text.
limiter.consume(42);
// @ts-expect-error A time is needed.
limiter.block('ada');

const plain = rateLimit();
const handler: RequestHandler = rateLimit({
  windowMs: 60_000,
  limit: async (req) => (req.user ? 100 : 10),
  standardHeaders: 'draft-7',
  legacyHeaders: true,
  keyGenerator: (req) => req.user.id,
  skip: (req) => req.path === '/health',
  handler: (_req, res, _next, options) => res.status(options.statusCode).send(`${options.windowMs.toFixed()} ms`),
});
rateLimit({ refuse: 'next' });
rateLimit({
  message: (_req: unknown, _res: unknown, options: ResolvedRateLimitOptions) => options.statusCode.toFixed(),
});
// @ts-expect-error No way to refuse of this name.
rateLimit({ refuse: 'drop' });
plain.resetKey('192.0.2.1');
const hits: number | undefined = plain.getKey('192.0.2.1')?.totalHits;
const info = { limit: 5 } as RateLimitInfo;
const resetTime: Date = info.resetTime;

// @ts-expect-error A draft that does not exist.
rateLimit({ standardHeaders: 'draft-9' });
// @ts-expect-error A key is text, and undefined would be one key for everybody.
rateLimit({ keyGenerator: (req): string | undefined => req.user?.id });
// @ts-expect-error An option's name that is misspelt.
rateLimit({ window: 60_000 });
// @ts-expect-error Made when it is read, and never written.
info.resetTime = new Date();

export { clientKey, decision, evictions, handler, hits, resetTime, retryAfterMs };
