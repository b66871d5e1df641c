// How figures are written for people: "116 times faster than cors" instead of a ratio of 0.0086.

/** Below half a percent the difference between two medians is noise. */
const EQUAL = 0.005;

/** @typedef {{ subject: string, nsPerOp: number }} Subject */

/** @param {Subject} ours @param {Subject} other */
export function speed(ours, other) {
  const ratio = other.nsPerOp / ours.nsPerOp;
  if (Math.abs(ratio - 1) < EQUAL) return `as fast as ${other.subject}`;
  return ratio > 1
    ? `${times(ratio)} faster than ${other.subject}`
    : `${times(1 / ratio)} slower than ${other.subject}`;
}

/** Three significant digits: 116 times, 18.2 times, 1.33 times. @param {number} ratio */
function times(ratio) {
  return `${number(ratio, ratio >= 100 ? 0 : ratio >= 10 ? 1 : 2)} times`;
}

/** @param {number} ns */
export function duration(ns) {
  if (ns < 1e3) return `${number(ns, 1)} ns`;
  return ns < 1e6 ? `${number(ns / 1e3, 2)} µs` : `${number(ns / 1e6, 2)} ms`;
}

function number(value, digits) {
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}
