import type { RequestHandler } from './middleware';

/** @throws {TypeError} ERR_CSRF_OPTION */
export interface CsrfOptions {
  /**
   * Other origins whose pages may act for your users: exact (`https://app.example.com`), all subdomains
   * (`https://*.example.com`), or a RegExp anchored as a whole, as in `cors`. Patterns that match origins of other owners are
   * refused. List the public origin here too if a proxy changes `Host`. `authenticate({ cookie })` and `cors({ enforce })`
   * behind this middleware trust these origins as well. Default: none. Must not be `undefined`.
   */
  trustedOrigins?: string | RegExp | Array<string | RegExp>;
  /**
   * Paths that other sites may call, such as the address to which an identity provider posts its response. A path that ends
   * in `/` covers everything below it, any other path itself alone. It is compared with the whole path as it was sent, also
   * inside a mounted router: case, a slash at the end, `//` and percent-encoding count. Patterns such as `*` and `:id` are
   * refused. `authenticate({ cookie })` knows no exemption. Default: none.
   */
  except?: string[];
}

/**
 * Refuses requests that another site may have caused, with 403 ERR_CSRF_CROSS_SITE in `next(err)`. It needs no token in forms
 * and no session. In this order:
 * 1. `GET`, `HEAD` and `OPTIONS` pass, so these must not change anything. A WebSocket handshake is checked like a `POST`.
 * 2. An `Origin` of `trustedOrigins` passes.
 * 3. If `Sec-Fetch-Site` was sent (all browsers since March 2023, over HTTPS or on localhost), `same-origin` and `none` pass;
 *    any other value is refused, also `same-site`.
 * 4. Otherwise `Origin` must be the request's own. An `https:` origin with the host of the request always passes. An `http:`
 *    origin with that host passes only if the request came over plain HTTP, and without a `__Host-` or `__Secure-` cookie unless the
 *    host is localhost, `127.0.0.1` or `[::1]`. Express's `req.secure` tells the scheme, so set `trust proxy` behind a proxy.
 *    `X-Forwarded-Host` is not read.
 * 5. A request with neither header passes if it has no `Cookie` header, and is refused if it has one.
 *
 * Programs that send no cookies are not affected. A program or a test that sends cookies must send
 * `Sec-Fetch-Site: same-origin` too.
 *
 * # Security
 * A page of your own origin is trusted: this does not protect from cross-site scripting. A browser also adds credentials
 * of HTTP Basic authentication and client certificates by itself; only requests with `Origin` or `Sec-Fetch-Site`, which all
 * current browsers send, are checked then.
 *
 * @example
 * import express = require('express');
 * import { csrf, errorHandler } from 'portcullis';
 *
 * const app = express();
 * app.use(csrf({ trustedOrigins: ['https://admin.example.com'], except: ['/login/callback'] }));
 * app.post('/profile', (_req, res) => {
 *   res.sendStatus(204);
 * });
 * app.use(errorHandler());
 *
 * @throws {TypeError} ERR_CSRF_OPTION an option is unknown or wrong
 */
export function csrf(options?: CsrfOptions): RequestHandler;
