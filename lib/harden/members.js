// @ts-check
'use strict';

// Makes the members of harden() from its options. Each option is that member's options, true, false, or a middleware of the app.

const { cors, prepareCors } = require('../cors');
const { csrf, prepareCsrf, readTrustedOrigins } = require('../csrf');
const { prepareHeaders, securityHeaders } = require('../headers');
const { httpsOnly } = require('../https');
const { guard, json, prepareInput, urlencoded } = require('../input');
const { checkGiven } = require('../support/options/given');
const { rateLimit } = require('../rate-limit');

const FACTORIES = new Set([cors, csrf, guard, httpsOnly, json, rateLimit, securityHeaders, urlencoded]);

/** @typedef {InstanceType<typeof import('../support/options').Options>} OptionReader */
/** @typedef {import('./compose').Middleware} Middleware */
/** @typedef {import('../csrf').OriginTest} OriginTest */
/** @typedef {Record<string, unknown>} Given */

/**
 * @template [T=Middleware]
 * @param {OptionReader} options
 * @param {string} name
 * @param {boolean} byDefault
 * @param {(own: Given | undefined) => T} create gets undefined for `true`
 * @returns {T | Middleware | undefined} a middleware of the app as it is
 */
function pick(options, name, byDefault, create) {
  const given = options.raw(name, { defined: true });
  if (given === null) throw options.wrong(name, 'options, true, false or a middleware');
  const value = given ?? byDefault;
  if (value === false) return undefined;
  if (typeof value === 'function') return called(options, name, value);
  if (value === true) return create(undefined);
  if (typeof value !== 'object' || Array.isArray(value))
    throw options.wrong(name, 'options, true, false or a middleware');
  // Refuses instances of a class: merging them with a preset would lose inherited options.
  checkGiven('HARDEN', `harden ${name}`, value);
  return create(value);
}

/** A function of this package in place of what it returns would fail each request. @param {OptionReader} options @param {string} name @param {any} value */
function called(options, name, value) {
  if (!FACTORIES.has(value)) return value;
  throw options.refuse(
    `option "${name}" is ${value.name} itself; write ${name}: true, or ${name}: { ... } with its options`,
  );
}

/** @param {OptionReader} options @param {object} preset */
function pickHeaders(options, preset) {
  const picked = pick(options, 'headers', true, (own) => prepareHeaders({ ...preset, ...own }));
  if (typeof picked === 'function') return { replay: undefined, step: picked };
  return { replay: picked?.replay, step: picked?.perRequest };
}

/**
 * The checks of where a request comes from. One judge decides: where CORS names origins, it runs inside of cors, because
 * only cors knows whether an origin is allowed; otherwise it is a separate step.
 * @param {OptionReader} options @param {boolean} csrfByDefault
 * @returns {{ isTrusted: OriginTest | undefined, cors: Middleware | undefined, csrf: Middleware | undefined }}
 */
function pickSourceChecks(options, csrfByDefault) {
  const isTrusted = readTrustedOrigins(options);
  const trusted = options.raw('trustedOrigins');
  const isWaived = options.raw('csrf') === false;
  let check = /** @type {ReturnType<typeof prepareCsrf> | undefined} */ (undefined);
  const csrf = pick(options, 'csrf', csrfByDefault, (own) => {
    const prepared = prepareCsrf(own, 'harden csrf');
    check = prepared;
    return (req, _res, next) => next(prepared.refuse(req));
  });
  let isMerged = false;
  const cors = pick(options, 'cors', false, (given) => {
    const own = trusted === undefined ? given : { origin: trusted, ...given };
    if (!namesOrigins(own)) return prepareCors(own);
    isMerged = check !== undefined;
    return prepareCors({ enforce: !isWaived, ...own, ...(isMerged && { enforce: true }) }, check?.refuse);
  });
  return { isTrusted: either(isTrusted, check?.isTrusted), cors, csrf: isMerged ? undefined : csrf };
}

/** Whether a CORS policy names origins: only then can one be refused. @param {Given | undefined} own */
function namesOrigins(own) {
  return own?.origin !== undefined && own.origin !== '*' && own.origin !== true && own.origin !== false;
}

/** @param {OriginTest | undefined} one @param {OriginTest | undefined} other @returns {OriginTest | undefined} */
function either(one, other) {
  if (one === undefined || other === undefined) return one ?? other;
  return (origin) => one(origin) || other(origin);
}

/**
 * A refusal goes to the error handler like those of all other members, so that its `onError` sees a 429 too, unless the
 * options say how to respond.
 * @param {OptionReader} options @param {{ windowMs: number, limit: number }} preset
 */
function pickRateLimit(options, preset) {
  return pick(options, 'rateLimit', true, (own) => {
    const given = limitOptions(preset, own);
    const answers = ['handler', 'message', 'statusCode'].some((name) => given[name] !== undefined);
    return rateLimit({ refuse: answers ? 'respond' : 'next', ...given });
  });
}

/** @param {OptionReader} options */
function pickInput(options) {
  return pick(options, 'input', true, (own) => prepareInput(own, 'harden input'));
}

/** The app's options over the preset's; `max` is the older name of `limit`, so a given `max` replaces the preset's limit. */
function limitOptions(/** @type {{ windowMs: number, limit: number }} */ preset, /** @type {Given | undefined} */ own) {
  return /** @type {Given} */ (own?.max === undefined ? { ...preset, ...own } : { windowMs: preset.windowMs, ...own });
}

module.exports = { limitOptions, pick, pickHeaders, pickInput, pickRateLimit, pickSourceChecks };
