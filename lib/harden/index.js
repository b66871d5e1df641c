// @ts-check
'use strict';

// One Express layer that replaces a stack of middlewares. It runs them in this order:
//   headers     so that every response has them, refusals included
//   requestId   so that every response, refusals included, can be found in the logs
//   https       before anything is read from a request that came over plain HTTP
//   cors        before the limiter: a browser must be able to read a 429
//   csrf        before the limiter: pages of other sites must not use up a visitor's limit
//   rateLimit   before the body: refused requests cost no parsing
//   input       last and most expensive: query, cookies, then the body

const { httpsOnly } = require('../https');
const { Options } = require('../support/options');
const { compose } = require('./compose');
const { pickRequestId } = require('./request-id');
const { limitOptions, pick, pickHeaders, pickInput, pickRateLimit, pickSourceChecks } = require('./members');

/**
 * What a member does if its option is left out. https is off, because `npm start` on http://localhost must work. A limit
 * counts per client address: an API client sends tens of requests a minute, a page loads dozens of files. csrf is on for
 * pages, which have sessions in cookies. It is off for APIs: their clients prove who they are by a header that no other site
 * can send, and mobile apps and public APIs called from any site would be refused without need; authenticate({ cookie }) and
 * CORS with named origins apply the same rule by themselves. Under helmet's `Referrer-Policy: no-referrer` a form of one's own
 * page is sent with `Origin: null`, which csrf must refuse if the browser is too old for Sec-Fetch-Site; `same-origin` tells
 * other sites as little.
 */
const PRESETS = {
  api: { headers: { preset: 'api' }, csrf: false, rateLimit: { windowMs: 60_000, limit: 100 } },
  web: {
    headers: { preset: 'web', referrerPolicy: { policy: 'same-origin' } },
    csrf: true,
    rateLimit: { windowMs: 60_000, limit: 600 },
  },
};

/** @param {unknown} [given] @returns {import('./compose').Middleware} */
function harden(given) {
  const options = new Options('HARDEN', 'harden', given);
  const preset = PRESETS[options.oneOf('preset', 'api', /** @type {const} */ (['api', 'web']))];
  const assignId = pickRequestId(options);
  const { replay, step } = pickHeaders(options, preset.headers);
  const { isTrusted, cors, csrf } = pickSourceChecks(options, preset.csrf);
  const members = [
    step,
    pick(options, 'https', false, httpsOnly),
    cors,
    csrf,
    pickRateLimit(options, preset.rateLimit),
    pickInput(options),
  ];
  options.done();
  return compose({ assignId, replay, isTrusted, members: members.filter((member) => member !== undefined) });
}

module.exports = { harden, limitOptions };
