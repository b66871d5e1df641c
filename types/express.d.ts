/**
 * Types of what Portcullis adds to an Express request. Import it once, anywhere in your program:
 *
 * @example
 * import 'portcullis/express';
 * import express = require('express');
 *
 * express().get('/me', (req, res) => {
 *   const sub: string | undefined = req.auth?.claims.sub;
 *   const id: unknown = req.id;
 *   res.json({ sub, id });
 * });
 */
import type { IncomingMessage } from 'node:http';
import type { Auth } from './auth';
import type { ValidValues } from './validate';

// pino-http declares `id` on every IncomingMessage; two declarations of one property must have one type, so that one wins.
type RequestId = IncomingMessage extends { id: infer Id } ? Id : string | undefined;

declare global {
  namespace Express {
    interface Request {
      /** Set by `authenticate`: the verified token and its claims. */
      auth?: Auth;
      /** Set by `harden`: the id of the request, also sent as `X-Request-Id`. */
      id: RequestId;
      /** Set by `validate`: the parsed value of each source. The only place of parsed headers. */
      valid?: ValidValues;
    }
  }
}
