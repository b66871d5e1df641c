/**
 * `portcullis/xss-clean`: takes the place of xss-clean 0.1, on Express 4 and 5.
 *
 * Security: this is not a protection against cross-site scripting. It replaces `<` in what comes in; what protects a page is
 * escaping where text goes out. See https://github.com/portcullis/portcullis/blob/main/docs/dropins-input.md.
 */
import type { RequestHandler } from 'express';

/** Replaces `<` by `&lt;` in the texts and keys of `req.body`, `req.query` and `req.params`. Mount it after the body parsers. */
declare function xssClean(): RequestHandler;

declare namespace xssClean {
  /** What `require('xss-clean/lib/xss').clean` is: the text trimmed and escaped, or a copy of the object with its texts escaped. */
  export function clean(data?: string): string;
  export function clean<T>(data: T): T;
}

export = xssClean;
