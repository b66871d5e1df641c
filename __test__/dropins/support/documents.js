'use strict';

// Random values as parsers of bodies and queries make them. The same seed makes the same values.

const { random } = require('../../support/random');

const MAX_DEPTH = 4;
const MAX_MEMBERS = 4;

/**
 * @param {number} seed @param {readonly string[]} keys of objects @param {readonly unknown[]} leaves
 * @returns {() => any} the next object
 */
function documents(seed, keys, leaves) {
  const source = random(seed);
  const length = () => source.below(MAX_MEMBERS + 1);
  const value = (/** @type {number} */ depth) => {
    if (depth === 0 || source.chance(0.4)) return source.of(leaves);
    if (source.chance(0.3)) return Array.from({ length: length() }, () => value(depth - 1));
    return object(depth - 1);
  };
  const object = (/** @type {number} */ depth) => {
    const members = Array.from({ length: length() }, () => [source.of(keys), value(depth)]);
    // As JSON.parse makes it: `__proto__` becomes a key like any other.
    return JSON.parse(`{${members.map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`).join(',')}}`);
  };
  return () => object(MAX_DEPTH);
}

/** A random query string of names with values. @param {number} seed @param {readonly string[]} names @param {readonly string[]} values */
function queries(seed, names, values) {
  const source = random(seed);
  return () =>
    Array.from(
      { length: 1 + source.below(6) },
      () => `${source.of(names)}=${encodeURIComponent(source.of(values))}`,
    ).join('&');
}

module.exports = { documents, queries };
