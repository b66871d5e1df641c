// @ts-check
'use strict';

// Which rule a key breaks, once a parser has unescaped it. Core judges the keys of bodies by the same rules before anything is
// parsed (core/src/input/keys.rs); a property test holds both to the same verdicts.

/** @typedef {'operators' | 'dots' | 'prototypes'} KeyRule */

/** @type {Readonly<Record<KeyRule | 'duplicates' | 'repeats', string>>} */
const CODES = Object.freeze({
  operators: 'ERR_INPUT_OPERATOR_KEY',
  dots: 'ERR_INPUT_DOTTED_KEY',
  prototypes: 'ERR_INPUT_PROTOTYPE_KEY',
  duplicates: 'ERR_INPUT_DUPLICATE_KEY',
  repeats: 'ERR_INPUT_REPEATED',
});

/**
 * @param {string} key @param {boolean} inConstructor whether its object is the value of a key "constructor"
 * @param {Readonly<Record<KeyRule, unknown>>} on the rules that are not false
 * @returns {KeyRule | undefined}
 */
function ruleAgainst(key, inConstructor, on) {
  if (on.operators && key.charCodeAt(0) === 36) return 'operators';
  if (on.dots && key.includes('.')) return 'dots';
  if (on.prototypes && (key === '__proto__' || (inConstructor && key === 'prototype'))) return 'prototypes';
  return undefined;
}

/**
 * The names that a bracketed name of a query or form stands for: `a[b][$gt]` is a, b, $gt. A parser that does not nest leaves
 * it whole, and one that nests leaves what is too deep for it.
 * @param {string} name @returns {string[]}
 */
function partsOf(name) {
  const parts = name.split(/[[\]]+/);
  return parts.filter((part) => part !== '');
}

/** @param {string} name @param {boolean} inConstructor @param {Readonly<Record<KeyRule, unknown>>} on @returns {KeyRule | undefined} */
function ruleAgainstName(name, inConstructor, on) {
  if (!name.includes('[')) return ruleAgainst(name, inConstructor, on);
  let within = inConstructor;
  for (const part of partsOf(name)) {
    const rule = ruleAgainst(part, within, on);
    if (rule !== undefined) return rule;
    within = part === 'constructor';
  }
  return undefined;
}

/** The parts of a name up to the one that breaks a rule. @param {string} name @param {boolean} inConstructor @param {Readonly<Record<KeyRule, unknown>>} on */
function partsUpTo(name, inConstructor, on) {
  const parts = partsOf(name);
  const at = parts.findIndex((part, i) => {
    const within = i === 0 ? inConstructor : parts[i - 1] === 'constructor';
    return ruleAgainst(part, within, on) !== undefined;
  });
  return at < 0 ? parts : parts.slice(0, at + 1);
}

/** The name that mode `replace` gives. @param {string} key @param {{ dots: unknown }} on @param {string} replaceWith */
function replacedName(key, { dots }, replaceWith) {
  return key.replace(dots ? /(^|\[)\$|\./g : /(^|\[)\$/g, (_, bracket = '') => `${bracket}${replaceWith}`);
}

module.exports = { CODES, partsOf, partsUpTo, replacedName, ruleAgainst, ruleAgainstName };
