// @ts-check
'use strict';

// JSON Pointers (RFC 6901): they tell where a key stands, in errors, reports and options. Keys come from the client, so what
// is told of them is short.

const { escapeSegment, unescapeSegment } = require('../support/json-pointer');

/** As core's `locate`, which builds the pointers of bodies. In UTF-16 code units. */
const MAX_KEY = 64;
const MAX_POINTER = 256;

/** Where a value stands: its key, and where the object around it stands. The root has no trail. @typedef {{ key: string | number, parent: Trail | undefined }} Trail */

/** @param {Trail | undefined} trail @returns {string[]} from the root on */
function segmentsOf(trail) {
  const segments = [];
  for (let at = trail; at !== undefined; at = at.parent) segments.push(String(at.key));
  return segments.reverse();
}

// Line breaks, control characters and marks that turn the direction of text would forge lines of a log. Core escapes them alike.
const UNSAFE = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;
// What is not a name in a form may be a part of something else, such as JSON that was sent with the wrong type.
const FORM_NAME = /^[\w$.-]*$/;

/** The pointer to a name of a form or query, up to the first part that is not an ordinary name. @param {readonly string[]} segments */
function pointerToName(segments) {
  const end = segments.findIndex((one) => !FORM_NAME.test(one));
  return pointerTo(end < 0 ? segments : segments.slice(0, end));
}

/** The same for a pointer that core made. @param {string | null} pointer */
const ordinaryPart = (pointer) => pointer && pointerToName(pointer.split('/').slice(1).map(unescapeSegment));

/** @param {readonly string[]} segments */
function pointerTo(segments) {
  const pointer = segments.map((one) => `/${escapeSegment(one.slice(0, MAX_KEY))}`).join('');
  return pointer.slice(0, MAX_POINTER).toWellFormed().replace(UNSAFE, codeOf);
}

/** @param {string} unit */
const codeOf = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

// In an option, `*` stands for any one segment.
const PATTERN = /^(?:\/(?:[^/~]|~[01])*)+$/;

/** @type {import('../support/options/list').Kind<string[]>} */
const POINTERS = {
  one: 'a JSON Pointer such as "/profile/bio" or "/posts/*/text"',
  many: 'JSON Pointers such as "/profile/bio" or "/posts/*/text"',
  isText: true,
  read: (entry) =>
    typeof entry === 'string' && entry.isWellFormed() && PATTERN.test(entry)
      ? entry.slice(1).split('/').map(unescapeSegment)
      : undefined,
};

/**
 * Whether a place is one of the patterns. With `below`, also whether it lies inside of one.
 * @param {readonly string[][]} patterns @param {readonly string[]} segments @param {boolean} below
 */
function isListed(patterns, segments, below) {
  return patterns.some(
    (pattern) =>
      (below ? pattern.length <= segments.length : pattern.length === segments.length) &&
      pattern.every((part, at) => part === '*' || part === segments[at]),
  );
}

/** The option `exempt` of a function that reads one source. @param {InstanceType<typeof import('../support/options').Options>} options @returns {readonly string[][]} */
function readPointers(options, name = 'exempt') {
  return options.list(name, { of: POINTERS, min: 0 }) ?? [];
}

module.exports = { isListed, ordinaryPart, pointerTo, pointerToName, readPointers, segmentsOf };
