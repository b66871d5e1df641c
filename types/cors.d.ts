import type { RequestHandler } from './middleware';

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
