// @ts-check
'use strict';

// Reads the options of cors() at set-up: who is allowed, and the headers that do not depend on the request.

const { validateHeaderValue } = require('node:http');
const recordedCors = /** @type {any} */ (require('cors'));

const { misuse } = require('../support/errors');
const { Options } = require('../support/options');
const { askWith, compileOrigins } = require('../support/origins');

/** @typedef {InstanceType<typeof Options>} OptionReader */

const RECORDED_ORIGIN = 'https://recorded.invalid';
const DANGER = 'dangerouslyAllowAnyOriginWithCredentials';

/** @param {unknown} given @returns {any} */
function readPolicy(given) {
  const options = new Options('CORS', 'cors', given);
  const credentials = options.boolean('credentials', false);
  const reflectAny = options.boolean(DANGER, false);
  const recorded = {
    methods: options.raw('methods'),
    allowedHeaders: options.raw('allowedHeaders'),
    exposedHeaders: options.raw('exposedHeaders'),
    maxAge: wholeNumber(options, 'maxAge', undefined, 0, Number.MAX_SAFE_INTEGER),
    credentials,
  };
  for (const name of ['methods', 'allowedHeaders', 'exposedHeaders']) checkList(options, name);
  const policy = {
    enforce: options.boolean('enforce', false),
    preflightContinue: options.boolean('preflightContinue', false),
    optionsSuccessStatus: wholeNumber(options, 'optionsSuccessStatus', 204, 200, 299),
    ...readOrigin(options, credentials, reflectAny),
    ...recordHeaders(recorded),
  };
  options.done();
  return policy;
}

/** @param {OptionReader} options @param {string} name @param {number | undefined} fallback @param {number} min @param {number} max */
function wholeNumber(options, name, fallback, min, max) {
  const value = options.raw(name);
  if (value === undefined) return fallback;
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw options.wrong(name, `a whole number from ${min} to ${max}`);
}

/** @param {OptionReader} options @param {string} name */
function checkList(options, name) {
  const value = options.raw(name);
  const list = Array.isArray(value) ? value : [value ?? ''];
  if (list.every((entry) => typeof entry === 'string')) return;
  throw options.wrong(name, 'a string or an array of strings');
}

/** @param {OptionReader} options @param {boolean} credentials @param {boolean} reflectAny */
function readOrigin(options, credentials, reflectAny) {
  const refuse = (/** @type {string} */ reason) => misuse('ERR_CORS_OPTION', `cors: option "origin" must be ${reason}`);
  const origin = options.has('origin') ? options.raw('origin') : '*';
  // An environment variable that is not set must not open the API to every site.
  if (origin === undefined || origin === null) {
    throw refuse(
      `named, not ${origin} (an environment variable that is not set?); write "*" if every site may read the answers`,
    );
  }
  if (origin === false) return { disabled: true };
  if (origin === '*') {
    if (credentials) throw refuse('a list of origins when "credentials" is true: browsers refuse "*" with credentials');
    return { varies: false, decide: () => '*' };
  }
  if (origin === true) {
    if (credentials && !reflectAny) {
      throw refuse(
        `a list of origins when "credentials" is true, or every site acts as the user; "${DANGER}" allows it`,
      );
    }
    return { varies: true, decide: (/** @type {unknown} */ sent) => !credentials || sent !== 'null' };
  }
  if (typeof origin === 'function') return { varies: true, ask: askWith(origin, credentials) };
  return { varies: true, decide: compileOrigins(origin, refuse) };
}

/** What the cors package says of these options, without the parts that follow the request. @param {Record<string, any>} options */
function recordHeaders(options) {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const middleware = recordedCors({ ...given, origin: [RECORDED_ORIGIN] });
  const record = (/** @type {string} */ method) => {
    const headers = /** @type {Map<string, string>} */ (new Map());
    const res = {
      setHeader: (/** @type {string} */ name, /** @type {string} */ value) => headers.set(name, value),
      getHeader: (/** @type {string} */ name) => headers.get(name),
      end() {},
    };
    middleware({ method, headers: { origin: RECORDED_ORIGIN } }, res, () => {});
    return headers;
  };
  const preflight = record('OPTIONS');
  try {
    return {
      reflectsHeaders: /request-headers/i.test(preflight.get('Vary') ?? ''),
      preflightHeaders: fixed(preflight),
      actualHeaders: fixed(record('GET')),
    };
  } catch (/** @type {any} */ error) {
    throw misuse('ERR_CORS_OPTION', `cors: ${error.message}`);
  }
}

/** @param {Map<string, string>} headers */
function fixed(headers) {
  const entries = [...headers].filter(
    ([name]) => !['Access-Control-Allow-Origin', 'Vary', 'Content-Length'].includes(name),
  );
  for (const [name, value] of entries) validateHeaderValue(name, value);
  return entries;
}

module.exports = { readPolicy };
