import type { Claims, Verifier, VerifierOptions, VerifierPolicy } from './jwt';
import type { RequestHandler } from './middleware';

/** What `authenticate` sets as `req.auth`. */
export interface Auth<C extends object = Claims> {
  /** The token as it was sent. */
  token: string;
  /** Its verified claims. They are frozen. */
  claims: C;
}

/** The name of a token's cookie. */
export interface TokenCookieName {
  /**
   * At most 128 characters, default `__Host-token`: with the prefix `__Host-` browsers take the cookie only with `Secure`, `Path=/`
   * and no `Domain`, so that no sibling host and no plain HTTP can plant another (RFC 6265bis section 4.1.3.2).
   * @throws ERR_AUTH_OPTION for a name without `__Host-` and `__Secure-`
   */
  name?: string;
  /** Takes a name without a prefix. Whoever can answer for a sibling host, or plain HTTP, can then set the user's token. */
  dangerouslyAllowUnprefixedName?: boolean;
}

/**
 * A token in a cookie, and who may cause a request that bears it.
 *
 * A browser sends a cookie whatever page asks it to, so such a request is checked by the rule of `csrf`. GET, HEAD and OPTIONS
 * pass, so they must change nothing; any other method, and a WebSocket handshake, passes only
 * - with an `Origin` of `trustedOrigins`, those of `harden` and `csrf` before it included, or
 * - with `Sec-Fetch-Site: same-origin` or `none` (Fetch Metadata; no page can set it), or
 * - without `Sec-Fetch-Site`: with an `Origin` of the request's own scheme and host.
 *
 * Otherwise it is refused with 403 ERR_CSRF_CROSS_SITE, also with neither header: programs send their token in
 * `Authorization`. No forwarded host is used.
 */
export interface AuthenticateCookieOptions extends TokenCookieName {
  /**
   * Other origins whose pages may act for the user: exact, `https://*.example.com`, or an anchored RegExp, as in `cors`. Also the
   * public origin, behind a proxy that changes `Host`, for browsers without Fetch Metadata. @throws ERR_AUTH_OPTION
   */
  trustedOrigins?: string | RegExp | Array<string | RegExp>;
  /** Takes requests that any site caused. Only behind a CSRF protection of your own. Default false. */
  dangerouslyAllowCrossSite?: boolean;
}

/** Where the token is read from. Default: `Authorization: Bearer` (RFC 6750 section 2.1). */
export type TokenSource =
  | {
      /**
       * Returns the token, or `undefined` if the request has none; it must not return a promise. If it reads a cookie,
       * nothing here protects from other sites: use `cookie` instead.
       */
      getToken: (req: any) => string | undefined;
      cookie?: undefined;
    }
  | {
      getToken?: undefined;
      /** Reads the token from a cookie as well as from the header; a request with both is rejected. Default: false. */
      cookie?: boolean | AuthenticateCookieOptions;
    };

/** Options of `authenticate` beside the verifier. */
export type AuthenticateOptions<C extends object = Claims> = AuthenticateSettings<C> & TokenSource;

/** @throws {TypeError} ERR_AUTH_OPTION */
export interface AuthenticateSettings<C extends object = Claims> {
  /**
   * Lets a request without a token pass, without `req.auth`; also one with credentials of another scheme (`Basic`). An invalid
   * token and a malformed `Bearer` header are still rejected. Default: false.
   */
  optional?: boolean;
  /** What the claims must hold, as in `authorize`. Not with `optional`; must not be `undefined`. Default: nothing. */
  authorize?: AuthorizeRule<C>;
  /** The `realm` of `WWW-Authenticate`: printable ASCII without `"` and `\`. Default: none. */
  realm?: string;
}

