// Security headers on real ServerResponse objects, from a fresh response to the written head.
import { createRequire } from 'node:module';
import { ServerResponse } from 'node:http';

const require = createRequire(import.meta.url);
const helmet = require('helmet');
const { securityHeaders } = require('../lib/headers/index.js');

const REQUEST = { method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1, headers: {} };
const next = () => {};

/** As Express does it: X-Powered-By first, the entity headers after the middlewares. */
function answer(middleware) {
  const res = new ServerResponse(REQUEST);
  res.sendDate = false;
  res.setHeader('X-Powered-By', 'Express');
  middleware(REQUEST, res, next);
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Content-Length', '17');
  res.writeHead(200);
  return res._header;
}

export function cases() {
  const nonce = { contentSecurityPolicy: { directives: { scriptSrc: ["'self'", () => "'nonce-bm9uY2U'"] } } };
  const sorted = (head) => head.split('\r\n').sort();
  const equal = (actual, expected) => require('node:assert').deepStrictEqual(sorted(actual), sorted(expected));
  return Object.entries({ 'helmet defaults': {}, 'a policy with a nonce': nonce }).map(([name, options]) => {
    const [ours, theirs] = [securityHeaders(options), helmet(options)];
    return { name, subjects: { portcullis: () => answer(ours), helmet: () => answer(theirs) }, equal };
  });
}
