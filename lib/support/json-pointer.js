// @ts-check
'use strict';

// A key as a part of a JSON Pointer (RFC 6901 section 3).

/** @param {string} key */
const escapeSegment = (key) => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** @param {string} segment */
const unescapeSegment = (segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~');

module.exports = { escapeSegment, unescapeSegment };
