// @ts-check
'use strict';

/** A clock that stands still until the test moves it. @param {number} [now] milliseconds since 1970-01-01 UTC */
function fakeClock(now = 1_800_000_000_000) {
  const clock = () => clock.now;
  clock.now = now;
  return clock;
}

module.exports = { fakeClock };
