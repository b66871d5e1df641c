// @ts-check
'use strict';

// Reads the list of patterns: strings, RegExps, or objects that name one.

const { types } = require('node:util');
const { misuse } = require('../support/errors');
const { isPlain, show } = require('../support/options/given');
const { unknownOption } = require('../support/options/names');

const KNOWN = ['flags', 'name', 'pattern'];
const FORMS = 'a string, a RegExp, or an object such as { name, pattern }';
// Read from the prototype, because a property of the RegExp itself could pretend to be another source.
const sourceOf = getter('source');
const flagsOf = getter('flags');

/** @typedef {{ label: string, source: string, flags: string, isScript: boolean }} Source */

/**
 * @param {unknown} patterns
 * @returns {{ names: string[] | undefined, sources: Source[] }} names where every pattern has one
 */
function readEntries(patterns) {
  if (!Array.isArray(patterns) || patterns.length === 0) {
    throw refuse(`patterns must be a list of at least one pattern, not ${show(patterns)}`);
  }
  const entries = Array.from(patterns, readEntry);
  const names = entries.flatMap(({ name }) => (name === undefined ? [] : [name]));
  if (names.length !== 0 && names.length !== entries.length) {
    throw refuse('patterns must all have a name, or none of them: match() returns names or indexes');
  }
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined) throw refuse(`two patterns have the name ${JSON.stringify(repeated)}`);
  return { names: names.length === 0 ? undefined : names, sources: entries.map(({ source }) => source) };
}

/** @param {any} entry @param {number} at @returns {{ name?: string, source: Source }} */
function readEntry(entry, at) {
  const label = `patterns[${at}]`;
  if (typeof entry === 'string' || types.isRegExp(entry)) return { source: readSource(entry, label) };
  if (entry === null || typeof entry !== 'object' || !isPlain(entry)) {
    throw refuse(`${label} must be ${FORMS}, not ${show(entry)}`);
  }
  for (const key of Object.keys(entry)) {
    if (!KNOWN.includes(key)) throw refuse(unknownOption(key, KNOWN, `${label}.`, undefined));
  }
  const { name, pattern, flags } = entry;
  if (typeof name !== 'string' || name === '')
    throw refuse(`${label}.name must be a non-empty string, not ${show(name)}`);
  return { name, source: readSource(pattern, label, flags) };
}

/** @param {any} pattern @param {string} label @param {any} [flags] @returns {Source} */
function readSource(pattern, label, flags) {
  if (flags !== undefined && typeof flags !== 'string')
    throw refuse(`${label}.flags must be a string, not ${show(flags)}`);
  if (types.isRegExp(pattern)) {
    if (flags !== undefined) throw refuse(`${label}.flags must be left out: the RegExp has its own`);
    return { label, ...readScript(pattern), isScript: true };
  }
  if (typeof pattern !== 'string') throw refuse(`${label}.pattern must be a string or a RegExp, not ${show(pattern)}`);
  if (pattern === '') throw refuse(`${label} must not be empty: it would match every text`);
  if (!pattern.isWellFormed()) throw refuse(`${label} must not contain a lone surrogate`);
  return { label, source: pattern, flags: flags ?? '', isScript: false };
}

/**
 * The source with its lone surrogates as escapes: it crosses the border as UTF-8, which has no form for them.
 * @param {RegExp} expression
 */
function readScript(expression) {
  const [source, flags] = [sourceOf(expression), flagsOf(expression)];
  if (source.isWellFormed()) return { source, flags };
  const escaped = source.replace(/\\[\s\S]|\p{Surrogate}/gu, (part) => {
    const unit = part.charCodeAt(part.length - 1);
    if (part.isWellFormed()) return part;
    // In braces, so that an escape behind it does not make a pair of both.
    return flags.includes('u') ? `\\u{${unit.toString(16)}}` : `\\u${unit.toString(16)}`;
  });
  return { source: escaped, flags };
}

/** @param {'source' | 'flags'} name @returns {(expression: RegExp) => string} */
function getter(name) {
  const { get } = /** @type {any} */ (Object.getOwnPropertyDescriptor(RegExp.prototype, name));
  return (expression) => Reflect.apply(get, expression, []);
}

/** @param {string} reason */
function refuse(reason) {
  return misuse('ERR_PATTERNS_OPTION', `createPatterns: ${reason}`);
}

module.exports = { readEntries };
