// @ts-check
'use strict';

// Help at the point of misuse: a proxy setting that makes addresses useless as keys is named: "trust proxy"
// once per limiter, as it is a setting of its app; a forwarded request once per process, as it passes all limiters.

let toldOfForwarded = false;

/**
 * @param {any} plan
 * @param {any} req
 */
function advise(plan, req) {
  const forwarded = req.headers?.['x-forwarded-for'] !== undefined;
  if (plan.settingRead && !forwarded) return;
  plan.settingRead = true;
  const trust = req.app?.get?.('trust proxy');
  if (trust === true) {
    plan.advising = false;
    warn(
      'WRN_RATE_LIMIT_TRUST_PROXY',
      'Express\'s "trust proxy" is true, so any client chooses its own address and evades the limit. ' +
        'Set it to the number of your proxies or to their addresses.',
    );
  } else if (trust !== false && trust !== undefined) {
    plan.advising = false;
  } else if (forwarded) {
    plan.advising = false;
    if (toldOfForwarded) return;
    toldOfForwarded = true;
    warn(
      'WRN_RATE_LIMIT_FORWARDED',
      'A request came with X-Forwarded-For while Express\'s "trust proxy" is off. Behind a proxy all clients then share ' +
        'one limit: set "trust proxy" to the number of your proxies or to their addresses.',
    );
  }
}

/** @param {string} code @param {string} message */
function warn(code, message) {
  process.emitWarning(`rateLimit: ${message}`, { code });
}

module.exports = { advise };
