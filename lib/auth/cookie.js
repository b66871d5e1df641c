// @ts-check
'use strict';

// The token's cookie: its name, and how it is found in a Cookie header.

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */

// RFC 6265bis section 4.1.3.2: browsers accept such a cookie only with Secure, Path=/ and no Domain, so neither a sibling host
// nor plain HTTP can set another one.
const DEFAULT_NAME = '__Host-token';
const PREFIX = /^__(?:Host|Secure)-./;
// RFC 9110 section 5.6.2.
const NAME = /^[\w!#$%&'*+.^`|~-]{1,128}$/;
const UNPREFIXED = 'dangerouslyAllowUnprefixedName';

/** @param {OptionReader} read */
function readCookieName(read) {
  const name = read.string('name', DEFAULT_NAME);
  const isUnprefixedAllowed = read.boolean(UNPREFIXED, false);
  if (!NAME.test(name)) throw read.malformed('name', "a cookie name: 1 to 128 letters, digits and !#$%&'*+-.^_`|~");
  if (!isUnprefixedAllowed && !PREFIX.test(name)) {
    throw read.malformed(
      'name',
      `a name such as "__Host-token", with "__Host-" or "__Secure-" in front: another page can set other names over plain HTTP; "${UNPREFIXED}" allows them`,
    );
  }
  return name;
}

/**
 * The values of all cookies of this name. Pairs are cut at ";" alone, and only spaces and tabs around them are dropped: a
 * reader that trims more (a no-break space) takes a cookie for a prefixed one although no browser applied the prefix's rules.
 * @param {string | undefined} header @param {string} name case-sensitive @returns {string[]}
 */
function cookieValues(header, name) {
  if (header === undefined || !header.includes(name)) return [];
  const start = `${name}=`;
  return header
    .split(';')
    .map(trim)
    .filter((pair) => pair.startsWith(start))
    .map((pair) => unquote(pair.slice(start.length)));
}

/** Removes spaces and tabs at both ends; a RegExp would take quadratic time on long runs of spaces. @param {string} text */
function trim(text) {
  let [from, to] = [0, text.length];
  while (from < to && isBlank(text.charCodeAt(from))) from += 1;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

/** @param {number} unit */
function isBlank(unit) {
  return unit === 0x20 || unit === 0x09;
}

/** RFC 6265 section 4.1.1: a value may be in quotation marks, which are not part of the token. @param {string} value */
function unquote(value) {
  return value.length >= 2 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}

module.exports = { cookieValues, readCookieName };
