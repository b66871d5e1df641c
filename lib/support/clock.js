// @ts-check
'use strict';

// The one wall clock of lib, and the check of every reading of a clock that the user gave. A reading that is not a time
// must refuse: `null` and `[]` become 1970 in arithmetic, when no token had expired, and no expiry is ever after Infinity.

const { misuse } = require('./errors');
const { show } = require('./options/given');

const MILLISECONDS = 1000;

/** Milliseconds since 1970-01-01 UTC. `Date` is read at each call, so that fake timers count whenever they are installed. */
const wallClock = () => Date.now();

/**
 * A reading of a clock, where it is a time.
 * @param {unknown} ms milliseconds since 1970-01-01 UTC @param {string} area as in error codes, e.g. JWT
 * @param {string} owner the function that was given the clock @returns {number}
 * @throws `ERR_<AREA>_OPTION` for anything but a finite number above 0
 */
function checkedMs(ms, area, owner) {
  // Written so that NaN fails it.
  if (typeof ms === 'number' && ms > 0 && ms < Infinity) return ms;
  const hint = ms === 0 ? ' (fake timers that start at 0? set their "now")' : '';
  throw misuse(
    `ERR_${area}_OPTION`,
    `${owner}: option "clock" must return milliseconds since 1970, a finite number above 0, not ${show(ms)}${hint}`,
  );
}

/** As `checkedMs`, in seconds. @param {unknown} ms @param {string} area @param {string} owner @returns {number} */
function checkedSeconds(ms, area, owner) {
  return checkedMs(ms, area, owner) / MILLISECONDS;
}

module.exports = { checkedMs, checkedSeconds, wallClock };
