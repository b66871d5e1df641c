// @ts-check
'use strict';

// Which keys are removed, and what a removed key is called when its value is kept.

/**
 * @typedef {object} Options
 * @property {string} [replaceWith]
 * @property {(found: { req: any, key: string }) => unknown} [onSanitize]
 * @property {boolean} [dryRun]
 * @property {boolean} [allowDots]
 */
/** @typedef {{ isForbidden: (key: string) => boolean, rename: (key: string) => string | undefined }} KeyRule */

const RESERVED = /^\$|\./g;
/** Names that a replacement must not make: they reach a prototype when the object is merged into another. */
const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'prototype'];

/** @param {Pick<Options, 'allowDots' | 'replaceWith'>} options @returns {KeyRule} */
function createKeyRule({ allowDots, replaceWith }) {
  const [operator, forbidden] = allowDots ? [/^\$/, /^(?:\$|__proto__$)/] : [/^\$|\./, /^(?:\$|__proto__$)|\./];
  const isForbidden = (/** @type {string} */ key) => forbidden.test(key);
  const text = replaceWith ? String(replaceWith) : '';
  if (text === '' || text === '.' || operator.test(text)) return { isForbidden, rename: () => undefined };
  return {
    isForbidden,
    rename(key) {
      // As a function, because `$&` in a text would insert what was found.
      const name = key.replace(RESERVED, () => text);
      return PROTOTYPE_NAMES.includes(name) || isForbidden(name) ? undefined : name;
    },
  };
}

module.exports = { createKeyRule };
