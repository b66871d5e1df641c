// @ts-check
'use strict';

// What a client may read of the issues of a schema: the source, a JSON Pointer (RFC 6901) and a message that quotes no input.

const { escapeSegment } = require('../support/json-pointer');
const { Haystack } = require('./haystack');
const { REQUIRED, UNKNOWN_KEY, neutralOf } = require('./neutral');

const MAX_MESSAGE = 500;
const MAX_POINTER = 256;

/** @typedef {{ source: string, pointer: string, message: string }} Issue */

/** @param {string} source @param {unknown} value @param {readonly any[]} issues @param {boolean} isSafe @returns {Issue[]} */
function describeIssues(source, value, issues, isSafe) {
  const haystack = isSafe ? new Haystack(value) : undefined;
  return issues.map((issue) => {
    const keys = keysOf(issue?.path);
    const isStranger = isSafe && namesUnknownKey(issue);
    const pointer = pointerTo(isStranger ? keys.slice(0, -1) : keys);
    if (isStranger) return { source, pointer, message: UNKNOWN_KEY };
    if (isSafe && namesMissingKey(issue)) return { source, pointer, message: REQUIRED };
    const text = typeof issue?.message === 'string' ? issue.message.slice(0, MAX_MESSAGE).toWellFormed() : '';
    // A key that the pointer has no room for is input like any other.
    const shown = keys.slice(0, pointer.split('/').length - 1);
    const isKept = text !== '' && haystack?.hasAnyOf(text, shown) !== true;
    return { source, pointer, message: isKept ? text : neutralOf(issue, valueAt(value, keys)) };
  });
}

/** @param {any} path @returns {PropertyKey[]} */
function keysOf(path) {
  if (!Array.isArray(path)) return [];
  // Not path.map(): that of arktype makes a list of its own class, which shows an empty path as one of a key.
  return Array.from(path, (one) => (one !== null && typeof one === 'object' ? one.key : one));
}

/** Cut at a whole key: a pointer to the parent is right, half a key is not. @param {PropertyKey[]} keys */
function pointerTo(keys) {
  let pointer = '';
  for (const key of keys) {
    // A symbol cannot occur in input, and has no form in JSON.
    if (typeof key !== 'string' && typeof key !== 'number') break;
    const next = `${pointer}/${escapeSegment(String(key).toWellFormed())}`;
    if (next.length > MAX_POINTER) break;
    pointer = next;
  }
  return pointer;
}

/** Such a key is input that no schema names, so the pointer leads to its parent. @param {any} issue */
function namesUnknownKey(issue) {
  if (issue?.code === 'invalid_key' || issue?.code === 'unrecognized_keys') return issue.code === 'invalid_key';
  if (issue?.path?.at?.(-1)?.origin === 'key') return !namesMissingKey(issue);
  return /(?: must be removed| is not allowed)$/.test(String(issue?.message));
}

/** Valibot blames the key for its absence as well. Such a name is of the schema, not of the input. @param {any} issue */
function namesMissingKey(issue) {
  const last = issue?.path?.at?.(-1);
  if (last?.origin !== 'key' || last.input === null || typeof last.input !== 'object') return false;
  return !(last.input instanceof Map) && !Object.hasOwn(last.input, last.key);
}

/** Own properties only, so that `constructor` is not found where it was not sent. @param {any} value @param {PropertyKey[]} keys */
function valueAt(value, keys) {
  let at = value;
  for (const key of keys) {
    if (at === null || at === undefined || !Object.hasOwn(Object(at), key)) return undefined;
    at = at[key];
  }
  return at;
}

module.exports = { describeIssues };
