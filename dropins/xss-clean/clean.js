// @ts-check
'use strict';

// `<` becomes `&lt;` in every text and key of what a parser made of a request. That is all that xss-clean does.

/** @param {string} text */
const escapeLessThan = (text) => (text.includes('<') ? text.replaceAll('<', '&lt;') : text);

/**
 * Returns a copy of an object or list. A text is also trimmed, and anything else becomes text first.
 * @param {unknown} [data]
 */
function clean(data = '') {
  return typeof data === 'object' ? copyOf(data) : escapeLessThan(String(data)).trim();
}

/** Without recursion, so that nested input of any depth does not overflow the stack. @param {unknown} root */
function copyOf(root) {
  const copies = new Map();
  const open = /** @type {Array<[source: any, copy: any]>} */ ([]);
  /** The copy of a value; one that must still be filled is noted. @param {unknown} value */
  function take(value) {
    if (typeof value === 'string') return escapeLessThan(value);
    if (!isParsed(value)) return value;
    if (!copies.has(value)) {
      copies.set(value, Array.isArray(value) ? [] : {});
      open.push([value, copies.get(value)]);
    }
    return copies.get(value);
  }
  const result = take(root);
  for (let next = open.pop(); next !== undefined; next = open.pop()) fill(...next, take);
  return result;
}

/** @param {any} source @param {any} copy @param {(value: unknown) => unknown} take */
function fill(source, copy, take) {
  if (Array.isArray(source)) {
    for (const value of source) copy.push(take(value));
    return;
  }
  for (const [key, value] of Object.entries(source)) {
    const name = escapeLessThan(key);
    // The first would set the prototype of the copy, the second overwrite a key that was sent as it is.
    if (key === '__proto__' || (name !== key && Object.hasOwn(source, name))) continue;
    copy[name] = take(value);
  }
}

/** Lists and plain objects, also those without a prototype. Bytes, files, dates and the like keep their class. @param {unknown} value */
function isParsed(value) {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}

module.exports = { clean };