/**
 * Verifies the request's token, judges its claims where `authorize` is given, and sets `req.auth`. Give a verifier, or the
 * options of one. A token whose keys have to be fetched first is waited for.
 *
 * All refusals go to `next(err)`, with the `WWW-Authenticate` of RFC 6750 section 3 in `err.headers`:
 * - 401 ERR_AUTH_MISSING: there is no token; 401 and `error="invalid_token"`, all alike: the verifier's codes;
 * - 400 ERR_AUTH_REQUEST, `error="invalid_request"`: two `Authorization` headers, the cookie twice, header and cookie, or either
 *   beside an `access_token` in the query or in a form that was parsed before (RFC 6750 section 2: one way per request);
 * - 403 ERR_AUTH_FORBIDDEN, with `error="insufficient_scope"` and the `scope` where scopes are missing; 403 ERR_CSRF_CROSS_SITE.
 *
 * OPTIONS is a method like any other: put `cors` before it, which answers preflights.
 *
 * # Security
 * Shared caches may keep what is answered to a cookie: send `Cache-Control: no-store`, as the preset `api` of `harden` does.
 *
 * @example
 * import express = require('express');
 * import { authenticate } from 'portcullis';
 *
 * const app = express();
 * const signedIn = authenticate({ key: new Uint8Array(32), algorithms: ['HS256'], requiredClaims: ['exp'] });
 * app.get('/me', signedIn, (req, res) => {
 *   res.json({ ok: true });
 * });
 *
 * @throws {TypeError} ERR_AUTH_OPTION, and what `createVerifier` throws
 */
export function authenticate<C extends object = Claims>(
  options: AuthenticateOptions<C> & { verifier: Verifier<C> } & { [K in VerifierOptionName]?: undefined },
): RequestHandler;
export function authenticate<C extends object = Claims>(
  options: AuthenticateOptions<C> & { verifier?: undefined } & VerifierOptions,
): RequestHandler;

type VerifierOptionName = keyof VerifierPolicy | 'key' | 'keys' | 'jwks';

export interface TokenCookieOptions extends TokenCookieName {
  /**
   * How long browsers keep it, in seconds, 1..=34,560,000 (400 days, RFC 6265bis section 5.5). Default: until the browser ends. Give
   * it the life of the token. @throws ERR_AUTH_OPTION_RANGE
   */
  maxAgeSeconds?: number;
  /** Default `Strict`: not sent on the way here from another site. `Lax`: sent when the user follows a link. @throws ERR_AUTH_OPTION */
  sameSite?: 'Strict' | 'Lax';
}

export interface TokenCookie {
  /**
   * Adds `Set-Cookie` to the response, beside the cookies of others and in place of an earlier one of this name.
   * @throws ERR_AUTH_COOKIE when the token is no text of a cookie's characters, or has more than 4,096 bytes with the name
   * (browsers drop such a cookie, RFC 6265bis section 5.6)
   */
  set(res: any, token: string): void;
  /** Has the browser forget the cookie. The token stays good until its `exp`. */
  clear(res: any): void;
}

/** Writes the cookie that `authenticate({ cookie })` reads: `HttpOnly; Secure; Path=/; SameSite`, and no `Domain`. */
export function tokenCookie(options?: TokenCookieOptions): TokenCookie;

/** At least one of these. */
export interface AuthorizeRule<C extends object = Claims> {
  /**
   * All of them must be held: in `scope` (one string with spaces, RFC 8693 section 4.2), or `scp`, or a list. Each is a scope token
   * of RFC 6749 section 3.3. Must not be written as `undefined`, nor `roles` and `check`.
   */
  scopes?: string[];
  /** One of them must be held, in the list `roles`. */
  roles?: string[];
  /** Must answer exactly `true`. */
  check?: (claims: C, req: any) => boolean;
}

export interface AuthorizeOptions<C extends object = Claims> extends AuthorizeRule<C> {
  /** As in `authenticate`. */
  realm?: string;
}

/**
 * Lets a request pass whose claims allow it, else 403 ERR_AUTH_FORBIDDEN. Stands after `authenticate`; without it: 401. One
 * rule that goes with every request of a route is cheaper as `authenticate({ authorize })`.
 */
export function authorize<C extends object = Claims>(options: AuthorizeOptions<C>): RequestHandler;
