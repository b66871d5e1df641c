/**
 * `portcullis/hpp`: takes the place of hpp 0.2, on Express 4 and 5. Where it is stricter is in
 * https://github.com/portcullis/portcullis/blob/main/docs/dropins-input.md.
 */
import type { RequestHandler } from 'express';

/**
 * Keeps the last value of each repeated parameter of the query and of a form, and puts the lists in `req.queryPolluted` and
 * `req.bodyPolluted`. Mount it after the body parsers.
 *
 * Security: it looks at the first level only: `a[b]=1&a[b]=2` stays a list.
 */
declare function hpp(options?: hpp.Options): RequestHandler;

declare namespace hpp {
  interface Options {
    /** Whether `req.query` is checked. Default: true. */
    checkQuery?: boolean | undefined;
    /** Whether `req.body` is checked. Default: true. */
    checkBody?: boolean | undefined;
    /** Which bodies are checked: a media type, or the short name `urlencoded`, `multipart` or `json`. Default: `'urlencoded'`. */
    checkBodyOnlyForContentType?: string | undefined;
    /** The parameters that may be lists: one name, or several. Default: none. */
    whitelist?: string | string[] | undefined;
  }
}

export = hpp;
