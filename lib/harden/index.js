// @ts-check
'use strict';

// One Express layer that does what a stack of middlewares does, in this order:
//   requestId   so that every answer, refusals included, can be found in the logs
//   headers     so that every answer, refusals included, bears them
//   https       before anything is read from a request that came in the clear
//   cors        before the limiter: a browser must be able to read a 429
//   rateLimit   before the body: refused requests cost no parsing
//   input       last and most expensive
// Each option is that member's options, true or false, or a middleware of the user's.

const { cors } = require('../cors');
const { misuse } = require('../support/errors');
const { prepareHeaders } = require('../headers');
const { httpsOnly } = require('../https');
const { json } = require('../input');
const { Options } = require('../support/options');
const { rateLimit } = require('../rate-limit');
const { pickRequestId } = require('../support/request-id');

/** @typedef {InstanceType<typeof Options>} OptionReader */

/**
 * What a member does when its option is left out. https is off, because `npm start` on http://localhost must answer.
 * A limit counts per client address: an API client sends tens of requests a minute, a page asks for dozens of files.
 * @type {Record<'api' | 'web', Record<string, any>>}
 */
const PRESETS = {
  api: { headers: { preset: 'api' }, rateLimit: { windowMs: 60_000, limit: 100 } },
  web: { headers: { preset: 'web' }, rateLimit: { windowMs: 60_000, limit: 600 } },
};

/** @typedef {(req: any, res: any, next: (error?: unknown) => void) => any} Middleware */

/** @param {unknown} [given] @returns {Middleware} */
function harden(given) {
  const options = new Options('HARDEN', 'harden', given);
  if (given !== undefined && Object.hasOwn(/** @type {object} */ (given), 'csrf')) {
    throw misuse(
      'ERR_HARDEN_OPTION',
      'harden: option "csrf" is not offered yet; put a CSRF middleware of your own behind harden()',
    );
  }
  const preset = PRESETS[options.oneOf('preset', 'api', /** @type {const} */ (['api', 'web']))];
  const assignId = pickRequestId(options.raw('requestId') ?? true);
  const { replay, steps } = pickHeaders(options, preset.headers);
  const members = [
    ...steps,
    pick(options, 'https', false, undefined, httpsOnly),
    pick(options, 'cors', false, undefined, (/** @type {any} */ own) => cors({ enforce: restricts(own), ...own })),
    pick(options, 'rateLimit', true, undefined, (/** @type {any} */ own) =>
      rateLimit(limitOptions(preset.rateLimit, own)),
    ),
    pick(options, 'input', true, undefined, json),
  ];
  options.done();
  return compose(assignId, replay, /** @type {Middleware[]} */ (members.filter(Boolean)));
}

/**
 * @param {((req: any, res: any) => void) | undefined} assignId
 * @param {((res: any) => void) | undefined} replay
 * @param {readonly Middleware[]} members
 * @returns {Middleware}
 */
function compose(assignId, replay, members) {
  return function harden(req, res, next) {
    // The replay is fastest on a response without headers of its own: it goes before the id.
    if (replay) replay(res);
    if (assignId) assignId(req, res);
    run(members, req, res, next);
  };
}

/**
 * Runs members in turn: what a member throws, or rejects with, goes to next(), as Express 5 does; 'route' and 'router'
 * pass through like errors.
 * @param {readonly Middleware[]} members @param {any} req @param {any} res @param {(error?: unknown) => void} next
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
      const pending = member(req, res, step);
      if (pending !== undefined && typeof pending?.then === 'function') pending.then(undefined, fail);
    } catch (failure) {
      fail(failure);
    }
  }

  /** @param {unknown} failure */
  function fail(failure) {
    next(failure || new Error('A middleware of harden() failed without saying why'));
  }
}

/**
 * @param {OptionReader} options
 * @param {string} name
 * @param {boolean} byDefault
 * @param {object | undefined} presetOptions what the member's own options are laid over
 * @param {(options: any) => Middleware} create
 * @returns {Middleware | undefined}
 */
function pick(options, name, byDefault, presetOptions, create) {
  const value = options.written(name) ?? byDefault;
  if (value === false) return undefined;
  if (typeof value === 'function') return value;
  if (value === true) return create(presetOptions);
  if (typeof value !== 'object' || Array.isArray(value))
    throw options.wrong(name, 'options, true, false or a middleware');
  // Refuses options of a class: laid over a preset they would lose what they inherit.
  new Options('HARDEN', `harden ${name}`, value);
  return create(presetOptions ? { ...presetOptions, ...value } : value);
}

/** @param {OptionReader} options @param {object} presetOptions */
function pickHeaders(options, presetOptions) {
  const value = options.raw('headers');
  if (typeof value === 'function' || value === false) {
    return { replay: undefined, steps: [pick(options, 'headers', true, undefined, () => value)] };
  }
  let prepared = /** @type {ReturnType<typeof prepareHeaders> | undefined} */ (undefined);
  pick(options, 'headers', true, presetOptions, (own) => {
    prepared = prepareHeaders(own);
    return () => {};
  });
  return { replay: prepared?.replay, steps: [prepared?.perRequest] };
}

/** The preset under the user's options; `max` is the older name of `limit`, and the user's counts. */
function limitOptions(/** @type {any} */ preset, /** @type {any} */ own) {
  return own?.max === undefined ? { ...preset, ...own } : { windowMs: preset.windowMs, ...own };
}

/** Whether a CORS policy names origins: only then can one be refused. @param {any} own */
function restricts(own) {
  return own?.origin !== undefined && own.origin !== '*' && own.origin !== true && own.origin !== false;
}

module.exports = { harden, limitOptions };
