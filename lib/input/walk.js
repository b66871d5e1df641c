// @ts-check
'use strict';

// Walks a value that a parser made, without recursion, by the rules of core, and does in place what the mode of a rule says.

const { BOUNDS } = require('../support/bounds');
const { hasForeignPrototype, isContainer, listOf } = require('./container');
const { CODES, partsOf, partsUpTo, replacedName, ruleAgainst, ruleAgainstName } = require('./keys');
const { isListed, segmentsOf } = require('./pointer');

/** @typedef {import('./pointer').Trail} Trail */
/** @typedef {import('./rules').Rules} Rules */
/** @typedef {'reject' | 'strip' | 'replace' | 'report' | 'first' | 'last'} Action what was done with a finding */
/** @typedef {{ rule: string | undefined, code: string, action: Action, segments: () => string[] }} Finding `rule`: undefined for a bound */

/**
 * @typedef {object} Kind what is special about a source
 * @property {import('./refusal').Source} source
 * @property {boolean} [isForm] a query string or a form: names such as `a[b]` stand for nested names, and repeated names are judged
 * @property {boolean} [hasOwnNames] the outermost names are not data: of cookies, which may have dots, and of route parameters
 * @property {readonly string[][]} [exempt] places that no rule looks at
 */

/** @typedef {{ value: any, keys: readonly string[] | undefined, at: number, inConstructor: boolean, trail: Trail | undefined }} Frame */

class Walk {
  /** @param {Rules} rules @param {Kind} kind @param {(finding: Finding) => void} tell */
  constructor(rules, kind, tell) {
    this.rules = rules;
    this.kind = kind;
    this.tell = tell;
    this.repeats = kind.isForm ? rules.repeats : 'allow';
    this.maxKeys = rules.maxKeys ?? BOUNDS.INPUT.maxKeys.fallback;
    this.count = 0;
    /** @type {Frame[]} */
    this.frames = [];
  }

  /** Returns false if the value is rejected; the finding was told. @param {unknown} root */
  run(root) {
    if (hasForeignPrototype(root))
      return !this.rules.on.prototypes || this.exceeds('ERR_INPUT_PROTOTYPE_KEY', undefined);
    if (!isContainer(root)) return true;
    if (!this.open(root, undefined, false)) return false;
    for (let frame = this.frames.at(-1); frame !== undefined; frame = this.frames.at(-1)) {
      const isKept = frame.keys === undefined ? this.nextItem(frame) : this.nextMember(frame, frame.keys);
      if (!isKept) return false;
    }
    return true;
  }

  /** @param {object} value @param {Trail | undefined} trail @param {boolean} inConstructor */
  open(value, trail, inConstructor) {
    // Of a form the brackets of a name count, as in core and in qs, and not the object around all names.
    if (this.frames.length >= this.rules.maxDepth + (this.kind.isForm ? 1 : 0))
      return this.exceeds('ERR_INPUT_DEPTH', trail);
    const keys = Array.isArray(value) ? undefined : Object.keys(value);
    this.frames.push({ value, keys, at: 0, inConstructor, trail });
    return true;
  }

  /** Items up to the next container. @param {Frame} frame */
  nextItem(frame) {
    while (frame.at < frame.value.length) {
      const key = frame.at++;
      const item = frame.value[key];
      if (isContainer(item)) return this.open(item, { key, parent: frame.trail }, false);
    }
    this.frames.pop();
    return true;
  }

