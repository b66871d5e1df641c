import type { CorsOptions } from './cors';
import type { CsrfOptions } from './csrf';
import type { SecurityHeadersOptions } from './headers';
import type { HttpsOnlyOptions } from './https';
import type { InputOptions } from './input';
import type { RequestHandler } from './middleware';
import type { rateLimit } from './rate-limit';

/** @throws {TypeError} ERR_HARDEN_OPTION, and the code of the member whose option is wrong */
export interface HardenOptions {
  /**
   * `api`: headers preset `api`, 100 requests per minute and client, `csrf` off. `web`: headers preset `web` (helmet's
   * defaults) with `Referrer-Policy: same-origin`, 600 requests per minute and client, `csrf` on. Both: a request id, a guard of all input; CORS and https
   * are off until given. Default: `api`.
   */
  preset?: 'api' | 'web';
  /**
   * Other origins that may send requests for your users, listed once for all checks: `csrf`, `enforce` of `cors`, and
   * `authenticate({ cookie })` behind this middleware. If `cors` is given without an `origin`, it is these. Same forms and bounds as
   * in `csrf`. Default: none. Must not be `undefined`.
   */
  trustedOrigins?: string | RegExp | Array<string | RegExp>;
  /**
   * Sets `req.id` and `X-Request-Id`: a random UUID, or the `req.id` that a logger before this middleware has set (1 to 128 letters,
   * digits and `_ . : -`, or a non-negative whole number; any other is replaced). `trustIncoming` also keeps the client's
   * `X-Request-Id` of that form (default: false). Default: true.
   */
  requestId?: boolean | { trustIncoming?: boolean };
  /** Default: false, so that http://localhost works. `true` is `httpsOnly()`, which rejects plain HTTP. */
  https?: boolean | HttpsOnlyOptions | RequestHandler;
  /** Options that override those of the preset. Default: true. */
  headers?: boolean | SecurityHeadersOptions | RequestHandler;
  /**
   * Default: false. If `origin` names origins, `enforce` is on by default unless `csrf` is `false`, and `csrf` (if on) also
   * trusts the origins that are allowed.
   */
  cors?: boolean | CorsOptions | RequestHandler;
  /**
   * Refuses requests that another site may have caused. Default: true in the preset `web`, whose sessions live in cookies;
   * false in `api`, whose clients send a header that no other site can send. Even there `cors` with named origins and
   * `authenticate({ cookie })` apply the same rule; an explicit `false` also turns the default of `enforce` off.
   */
  csrf?: boolean | CsrfOptions | RequestHandler;
  /**
   * Options that override those of the preset. A refusal goes to `next(err)` as ERR_RATE_LIMIT_EXCEEDED, with `Retry-After` in
   * `err.headers`, so that the error handler logs it. If you set `handler`, `message` or `statusCode`, the rate limiter sends
   * that response itself. Default: true.
   */
  rateLimit?: boolean | Parameters<typeof rateLimit>[0] | RequestHandler;
  /**
   * Judges query and cookies as `guard()` does, reads JSON bodies and forms as `json()` and `urlencoded()` do, and judges bodies
   * that other parsers have read before. Default: true.
   */
  input?: boolean | InputOptions | RequestHandler;
}

/**
 * One Express layer for the whole list, in this order: headers and request id (refusals have them too), https, cors (a browser
 * can read a 429), csrf (other sites cannot use up a visitor's limit), rateLimit (refused requests cost no parsing), input. Each
 * option is that member's options, `true`, `false` or a middleware of yours. All refusals go to `next(err)`: put
 * {@link errorHandler} last.
 *
 * @example
 * import express = require('express');
 * import { errorHandler, harden } from 'portcullis';
 *
 * const app = express();
 * app.use(harden({ trustedOrigins: ['https://app.example.com'], cors: { credentials: true } }));
 * app.use(errorHandler());
 *
 * @throws {TypeError} ERR_HARDEN_OPTION an option is unknown or wrong
 * @throws {TypeError} the member's own code for a wrong option of a member
 */
export function harden(options?: HardenOptions): RequestHandler;
