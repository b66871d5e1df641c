// @ts-check
'use strict';

/**
 * Visits each object under `target` once, and then what the visit left in it. The stack is a list: nested input of any depth
 * does not overflow the stack of calls, and a cycle ends. `visit` returns true to stop.
 * @param {unknown} target @param {(object: Record<string, unknown>) => boolean} visit
 */
function walk(target, visit) {
  const seen = new Set();
  const open = [target];
  while (open.length > 0) {
    const one = open.pop();
    if (!isContainer(one) || seen.has(one)) continue;
    seen.add(one);
    if (!Array.isArray(one) && visit(/** @type {Record<string, unknown>} */ (one))) return;
    for (const value of Object.values(one)) if (isContainer(value)) open.push(value);
  }
}

/** Bytes have no keys but their places, and reading those of an upload takes long. @param {unknown} value @returns {value is object} */
function isContainer(value) {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}

module.exports = { walk };
