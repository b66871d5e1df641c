import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PortcullisError } from './errors';
import type { RequestHandler } from './middleware';

/** `'reject'`: a body with such a key is rejected with 400. `false`: the rule is off. */
export type JsonRule = 'reject' | false;

/** Which kinds of keys are rejected. Keys are compared as `JSON.parse` reads them: `"\\u0024gt"` is `$gt`. */
export interface JsonRules {
  /** A key that starts with `$`, as an operator of MongoDB does: `ERR_INPUT_OPERATOR_KEY`. Default: `'reject'`. */
  operators?: JsonRule;
  /**
   * A key that contains a dot: `ERR_INPUT_DOTTED_KEY`. Set it to `false` where your API has keys such as `"user.name"` or host
   * names and no query language reads them as paths. Default: `'reject'`.
   */
  dots?: JsonRule;
  /**
   * The key `__proto__` anywhere, and the key `prototype` directly in an object that is the value of a key `constructor`
   * (as secure-json-parse): `ERR_INPUT_PROTOTYPE_KEY`. `constructor` alone is allowed. Default: `'reject'`.
   */
  prototypes?: JsonRule;
  /** A key that occurs twice in one object, also by escapes: `ERR_INPUT_DUPLICATE_KEY` (RFC 7493 section 2.3). Default: `'reject'`. */
  duplicates?: JsonRule;
}

/** Options of {@link json}. A wrong one throws `ERR_INPUT_OPTION` or `ERR_INPUT_OPTION_RANGE` at set-up. */
export interface JsonOptions {
  /**
   * Largest body in bytes, once inflated: a number, or text such as `'100kb'` or `'1mb'` (1kb is 1024 bytes). From 1 to
   * 268,435,456 (256 MiB). A larger body is rejected with `ERR_INPUT_TOO_LARGE` (413), before it is read when Content-Length says so. `0`,
   * `null` and `Infinity`, which express.json reads as its default or as no limit, are rejected. Default: `'100kb'`.
   */
  limit?: number | string;
  /**
   * Whether gzip, deflate and br bodies are inflated. They may inflate to `limit`, and beyond 100 KiB to 100 times their size
   * (a bound of ours): otherwise `ERR_INPUT_TOO_LARGE`. Over the wire they may have `limit` + 1 KiB. Corrupt or truncated ones,
   * and those with bytes after the end, are rejected with `ERR_INPUT_INFLATE` (400). Another encoding, several at once, or false
   * here: `ERR_INPUT_ENCODING` (415). Default: true.
   */
  inflate?: boolean;
  /** Whether only objects and arrays are accepted; anything else is rejected with `ERR_INPUT_SYNTAX`. Default: true. */
  strict?: boolean;
  /**
   * Which bodies are read: a media type (`'application/*+json'`, `'+json'`, `'json'`), a list of them, or a function. Any other
   * body is left alone, and `req.body` stays undefined. Default: `'application/json'`.
   */
  type?: string | readonly string[] | ((req: IncomingMessage) => unknown);
  /** Whether the bytes that were checked, inflated, are kept in `req.rawBody`. Default: false. */
  rawBody?: boolean;
  /**
   * Called with the bytes, inflated, before they are parsed, such as to verify the signature of a webhook. The body is rejected
   * with `ERR_INPUT_VERIFY` (403) when it throws, or when the promise that it returns rejects; an error with a `status` of its
   * own is passed on as it is. Default: none.
   */
  verify?: ((req: IncomingMessage, res: ServerResponse, body: Buffer, encoding: 'utf-8') => unknown) | false;
  /**
   * The second argument of `JSON.parse`. It runs after the check, so what it returns is not checked. The body is rejected with
   * `ERR_INPUT_SYNTAX` when it throws. Default: none, which is faster.
   */
  reviver?: (key: string, value: any) => unknown;
  /** Most arrays and objects open at once. From 1 to 1,000. Over it: `ERR_INPUT_DEPTH`. Default: 32. */
  maxDepth?: number;
  /**
   * Most keys of all objects together. From 1 to 1,000,000. Over it: `ERR_INPUT_KEYS`. Default: a sixth of `limit` in bytes, at
   * least 1,000, because the shortest member with a name has six bytes (17,066 for 100 KiB).
   */
  maxKeys?: number;
  /** Longest key in bytes of UTF-8, unescaped. From 1 to 65,536. Over it: `ERR_INPUT_KEY_LENGTH`. Default: 256. */
  maxKeyLength?: number;
  /** What happens to a body that breaks a rule. Default: `'reject'`, the only mode. */
  mode?: 'reject';
  /** Which kinds of keys are rejected. Default: all. */
  rules?: JsonRules;
}

/**
 * An error that {@link json} passes to `next(err)`. Beside our `code` it has the fields by which users of express.json tell
 * errors apart. It never contains the body.
 */
export interface JsonError extends PortcullisError {
  /**
   * Where the first offence is, as a JSON Pointer (RFC 6901) such as `/items/0/$gt`; empty if it is the whole body. Made of keys
   * that the client sent, never of values: long keys are cut, control characters escaped.
   */
  pointer?: string;
  /** The name that body-parser gives to this kind of error. */
  type?:
    | 'entity.parse.failed'
    | 'entity.too.large'
    | 'entity.verify.failed'
    | 'request.size.invalid'
    | 'request.aborted'
    | 'charset.unsupported'
    | 'encoding.unsupported'
    | 'stream.not.readable'
    | 'stream.encoding.set';
  /** The limit in bytes, of `entity.too.large`. */
  limit?: number;
  /** Content-Length in bytes, where it was sent. */
  length?: number;
  /** The same as `length`. */
  expected?: number;
  /** Bytes that arrived, where they were counted. */
  received?: number;
  /** Of `charset.unsupported`. */
  charset?: string;
  /** Of `encoding.unsupported`. */
  encoding?: string;
}

/**
 * Reads, checks and parses JSON bodies in the place of `express.json()`, in the same way on Express 4 and 5, and over HTTP/2.
 *
 * The raw bytes are checked in one native scan before `JSON.parse` sees them. A rejection goes to `next(err)` as a
 * {@link JsonError}. Without a body `req.body` is undefined; an empty one is `{}`, as with body-parser. Beyond the codes of the
 * options: `ERR_INPUT_SYNTAX`, `_UTF8`, `_BOM`, `_SURROGATE` (an escape of half a pair, RFC 7493 section 2.1), `_NUMBER` (such
 * as 1e400), `_LENGTH`, `_ABORTED` (400), `_CHARSET` (415: the Content-Type names a charset that is not utf-8), `_STREAM` (500).
 *
 * Other readers: later ones of body-parser let the request pass. Where an earlier one read the body, bytes or text in `req.body`
 * are left alone; otherwise the bytes in `req.rawBody` (Google Cloud Functions, Firebase) are checked and parsed; without them
 * the request fails with `ERR_INPUT_STREAM`, because a body without its bytes cannot be checked.
 *
 * Security: keys are compared exactly, so code that trims, folds case or normalises keys afterwards can make an operator
 * of `" $gt"` or of a full-width dollar sign. A string that contains JSON is a string here. Query strings, cookies and
 * route parameters are not checked. Integers beyond 2^53 are accepted and lose precision, as in `JSON.parse`.
 *
 * @example
 * import express = require('express');
 * import { json } from 'portcullis';
 *
 * const app = express();
 * app.use(json({ limit: '1mb' }));
 *
 * @throws {TypeError} ERR_INPUT_OPTION
 * @throws {RangeError} ERR_INPUT_OPTION_RANGE
 */
export function json(options?: JsonOptions): RequestHandler;
