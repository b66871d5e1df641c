// @ts-check
'use strict';

// The keys of an issuer's set among which a token's header can choose. Issuers publish the same key twice while they
// rotate, and some publish two keys under one id; neither may make the other keys of the set useless.

/** @typedef {import('./keys').KeyInput} KeyInput */

/**
 * Merges identical keys, then drops every key that shares its id (or the lack of one) and an algorithm with another key:
 * a header that names both would be a guess.
 * @param {readonly KeyInput[]} keys @returns {KeyInput[]}
 */
function distinctKeys(keys) {
  /** @type {KeyInput[]} */
  const merged = [];
  for (const key of keys) {
    const twin = merged.findIndex((other) => isSameKey(other, key));
    if (twin < 0) merged.push(key);
    else merged[twin] = { ...key, algorithms: [...new Set([...merged[twin].algorithms, ...key.algorithms])] };
  }
  return merged.filter((key) => !merged.some((other) => other !== key && collide(other, key)));
}

/** @param {KeyInput} a @param {KeyInput} b */
function isSameKey(a, b) {
  return a.keyId === b.keyId && a.key.equals(b.key);
}

/** @param {KeyInput} a @param {KeyInput} b */
function collide(a, b) {
  return a.keyId === b.keyId && a.algorithms.some((algorithm) => b.algorithms.includes(algorithm));
}

module.exports = { distinctKeys };
