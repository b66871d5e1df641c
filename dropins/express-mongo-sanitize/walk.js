// @ts-check
'use strict';

/** Parsers make trees. A value with more containers may contain itself, and from here on each is visited once. */
const MOST_UNCHECKED = 10_000;

/**
 * Calls `visit` for each key of the objects under `target`. It returns the value to go on with, or STOP. The stack is a list:
 * nested input of any depth does not overflow the stack of calls, and a cycle ends.
 * @param {unknown} target @param {(object: Record<string, unknown>, key: string) => unknown} visit
 */
function walk(target, visit) {
  const open = isContainer(target) ? [target] : [];
  const seen = new Set();
  for (let count = 0, one = open.pop(); one !== undefined; count += 1, one = open.pop()) {
    if (count >= MOST_UNCHECKED && seen.size === seen.add(one).size) continue;
    if (Array.isArray(one)) {
      for (const value of one) if (isContainer(value)) open.push(value);
      continue;
    }
    const object = /** @type {Record<string, unknown>} */ (one);
    for (const key of Object.keys(object)) {
      const value = visit(object, key);
      if (value === STOP) return;
      if (isContainer(value)) open.push(value);
    }
  }
}

const STOP = Symbol('stop');

/** Bytes have no keys but their places, and reading those of an upload takes long. @param {unknown} value @returns {value is object} */
function isContainer(value) {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}

module.exports = { STOP, walk };
