// @ts-check
'use strict';

const { writeQuery } = require('../../lib/support/query');
const { createKeyRule } = require('./keys');
const { STOP, walk } = require('./walk');

/** @typedef {import('./keys').Options} Options */
/** @typedef {import('./keys').KeyRule} KeyRule */

/** In the order in which `onSanitize` is called. */
const SOURCES = ['body', 'params', 'headers', 'query'];

/** @param {Options} [options] */
function mongoSanitize(options = {}) {
  const { dryRun, onSanitize } = options;
  const rule = createKeyRule(options);
  const clean = dryRun ? hasForbidden : removeForbidden;
  /** @param {any} req @param {unknown} _res @param {() => void} next */
  return function mongoSanitizer(req, _res, next) {
    for (const key of SOURCES) {
      // All four are cleaned in place: Express 5 computes the query anew at each read, and IncomingMessage the headers once.
      const target = req[key];
      if (!target) continue;
      const isFound = clean(target, rule);
      if (key === 'query' && !dryRun) writeQuery(req, target);
      if (isFound && typeof onSanitize === 'function') onSanitize({ req, key });
    }
    next();
  };
}

/** @template T @param {T} target @param {Options} [options] @returns {T} the same object */
function sanitize(target, options = {}) {
  if (!options.dryRun) removeForbidden(target, createKeyRule(options));
  return target;
}

/** @param {unknown} target @param {boolean} [allowDots] */
function has(target, allowDots) {
  return hasForbidden(target, createKeyRule({ allowDots }));
}

/** @param {unknown} target @param {KeyRule} rule */
function hasForbidden(target, { isForbidden }) {
  let isFound = false;
  walk(target, (object, key) => {
    if (!isForbidden(key)) return object[key];
    isFound = true;
    return STOP;
  });
  return isFound;
}

/** Returns whether a key was removed or renamed. @param {unknown} target @param {KeyRule} rule */
function removeForbidden(target, { isForbidden, rename }) {
  let isFound = false;
  walk(target, (object, key) => {
    const value = object[key];
    if (!isForbidden(key)) return value;
    isFound = true;
    delete object[key];
    const name = rename(key);
    // A name that is taken stays as it is: otherwise `{"_role":"user","$role":"admin"}` with `replaceWith: '_'` would overwrite a
    // key that the app trusts.
    if (name === undefined || Object.hasOwn(object, name)) return undefined;
    object[name] = value;
    return value;
  });
  return isFound;
}

mongoSanitize.sanitize = sanitize;
mongoSanitize.has = has;

module.exports = { mongoSanitize };
