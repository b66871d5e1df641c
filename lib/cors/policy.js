// @ts-check
'use strict';

// Reads the options of cors() at set-up: which origins are allowed, and the headers that do not depend on the request.

const { Options } = require('../support/options');
const { compileOrigins } = require('../support/origins');
const { askWith } = require('./ask');
const { recordHeaders } = require('./record');

/** @typedef {InstanceType<typeof Options>} OptionReader */
/** @typedef {import('./ask').Verdict} Verdict */
/** @typedef {{ varies?: boolean, decide?: (origin: unknown) => Verdict, ask?: import('./ask').Ask }} OriginPolicy without decide and ask: CORS is off */
/** @typedef {ReturnType<typeof readPolicy>} Policy */

const DANGER = 'dangerouslyAllowAnyOriginWithCredentials';

/** @param {unknown} given */
function readPolicy(given) {
  const options = new Options('CORS', 'cors', given);
  const credentials = options.boolean('credentials', false);
  const enforce = options.boolean('enforce', false);
  const recorded = {
    methods: readList(options, 'methods'),
    allowedHeaders: readList(options, 'allowedHeaders'),
    exposedHeaders: readList(options, 'exposedHeaders'),
    maxAge: wholeNumber(options, 'maxAge', undefined, 0, Number.MAX_SAFE_INTEGER),
    credentials,
  };
  const policy = {
    enforce,
    preflightContinue: options.boolean('preflightContinue', false),
    optionsSuccessStatus: wholeNumber(options, 'optionsSuccessStatus', 204, 200, 299),
    ...readOrigin(options, credentials, enforce),
    ...recordHeaders(recorded),
  };
  options.done();
  return policy;
}

/**
 * @template {number | undefined} T
 * @param {OptionReader} options @param {string} name @param {T} fallback @param {number} min @param {number} max
 * @returns {number | T}
 */
function wholeNumber(options, name, fallback, min, max) {
  const value = options.raw(name);
  if (value === undefined) return fallback;
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw options.wrong(name, `a whole number from ${min} to ${max}`);
}

/** @param {OptionReader} options @param {string} name @returns {string | string[] | undefined} */
function readList(options, name) {
  const value = options.raw(name);
  const list = Array.isArray(value) ? value : [value ?? ''];
  if (list.every((entry) => typeof entry === 'string')) return value;
  throw options.wrong(name, 'a string or an array of strings');
}

/** @param {OptionReader} options @param {boolean} credentials @param {boolean} enforce @returns {OriginPolicy} */
function readOrigin(options, credentials, enforce) {
  const mayReflectAny = options.boolean(DANGER, false);
  const refuse = (/** @type {string} */ reason) => options.wrong('origin', reason);
  const origin = options.has('origin') ? options.raw('origin') : '*';
  // An environment variable that is not set must not open the API to every site.
  if (origin === undefined || origin === null) {
    throw refuse('set: is the environment variable set? Write "*" if every site may read the responses');
  }
  if (origin === false) return {};
  if (origin === '*') {
    if (credentials) throw refuse('a list of origins if "credentials" is true, because browsers refuse "*" with it');
    return { varies: false, decide: () => '*' };
  }
  if (origin === true) {
    if (credentials && !mayReflectAny) {
      throw refuse(
        `a list of origins if "credentials" is true, or every site acts for the user; "${DANGER}" allows it`,
      );
    }
    return { varies: true, decide: (sent) => !credentials || sent !== 'null' };
  }
  if (typeof origin === 'function') return { varies: true, ask: askWith(origin, credentials) };
  // With credentials or enforce, pages of an allowed origin act for the user.
  return { varies: true, decide: compileOrigins(origin, refuse, { isStrict: credentials || enforce }) };
}

module.exports = { readPolicy };
