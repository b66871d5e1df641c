// @ts-check
'use strict';

// A verifier is opened once for each key and set of algorithms, and a signer once for each key and algorithm.

const { SIGNED, defaultAlgorithms, fitAlgorithms } = require('./algorithms');
const { openSigner, openVerifier } = require('./engine');
const { warnOfWeakKey } = require('./weak-key');

/** @typedef {import('./keys').Key} Key */

// Openings are cached by the caller's list of algorithms, which may be in any order, so their number is bounded.
const MAX_OPENINGS = 64;

/**
 * The engine's verifier, or undefined if the key fits none of the allowed algorithms.
 * @param {Key} key @param {any} algorithms as the caller wrote them, or nothing
 */
function verifierFor(key, algorithms) {
  return opened(key, `verify ${nameOf(algorithms)}`, () => {
    const allowed = algorithms || defaultAlgorithms(key);
    const fit = key.type === 'private' ? [] : fitAlgorithms(key).filter((one) => allowed.includes(one));
    return { algorithms: fit, handle: fit.length > 0 ? openVerifier(key, fit) : undefined };
  });
}

/** @param {any} algorithms */
function nameOf(algorithms) {
  if (!algorithms) return 'default';
  if (typeof algorithms === 'string') return `in ${algorithms}`;
  // Unknown names are left out: one with a comma in it must not count as two.
  return `of ${algorithms.filter((/** @type {any} */ one) => SIGNED.includes(one)).join()}`;
}

/** @param {Key} key @param {string} algorithm of the key's family */
function signerFor(key, algorithm) {
  return opened(key, `sign ${algorithm}`, () => {
    const fit = fitAlgorithms(key).filter((one) => one === algorithm);
    return { algorithms: fit, handle: fit.length > 0 ? openSigner(key, algorithm) : undefined };
  });
}

/** @param {Key} key @param {string} name @param {() => { algorithms: readonly string[], handle: any }} open */
function opened(key, name, open) {
  const { openings } = key;
  if (openings.has(name)) return openings.get(name);
  const { algorithms, handle } = open();
  if (handle !== undefined) warnOfWeakKey(key, algorithms);
  // The kind of key fits the algorithm, but the engine refused the key.
  else if (algorithms.length > 0) key.isRefused = true;
  if (openings.size >= MAX_OPENINGS) openings.clear();
  openings.set(name, handle);
  return handle;
}

module.exports = { signerFor, verifierFor };
