// @ts-check
'use strict';

// Runs the members of harden() as one middleware.

const { isPromise } = require('../support/promise');
const { trustHere } = require('../csrf');

/** @typedef {(error?: unknown) => void} Next */
// Members are middlewares of Express, of the app or of other packages: their request and response types differ.
/** @typedef {(req: any, res: any, next: Next) => unknown} Middleware */
/**
 * @typedef {object} Parts
 * @property {((req: any, res: any) => void) | undefined} assignId
 * @property {((res: any) => void) | undefined} replay
 * @property {import('../csrf').OriginTest | undefined} isTrusted
 * @property {readonly Middleware[]} members
 */

/** @param {Parts} parts @returns {Middleware} */
function compose({ assignId, replay, isTrusted, members }) {
  return function harden(req, res, next) {
    // The replay is fastest on a response that has no headers yet, so it runs before the id.
    if (replay) replay(res);
    if (assignId) assignId(req, res);
    if (isTrusted) trustHere(req, isTrusted);
    run(members, req, res, next);
  };
}

/**
 * Runs members in turn: what a member throws, or rejects with, goes to next(), as in Express 5; 'route' and 'router' are
 * passed on like errors.
 * @param {readonly Middleware[]} members @param {object} req @param {object} res @param {Next} next
 */
function run(members, req, res, next) {
  let index = 0;
  step();

  /** @param {unknown} [error] */
  function step(error) {
    if (error) return next(error);
    const member = members[index++];
    if (member === undefined) return next();
    try {
      const pending = /** @type {PromiseLike<unknown> | undefined} */ (member(req, res, step));
      if (isPromise(pending)) pending.then(undefined, fail);
    } catch (failure) {
      fail(failure);
    }
  }

  /** @param {unknown} failure */
  function fail(failure) {
    next(failure || new Error('a middleware of harden() failed without a reason'));
  }
}

module.exports = { compose };
