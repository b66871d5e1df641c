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
   * The cookie's name, at most 128 characters. Default: `__Host-token`. Browsers accept a cookie with the prefix `__Host-`
   * only with `Secure`, `Path=/` and no `Domain`, so that neither a sibling host nor plain HTTP can set it (RFC 6265bis
   * section 4.1.3.2). A name without `__Host-` or `__Secure-` is rejected.
   */
  name?: string;
  /** Accepts a name without a prefix. Sibling hosts, and anyone on plain HTTP, can then set the user's token. Default: false. */
  dangerouslyAllowUnprefixedName?: boolean;
}

/**
 * A token in a cookie, and who may cause a request that carries it.
 *
 * A browser sends a cookie whatever page asks it to, so such a request is checked by the rule of `csrf`. GET, HEAD and OPTIONS
 * pass, so they must change nothing; any other method, and a WebSocket handshake, passes only
 * - with an `Origin` of `trustedOrigins`, those of `harden` and `csrf` before it included, or
 * - with `Sec-Fetch-Site: same-origin` or `none` (Fetch Metadata; no page can set it), or
 * - without `Sec-Fetch-Site`: with the request's own `Origin`, see rule 4 of `csrf`.
 *
 * Otherwise it is refused with 403 ERR_CSRF_CROSS_SITE, also with neither header: programs send their token in
 * `Authorization`. `X-Forwarded-Host` is not read.
 */
export interface AuthenticateCookieOptions extends TokenCookieName {
  /**
   * Other origins whose pages may act for the user: exact origins, `https://*.example.com`, or anchored RegExps, as in `cors`.
   * Behind a proxy that changes `Host`, also the public origin, for browsers without Fetch Metadata. Default: none, beside
   * those of `harden` and `csrf`.
   */
  trustedOrigins?: string | RegExp | Array<string | RegExp>;
  /** Accepts requests that any site may have caused. Use it only behind another CSRF protection. Default: false. */
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

/** The cookie of a token. @throws {TypeError} ERR_AUTH_OPTION @throws {RangeError} ERR_AUTH_OPTION_RANGE */
export interface TokenCookieOptions extends TokenCookieName {
  /**
   * How long browsers keep the cookie, in seconds. From 1 to 34,560,000 (400 days, RFC 6265bis section 5.5). Use the lifetime
   * of the token. Default: until the browser is closed.
   */
  maxAgeSeconds?: number;
  /**
   * `Strict`: not sent when another site links here. `Lax`: sent when the user follows a link. `None` is not offered.
   * Default: `Strict`.
   */
  sameSite?: 'Strict' | 'Lax';
}

/** Writes and clears the cookie of a token. */
export interface TokenCookie {
  /**
   * Adds `Set-Cookie` to the response. Cookies of other names stay; an earlier one of this name is replaced.
   * @throws {TypeError} ERR_AUTH_COOKIE if the token contains characters that a cookie cannot hold, or takes more than 4,096 bytes
   * together with the name (browsers drop such a cookie, RFC 6265bis section 5.6)
   */
  set(res: any, token: string): void;
  /** Makes the browser delete the cookie. The token itself stays valid until its `exp`. */
  clear(res: any): void;
}

/**
 * Writes the cookie that `authenticate({ cookie })` reads: `HttpOnly; Secure; Path=/; SameSite`, without `Domain`.
 *
 * @example
 * import { tokenCookie } from 'portcullis';
 *
 * const session = tokenCookie({ maxAgeSeconds: 15 * 60 });
 * // In a handler: session.set(res, token);
 *
 * @throws {TypeError} ERR_AUTH_OPTION
 * @throws {RangeError} ERR_AUTH_OPTION_RANGE
 */
export function tokenCookie(options?: TokenCookieOptions): TokenCookie;

/** What claims must hold: at least one of these. None of them may be `undefined`. @throws {TypeError} ERR_AUTH_OPTION */
export interface AuthorizeRule<C extends object = Claims> {
  /**
   * All of these scopes must be in `scope` (one string with spaces, RFC 8693 section 4.2), or in `scp`, or in a list. Each is a
   * scope token of RFC 6749 section 3.3. Default: not checked.
   */
  scopes?: string[];
  /** At least one of these must be in the list `roles`. Default: not checked. */
  roles?: string[];
  /** Must return exactly `true`. Default: not checked. */
  check?: (claims: C, req: any) => boolean;
}

/** A rule and the realm of its challenges. */
export interface AuthorizeOptions<C extends object = Claims> extends AuthorizeRule<C> {
  /** The `realm` of `WWW-Authenticate`, as in `authenticate`. Default: none. */
  realm?: string;
}

/**
 * Passes requests whose claims allow it; others get 403 ERR_AUTH_FORBIDDEN. Mount it after `authenticate`: without verified
 * claims the response is 401. `authenticate({ authorize })` does the same in one step and is cheaper.
 *
 * @example
 * import { authorize } from 'portcullis';
 *
 * const editors = authorize({ roles: ['editor', 'admin'] });
 * const owner = authorize({ check: (claims, req) => claims.sub === req.params.id });
 *
 * @throws {TypeError} ERR_AUTH_OPTION
 */
export function authorize<C extends object = Claims>(options: AuthorizeOptions<C>): RequestHandler;
