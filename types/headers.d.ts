import type { RequestHandler } from './middleware';

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
