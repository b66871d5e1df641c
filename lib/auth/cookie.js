// @ts-check
'use strict';

// The token's cookie: its name, and how it is found in a Cookie header.

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */

// RFC 6265bis section 4.1.3.2: browsers take it only with Secure, Path=/ and no Domain, so that neither a sibling host nor
// plain HTTP can plant another.
const DEFAULT_NAME = '__Host-token';
const PREFIX = /^__(?:Host|Secure)-./;
// RFC 9110 section 5.6.2.
const NAME = /^[\w!#$%&'*+.^`|~-]{1,128}$/;
const UNPREFIXED = 'dangerouslyAllowUnprefixedName';

/** @param {OptionReader} read */
function readCookieName(read) {
  const name = read.string('name', DEFAULT_NAME);
  const isUnprefixedAllowed = read.boolean(UNPREFIXED, false);
  if (!NAME.test(name)) throw read.wrong('name', 'a cookie name: letters, digits and marks, without spaces');
  if (!isUnprefixedAllowed && !PREFIX.test(name)) {
    throw read.wrong(
      'name',
      `one that begins with "__Host-" or "__Secure-": others can be planted over plain HTTP; "${UNPREFIXED}" allows it`,
    );
  }
  return name;
}

/** Whether browsers send it over HTTPS alone. @param {string} name */
function isSecureName(name) {
  return PREFIX.test(name);
}

/**
 * The values of all cookies of this name. Pairs are cut at ";" alone, and only spaces and tabs around them are dropped:
 * whoever trims more (a no-break space, say) takes a cookie for a prefixed one that no browser held to the prefix.
 * @param {string | undefined} header @param {string} name compared with regard to case @returns {string[]}
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

/** Without the spaces and tabs around it; a RegExp would take quadratic time to find none at the end. @param {string} text */
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

/** RFC 6265 section 4.1.1: a value may stand in quotation marks, which are no part of a token. @param {string} value */
function unquote(value) {
  return value.length >= 2 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}

module.exports = { cookieValues, isSecureName, readCookieName };
