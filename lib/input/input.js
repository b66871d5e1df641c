// @ts-check
'use strict';

// One policy for all that a request brings: the member `input` of harden(). Query and cookies are judged first, because that
// costs no reading; then json() and urlencoded() read the body; a body that another parser has read is judged last.

const { Options } = require('../support/options');
const { pathOf, readPaths } = require('../support/paths');
const { createBodyReader, isRead } = require('./body');
const { readBodyOptions } = require('./body-options');
const { createGuard, readExempt } = require('./guard');
const { readParser } = require('./json');
const { createJudges } = require('./sources');
const { FORM_TYPE, createMatcher } = require('./type');
const { readFormParser } = require('./urlencoded');

/** @typedef {import('./request').Request} Request */
/** @typedef {import('./request').Next} Next */
/** @typedef {import('./request').Middleware} Middleware */
/** @typedef {Record<string, any>} Given */

/** @param {Given | undefined} given @param {string} owner the function that error messages name @returns {Middleware} */
function prepareInput(given, owner) {
  const { routes = [], ...base } = given ?? {};
  const options = new Options('INPUT', owner, given);
  const main = prepareLayer(options);
  const list = options.list('routes', { of: ROUTES, min: 0 }) ?? [];
  options.done();
  checkOrder(options, list);
  const special = list.map((route, at) => prepareRoute(options.inside(`routes[${at}]`, merge(base, route))));
  if (special.length === 0) return main;
  return function input(req, res, next) {
    const path = pathOf(req);
    const route = special.find(({ matches }) => matches(path));
    (route?.layer ?? main)(req, res, next);
  };
}

/** @type {import('../support/options/list').Kind<Given>} */
const ROUTES = {
  one: 'an object with a `path` and options',
  many: 'objects with a `path` and options',
  read: (entry) => (typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? entry : undefined),
};

/** The first route that matches counts, so one that an earlier one covers would never count. @param {Options} options @param {readonly Given[]} routes */
function checkOrder(options, routes) {
  const paths = routes.flatMap(({ path }, at) => [path].flat().map((one) => ({ one, at })));
  for (const [place, { one, at }] of paths.entries()) {
    const before = paths.slice(0, place).find((other) => isCovered(one, other.one));
    if (before === undefined) continue;
    const reason =
      before.at === at ? 'lists a path twice' : `is never used: routes[${before.at}] comes first and covers its path`;
    throw options.conflict(`routes[${at}].path`, reason);
  }
}

/** @param {unknown} path @param {unknown} by */
const isCovered = (path, by) =>
  typeof path === 'string' &&
  typeof by === 'string' &&
  (path === by || (by.endsWith('/') && by !== '/' && path.startsWith(by)));

/** @param {Given} base @param {Given} route */
function merge(base, route) {
  return { ...base, ...route, ...(base.rules && route.rules && { rules: { ...base.rules, ...route.rules } }) };
}

/** @param {Options} options */
function prepareRoute(options) {
  const matches = readPaths(options, 'path');
  const layer = prepareLayer(options);
  options.done();
  return { matches, layer };
}

/** @param {Options} options @returns {Middleware} */
function prepareLayer(options) {
  const own = readBodyOptions(options, 'application/json');
  const exempt = readExempt(options);
  const kind = { source: /** @type {const} */ ('body'), exempt: exempt.body };
  const form = { ...kind, isForm: true };
  const readJson = createBodyReader(own, kind, readParser(options, own, kind));
  const forms = { ...own, matches: createMatcher([FORM_TYPE]) };
  const readForm = createBodyReader(forms, form, readFormParser(options, own, form));
  const judges = createJudges(own.rules, exempt);
  const judgeAddress = createGuard(own.rules, [judges.query, judges.cookies]);
  const judgeBody = createGuard(own.rules, [(req) => (isRead(req) ? undefined : judges.body(req))]);
  return function input(req, res, next) {
    judgeAddress(req, res, inTurn([readJson, readForm, judgeBody], req, res, next));
  };
}

/** @param {readonly Middleware[]} layers @param {Request} req @param {object} res @param {Next} next @returns {Next} */
function inTurn(layers, req, res, next) {
  let at = 0;
  return function step(error) {
    const layer = layers[at++];
    if (error !== undefined || layer === undefined) return next(error);
    layer(req, res, step);
  };
}

module.exports = { prepareInput };
