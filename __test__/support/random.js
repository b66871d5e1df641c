// @ts-check
'use strict';

/** Numbers that a seed repeats (mulberry32). @param {number} seed */
function random(seed) {
  let state = seed >>> 0;
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (/** @type {number} */ limit) => Math.floor(unit() * limit);
  return {
    below,
    chance: (/** @type {number} */ share) => unit() < share,
    /** @template T @param {readonly T[]} list @returns {T} */
    of: (list) => list[below(list.length)],
    /** @template T @param {readonly T[]} list @returns {T[]} */
    shuffled: (list) =>
      list
        .map((one) => ({ one, at: unit() }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one),
  };
}

module.exports = { random };
