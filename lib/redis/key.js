// @ts-check
'use strict';

// How keys are built. A script may only touch keys of one slot of a cluster, and a slot is chosen by the part of the key
// in the first pair of braces (its hash tag). Parts are escaped, so a key has no braces but those of its tag.

// Two lone surrogates would both be sent as U+FFFD and become the same key.
const AMBIGUOUS = /[%:{}]|\p{Surrogate}/gu;

/** @param {string} part */
const escapePart = (part) => part.replace(AMBIGUOUS, (one) => `%${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The same text only for the same parts. @param {readonly string[]} parts */
const joinParts = (parts) => parts.map(escapePart).join(':');

/** @param {readonly string[]} parts */
const hashTag = (parts) => `{${joinParts(parts)}}`;

/** `{}` is no hash tag: Redis would hash the whole key, and the keys of one script would be on several nodes. */
const EMPTY_TAG = /^[^{]*\{\}/;

/** @param {string} prefix all that comes before the hash tag */
const breaksHashTags = (prefix) => EMPTY_TAG.test(prefix);

module.exports = { breaksHashTags, hashTag, joinParts };
