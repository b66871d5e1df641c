/** Portcullis: hardens an Express app. Every option states its unit, bounds, default, error codes and source. */

import type { IncomingMessage, ServerResponse } from 'node:http';

/** A middleware for Express 4 and 5. */
export type RequestHandler = (req: any, res: any, next: (err?: unknown) => void) => void;

// ---------------------------------------------------------------- errors

// ---------------------------------------------------------------- jwt

// ---------------------------------------------------------------- password

// ---------------------------------------------------------------- rate limit

// ---------------------------------------------------------------- sanitize

// ---------------------------------------------------------------- escape

// ---------------------------------------------------------------- headers

/** A header's settings: `false` leaves it out, `true` takes its default, an object changes it. */
type HeaderOption<Settings> = boolean | Settings;

/**
 * helmet 8's options by the same names and aliases, with the same values; a name or a setting that helmet does not know is
 * refused. A header may be given under one of its names only.
 */
export interface SecurityHeadersOptions {
  /**
   * `web`: helmet's defaults, byte for byte. `api`: `Cache-Control: no-store`, CSP `default-src 'none'; frame-ancestors
   * 'none'`, `X-Frame-Options: DENY`, nosniff, HSTS and `Referrer-Policy: no-referrer`. Default `web`.
   * Source: the OWASP REST Security Cheat Sheet.
   */
  preset?: 'web' | 'api';
  /** A function among the values of a directive is called per request (a nonce): that header costs what helmet costs. */
  contentSecurityPolicy?: HeaderOption<{
    useDefaults?: boolean;
    directives?: Record<string, null | string | Iterable<string | ((req: any, res: any) => string)> | symbol>;
    reportOnly?: boolean;
  }>;
  /** Default `false`. */
  crossOriginEmbedderPolicy?: HeaderOption<{ policy?: 'require-corp' | 'credentialless' | 'unsafe-none' }>;
  crossOriginOpenerPolicy?: HeaderOption<{
    policy?: 'same-origin' | 'same-origin-allow-popups' | 'noopener-allow-popups' | 'unsafe-none';
  }>;
  crossOriginResourcePolicy?: HeaderOption<{ policy?: 'same-origin' | 'same-site' | 'cross-origin' }>;
  originAgentCluster?: boolean;
  referrerPolicy?: HeaderOption<{ policy?: string | string[] }>;
  /** `maxAge` in seconds, 0 or more, default 31,536,000 (a year). Browsers heed it over HTTPS only (RFC 6797). */
  strictTransportSecurity?: HeaderOption<{ maxAge?: number; includeSubDomains?: boolean; preload?: boolean }>;
  hsts?: SecurityHeadersOptions['strictTransportSecurity'];
  xContentTypeOptions?: boolean;
  noSniff?: boolean;
  xDnsPrefetchControl?: HeaderOption<{ allow?: boolean }>;
  dnsPrefetchControl?: SecurityHeadersOptions['xDnsPrefetchControl'];
  xDownloadOptions?: boolean;
  ieNoOpen?: boolean;
  xFrameOptions?: HeaderOption<{ action?: 'deny' | 'sameorigin' | 'DENY' | 'SAMEORIGIN' }>;
  frameguard?: SecurityHeadersOptions['xFrameOptions'];
  xPermittedCrossDomainPolicies?: HeaderOption<{
    permittedPolicies?: 'none' | 'master-only' | 'by-content-type' | 'all';
  }>;
  permittedCrossDomainPolicies?: SecurityHeadersOptions['xPermittedCrossDomainPolicies'];
  /** `true` removes `X-Powered-By`. Default `true`. */
  xPoweredBy?: boolean;
  hidePoweredBy?: boolean;
  xXssProtection?: boolean;
  xssFilter?: boolean;
  /** The value of `Cache-Control`, or `false`. Default `no-store` in the preset `api`, else `false`. */
  cacheControl?: string | false;
  /** The value of `Permissions-Policy`, or `false`. Default `false`: it matters to rendered pages alone. */
  permissionsPolicy?: string | false;
}

/**
 * Security headers: helmet is asked once, when the middleware is made, and its answer is replayed on each request.
 *
 * What a handler sets, removes or appends afterwards counts, as with helmet.
 * @throws ERR_HEADERS_OPTION an option is unknown, of the wrong type, or refused by helmet
 */
export function securityHeaders(options?: SecurityHeadersOptions): RequestHandler;

// ---------------------------------------------------------------- cors

/** Judges an origin, now or later: an error, or `true`, `false`, an origin, a RegExp or an array of these. */
export type OriginFunction = (
  origin: string | undefined,
  callback: (error: unknown, allow?: boolean | string | RegExp | Array<string | RegExp>) => void,
) => void;

