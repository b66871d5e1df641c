// The rules by which counts of instructions are compared with the recorded ones. Counts of different compilers, C libraries
// or CPU features cannot be compared, so each such environment has its own entry in the record.

/** Recorded counts repeat to a fraction of a percent; beyond this, the code has changed. */
export const TOLERANCE_PERCENT = 3;

/**
 * @typedef {{ [door: string]: number }} Counts instructions of one call
 * @typedef {{ [environment: string]: Counts }} Recorded
 */

/** @param {{ rustc: string, host: string, libc: string, features: string }} found */
export function environmentKey({ rustc, host, libc, features }) {
  return [rustc, host, libc, features || 'no special CPU features'].join(', ');
}

/**
 * Compares counts function by function. Only growth is a failure. If a count fell, update the record, so that the gain
 * cannot be lost unnoticed.
 *
 * @param {Counts} recorded @param {Counts} measured
 * @returns {{ door: string, verdict: 'same' | 'grew' | 'fell' | 'new' | 'gone', text: string }[]}
 */
export function compareCounts(recorded, measured) {
  const doors = [...new Set([...Object.keys(recorded), ...Object.keys(measured)])];
  return doors.map((door) => ({ door, ...judge(recorded[door], measured[door]) }));
}

/** Whether one of the verdicts must fail the run. @param {{ verdict: string }[]} verdicts */
export function hasFailed(verdicts) {
  return verdicts.some(({ verdict }) => ['grew', 'new', 'gone'].includes(verdict));
}

function judge(before, now) {
  if (before === undefined) return { verdict: 'new', text: `${count(now)}, not in the record` };
  if (now === undefined) return { verdict: 'gone', text: `recorded as ${count(before)}, but no longer measured` };
  const growth = now - before;
  const percent = ((growth * 100) / before).toFixed(2);
  const text = `${count(now)}, recorded ${count(before)} (${growth < 0 ? '' : '+'}${percent} %)`;
  if (Math.abs(growth) * 100 <= before * TOLERANCE_PERCENT) return { verdict: 'same', text };
  return { verdict: growth > 0 ? 'grew' : 'fell', text };
}

function count(value) {
  return value.toLocaleString('en-US');
}
