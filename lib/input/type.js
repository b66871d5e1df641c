// @ts-check
'use strict';

// Content-Type (RFC 9110 section 8.3): decides which bodies are read, and requires UTF-8 (RFC 8259 section 8.1).

/** @typedef {import('./request').Request} Request */

const TOKEN = "[!#$%&'*+.^_`|~0-9a-z-]+";
const MEDIA_TYPE = new RegExp(`^${TOKEN}/${TOKEN}$`);
const UTF8_PARAMETER = /;[ \t]*charset=(?:utf-8|"utf-8"|"")?(?=[ \t]*(?:;|$))/i;
const CHARSET_PARAMETER = /;[ \t]*charset="?([^";\s]{1,40})/i;

/**
 * A test of a request by its type. A pattern is a media type in which `*` stands for a whole part, or for the text before
 * a suffix (`application/*+json`, in short `+json`). The short name `json` means `application/json`.
 * @param {string[] | ((req: Request) => unknown)} type
 * @returns {(req: Request) => boolean}
 */
function createMatcher(type) {
  if (typeof type === 'function') return (req) => Boolean(type(req));
  const exact = new Set(type.filter((one) => !isPattern(one)).map(expand));
  const patterns = type.filter(isPattern).map((one) => compile(one.startsWith('+') ? `*/*${one}` : one));
  return (req) => {
    const mediaType = mediaTypeOf(req.headers['content-type']);
    return exact.has(mediaType) || (MEDIA_TYPE.test(mediaType) && patterns.some((pattern) => pattern.test(mediaType)));
  };
}

/** @param {string} type */
const isPattern = (type) => type.includes('*') || type.startsWith('+');

/** @param {string} type */
const expand = (type) => (type.includes('/') ? type : `application/${type}`).toLowerCase();

/** @param {string} pattern */
function compile(pattern) {
  const source = pattern
    .toLowerCase()
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]+');
  return new RegExp(`^${source}$`);
}

/** The media type without its parameters. @param {string | undefined} header */
function mediaTypeOf(header = '') {
  const end = header.indexOf(';');
  return (end < 0 ? header : header.slice(0, end)).trim().toLowerCase();
}

/**
 * Whether the type names no charset, an empty one, or UTF-8 alone. Parameters are not parsed further: a header with
 * "charset" in any other form is refused, because two readers may read it differently.
 * @param {string | undefined} header
 */
function isUtf8(header) {
  const end = header === undefined ? -1 : header.indexOf(';');
  if (header === undefined || end < 0) return true;
  return !header.slice(end).replace(UTF8_PARAMETER, '').toLowerCase().includes('charset');
}

/** The charset, for logs. @param {string | undefined} header @returns {string | undefined} */
function charsetOf(header) {
  return CHARSET_PARAMETER.exec(header ?? '')?.[1]?.toLowerCase();
}

const FORM_TYPE = 'application/x-www-form-urlencoded';

module.exports = { FORM_TYPE, charsetOf, createMatcher, isUtf8, mediaTypeOf };
