// @ts-check
'use strict';

// Bounds and defaults of numeric options, as core judges them: no other file of lib repeats one.

const native = require('./native');

/** @typedef {{ min: number, max: number, fallback: number }} Bound both bounds are inclusive; the fallback is NaN where an option has none */

/** By area, as in error codes, and by option. @type {Record<string, Record<string, Readonly<Bound>>>} */
const BOUNDS = {};
for (const { area, option, min, max, default: fallback } of native.bounds()) {
  BOUNDS[area] ??= {};
  BOUNDS[area][option] = Object.freeze({ min, max, fallback });
}

module.exports = { BOUNDS: Object.freeze(BOUNDS) };
