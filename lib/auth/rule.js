// @ts-check
'use strict';

// The rule that claims must satisfy: prepared once, and used by authorize and authenticate.

const { PortcullisError } = require('../support/errors');
const { discardPromise } = require('../support/promise');
const { TEXTS } = require('../support/options/list');

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */
/** @typedef {InstanceType<typeof import('./challenge').Challenge>} Challenge */
/** @typedef {import('./source').Request} Request */
/** @typedef {Record<string, unknown>} Claims */

// RFC 6749 section 3.3: the characters of a scope token. A scope with a space in it could never be held.
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
/** @type {import('../support/options/list').Kind<string>} */
const SCOPES = {
  one: 'a single scope: printable ASCII without spaces, quotation marks and backslashes',
  isText: true,
  many: 'scopes',
  read: (entry) => (typeof entry === 'string' && SCOPE.test(entry) ? entry : undefined),
};

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
  const scopes = read.list('scopes', { of: SCOPES, defined: true });
  const roles = read.list('roles', { of: TEXTS, defined: true });
  const check = read.function('check', { defined: true });
  read.done();
  if (scopes === undefined && roles === undefined && check === undefined) {
    throw read.refuse('`roles`, `scopes` or `check` is required: without a rule every request would be allowed');
  }
  return { scopes, roles, check };
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
  const reason = discardPromise(result)
    ? 'check() returned a promise; it must return true'
    : 'check() did not return true';
  throw forbidden(reason);
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
