/**
 * `portcullis/express-mongo-sanitize`: takes the place of express-mongo-sanitize 2, on Express 4 and 5. Where it is stricter is in
 * https://github.com/portcullis/portcullis/blob/main/docs/dropins-input.md.
 */
import type { Handler, Request } from 'express';

declare namespace mongoSanitize {
  interface Options {
    /**
     * Renames keys instead of removing them: each dot, and `$` at the start, becomes this text. It is ignored if it starts with
     * `$`, or contains a dot where dots are not allowed. A key whose new name is taken, or is `__proto__`, `constructor` or
     * `prototype`, is removed. Default: keys are removed with their values.
     */
    replaceWith?: string;
    /** Called once for each part of a request that was changed; `key` is `body`, `params`, `headers` or `query`. Default: none. */
    onSanitize?: (params: { key: string; req: Request }) => void;
    /** Only calls `onSanitize`, and changes nothing. Default: false. */
    dryRun?: boolean;
    /** Whether keys may contain dots. Default: false. */
    allowDots?: boolean;
  }
}

/**
 * Removes keys that start with `$` or contain a dot, and own `__proto__` keys, from `req.body`, `req.params`, `req.headers` and
 * `req.query`. Mount it after the body parsers.
 *
 * Security: it rewrites the request and lets it continue. `harden()` and `json()` refuse such a request instead.
 */
interface MongoSanitize {
  (options?: mongoSanitize.Options): Handler;
  /** Cleans `target` in place, and returns it. */
  sanitize<T extends Record<string, unknown> | unknown[]>(target: T, options?: mongoSanitize.Options): T;
  /** Whether `target` has a key that would be removed. */
  has(target: Record<string, unknown> | unknown[], allowDots?: boolean): boolean;
  /** The same function, for programs that are compiled without `esModuleInterop`. */
  readonly default: MongoSanitize;
}

declare const mongoSanitize: MongoSanitize;

export = mongoSanitize;
