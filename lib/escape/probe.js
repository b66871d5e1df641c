// @ts-check
'use strict';

// Which side checks a clean text faster. Some engines search one-byte text by SIMD for a character class (V8 since 13),
// others look at one character at a time (V8 12). No API reports which, so both are timed once, when this file is loaded.
// They differ by a factor of 3 to 5, and the best of a few runs is not disturbed by other work.

const native = require('../support/native');

const SPECIAL = /["&'<>]/;
const CLEAN = 'a'.repeat(4096);
// Engines compile an expression after its first uses.
const RUNS = 8;

/** @param {(text: string) => unknown} search @returns {bigint} nanoseconds */
function bestTime(search) {
  let best = 1_000_000_000n;
  for (let run = 0; run < RUNS; run++) {
    const start = process.hrtime.bigint();
    search(CLEAN);
    const time = process.hrtime.bigint() - start;
    if (time < best) best = time;
  }
  return best;
}

/** Whether `text.search(expression)` is at least as fast as the native side on one-byte text. */
const searchIsFast = bestTime((text) => text.search(SPECIAL)) <= bestTime(native.escapeHtmlFunction());

module.exports = { searchIsFast };
