// @ts-check
'use strict';

// Warns of a proxy setting that makes addresses useless as keys. The warning about "trust proxy" is logged once for each
// limiter, because it is a setting of its app; the one about forwarded requests once for the process.

let warnedOfForwarded = false;

/** @param {import('./plan').Plan} plan @param {import('./plan').Request} req */
function advise(plan, req) {
  if (plan.adviceGiven) return;
  const forwarded = req.headers?.['x-forwarded-for'] !== undefined;
  if (plan.proxySettingRead && !forwarded) return;
  plan.proxySettingRead = true;
  const trust = req.app?.get?.('trust proxy');
  if (trust === true) {
    plan.adviceGiven = true;
    warn(
      'WRN_RATE_LIMIT_TRUST_PROXY',
      'Express\'s "trust proxy" is true, so any client chooses its own address and evades the limit. ' +
        'Set it to the number of your proxies or to their addresses.',
    );
  } else if (trust !== false && trust !== undefined) {
    plan.adviceGiven = true;
  } else if (forwarded) {
    plan.adviceGiven = true;
    warnOfForwarded();
  }
}

function warnOfForwarded() {
  if (warnedOfForwarded) return;
  warnedOfForwarded = true;
  warn(
    'WRN_RATE_LIMIT_FORWARDED',
    'A request came with X-Forwarded-For while Express\'s "trust proxy" is off. Behind a proxy all clients then share ' +
      'one limit: set "trust proxy" to the number of your proxies or to their addresses.',
  );
}

/** @param {string} code @param {string} message */
function warn(code, message) {
  process.emitWarning(`rateLimit: ${message}`, { code });
}

module.exports = { advise };