  /** Members up to the next container. @param {Frame} frame @param {readonly string[]} keys */
  nextMember(frame, keys) {
    const isOutermost = this.frames.length === 1;
    while (frame.at < keys.length) {
      const given = /** @type {string} */ (keys[frame.at++]);
      if (++this.count > this.maxKeys) return this.exceeds('ERR_INPUT_KEYS', { key: given, parent: frame.trail });
      const key = this.judge(frame, given, isOutermost);
      if (key === false) return false;
      if (key === undefined || typeof frame.value[key] !== 'object' || frame.value[key] === null) continue;
      const trail = { key, parent: frame.trail };
      if (this.rules.on.prototypes && hasForeignPrototype(frame.value[key]))
        return this.exceeds(CODES.prototypes, trail);
      if (this.repeats !== 'allow' && !this.unite(frame, key, trail)) return false;
      const value = frame.value[key];
      if (isContainer(value)) return this.open(value, trail, key === 'constructor');
    }
    this.frames.pop();
    return true;
  }

  /** The key under which the value stays, undefined if it was removed, or false. @param {Frame} frame @param {string} key @param {boolean} isOutermost */
  judge(frame, key, isOutermost) {
    const { rules, kind } = this;
    if (key.length * 3 > rules.maxKeyLength && Buffer.byteLength(key) > rules.maxKeyLength) {
      return this.exceeds('ERR_INPUT_KEY_LENGTH', { key, parent: frame.trail });
    }
    const on = isOutermost && kind.hasOwnNames ? rules.onNames : rules.on;
    const rule = (kind.isForm ? ruleAgainstName : ruleAgainst)(key, frame.inConstructor, on);
    return rule === undefined ? key : this.treat(frame, key, rule);
  }

  /** @param {Frame} frame @param {string} key @param {import('./keys').KeyRule} rule */
  treat(frame, key, rule) {
    const { kind, rules } = this;
    const parts = kind.isForm ? partsUpTo(key, frame.inConstructor, rules.on) : [key];
    // A body may hold thousands of findings: few of their places are asked for.
    const segments = () => [...segmentsOf(frame.trail), ...parts];
    if (kind.exempt?.length && isListed(kind.exempt, segments(), true)) return key;
    const action = /** @type {Action} */ (rules.on[rule]);
    const finding = { rule, code: CODES[rule], action, segments };
    if (action === 'strip' && !Reflect.deleteProperty(frame.value, key)) finding.action = 'reject';
    if (action === 'replace') return this.rename(frame, key, finding);
    this.tell(finding);
    if (finding.action === 'reject') return false;
    return action === 'strip' ? undefined : key;
  }

  /** A new name must not take the place of another key, nor break a rule itself. @param {Frame} frame @param {string} key @param {Finding} finding */
  rename({ value, inConstructor }, key, finding) {
    const { on, replaceWith } = this.rules;
    const name = replacedName(key, on, replaceWith);
    const breaks = ruleAgainstName(name, inConstructor, { ...on, prototypes: true }) !== undefined;
    const moved =
      !breaks &&
      !Object.hasOwn(value, name) &&
      Reflect.set(value, name, value[key]) &&
      Reflect.deleteProperty(value, key);
    this.tell(moved ? finding : { ...finding, code: 'ERR_INPUT_KEY_CLASH', action: 'reject' });
    return moved ? name : false;
  }

  /** Where an array is not declared, one of its values takes its place. @param {Frame} frame @param {string} key @param {Trail} trail */
  unite(frame, key, trail) {
    if (listOf(frame.value[key]) === undefined) return true;
    const place = segmentsOf(trail).flatMap(partsOf);
    if (isListed(this.rules.arrays, place, false)) return true;
    const action = /** @type {Action} */ (this.repeats);
    // A value may itself be an array: `a[0][]=x`.
    for (let list = listOf(frame.value[key]); list !== undefined; list = listOf(frame.value[key])) {
      this.tell({ rule: 'repeats', code: CODES.repeats, action, segments: () => place });
      if (action === 'reject') return false;
      frame.value[key] = list.at(action === 'first' ? 0 : -1);
    }
    return true;
  }

  /** @param {string} code @param {Trail | undefined} trail @returns {false} */
  exceeds(code, trail) {
    this.tell({ rule: undefined, code, action: 'reject', segments: () => segmentsOf(trail) });
    return false;
  }
}

module.exports = { Walk };
