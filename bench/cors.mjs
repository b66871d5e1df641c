// CORS with 1,000 allowed origins: requests of the last one in the list, and of one that is refused.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const reference = require('cors');
const { cors } = require('../lib/cors/index.js');

const ORIGINS = Array.from({ length: 1000 }, (_, index) => `https://app-${index}.example.com`);
const OPTIONS = {
  origin: ORIGINS,
  credentials: true,
  exposedHeaders: ['RateLimit'],
  methods: ['GET', 'PUT'],
  maxAge: 600,
};
const PREFLIGHT = { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'authorization' };

function answer(middleware, req) {
  const headers = {};
  const res = {
    statusCode: 200,
    setHeader: (name, value) => {
      headers[name] = value;
    },
    getHeader: (name) => headers[name],
    end() {},
  };
  middleware(req, res, () => {});
  return res.statusCode === 200 ? headers : { ...headers, status: res.statusCode };
}

export function cases() {
  const [ours, theirs] = [cors(OPTIONS), reference(OPTIONS)];
  const requests = {
    'an allowed origin, the last of 1,000': { method: 'GET', headers: { origin: ORIGINS.at(-1) } },
    'a preflight of the last of 1,000': { method: 'OPTIONS', headers: { origin: ORIGINS.at(-1), ...PREFLIGHT } },
    'a refused origin': { method: 'GET', headers: { origin: 'https://evil.example' } },
  };
  return Object.entries(requests).map(([name, req]) => ({
    name,
    subjects: { portcullis: () => answer(ours, req), cors: () => answer(theirs, req) },
    // The cors package still sends its other headers to a refused origin, so only the deciding header is compared.
    equal: (
      { 'Access-Control-Allow-Origin': actual, Vary: one },
      { 'Access-Control-Allow-Origin': expected, Vary: other },
    ) => require('node:assert').deepStrictEqual([actual, one], [expected, other]),
  }));
}
