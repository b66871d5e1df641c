/** A problem document of RFC 9457, with extension members. */
export interface ProblemDocument {
  /** Default: `about:blank`. */
  type?: string;
  /** Default: the name of the status. */
  title?: string;
  /** The HTTP status of the response, 400 to 599. */
  status: number;
  /** What happened this time, written for the client. */
  detail?: string;
  /** Further members, such as a list of invalid fields. */
  [member: string]: unknown;
}

/** @throws {TypeError} ERR_ERROR_HANDLER_OPTION */
export interface ErrorHandlerOptions {
  /**
   * Called for every error, with the status of the response; for your log. If it throws or rejects, the error is written to
   * console.error, and the client still gets its response. Default: writes the stacks of 5xx errors to console.error.
   */
  onError?: (error: unknown, req: any, res: any, status: number) => unknown;
  /**
   * Decides which response the client gets for errors of other libraries, such as a schema library or a database driver.
   * Return `undefined` to leave the error alone, a document, or another error to use instead. What it returns is sent: keep
   * input and messages out of it. If it throws or returns a promise, the error is written to console.error, and the client gets
   * the response that it would get without `mapError`. Default: none.
   */
  mapError?: (error: unknown, req: any) => ProblemDocument | Error | undefined | null;
  /**
   * Returns the response body, for an API that has its own error format. It is sent as `application/json`. If it throws or
   * returns a promise, the error is written to console.error, and the document is sent. Default: none.
   */
  format?: (problem: ProblemDocument, req: any) => unknown;
  /**
   * Uses the `status` (400 to 599) of every error, whoever made it. An error of an HTTP client then passes the status of
   * the other service on: its 401 logs your user out, and its 404 hides your fault. Default: false.
   */
  trustStatus?: boolean;
}

/** An error handler for Express 4 and 5: put it last. */
export type ErrorRequestHandler = (error: unknown, req: any, res: any, next: (err?: unknown) => void) => void;

/**
 * Turns any error into RFC 9457 `application/problem+json`: `type` (`about:blank`), `title`, `status`, `detail` if the app wrote
 * one, and `requestId` if `req.id` is safe to repeat. It never sends a message, stack, code or input.
 *
 * `status`: that of a {@link PortcullisError}; a 4xx of an error with `expose: true` (http-errors) or `isOperational: true`, of
 * body-parser, or of a path that cannot be decoded; otherwise 500, because an error of an HTTP client has the status of another
 * service. The first time that a 4xx is not used, a warning (WRN_ERROR_HANDLER_STATUS) says why.
 *
 * `detail`: the string `error.detail` of an error with `expose: true` and a 4xx status. It is sent as it is: write it for
 * the client, without input. That of a PostgreSQL driver, which quotes the row, is not sent. `error.message` is never sent.
 *
 * Of `error.headers` these are sent: `WWW-Authenticate` with 400, 401 and 403, `Retry-After` with 413, 429 and 503 (a number
 * counts as seconds), `Allow` with 405. Headers that are already set stay, except those that describe the original
 * body, such as `ETag` and `Content-Encoding`, and `Cache-Control`, which becomes `no-store`. If the response has already begun,
 * the connection is closed.
 *
 * @example
 * import express = require('express');
 * import { errorHandler } from 'portcullis';
 *
 * const app = express();
 * app.use(errorHandler({ onError: (error, req, _res, status) => console.error(req.id, status, error) }));
 *
 * @throws {TypeError} ERR_ERROR_HANDLER_OPTION an option is unknown or wrong
 */
export function errorHandler(options?: ErrorHandlerOptions): ErrorRequestHandler;
