// @ts-check
'use strict';

// Puts a token into a cookie that scripts cannot read, that browsers never send over plain HTTP, and that other hosts can
// neither receive nor set.

const { misuse } = require('../support/errors');
const { Options } = require('../support/options');
const { show } = require('../support/options/given');
const { readCookieName } = require('./cookie');

/** @typedef {{ getHeader(name: string): number | string | string[] | undefined, setHeader(name: string, value: string[]): unknown }} Response */

// RFC 6265bis section 5.5: browsers shorten longer ages.
const MAX_AGE_SECONDS = 400 * 24 * 60 * 60;
// RFC 6265bis section 5.6: browsers drop a cookie whose name and value together are longer.
const MAX_COOKIE_BYTES = 4096;
// RFC 6265 section 4.1.1: cookie-octet.
const VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/;

/** @param {unknown} [options] */
function tokenCookie(options) {
  const read = new Options('AUTH', 'tokenCookie', options);
  const name = readCookieName(read);
  const maxAgeSeconds = read.integer('maxAgeSeconds', 0, { min: 1, max: MAX_AGE_SECONDS });
  const sameSite = read.oneOf('sameSite', 'Strict', /** @type {const} */ (['Strict', 'Lax']));
  read.done();
  const attributes = `Path=/; HttpOnly; Secure; SameSite=${sameSite}`;
  const age = maxAgeSeconds === 0 ? '' : `Max-Age=${maxAgeSeconds}; `;
  return Object.freeze({
    set(/** @type {Response} */ res, /** @type {string} */ token) {
      assertOrder(res);
      place(res, name, `${checkedValue(token, name)}; ${age}${attributes}`);
    },
    clear(/** @type {Response} */ res) {
      place(res, name, `; Max-Age=0; ${attributes}`);
    },
  });
}

/** The token must not be shown. @param {unknown} res */
function assertOrder(res) {
  if (typeof res === 'string') {
    throw misuse('ERR_AUTH_COOKIE', 'tokenCookie: the arguments are swapped; write set(res, token)');
  }
}

/** @param {unknown} token @param {string} name */
function checkedValue(token, name) {
  if (typeof token !== 'string') {
    throw misuse('ERR_AUTH_COOKIE', `tokenCookie: the token must be a string, not ${show(token)}`);
  }
  if (!VALUE.test(token)) {
    throw misuse('ERR_AUTH_COOKIE', 'tokenCookie: the token must be a string of characters that a cookie may contain');
  }
  if (name.length + token.length > MAX_COOKIE_BYTES) {
    throw misuse(
      'ERR_AUTH_COOKIE',
      `tokenCookie: name and token together have ${name.length + token.length} bytes, and browsers drop cookies above ${MAX_COOKIE_BYTES}; sign fewer claims`,
    );
  }
  return token;
}

/** Keeps other cookies of the response and replaces an earlier one of this name. @param {Response} res @param {string} name @param {string} rest */
function place(res, name, rest) {
  const start = `${name}=`;
  const others = [res.getHeader('Set-Cookie') ?? []]
    .flat()
    .map(String)
    .filter((one) => !one.startsWith(start));
  res.setHeader('Set-Cookie', [...others, start + rest]);
}

module.exports = { tokenCookie };
