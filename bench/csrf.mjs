// The cross-site check beside a middleware that does nothing. No other package checks these headers, so its cost is shown.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { csrf } = require('../lib/csrf/index.js');

const HOST = 'app.example.com';
const REQUESTS = {
  'a GET': { method: 'GET', headers: { host: HOST } },
  'a POST with Sec-Fetch-Site': {
    method: 'POST',
    headers: { host: HOST, origin: `https://${HOST}`, 'sec-fetch-site': 'same-origin', cookie: 'a=1' },
  },
  'a POST with Origin alone': { method: 'POST', headers: { host: HOST, origin: `https://${HOST}`, cookie: 'a=1' } },
  'a POST of a trusted origin': {
    method: 'POST',
    headers: { host: HOST, origin: 'https://admin.example.com', 'sec-fetch-site': 'same-site', cookie: 'a=1' },
  },
  'a POST of a program': { method: 'POST', headers: { host: HOST } },
};

function outcome(middleware, req) {
  let error;
  middleware(req, undefined, (given) => {
    error = given;
  });
  return error;
}

export function cases() {
  const ours = csrf({ trustedOrigins: ['https://admin.example.com', 'https://*.web.example.com'] });
  const bare = (_req, _res, next) => next();
  return Object.entries(REQUESTS).map(([name, req]) => ({
    name,
    subjects: { portcullis: () => outcome(ours, req), 'next() alone': () => outcome(bare, req) },
  }));
}
