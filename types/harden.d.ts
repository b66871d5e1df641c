import type { CorsOptions } from './cors';
import type { SecurityHeadersOptions } from './headers';
import type { HttpsOnlyOptions } from './https';
import type { json } from './input';
import type { RequestHandler } from './middleware';
import type { rateLimit } from './rate-limit';

export interface HardenOptions {
  /**
   * `api` (default): headers preset `api`, 100 requests a minute and client. `web`: headers preset `web` (helmet's defaults),
   * 600 requests a minute and client. Both: a request id, a JSON body guard; CORS and https off until given.
   */
  preset?: 'api' | 'web';
  /**
   * `req.id` and `X-Request-Id`: a random UUID. `trustIncoming` (default `false`) takes over a sent one of 1..128 letters,
   * digits and `_ . : -`. Default `true`.
   */
  requestId?: boolean | { trustIncoming?: boolean };
  /** Default `false`, so that http://localhost answers; `true` is `httpsOnly()`, which rejects. */
  https?: boolean | HttpsOnlyOptions | RequestHandler;
  /** Laid over the preset's. Default `true`. */
  headers?: boolean | SecurityHeadersOptions | RequestHandler;
  /** Default `false`. `enforce` is on where `origin` names origins. */
  cors?: boolean | CorsOptions | RequestHandler;
  /** Laid over the preset's. Default `true`. */
  rateLimit?: boolean | Parameters<typeof rateLimit>[0] | RequestHandler;
  /** Default `true`: `json()`. */
  input?: boolean | Parameters<typeof json>[0] | RequestHandler;
}

/**
 * One Express layer for the whole list, in this order: request id and headers (refusals bear them too), https, cors (a browser
 * can read a 429), rateLimit (refused requests cost no parsing), body. Each option is that member's options, `true`, `false`
 * or a middleware of yours. Refusals go to `next(err)`: put {@link errorHandler} last.
 * @throws ERR_HARDEN_OPTION an option is unknown or wrong; `csrf` is not offered
 * @throws the member's own code for a wrong option of a member
 */
export function harden(options?: HardenOptions): RequestHandler;
