import type { RequestHandler } from './middleware';

/** The settings of a header: `false` leaves it out, `true` uses its default, an object changes it. */
type HeaderOption<Settings> = boolean | Settings;

/**
 * The options of helmet 8, with the same names, aliases and values. Names and settings that helmet does not know are
 * rejected, and so is a header under two of its names. The defaults below are those of the preset `web`.
 * @throws {TypeError} ERR_HEADERS_OPTION
 */
export interface SecurityHeadersOptions {
  /**
   * `web`: helmet's defaults, byte for byte. `api`: `Cache-Control: no-store`, the policy `default-src 'none';
   * frame-ancestors 'none'`, `X-Frame-Options: DENY`, `X-Content-Type-Options`, HSTS and `Referrer-Policy: no-referrer`
   * (OWASP REST Security Cheat Sheet). Default: `web`.
   */
  preset?: 'web' | 'api';
  /**
   * `Content-Security-Policy`. Default: helmet's policy. A function in a directive, such as one that returns a nonce, is
   * called for each request; that header then costs what it costs in helmet.
   */
  contentSecurityPolicy?: HeaderOption<{
    useDefaults?: boolean;
    directives?: Record<string, null | string | Iterable<string | ((req: any, res: any) => string)> | symbol>;
    reportOnly?: boolean;
  }>;
  /** `Cross-Origin-Embedder-Policy`. Default: false. */
  crossOriginEmbedderPolicy?: HeaderOption<{ policy?: 'require-corp' | 'credentialless' | 'unsafe-none' }>;
  /** `Cross-Origin-Opener-Policy`. Default: `same-origin`. */
  crossOriginOpenerPolicy?: HeaderOption<{
    policy?: 'same-origin' | 'same-origin-allow-popups' | 'noopener-allow-popups' | 'unsafe-none';
  }>;
  /** `Cross-Origin-Resource-Policy`. Default: `same-origin`. */
  crossOriginResourcePolicy?: HeaderOption<{ policy?: 'same-origin' | 'same-site' | 'cross-origin' }>;
  /** `Origin-Agent-Cluster: ?1`. Default: true. */
  originAgentCluster?: boolean;
  /** `Referrer-Policy`. Default: `no-referrer`. */
  referrerPolicy?: HeaderOption<{ policy?: string | string[] }>;
  /** `Strict-Transport-Security`. `maxAge` in seconds, 0 or more. Default: 31,536,000 (a year), with `includeSubDomains`. */
  strictTransportSecurity?: HeaderOption<{ maxAge?: number; includeSubDomains?: boolean; preload?: boolean }>;
  /** Alias of `strictTransportSecurity`. */
  hsts?: SecurityHeadersOptions['strictTransportSecurity'];
  /** `X-Content-Type-Options: nosniff`. Default: true. */
  xContentTypeOptions?: boolean;
  /** Alias of `xContentTypeOptions`. */
  noSniff?: boolean;
  /** `X-DNS-Prefetch-Control`. Default: `off`. */
  xDnsPrefetchControl?: HeaderOption<{ allow?: boolean }>;
  /** Alias of `xDnsPrefetchControl`. */
  dnsPrefetchControl?: SecurityHeadersOptions['xDnsPrefetchControl'];
  /** `X-Download-Options: noopen`. Default: true. */
  xDownloadOptions?: boolean;
  /** Alias of `xDownloadOptions`. */
  ieNoOpen?: boolean;
  /** `X-Frame-Options`. Default: `SAMEORIGIN`. */
  xFrameOptions?: HeaderOption<{ action?: 'deny' | 'sameorigin' | 'DENY' | 'SAMEORIGIN' }>;
  /** Alias of `xFrameOptions`. */
  frameguard?: SecurityHeadersOptions['xFrameOptions'];
  /** `X-Permitted-Cross-Domain-Policies`. Default: `none`. */
  xPermittedCrossDomainPolicies?: HeaderOption<{
    permittedPolicies?: 'none' | 'master-only' | 'by-content-type' | 'all';
  }>;
  /** Alias of `xPermittedCrossDomainPolicies`. */
  permittedCrossDomainPolicies?: SecurityHeadersOptions['xPermittedCrossDomainPolicies'];
  /** Removes `X-Powered-By`. Default: true. */
  xPoweredBy?: boolean;
  /** Alias of `xPoweredBy`. */
  hidePoweredBy?: boolean;
  /** `X-XSS-Protection: 0`. Default: true. */
  xXssProtection?: boolean;
  /** Alias of `xXssProtection`. */
  xssFilter?: boolean;
  /** The value of `Cache-Control`, or false. Default: `no-store` in the preset `api`, otherwise false. */
  cacheControl?: string | false;
  /** The value of `Permissions-Policy`, or false. Default: false; it only matters to rendered pages. */
  permissionsPolicy?: string | false;
}

/**
 * Sets security headers. helmet computes them once, when the middleware is made, and each response gets the result. A
 * handler can still set, remove or append headers, as with helmet.
 *
 * @example
 * import express = require('express');
 * import { securityHeaders } from 'portcullis';
 *
 * const app = express();
 * app.use(securityHeaders({ preset: 'web', hsts: { maxAge: 365 * 24 * 60 * 60, preload: true } }));
 *
 * @throws {TypeError} ERR_HEADERS_OPTION if an option is unknown, has the wrong type, or is refused by helmet
 */
export function securityHeaders(options?: SecurityHeadersOptions): RequestHandler;

export namespace securityHeaders {
  /** As the value of the directive `default-src`: a policy without it, which is refused otherwise. */
  export const dangerouslyDisableDefaultSrc: symbol;
}
