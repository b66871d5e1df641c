// @ts-check
'use strict';

// What the areas of Express and its parsers leave on a request.

/**
 * @typedef {object} Taken
 * @property {unknown} [body]
 * @property {unknown} [rawBody]
 * @property {boolean} [_body]
 * @property {unknown} [query]
 * @property {unknown} [params]
 * @property {unknown} [cookies]
 * @property {unknown} [signedCookies]
 * @property {string} [originalUrl]
 * @property {{ get(name: string): unknown }} [app]
 * @property {{ endAfterHeaders?: boolean }} [stream] in HTTP/2
 */
/** @typedef {import('node:http').IncomingMessage & Taken} Request */
/** @typedef {(error?: unknown) => void} Next */
/** @typedef {(req: Request, res: object, next: Next) => void} Middleware */

module.exports = {};
