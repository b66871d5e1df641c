export interface ErrorHandlerOptions {
  /**
   * Told of every error, with the status that is answered; for your log. What it throws or rejects with is reported on
   * console.error and goes no further. Default: writes the stack of errors answered with 5xx to console.error.
   */
  onError?: (error: unknown, req: any, res: any, status: number) => unknown;
}

/** An error handler for Express 4 and 5: put it last. */
export type ErrorRequestHandler = (error: unknown, req: any, res: any, next: (err?: unknown) => void) => void;

/**
 * Answers any error with RFC 9457 `application/problem+json`: `type` (`about:blank`), `title`, `status`, `detail` where the
 * app wrote one, and `requestId` when `req.id` is a safe one. No message, stack, code or input.
 *
 * `detail`: the string `error.detail` of an error with `expose: true` and a 4xx `status`, sent as it is: write it for the
 * client, without input. Never `error.message`.
 *
 * Status: that of a {@link PortcullisError}; a 4xx of an error with `expose: true` (http-errors), of body-parser, or of a path
 * that does not decode; else 500, so that an upstream's 401 is not yours. 400, 401 and 403 carry `error.wwwAuthenticate`
 * (RFC 6750 section 3.1), 429 and 503 `error.retryAfter` (seconds). Headers already set stay, except those that describe the
 * lost body. An answer that has begun is cut off.
 * @throws ERR_ERROR_HANDLER_OPTION an option is unknown or wrong
 */
export function errorHandler(options?: ErrorHandlerOptions): ErrorRequestHandler;
