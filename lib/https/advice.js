// @ts-check
'use strict';

// Warns once for the process of a redirect that its client will follow in a circle: the proxy has ended TLS already, and Express
// does not believe it.

/** Of several proxies the first one is named first. */
const FORWARDED = /^https\b/i;

let warned = false;

/** @param {import('./index').Request} req a request that is redirected */
function adviseOfProxy(req) {
  if (warned || req.app?.get?.('trust proxy') || !FORWARDED.test(String(req.headers['x-forwarded-proto']))) return;
  warned = true;
  process.emitWarning(
    'httpsOnly: a request with "X-Forwarded-Proto: https" was redirected, because Express\'s "trust proxy" is off. Behind a ' +
      'proxy each redirect leads to the next: set "trust proxy" to the number of your proxies or to their addresses.',
    { code: 'WRN_HTTPS_FORWARDED' },
  );
}

module.exports = { adviseOfProxy };
