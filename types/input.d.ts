import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from './middleware';

/** `'reject'`: a body with such a key is refused with 400. `false`: the rule is off. */
export type JsonRule = 'reject' | false;

/** Which kinds of keys are refused. Keys are judged as `JSON.parse` reads them: `"\\u0024gt"` is `$gt`. */
export interface JsonRules {
  /** A key that starts with `$`, as an operator of MongoDB does: `ERR_INPUT_OPERATOR_KEY`. Default `'reject'`. */
  operators?: JsonRule;
  /**
   * A key that holds a dot: `ERR_INPUT_DOTTED_KEY`. Default `'reject'`. Set it to `false` where your API has keys
   * such as `"user.name"` or host names and no query language reads them as paths.
   */
  dots?: JsonRule;
  /**
   * The key `__proto__` anywhere, and the key `prototype` directly in an object that is the value of a key
   * `constructor` (as secure-json-parse): `ERR_INPUT_PROTOTYPE_KEY`. `constructor` alone passes. Default `'reject'`.
   */
  prototypes?: JsonRule;
  /** A key that stands twice in one object, also by escapes: `ERR_INPUT_DUPLICATE_KEY` (RFC 7493 section 2.3). Default `'reject'`. */
  duplicates?: JsonRule;
}

/** Options of {@link json}. A wrong one throws `ERR_INPUT_OPTION` or `ERR_INPUT_OPTION_RANGE` at set-up. */
export interface JsonOptions {
  /**
   * Bytes of the body once it is inflated: a number, or text such as `'100kb'` or `'1mb'` (1kb is 1024). 1 to 256 MiB.
   * Default `'100kb'`, as body-parser. Over it: `ERR_INPUT_TOO_LARGE` (413), before reading when Content-Length says so.
   */
  limit?: number | string;
  /**
   * Whether gzip, deflate and br bodies are inflated. Default true, as body-parser. They may inflate to `limit`, and past
   * 100 KiB to 100 times their size (a bound of ours): else `ERR_INPUT_TOO_LARGE`. Over the wire they may have
   * `limit` + 1 KiB. Corrupt, cut, or with bytes after the end: `ERR_INPUT_INFLATE` (400). Another encoding,
   * several at once, or false here: `ERR_INPUT_ENCODING` (415).
   */
  inflate?: boolean;
  /** Whether only objects and arrays are accepted: else `ERR_INPUT_SYNTAX`. Default true, as body-parser. */
  strict?: boolean;
  /**
   * Which bodies are read: a media type (`'application/*+json'`, `'+json'`, `'json'`), a list, or a function. Default
   * `'application/json'`, as body-parser. Any other body is left alone, and `req.body` stays undefined.
   */
  type?: string | readonly string[] | ((req: IncomingMessage) => unknown);
  /** Whether the bytes that were checked (inflated) are kept in `req.rawBody`, for webhook signatures. Default false. */
  rawBody?: boolean;
  /** Arrays and objects open at once, 1 to 1,000; default 32. Over it: `ERR_INPUT_DEPTH`. */
  maxDepth?: number;
  /**
   * Keys of all objects together, 1 to 1,000,000; default 1,000, as body-parser's `parameterLimit` for forms. Raise it
   * for routes that take lists in bulk. Over it: `ERR_INPUT_KEYS`.
   */
  maxKeys?: number;
  /** UTF-8 bytes of one key, unescaped, 1 to 65,536; default 256. Over it: `ERR_INPUT_KEY_LENGTH`. */
  maxKeyLength?: number;
  /** What happens to a body that breaks a rule; only `'reject'` exists. */
  mode?: 'reject';
  /** Which kinds of keys are refused; default all. */
  rules?: JsonRules;
}

/**
 * Reads, checks and parses JSON bodies in the place of `express.json()`, alike on Express 4 and 5.
 *
 * One native scan judges the raw bytes before `JSON.parse` sees them. A refusal goes to `next(err)` as a
 * `PortcullisError` that holds neither the body nor the parser's message. Without a body `req.body` is undefined; an
 * empty one is `{}`, as with body-parser. Beyond the codes of the options: `ERR_INPUT_SYNTAX`, `_UTF8`, `_BOM`,
 * `_SURROGATE` (an escape of half a pair, RFC 7493 section 2.1), `_NUMBER` (such as 1e400), `_LENGTH`, `_ABORTED` (400),
 * `_CHARSET` (415: the Content-Type names a charset that is not utf-8), `_STREAM` (500: another parser took the body first).
 *
 * Security: keys are compared exactly, so code that trims, folds case or normalises keys afterwards can make an operator
 * of `" $gt"` or of a full-width dollar sign. A string that holds JSON is a string here. Query strings, cookies and
 * route parameters are not seen. Integers beyond 2^53 pass and lose precision, as in `JSON.parse`.
 */
export function json(options?: JsonOptions): RequestHandler;
