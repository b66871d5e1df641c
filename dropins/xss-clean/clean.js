// @ts-check
'use strict';

// `<` becomes `&lt;` in every text and key of what a parser made of a request. That is all that xss-clean does.

/** Parsers make trees. A value with more containers may contain itself: it is copied again, and each container once. */
const MOST_UNCHECKED = 10_000;

/** @param {string} text */
const escapeLessThan = (text) => (text.includes('<') ? text.replaceAll('<', '&lt;') : text);

/**
 * Returns a copy of an object or list. A text is also trimmed, and anything else becomes text first.
 * @param {unknown} [data]
 */
function clean(data = '') {
  if (typeof data !== 'object') return escapeLessThan(String(data)).trim();
  return copyOf(data) ?? copyOf(data, new Map());
}

/**
 * Without recursion, so that nested input of any depth does not overflow the stack. Without a map of the copies it returns null
 * for null, and for a value with too many containers.
 * @param {unknown} root @param {Map<object, object>} [copies]
 */
function copyOf(root, copies) {
  if (!isParsed(root)) return root;
  /** @type {Array<[source: any, copy: any]>} */
  const open = [];
  const take = (/** @type {unknown} */ value) => {
    if (typeof value === 'string') return escapeLessThan(value);
    if (!isParsed(value)) return value;
    const known = copies?.get(value);
    if (known !== undefined) return known;
    const copy = Array.isArray(value) ? [] : {};
    copies?.set(value, copy);
    open.push([value, copy]);
    return copy;
  };
  const result = take(root);
  for (let count = 0, next = open.pop(); next !== undefined; count += 1, next = open.pop()) {
    if (copies === undefined && count >= MOST_UNCHECKED) return null;
    fill(next[0], next[1], take);
  }
  return result;
}

/** @param {any} source @param {any} copy @param {(value: unknown) => unknown} take */
function fill(source, copy, take) {
  if (Array.isArray(source)) {
    for (const value of source) copy.push(take(value));
    return;
  }
  for (const key of Object.keys(source)) {
    const name = escapeLessThan(key);
    // The first would set the prototype of the copy, the second overwrite a key that was sent as it is.
    if (key === '__proto__' || (name !== key && Object.hasOwn(source, name))) continue;
    copy[name] = take(source[key]);
  }
}

/** Lists and plain objects, also those without a prototype. Bytes, files, dates and the like keep their class. @param {unknown} value @returns {value is object} */
function isParsed(value) {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

module.exports = { clean };
