import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PortcullisError } from './errors';
import type { RequestHandler } from './middleware';

/**
 * What happens to a key that breaks a rule. `'reject'`: the request is refused with 400. `'strip'`: the key and its value are
 * removed. `'replace'`: the `$` at its start, and each dot where that rule is on, become `replaceWith`. `'report'`: it passes.
 */
export type InputMode = 'reject' | 'strip' | 'replace' | 'report';

/** Which keys break a rule, and what then happens; `false` turns a rule off. Keys are judged as parsers read them: `"\\u0024gt"` is `$gt`. */
export interface InputRules {
  /** A key that starts with `$`, as an operator of MongoDB does: `ERR_INPUT_OPERATOR_KEY`. Default: `mode`. */
  operators?: InputMode | false;
  /**
   * A key that contains a dot: `ERR_INPUT_DOTTED_KEY`. Turn it on if keys of the client become paths of a query, as in
   * `update({ $set: req.body })`. Default: `false`, because many clients send dots, such as `hub.mode` and `"user.name"`.
   */
  dots?: InputMode | false;
  /**
   * The key `__proto__` anywhere, and the key `prototype` directly in an object that is the value of a key `constructor`
   * (as secure-json-parse): `ERR_INPUT_PROTOTYPE_KEY`. `constructor` alone is allowed. Default: `mode`; `'strip'` if that is `'replace'`.
   */
  prototypes?: Exclude<InputMode, 'replace'> | false;
  /**
   * A key that occurs twice in one object of JSON, also by escapes: `ERR_INPUT_DUPLICATE_KEY` (RFC 7493 section 2.3). With
   * `'strip'` the last value counts, as in `JSON.parse`. A body that was parsed before shows no duplicates. Default: `mode`;
   * `'strip'` if that is `'replace'`.
   */
  duplicates?: Exclude<InputMode, 'replace'> | false;
}

/** What was found in a request. It never contains a value. */
export interface InputReport {
  /** Where it was found. */
  source: 'body' | 'query' | 'params' | 'cookies';
  /** The rule; undefined for a bound or a syntax error. */
  rule: 'operators' | 'dots' | 'prototypes' | 'duplicates' | 'repeats' | undefined;
  /** The code that a rejection has. */
  code: string;
  /** What was done: the mode of the rule, or for a repeated name `'first'`, `'last'` or `'reject'`. */
  action: InputMode | 'first' | 'last';
  /** A JSON Pointer (RFC 6901) to the key, at most 256 characters; undefined if there is no single place. */
  pointer: string | undefined;
  /** The request; undefined in parseJson(). */
  req: IncomingMessage | undefined;
}

/** Rules and bounds that every source shares. */
export interface InputPolicy {
  /** The mode of `operators`, `prototypes` and `duplicates`. Default: `'reject'`. */
  mode?: InputMode;
  /** Which rules are on, and their modes. Default: all but `dots` are on. */
  rules?: InputRules;
  /** What `'replace'` puts in the place of a `$` or a dot: 1 to 16 letters, digits, `_` or `-`. A key whose new name is taken, or breaks a rule, is rejected with `ERR_INPUT_KEY_CLASH`. Default: `'_'`. */
  replaceWith?: string;
  /**
   * Names that a query or form repeats (`a=1&a=2`), and other arrays in them. `'allow'`: they are arrays, as the parser makes them. `'first'`, `'last'`: that
   * value alone counts. `'reject'`: `ERR_INPUT_REPEATED`. Default: `'allow'`.
   */
  repeats?: 'allow' | 'first' | 'last' | 'reject';
  /** Names that may be arrays whatever `repeats` says: JSON Pointers such as `'/tags'` or `'/filter/ids'`, in which `*` stands for one segment. Default: none. */
  arrays?: readonly string[];
  /**
   * Called with each finding, rejections included, at most 20 times per source of a request. What it throws, or rejects with,
   * is logged with console.error. Default: none.
   */
  onReport?: (report: InputReport) => unknown;
  /** Most arrays and objects open at once. From 1 to 1,000. Over it: `ERR_INPUT_DEPTH`. Default: 32. */
  maxDepth?: number;
  /**
   * Most keys of all objects together. From 1 to 1,000,000. Over it: `ERR_INPUT_KEYS`. Default for JSON: a sixth of `limit` in
   * bytes, at least 1,000, because the shortest member with a name has six bytes (17,066 for 100 KiB). For forms: 1,000. For what other
   * parsers made: 17,066.
   */
  maxKeys?: number;
  /** Longest key in bytes of UTF-8, unescaped. From 1 to 65,536. Over it: `ERR_INPUT_KEY_LENGTH`. Default: 256. */
  maxKeyLength?: number;
}

