// @ts-check
'use strict';

// The texts of a request, within a budget.

/** @typedef {'path' | 'query' | 'body' | 'cookies'} Source */
/** @typedef {{ source: Source, pointer: string, text: string }} Found */
/** @typedef {{ texts: number, length: number }} Budget */

/** @type {Source[]} */
const SOURCES = ['path', 'query', 'body', 'cookies'];

// A pointer is for a log. A key that is longer is not a field name.
const MAX_KEY_LENGTH = 64;
const MAX_POINTER_LENGTH = 512;
// Objects and arrays without text cost work too.
const VISITS_PER_TEXT = 8;

/** @type {Record<Source, (req: any) => unknown>} */
const READ = {
  path: (req) => String(req.originalUrl ?? req.url ?? '').split('?', 1)[0],
  query: (req) => req.query,
  body: (req) => req.body,
  cookies: (req) => req.cookies ?? readCookies(req.headers?.cookie),
};

/**
 * Keys are texts too; what one holds is reported at the object that has it, because the pointer would repeat the key.
 * @param {any} req @param {readonly Source[]} sources @param {Budget} budget @returns {Generator<Found>}
 */
function* textsOf(req, sources, budget) {
  const left = { texts: budget.texts, length: budget.length, visits: budget.texts * VISITS_PER_TEXT };
  for (const source of sources) {
    for (const { pointer, text } of walk(READ[source](req), left)) {
      if (left.texts-- <= 0 || left.length <= 0) return;
      const part = text.length > left.length ? text.slice(0, left.length) : text;
      left.length -= part.length;
      yield { source, pointer, text: part };
    }
  }
}

/**
 * The strings in a value, without recursion: a body may be nested deeper than the stack.
 * @param {unknown} root @param {{ visits: number }} left @returns {Generator<{ pointer: string, text: string }>}
 */
function* walk(root, left) {
  const stack = [{ pointer: '', value: root }];
  for (let entry = stack.pop(); entry !== undefined && left.visits-- > 0; entry = stack.pop()) {
    const { pointer, value } = entry;
    if (typeof value === 'string') {
      if (value !== '') yield { pointer, text: value };
    } else if (value !== null && typeof value === 'object' && !ArrayBuffer.isView(value)) {
      const children = childrenOf(/** @type {any} */ (value), pointer, left.visits - stack.length);
      if (!Array.isArray(value)) for (const { key } of children) yield { pointer, text: key };
      stack.push(...children.reverse());
    }
  }
}

/** @param {Record<string, unknown>} value @param {string} pointer @param {number} most */
function childrenOf(value, pointer, most) {
  const children = [];
  for (const key of keysOf(value, most)) {
    children.push({ key, value: value[key], pointer: pointerOf(pointer, key) });
  }
  return children;
}

/** The first keys: a list of all costs far more where there are a million. @param {object} value @param {number} most */
function keysOf(value, most) {
  const keys = [];
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length && at < most; at += 1) keys.push(String(at));
    return keys;
  }
  for (const key in value) {
    if (keys.length >= most) break;
    if (Object.hasOwn(value, key)) keys.push(key);
  }
  return keys;
}

/** RFC 6901. @param {string} parent @param {string} key */
function pointerOf(parent, key) {
  if (key.length > MAX_KEY_LENGTH || parent.length + key.length >= MAX_POINTER_LENGTH || !/^[\w.$@ -]*$/.test(key))
    return parent;
  return `${parent}/${key}`;
}

/** Without a parser of cookies: the pairs of the header. @param {unknown} header */
function readCookies(header) {
  if (typeof header !== 'string') return undefined;
  const pairs = Object.create(null);
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0) pairs[part.slice(0, at).trim()] ??= part.slice(at + 1).trim();
  }
  return pairs;
}

module.exports = { SOURCES, textsOf };
