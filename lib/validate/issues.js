// @ts-check
'use strict';

// What a client may read of the issues of a schema: the source, a JSON Pointer (RFC 6901) and a message that quotes no input.

const { Haystack } = require('./haystack');

const MAX_MESSAGE = 500;
const MAX_POINTER = 256;

/** Texts by the code of an issue: `code` of zod and arktype, `type` of joi and valibot. @type {ReadonlyMap<string, string>} */
const NEUTRAL = new Map([
  ['invalid_type', 'has the wrong type'],
  ['domain', 'has the wrong type'],
  ['proto', 'has the wrong type'],
  ['too_small', 'is too small or too short'],
  ['too_big', 'is too large or too long'],
  ['invalid_format', 'has the wrong format'],
  ['pattern', 'has the wrong format'],
  ['unit', 'is not one of the allowed values'],
  ['invalid_value', 'is not one of the allowed values'],
  ['picklist', 'is not one of the allowed values'],
  ['any.only', 'is not one of the allowed values'],
  ['any.required', 'is required'],
]);
const UNKNOWN_KEY = 'has a key that is not allowed';
const INVALID = 'is not valid';

/** @typedef {{ source: string, pointer: string, message: string }} Issue */

/** @param {string} source @param {unknown} value @param {readonly any[]} issues @param {boolean} isSafe @returns {Issue[]} */
function describeIssues(source, value, issues, isSafe) {
  const haystack = isSafe ? new Haystack(value) : undefined;
  return issues.map((issue) => {
    const keys = keysOf(issue?.path);
    const isStranger = isSafe && namesUnknownKey(issue);
    const pointer = pointerTo(isStranger ? keys.slice(0, -1) : keys);
    if (isStranger) return { source, pointer, message: UNKNOWN_KEY };
    const text = typeof issue?.message === 'string' ? issue.message.slice(0, MAX_MESSAGE).toWellFormed() : '';
    // A key that the pointer has no room for is input like any other.
    const shown = keys.slice(0, pointer.split('/').length - 1);
    const isKept = text !== '' && haystack?.hasAnyOf(text, shown) !== true;
    return { source, pointer, message: isKept ? text : neutralOf(issue, value, keys) };
  });
}

/** @param {any} path @returns {PropertyKey[]} */
function keysOf(path) {
  if (!Array.isArray(path)) return [];
  return path.map((one) => (one !== null && typeof one === 'object' ? one.key : one));
}

/** Cut at a whole key: a pointer to the parent is right, half a key is not. @param {PropertyKey[]} keys */
function pointerTo(keys) {
  let pointer = '';
  for (const key of keys) {
    // A symbol cannot occur in input, and has no form in JSON.
    if (typeof key !== 'string' && typeof key !== 'number') break;
    const next = `${pointer}/${String(key).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (next.length > MAX_POINTER) break;
    pointer = next;
  }
  return pointer;
}

/** Such a key is input that no schema names, so the pointer leads to its parent. @param {any} issue */
function namesUnknownKey(issue) {
  if (issue?.code === 'invalid_key' || issue?.code === 'unrecognized_keys') return issue.code === 'invalid_key';
  if (issue?.path?.at?.(-1)?.origin === 'key') return true;
  return /(?: must be removed| is not allowed)$/.test(String(issue?.message));
}

/** @param {any} issue @param {unknown} value @param {PropertyKey[]} keys */
function neutralOf(issue, value, keys) {
  if (valueAt(value, keys) === undefined) return 'is required';
  if (issue?.code === 'unrecognized_keys') return UNKNOWN_KEY;
  return NEUTRAL.get(issue?.code) ?? NEUTRAL.get(issue?.type) ?? INVALID;
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
