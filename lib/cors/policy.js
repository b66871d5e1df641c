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
    methods: readNames(options, 'methods'),
    allowedHeaders: readNames(options, 'allowedHeaders'),
    exposedHeaders: readNames(options, 'exposedHeaders'),
    maxAge: options.integer('maxAge', undefined),
    credentials,
  };
  const policy = {
    enforce,
    preflightContinue: options.boolean('preflightContinue', false),
    optionsSuccessStatus: options.integer('optionsSuccessStatus', 204, { min: 200, max: 299 }),
    ...readOrigin(options, credentials, enforce),
    ...recordHeaders(recorded),
  };
  options.done();
  return policy;
}

// Empty lists are passed to the cors package, and so is a string with commas: it handles both.
/** @type {import('../support/options/list').Kind<string>} */
const NAMES = { one: 'a string', many: 'strings', read: (entry) => (typeof entry === 'string' ? entry : undefined) };

/** @param {OptionReader} options @param {string} name @returns {string | string[] | undefined} */
function readNames(options, name) {
  const list = options.list(name, { of: NAMES, single: true, min: 0 });
  return Array.isArray(options.raw(name)) ? list : list?.[0];
}

/** @param {OptionReader} options @param {boolean} credentials @param {boolean} enforce @returns {OriginPolicy} */
function readOrigin(options, credentials, enforce) {
  const mayReflectAny = options.boolean(DANGER, false);
  const refuse = (/** @type {string} */ reason) => options.refuse(`option "origin" must be ${reason}`);
  const origin = options.has('origin') ? options.raw('origin') : '*';
  // An environment variable that is not set must not open the API to every site.
  if (origin === undefined || origin === null) {
    const cure = 'is the environment variable set? To let every site read the responses, write "*"';
    throw options.refuse(`\`origin\` is ${origin}: ${cure}`);
  }
  if (origin === false) return {};
  if (enforce && (origin === '*' || origin === true)) {
    throw refuse(
      'a list of origins if "enforce" is true: the allowed origins are trusted, so nothing would be refused',
    );
  }
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
