// @ts-check
'use strict';

const { PortcullisError, misuse } = require('./errors');
const { Options } = require('./options');

/**
 * Lets a request pass whose verified claims allow it; runs after authenticate.
 * @param {{ scopes?: string[], roles?: string[], check?: (claims: any, req: any) => boolean }} options
 */
function authorize(options) {
  const read = new Options('JWT', 'authorize', options);
  const scopes = readNames(read, 'scopes');
  const roles = readNames(read, 'roles');
  const check = read.function('check');
  read.done();
  if (scopes === undefined && roles === undefined && check === undefined) {
    throw misuse(
      'ERR_JWT_OPTION',
      'authorize: give "roles", "scopes" or "check"; with none of them nobody would be turned away',
    );
  }

  return function authorize(/** @type {any} */ req, /** @type {any} */ _res, /** @type {any} */ next) {
    let allowed;
    try {
      allowed = isAllowed(req);
    } catch (error) {
      return next(error);
    }
    next(allowed ? undefined : forbidden(scopes));
  };

  /** @param {any} req */
  function isAllowed(req) {
    const claims = req.auth?.claims;
    if (claims === undefined) throw unauthenticated();
    if (scopes !== undefined && !scopes.every((scope) => heldScopes(claims).includes(scope))) return false;
    if (roles !== undefined && !roles.some((role) => heldRoles(claims).includes(role))) return false;
    // Only true lets through: a promise or another truthy value is a mistake, and a mistake must not open the door.
    return check === undefined || check(claims, req) === true;
  }
}

/** @param {Options} read @param {string} name @returns {string[] | undefined} */
function readNames(read, name) {
  if (!read.has(name)) return undefined;
  const value = read.raw(name);
  // A copy: the list of the options may change later, and a hole in it must be seen as the undefined that it is.
  const list = Array.isArray(value) ? [...value] : [];
  if (list.length > 0 && list.every((text) => typeof text === 'string' && text !== '')) return list;
  throw read.wrong(name, 'a list of at least one string, none of them empty');
}

/** RFC 8693 section 4.2: one string with spaces. Some issuers write `scp`, or a list. @param {any} claims */
function heldScopes(claims) {
  const held = own(claims, 'scope') ?? own(claims, 'scp');
  if (typeof held === 'string') return held.split(' ');
  return Array.isArray(held) ? held : [];
}

/** @param {any} claims */
function heldRoles(claims) {
  const held = own(claims, 'roles');
  return Array.isArray(held) ? held : [];
}

/** A claim that the token holds, not one that a polluted prototype lends it. @param {any} claims @param {string} name */
function own(claims, name) {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}

function unauthenticated() {
  const error = new PortcullisError(
    'ERR_JWT_MISSING',
    'the request was not authenticated: put authenticate before authorize',
  );
  return Object.assign(error, { wwwAuthenticate: 'Bearer' });
}

/** @param {string[] | undefined} scopes */
function forbidden(scopes) {
  const error = new PortcullisError('ERR_JWT_FORBIDDEN', 'the claims do not allow this');
  if (scopes === undefined) return error;
  // RFC 6750 section 3.1.
  return Object.assign(error, { wwwAuthenticate: 'Bearer error="insufficient_scope"' });
}

module.exports = { authorize };