/** The `cors` package's options by the same names, and the checks it does not make. */
export interface CorsOptions {
  /**
   * Who may read answers. `'*'`: any site, without credentials. A string or an array: exact origins as browsers send them
   * (`https://app.example.com`), patterns for subdomains at any depth (`https://*.example.com`), RegExps anchored as a whole
   * (`^...$`, without the flags g, y and m). `true`: reflects any origin. `false`: no CORS at all. Default `'*'`. `undefined`
   * given explicitly, `'null'` and origins that no browser sends are refused. A RegExp of yours runs in JavaScript: it sees at
   * most 512 characters, and its running time is yours to mind.
   */
  origin?: boolean | string | RegExp | Array<string | RegExp> | OriginFunction;
  /** Default `GET,HEAD,PUT,PATCH,POST,DELETE`. */
  methods?: string | string[];
  /** Default: those that the preflight asks for. */
  allowedHeaders?: string | string[];
  exposedHeaders?: string | string[];
  /** Default `false`. With `true`, `origin` must name origins. */
  credentials?: boolean;
  /** Seconds that a browser may keep a preflight's answer; 0 or more. Default: not sent (browsers keep it 5 seconds). */
  maxAge?: number;
  /** Hands preflights on to the app. Default `false`. */
  preflightContinue?: boolean;
  /** 200..299, default 204. */
  optionsSuccessStatus?: number;
  /**
   * Stops POST, PUT, PATCH, DELETE and other state-changing requests of refused origins with ERR_CORS_ORIGIN (403); CORS
   * alone only hides their answers. Requests without `Origin`, and same-origin ones (by `Sec-Fetch-Site`, or `Origin` against
   * `Host`), pass. Default `false`; in `harden()` `true` where `origin` names origins.
   */
  enforce?: boolean;
  /** Lets `origin: true` go with `credentials: true`: every site that a user visits then acts as that user. */
  dangerouslyAllowAnyOriginWithCredentials?: boolean;
}

/**
 * CORS. An allowed origin gets what the `cors` package sends, header for header; a refused one gets no CORS header.
 * `Vary: Origin` is always sent unless `origin` is `'*'`. A preflight is OPTIONS with `Access-Control-Request-Method`; other
 * OPTIONS requests pass on.
 *
 * Not access control: programs that are no browsers send any Origin they like.
 * @throws ERR_CORS_OPTION an option is unknown, of the wrong type, or would open more than it seems to
 */
export function cors(options?: CorsOptions): RequestHandler;

// ---------------------------------------------------------------- https

export interface HttpsOnlyOptions {
  /** `redirect`: 308 to a host below. `reject`: ERR_HTTPS_REQUIRED (403). Default `redirect` where hosts are given, else `reject`. */
  mode?: 'redirect' | 'reject';
  /** The one host to redirect to, in lower case, with a port or without. Either this or `allowedHosts`. */
  host?: string;
  /** Hosts, without ports, that a request may name and is redirected to. Any other, or none, is ERR_HTTPS_HOST (400). */
  allowedHosts?: string[];
  /** Paths that plain HTTP may reach: one that ends in `/` with all below it, another exactly. Default none. */
  except?: string[];
}

/**
 * Turns plain HTTP away. Believes `req.secure` alone: behind a proxy set Express's `trust proxy` to what your proxies are, or
 * every request counts as plain.
 * @throws ERR_HTTPS_OPTION an option is unknown or wrong, or the mode does not go with the hosts
 */
export function httpsOnly(options?: HttpsOnlyOptions): RequestHandler;

// ---------------------------------------------------------------- error handler

export interface ErrorHandlerOptions {
  /**
   * Told of every error, with the status that is answered; for your log. What it throws or rejects with is reported on
   * console.error and goes no further. Default: writes the stack of errors answered with 5xx to console.error.
   */
  onError?: (error: unknown, req: any, res: any, status: number) => unknown;
}

/** An error handler for Express 4 and 5: put it last. */
export type ErrorRequestHandler = (error: unknown, req: any, res: any, next: (err?: unknown) => void) => void;

/**
 * Answers any error with RFC 9457 `application/problem+json`: `type` (`about:blank`), `title`, `status`, and `requestId` when
 * `req.id` is a safe one. No message, stack, code or input.
 *
 * Status: that of a {@link PortcullisError}; a 4xx of an error with `expose: true` (http-errors), of body-parser, or of a path
 * that does not decode; else 500, so that an upstream's 401 is not yours. 401 carries `error.wwwAuthenticate`, 429 and 503
 * `error.retryAfter` (seconds). Headers already set stay, except those that describe the lost body. An answer that has
 * begun is cut off.
 * @throws ERR_ERRORS_OPTION an option is unknown or wrong
 */
export function errorHandler(options?: ErrorHandlerOptions): ErrorRequestHandler;

// ---------------------------------------------------------------- harden

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
  body?: boolean | Parameters<typeof json>[0] | RequestHandler;
}

/**
 * One Express layer for the whole list, in this order: request id and headers (refusals bear them too), https, cors (a browser
 * can read a 429), rateLimit (refused requests cost no parsing), body. Each option is that member's options, `true`, `false`
 * or a middleware of yours. Refusals go to `next(err)`: put {@link errorHandler} last.
 * @throws ERR_HARDEN_OPTION an option is unknown or wrong; `csrf` is not offered
 * @throws the member's own code for a wrong option of a member
 */
export function harden(options?: HardenOptions): RequestHandler;
