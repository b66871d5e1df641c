import type { RequestHandler } from './middleware';

/** @throws {TypeError} ERR_HTTPS_OPTION */
export interface HttpsOnlyOptions {
  /**
   * `redirect`: 308 to a host below. `reject`: 403 ERR_HTTPS_REQUIRED. Default: `redirect` if hosts are given, otherwise
   * `reject`.
   */
  mode?: 'redirect' | 'reject';
  /** The one host to redirect to, in lower case, with or without a port. Give either this or `allowedHosts`. */
  host?: string;
  /**
   * The allowed values of the `Host` header, without ports. A request is redirected to the host that it names. Any other `Host`,
   * or none, gets 400 ERR_HTTPS_HOST.
   */
  allowedHosts?: string[];
  /**
   * Paths that plain HTTP may reach. A path that ends in `/` covers everything below it, any other path itself alone. It is
   * compared with the whole path as it was sent: case, a slash at the end, `//` and percent-encoding count. Patterns such
   * as `*` and `:id` are refused. Default: none.
   */
  except?: string[];
}

/**
 * Refuses or redirects plain HTTP. It reads `req.secure` alone: behind a proxy set Express's `trust proxy` to your proxies, or
 * every request counts as plain, and a warning (WRN_HTTPS_FORWARDED) tells of the first redirect that leads in a circle. Without
 * Express, the connection alone decides.
 *
 * @example
 * import express = require('express');
 * import { httpsOnly } from 'portcullis';
 *
 * const app = express();
 * app.set('trust proxy', 1);
 * app.use(httpsOnly({ host: 'app.example.com', except: ['/health'] }));
 *
 * @throws {TypeError} ERR_HTTPS_OPTION an option is unknown or wrong, or the mode does not fit the hosts
 */
export function httpsOnly(options?: HttpsOnlyOptions): RequestHandler;
