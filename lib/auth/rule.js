// @ts-check
'use strict';

// What claims must hold: prepared once, for authorize and for authenticate alike.

const { PortcullisError, misuse } = require('../support/errors');

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */
/** @typedef {InstanceType<typeof import('./challenge').Challenge>} Challenge */

// RFC 6749 section 3.3: what a scope token is made of. One with a space in it would never be held.
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * What throws where the claims do not allow the request.
 * @param {OptionReader} read @param {Challenge} challenge @returns {(claims: any, req: any) => void}
 */
function readRule(read, challenge) {
  const scopes = readNames(read, 'scopes');
  const roles = readNames(read, 'roles');
  read.written('check');
  const check = read.function('check');
  read.done();
  if (scopes?.every((scope) => SCOPE.test(scope)) === false) {
    throw read.wrong(
      'scopes',
      'a list of one scope each: printable ASCII without spaces, quotation marks, backslashes',
    );
  }
  if (scopes === undefined && roles === undefined && check === undefined) {
    throw misuse(
      'ERR_AUTH_OPTION',
      'authorize: give "roles", "scopes" or "check"; with none of them nobody would be turned away',
    );
  }
  const wwwAuthenticate = scopes && challenge.ofScopes(scopes);

  return function assertAllowed(claims, req) {
    if (scopes !== undefined && !holdsScopes(claims, scopes)) {
      throw Object.assign(forbidden('the token lacks a scope'), { wwwAuthenticate });
    }
    if (roles !== undefined && !holdsRole(claims, roles)) throw forbidden(lackOfRoles(claims));
    if (check !== undefined) assertTrue(check(claims, req));
  };
}

/** @param {OptionReader} read @param {string} name @returns {string[] | undefined} */
function readNames(read, name) {
  if (!read.has(name)) return undefined;
  const value = read.raw(name);
  // A copy: the list of the options may change later, and a hole in it must be seen as the undefined that it is.
  const list = Array.isArray(value) ? [...value] : [];
  if (list.length > 0 && list.every((text) => typeof text === 'string' && text !== '')) return list;
  throw read.wrong(name, 'a list of at least one string, none of them empty');
}

/** RFC 8693 section 4.2: one string with spaces. Some issuers write `scp`, or a list. @param {any} claims @param {string[]} scopes */
function holdsScopes(claims, scopes) {
  const claim = own(claims, 'scope') ?? own(claims, 'scp');
  const held = typeof claim === 'string' ? claim.split(' ') : claim;
  return Array.isArray(held) && scopes.every((scope) => held.includes(scope));
}

/** @param {any} claims @param {string[]} roles */
function holdsRole(claims, roles) {
  const held = own(claims, 'roles');
  return Array.isArray(held) && roles.some((role) => held.includes(role));
}

/** A claim that the token holds, not one that a polluted prototype lends it. @param {any} claims @param {string} name */
function own(claims, name) {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}

/** Only true lets through: a promise or another truthy value is a mistake, and a mistake must not open the door. @param {any} answer */
function assertTrue(answer) {
  if (answer === true) return;
  if (typeof answer?.then !== 'function') throw forbidden('the check of the claims did not say true');
  answer.then(undefined, () => {});
  throw forbidden('the check of the claims answered with a promise; it must say true at once');
}

/** @param {any} claims */
function lackOfRoles(claims) {
  return Array.isArray(own(claims, 'roles')) ? 'the token lacks a role' : 'the token has no list "roles"';
}

/** @param {string} message */
function forbidden(message) {
  return new PortcullisError('ERR_AUTH_FORBIDDEN', message);
}

module.exports = { readRule };
