import type { RequestHandler } from './middleware';

/**
 * Decides about an origin, now or later: calls back with an error, or with `true`, `false`, an origin, a RegExp or an array of
 * these.
 */
export type OriginFunction = (
  origin: string | undefined,
  callback: (error: unknown, allow?: boolean | string | RegExp | Array<string | RegExp>) => void,
) => void;

/** The `cors` package's options by the same names, with stricter checks. @throws {TypeError} ERR_CORS_OPTION */
export interface CorsOptions {
  /**
   * Whose pages may read responses. `'*'`: any site, without credentials. A string or an array: exact origins as browsers send
   * them (`https://app.example.com`), patterns for subdomains at any depth (`https://*.example.com`), RegExps anchored as a
   * whole (`^...$`, without the flags g, y and m). `true`: any origin, which is repeated. `false`: no CORS at all. Default: `'*'`.
   *
   * `undefined`, `'null'` and origins that no browser sends are refused. With `credentials` or `enforce`, patterns that match
   * origins of other owners are refused too: any origin, an unescaped `.` in a RegExp, a public suffix (`https://*.co.uk`) or
   * the shared domain of a hosting service (`https://*.vercel.app`). Patterns are tried on random origins; of public suffixes
   * only the usual ones of countries and 40 large services are known.
   *
   * A RegExp of yours runs in JavaScript: it gets at most 512 characters, and you must mind its running time.
   */
  origin?: boolean | string | RegExp | Array<string | RegExp> | OriginFunction;
  /** Default: `GET,HEAD,PUT,PATCH,POST,DELETE`. */
  methods?: string | string[];
  /** Default: those that the preflight asks for. */
  allowedHeaders?: string | string[];
  /** Default: none. */
  exposedHeaders?: string | string[];
  /** Default: false. With `true`, `origin` must name origins. */
  credentials?: boolean;
  /** How long browsers may keep a preflight's response, in seconds; 0 or more. Default: not sent (browsers keep it 5 seconds). */
  maxAge?: number;
  /** Passes preflights on to the app. Default: false. */
  preflightContinue?: boolean;
  /** 200 to 299. Default: 204. */
  optionsSuccessStatus?: number;
  /**
   * Refuses state-changing requests that another site may have caused, with 403 ERR_CSRF_CROSS_SITE, by the rule of
   * {@link csrf}; the allowed origins are its trusted origins. `origin` must be a list, a function, or false, which trusts no
   * other origin; so does '*' from a function. CORS alone only hides the responses. Default: false; in `harden()` true if
   * `origin` names origins, unless its `csrf` is `false`.
   */
  enforce?: boolean;
  /** Allows `origin: true` with `credentials: true`: every site that a user visits then acts as that user. Default: false. */
  dangerouslyAllowAnyOriginWithCredentials?: boolean;
}

/**
 * CORS. An allowed origin gets what the `cors` package sends, header for header; a refused one gets no CORS header.
 * `Vary: Origin` is always sent unless `origin` is `'*'` or `false`. A preflight is OPTIONS with `Access-Control-Request-Method`; other
 * OPTIONS requests go on to the app.
 *
 * # Security
 * This is not access control: programs other than browsers send any `Origin` they like.
 *
 * @example
 * import express = require('express');
 * import { cors } from 'portcullis';
 *
 * const app = express();
 * app.use(cors({ origin: ['https://app.example.com'], credentials: true, enforce: true }));
 *
 * @throws {TypeError} ERR_CORS_OPTION an option is unknown, of the wrong type, or would allow more than it seems to
 * @throws {RangeError} ERR_CORS_OPTION_RANGE a number is out of bounds
 */
export function cors(options?: CorsOptions): RequestHandler;