/** What {@link json} and {@link urlencoded} share. */
export interface BodyOptions extends InputPolicy {
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
  /**
   * Which bodies are read: a media type (`'application/*+json'`, `'+json'`, `'json'`), a list of them, or a function. Any other
   * body is left alone, and `req.body` stays undefined. Default: `'application/json'`, or `'application/x-www-form-urlencoded'`.
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
}

/** What only JSON has. */
interface JsonSyntax {
  /** Whether only objects and arrays are accepted; anything else is rejected with `ERR_INPUT_SYNTAX`. Default: true. */
  strict?: boolean;
  /**
   * The second argument of `JSON.parse`. It runs after the check, so what it returns is not checked. The body is rejected with
   * `ERR_INPUT_SYNTAX` when it throws. Default: none, which is faster.
   */
  reviver?: (key: string, value: any) => unknown;
}

/** Options of {@link json}. A wrong one throws `ERR_INPUT_OPTION` or `ERR_INPUT_OPTION_RANGE` at set-up. */
export interface JsonOptions extends BodyOptions, JsonSyntax {
  /** Places in the body that no rule looks at, themselves and below: JSON Pointers such as `'/bio'` or `'/answers/*'`, in which `*` stands for one segment. Bounds and duplicates are still checked. Default: none. */
  exempt?: readonly string[];
}

/** Options of {@link urlencoded}. A wrong one throws `ERR_INPUT_OPTION` or `ERR_INPUT_OPTION_RANGE` at set-up. */
export interface UrlencodedOptions extends BodyOptions {
  /** Whether names such as `a[b]` and `a[]` make objects and arrays, as with the package qs; if false, names stay as they are. Default: true. */
  extended?: boolean;
  /** As in {@link JsonOptions}. */
  exempt?: readonly string[];
}

/** Options of {@link parseJson}. An object of options is read once, at its first use: keep it in a constant. */
export interface ParseJsonOptions extends InputPolicy, JsonSyntax {
  /** Most bytes. As in {@link JsonOptions}. Default: `'100kb'`. */
  limit?: number | string;
  /** As in {@link JsonOptions}. */
  exempt?: readonly string[];
}

/** Places that no rule looks at, by source. */
export interface ExemptBySource {
  /** As in {@link JsonOptions}. */
  body?: readonly string[];
  /** Such as `'/$filter'`. */
  query?: readonly string[];
  /** Below the name of the cookie. */
  cookies?: readonly string[];
  /** Below the name of the parameter. */
  params?: readonly string[];
}

/** Options of {@link guard}. A wrong one throws `ERR_INPUT_OPTION` or `ERR_INPUT_OPTION_RANGE` at set-up. */
export interface GuardOptions extends InputPolicy {
  /** Places that no rule looks at. Default: none. */
  exempt?: ExemptBySource;
  /** Sources that are judged. Default: all true. */
  sources?: {
    /** `req.query`. Default: true. */
    query?: boolean;
    /** `req.params`: what `app.param` made of them. Default: true. */
    params?: boolean;
    /** `req.cookies` and `req.signedCookies`, or JSON cookies of the header if cookie-parser has not run. Default: true. */
    cookies?: boolean;
    /** `req.body`, whoever parsed it. Default: true. */
    body?: boolean;
  };
}

/** The member `input` of `harden()`. */
export interface InputOptions extends BodyOptions, JsonSyntax {
  /** Places that no rule looks at. Default: none. */
  exempt?: ExemptBySource;
  /** As in {@link UrlencodedOptions}. Default: true. */
  extended?: boolean;
  /**
   * Other options for some paths. `path`: one or several paths as in `except` of `csrf`; one that ends in `/` covers everything
   * below it. The other options override those of `input`, rule by rule. The first route that matches counts. Default: none.
   */
  routes?: ReadonlyArray<{ path: string | readonly string[] } & Omit<InputOptions, 'routes'>>;
}

/**
 * An error that the readers and guards of this area pass to `next(err)`. Beside our `code` it has the fields by which users of
 * express.json tell errors apart. It never contains a value of the request. `code`, `source` and `pointer` are part of the
 * response that `errorHandler()` sends.
 */
export interface InputError extends PortcullisError {
  /** Where the fault is, if the content is at fault. */
  source?: 'body' | 'query' | 'params' | 'cookies';
  /**
   * Where the first offence is, as a JSON Pointer (RFC 6901) such as `/items/0/$gt`; empty if it is the whole body. Made of keys
   * that the client sent, never of values: long keys are cut, and the whole has at most 256 characters.
   */
  pointer?: string;
  /** The name that body-parser gives to this kind of error; only of a body. */
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
 * The raw bytes are checked in one native scan before `JSON.parse` sees them. A rejection goes to `next(err)` as an
 * {@link InputError}. Without a body `req.body` is undefined; an empty one is `{}`, as with body-parser. Beyond the codes of the
 * options: `ERR_INPUT_SYNTAX`, `_UTF8`, `_BOM`, `_SURROGATE` (an escape of half a pair, RFC 7493 section 2.1), `_NUMBER` (such
 * as 1e400), `_LENGTH`, `_ABORTED` (400), `_CHARSET` (415: the Content-Type names a charset that is not utf-8), `_STREAM` (500).
 *
 * Other readers: later ones of body-parser let the request pass. Where an earlier one read the body, bytes or text in `req.body`
 * are left alone; the bytes in `req.rawBody` (Google Cloud Functions, Firebase) are checked and parsed; an object in `req.body`
 * is judged as {@link guard} judges it. If nothing is left, the request fails with `ERR_INPUT_STREAM`.
 *
 * Security: keys are compared exactly, so code that trims, folds case or normalises keys afterwards can make an operator
 * of `" $gt"` or of a full-width dollar sign. A string that contains JSON is a string here. Integers beyond 2^53 are accepted and
 * lose precision, as in `JSON.parse`.
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

/**
 * Reads, checks and parses forms (`application/x-www-form-urlencoded`) in the place of `express.urlencoded()`, by the rules of
 * {@link json}: a name such as `email[$gt]` holds the key `$gt`. What it accepts has the value that qs returns (with
 * `extended: false`: node:querystring).
 *
 * @example
 * import express = require('express');
 * import { urlencoded } from 'portcullis';
 *
 * const app = express();
 * app.use(urlencoded({ repeats: 'last', arrays: ['/tags'] }));
 *
 * @throws {TypeError} ERR_INPUT_OPTION
 * @throws {RangeError} ERR_INPUT_OPTION_RANGE
 */
export function urlencoded(options?: UrlencodedOptions): RequestHandler;

/**
 * Judges what parsers have made of a request, by the same rules: `req.params`, `req.query`, `req.cookies`, and a `req.body` such
 * as multer leaves. Mount it after those parsers. On Express 5 a query that was changed becomes a property of the request.
 * `harden()` does this for the query, cookies and body of every request.
 *
 * `verify` is for the option of that name of a parser of body-parser: it rejects bodies before they are parsed. Rules whose mode
 * is not `'reject'`, and exemptions, are left to the middleware itself: mount both.
 *
 * @example
 * import express = require('express');
 * import { guard } from 'portcullis';
 *
 * const app = express();
 * const inputs = guard({ repeats: 'last' });
 * app.use(express.json({ verify: inputs.verify }), inputs);
 *
 * @throws {TypeError} ERR_INPUT_OPTION
 * @throws {RangeError} ERR_INPUT_OPTION_RANGE
 */
export function guard(options?: GuardOptions): RequestHandler & {
  /** For `express.json({ verify })` and `express.urlencoded({ verify })`. Throws an {@link InputError}. */
  verify(req: IncomingMessage, res: ServerResponse, body: Buffer, encoding: string): void;
};

/**
 * Checks and parses JSON as {@link json} does, without HTTP: for other frameworks, and for messages of queues and sockets.
 *
 * @example
 * import { parseJson } from 'portcullis';
 *
 * const order = parseJson(Buffer.from('{"item":7}')); // { item: 7 }
 *
 * @throws {PortcullisError} the codes of {@link json} for a body that is rejected
 * @throws {TypeError} ERR_INPUT_OPTION, also for a body that is neither bytes nor text
 * @throws {RangeError} ERR_INPUT_OPTION_RANGE
 */
export function parseJson(body: Uint8Array | string, options?: ParseJsonOptions): unknown;
