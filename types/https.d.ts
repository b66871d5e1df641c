import type { RequestHandler } from './middleware';

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
