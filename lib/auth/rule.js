// @ts-check
'use strict';

// What claims must hold: prepared once, and used by authorize and authenticate.

const { PortcullisError, misuse } = require('../support/errors');

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */
/** @typedef {InstanceType<typeof import('./challenge').Challenge>} Challenge */
/** @typedef {import('./source').Request} Request */
/** @typedef {Record<string, unknown>} Claims */

// RFC 6749 section 3.3: the characters of a scope token. A scope with a space in it could never be held.
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * Returns a function that throws if the claims do not allow the request.
 * @param {OptionReader} read @param {Challenge} challenge @returns {(claims: Claims, req: Request) => void}
 */
function readRule(read, challenge) {
  const { scopes, roles, check } = readRequirements(read);
  const headers = scopes && challenge.ofScopes(scopes);

  return function assertAllowed(claims, req) {
    if (scopes !== undefined && !holdsScopes(claims, scopes)) {
      throw Object.assign(forbidden('the token lacks a scope'), { headers: { ...headers } });
    }
    if (roles !== undefined && !holdsRole(claims, roles)) throw forbidden(lackOfRoles(claims));
    if (check !== undefined) assertTrue(check(claims, req));
  };
}

/** @param {OptionReader} read */
function readRequirements(read) {
  const scopes = readNames(read, 'scopes');
  const roles = readNames(read, 'roles');
  read.written('check');
  const check = read.function('check');
  read.done();
  if (scopes?.every((scope) => SCOPE.test(scope)) === false) {
    throw read.wrong(
      'scopes',
      'an array with one scope per entry: printable ASCII without spaces, quotation marks and backslashes',
    );
  }
  if (scopes === undefined && roles === undefined && check === undefined) {
    throw misuse(
      'ERR_AUTH_OPTION',
      'authorize: give "roles", "scopes" or "check"; without them it would refuse nobody',
    );
  }
  return { scopes, roles, check };
}

/** @param {OptionReader} read @param {string} name @returns {string[] | undefined} */
function readNames(read, name) {
  if (!read.has(name)) return undefined;
  const value = read.raw(name);
  // A copy, because the app may change its array later. Spreading turns a hole into undefined, which is then refused.
  const list = Array.isArray(value) ? [...value] : [];
  if (list.length > 0 && list.every((text) => typeof text === 'string' && text !== '')) return list;
  throw read.wrong(name, 'an array of one or more strings, none of them empty');
}

/**
 * RFC 8693 section 4.2: one string with spaces. Some issuers use the name `scp`, or an array.
 * @param {Claims} claims @param {string[]} scopes
 */
function holdsScopes(claims, scopes) {
  const claim = own(claims, 'scope') ?? own(claims, 'scp');
  const held = typeof claim === 'string' ? claim.split(' ') : claim;
  return Array.isArray(held) && scopes.every((scope) => held.includes(scope));
}

/** @param {Claims} claims @param {string[]} roles */
function holdsRole(claims, roles) {
  const held = own(claims, 'roles');
  return Array.isArray(held) && roles.some((role) => held.includes(role));
}

/** A claim of the token itself, not one that a polluted prototype adds. @param {Claims} claims @param {string} name */
function own(claims, name) {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}

/** Only `true` passes: a promise or another truthy value is a mistake, and must not allow the request. @param {unknown} result */
function assertTrue(result) {
  if (result === true) return;
  const pending = /** @type {PromiseLike<unknown> | null | undefined} */ (result);
  if (typeof pending?.then !== 'function') throw forbidden('check() did not return true');
  pending.then(undefined, () => {});
  throw forbidden('check() returned a promise; it must return true');
}

/** @param {Claims} claims */
function lackOfRoles(claims) {
  return Array.isArray(own(claims, 'roles')) ? 'the token lacks a role' : 'the token has no array "roles"';
}

/** @param {string} message */
function forbidden(message) {
  return new PortcullisError('ERR_AUTH_FORBIDDEN', message);
}

module.exports = { readRule };
