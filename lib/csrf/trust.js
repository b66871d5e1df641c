// @ts-check
'use strict';

// Trusted origins are written once, in harden() or csrf(), and also apply to every check that runs later for the same
// request: cors({ enforce }) and authenticate({ cookie }). The request carries them under a symbol, which no input can set.

/** @typedef {import('./judge').OriginTest} OriginTest */

const TRUSTED = Symbol('portcullis: trusted origins');

/** @param {object} req @param {OriginTest} isTrusted */
function trustHere(req, isTrusted) {
  const carrier = /** @type {{ [TRUSTED]?: OriginTest }} */ (req);
  const earlier = carrier[TRUSTED];
  carrier[TRUSTED] =
    earlier === undefined || earlier === isTrusted ? isTrusted : (origin) => earlier(origin) || isTrusted(origin);
}

/** @param {object} req @param {string} origin */
function isTrustedHere(req, origin) {
  return /** @type {{ [TRUSTED]?: OriginTest }} */ (req)[TRUSTED]?.(origin) === true;
}

module.exports = { isTrustedHere, trustHere };
