// @ts-check
'use strict';

// The prepared options of one rateLimit(), with express-rate-limit's names.

const { BOUNDS } = require('../support/bounds');
const { misuse } = require('../support/errors');
const { Options } = require('../support/options');
const { readCounter } = require('./counter');
const { readHeaders } = require('./headers');
const { readRefusal } = require('./refuse');

const { limit: LIMIT, windowMs: WINDOW_MS } = BOUNDS.RATE_LIMIT;

/** @typedef {InstanceType<typeof Options>} OptionReader */
/** @typedef {import('../support/options').Terms} Terms */

/**
 * @typedef {object} RequestShape the properties that are read; functions of the app get the whole request
 * @property {string} [ip] as Express sets it
 * @property {Record<string, string | string[] | undefined>} [headers]
 * @property {{ get?: (name: string) => unknown }} [app]
 * @property {{ destroyed?: boolean, server?: { address?: () => unknown } }} [socket]
 */
/** @typedef {RequestShape & Record<string, unknown>} Request */
/** @typedef {import('node:http').ServerResponse & { status(code: number): Response, send(body: unknown): Response }} Response */
/** @typedef {(error?: unknown) => void} Next */
/** @template T @typedef {T | PromiseLike<T>} Eventually */

/**
 * @typedef {object} Plan
 * @property {InstanceType<typeof import('./counter').Counter>} counter
 * @property {((req: Request, res: Response) => Eventually<number>) | undefined} limitOf set if the limit is a function
 * @property {((req: Request, res: Response) => Eventually<string>) | undefined} keyGenerator
 * @property {((req: Request, res: Response) => Eventually<boolean>) | undefined} skip
 * @property {string} requestPropertyName
 * @property {boolean} skipFailedRequests
 * @property {boolean} skipSuccessfulRequests
 * @property {(req: Request, res: Response) => Eventually<boolean>} requestWasSuccessful
 * @property {number} statusCode
 * @property {((req: Request, res: Response, next: Next, options: object) => unknown) | undefined} handler
 * @property {unknown} message
 * @property {object} problem the default body of a refusal
 * @property {boolean} passesOn whether a refusal is passed to next()
 * @property {object} told the options as `handler` and `message` see them, defaults included
 * @property {import('./headers').Writer} write
 * @property {boolean} proxySettingRead
 * @property {boolean} adviceGiven no further look at the proxy setting is needed
 */

/**
 * Reads the options of `rateLimit`.
 * @param {unknown} given
 * @returns {Plan}
 */
function readPlan(given) {
  const options = new Options('RATE_LIMIT', 'rateLimit', given);
  const { limit, limitOf } = readLimitOption(options);
  const windowMs = readWindowMs(options);
  const keys = readKeys(options);
  const makeCounter = readCounter(options, {
    addresses: keys.keyGenerator === undefined,
    limit,
    limitVaries: limitOf !== undefined,
    windowMs,
  });
  const headers = readHeaders(options, { windowMs, limit: limitOf ? undefined : limit });
  const refunds = readRefunds(options);
  const refusal = readRefusal(options);
  if (limitOf && options.raw('algorithm') === 'gcra') {
    throw options.conflict('algorithm', 'must be "fixed" if `limit` is a function');
  }
  options.done();
  const resolved = Object.freeze({ ...headers.resolved, ...keys, ...refunds, ...refusal.resolved });
  const told = Object.freeze({ ...Object(given), ...resolved, windowMs, limit: limitOf ?? limit });
  const { write } = headers;
  return {
    ...keys,
    ...refunds,
    ...refusal,
    limitOf,
    counter: makeCounter(),
    told,
    write,
    proxySettingRead: false,
    adviceGiven: false,
  };
}

/** @param {OptionReader} options */
function readKeys(options) {
  return {
    keyGenerator: /** @type {Plan['keyGenerator']} */ (options.function('keyGenerator')),
    skip: /** @type {Plan['skip']} */ (options.function('skip')),
    requestPropertyName: options.string('requestPropertyName', 'rateLimit'),
  };
}

/** @param {OptionReader} options */
function readRefunds(options) {
  return {
    skipFailedRequests: options.boolean('skipFailedRequests', false),
    skipSuccessfulRequests: options.boolean('skipSuccessfulRequests', false),
    requestWasSuccessful: /** @type {Plan['requestWasSuccessful']} */ (
      options.function('requestWasSuccessful') ?? wasSuccessful
    ),
  };
}

/** `max` is express-rate-limit's older name. @param {OptionReader} options */
function readLimitOption(options) {
  const name = options.raw('limit') === undefined && options.raw('max') !== undefined ? 'max' : 'limit';
  options.raw('max');
  if (typeof options.raw(name) !== 'function') return { limit: readLimit(options, name), limitOf: undefined };
  return { limit: LIMIT.max, limitOf: /** @type {Plan['limitOf']} */ (options.function(name)) };
}

/** @param {OptionReader} options @param {string} name @param {Terms} [terms] @returns {number} */
function readLimit(options, name, terms) {
  return options.integer(name, LIMIT.fallback, { ...LIMIT, ...terms });
}

/** @param {OptionReader} options @param {Terms} [terms] @returns {number} */
function readWindowMs(options, terms) {
  return options.integer('windowMs', WINDOW_MS.fallback, { ...WINDOW_MS, ...terms });
}

/** @param {unknown} _req @param {Response} res */
function wasSuccessful(_req, res) {
  return res.statusCode < 400;
}

/** A limit that a function returned for one request. @param {unknown} limit @returns {number} */
function checkedLimit(limit) {
  if (Number.isInteger(limit) && Number(limit) >= 0 && Number(limit) <= LIMIT.max) return Number(limit);
  throw misuse(
    'ERR_RATE_LIMIT_OPTION_RANGE',
    `rateLimit: the function "limit" must return a whole number from 0 to ${LIMIT.max}`,
  );
}

module.exports = { checkedLimit, readLimit, readPlan, readWindowMs };
