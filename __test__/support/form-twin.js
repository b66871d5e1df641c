// @ts-check
'use strict';

// A naive reading of forms, as the twin of the native guard: regular expressions and maps, and no thought of speed. It names
// every offence against a policy, each with the code that the guard may return for it.

const NAME = /^[^[]+(?:\[[^[\]]*\])*$/;
const EMPTY_BEFORE_INDEX = /\[\]\[(?:|0|[1-9]\d*)\]/;

/**
 * @typedef {{ parameterLimit: number, maxDepth: number, maxKeyLength: number, extended: boolean, operators: boolean, dots: boolean,
 *   prototypes: boolean }} Policy
 */

/** @param {string} form well-formed text @param {Policy} policy @returns {Set<string>} codes */
function offences(form, policy) {
  /** @type {Set<string>} */
  const found = new Set();
  const parts = form.split('&');
  if (parts.length > policy.parameterLimit) found.add('ERR_INPUT_KEYS');
  const tree = new Tree(policy, Math.max(100, parts.length), found);
  for (const part of parts) parameter(part, policy, found, tree);
  return found;
}

/** @param {string} part @param {Policy} policy @param {Set<string>} found @param {Tree} tree */
function parameter(part, policy, found, tree) {
  const at = part.indexOf('=');
  const [encoded, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
  const endsOpen = !/(?:\]|%5d)$/i.test(encoded);
  if (policy.extended && endsOpen && /(?:\]|%5d)=/i.test(value)) found.add('ERR_INPUT_FORM');
  decoded(value, found);
  const name = decoded(encoded, found);
  if (name === undefined || part === '') return;
  if (policy.extended ? name !== '' : true) judgeName(name, policy, found, tree);
}

/** @param {string} encoded @param {Set<string>} found */
function decoded(encoded, found) {
  if (/%(?![0-9a-f]{2})/i.test(encoded)) return void found.add('ERR_INPUT_FORM');
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    found.add('ERR_INPUT_UTF8');
  }
}

/** @param {string} name @param {Policy} policy @param {Set<string>} found @param {Tree} tree */
function judgeName(name, policy, found, tree) {
  const keys = policy.extended ? keysOf(name) : name.split(/[[\]]/);
  if (policy.extended && keys.length - 1 > policy.maxDepth) found.add('ERR_INPUT_DEPTH');
  const whole = policy.extended ? keys : [name];
  if (whole.some((key) => Buffer.byteLength(key) > policy.maxKeyLength)) found.add('ERR_INPUT_KEY_LENGTH');
  if (policy.operators && [...keys, ...whole].some((key) => key.startsWith('$'))) found.add('ERR_INPUT_OPERATOR_KEY');
  if (policy.dots && whole.some((key) => key.includes('.'))) found.add('ERR_INPUT_DOTTED_KEY');
  if (policy.prototypes && namesPrototype(keys, policy)) found.add('ERR_INPUT_PROTOTYPE_KEY');
  if (!policy.extended || (NAME.test(name) && !EMPTY_BEFORE_INDEX.test(name))) {
    return tree.add(policy.extended ? keys : [name]);
  }
  found.add('ERR_INPUT_FORM');
  // The keys before the malformed part are read first.
  found.add('ERR_INPUT_MIXED');
}

/** The key before the brackets and those in them, as far as the name is well-formed. @param {string} name @returns {string[]} */
function keysOf(name) {
  const [prefix = ''] = /^[^[]+(?:\[[^[\]]*\])*/.exec(name) ?? [];
  const [first = ''] = /^[^[]*/.exec(prefix) ?? [];
  return [first, ...Array.from(prefix.matchAll(/\[([^[\]]*)\]/g), ([, key = '']) => key)];
}

/** @param {string[]} keys @param {Policy} policy */
function namesPrototype(keys, { extended }) {
  const filled = extended ? keys : keys.filter((key) => key !== '');
  return filled.some((key, at) => key === '__proto__' || (key === 'prototype' && filled[at - 1] === 'constructor'));
}

/** What stands below each name, to find names that are used in two ways. */
class Tree {
  /** @param {Policy} policy @param {number} arrayLimit @param {Set<string>} found */
  constructor(policy, arrayLimit, found) {
    /** @type {Map<string, Set<string>>} */
    this.uses = new Map();
    this.policy = policy;
    this.arrayLimit = arrayLimit;
    this.found = found;
  }

  /** @param {string[]} keys */
  add(keys) {
    const dropped = this.policy.extended ? keys.indexOf('__proto__') : -1;
    const path = dropped < 0 ? keys : keys.slice(0, dropped + 1);
    for (let depth = 1; depth < path.length; depth++) {
      const isLast = depth === path.length - 1;
      const isItem = path[depth] === '';
      this.use(path.slice(0, depth), isItem ? (isLast ? 'listed' : 'item') : 'keys');
    }
    if (dropped >= 0) return;
    const isListed = this.policy.extended && path.length > 1 && path.at(-1) === '';
    if (!isListed) this.use(path, 'own');
  }

  /** @param {string[]} path @param {string} how */
  use(path, how) {
    const id = JSON.stringify(path);
    const uses = this.uses.get(id) ?? new Set();
    this.uses.set(id, uses.add(how));
    if (uses.size < 2) return;
    const isIdiom = uses.size === 2 && uses.has('own') && uses.has('listed') && !/^\d*$/.test(String(path.at(-1)));
    if (!isIdiom) this.found.add('ERR_INPUT_MIXED');
  }
}

module.exports = { offences };
