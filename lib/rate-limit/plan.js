// @ts-check
'use strict';

const { STATUS_CODES } = require('node:http');

const { misuse } = require('../support/errors');
const { Options } = require('../support/options');
const { MOST_LIMIT, readCore, readLimit, readWindowMs } = require('./core');
const { DRAFTS, headerWriter } = require('./headers');

/** @typedef {ReturnType<typeof readPlan>} Plan */

/**
 * Reads everything that `rateLimit` can be told, with express-rate-limit's names.
 * @param {unknown} given
 */
function readPlan(given) {
  const options = new Options('RATE_LIMIT', 'rateLimit', given);
  const keyGenerator = options.function('keyGenerator');
  const { limit, limitOf } = readLimitOption(options);
  const windowMs = readWindowMs(options);
  const makeCore = readCore(options, { addresses: !keyGenerator, limit, limitVaries: Boolean(limitOf), windowMs });
  const headers = readHeaders(options);
  const plan = {
    keyGenerator,
    limitOf,
    skip: options.function('skip'),
    skipFailedRequests: options.boolean('skipFailedRequests', false),
    skipSuccessfulRequests: options.boolean('skipSuccessfulRequests', false),
    requestWasSuccessful: options.function('requestWasSuccessful') ?? wasSuccessful,
    requestPropertyName: options.string('requestPropertyName', 'rateLimit'),
    statusCode: options.integer('statusCode', 429, { min: 400, max: 599 }),
    message: options.raw('message'),
    handler: options.function('handler'),
    writeHeaders: headerWriter({ ...headers, windowMs, limit: limitOf ? undefined : limit }),
    advising: !keyGenerator,
    settingRead: false,
  };
  if (limitOf && options.raw('algorithm') === 'gcra')
    throw options.conflict('algorithm', 'must be "fixed" if `limit` is a function');
  options.done();
  return { ...plan, core: makeCore(), problem: problem(plan.statusCode), told: Object.freeze({ ...Object(given) }) };
}

/** `max` is express-rate-limit's older name. @param {InstanceType<typeof Options>} options */
function readLimitOption(options) {
  const name = options.raw('limit') === undefined && options.raw('max') !== undefined ? 'max' : 'limit';
  options.raw('max');
  if (typeof options.raw(name) !== 'function') return { limit: readLimit(options, name), limitOf: undefined };
  return { limit: MOST_LIMIT, limitOf: options.function(name) };
}

/** @param {InstanceType<typeof Options>} options */
function readHeaders(options) {
  const standard = options.raw('standardHeaders') ?? 'draft-8';
  const standardHeaders = standard === true ? 'draft-6' : standard;
  if (standardHeaders !== false && !DRAFTS.includes(standardHeaders)) {
    throw options.wrong('standardHeaders', `true, false or one of ${DRAFTS.map((draft) => `"${draft}"`).join(', ')}`);
  }
  const identifier = options.raw('identifier');
  if (identifier !== undefined && typeof identifier !== 'string' && typeof identifier !== 'function') {
    throw options.wrong('identifier', 'a string or a function');
  }
  return { standardHeaders, identifier, legacyHeaders: options.boolean('legacyHeaders', false) };
}

/** @param {unknown} _req @param {{ statusCode: number }} res */
function wasSuccessful(_req, res) {
  return res.statusCode < 400;
}

/** The body of a refusal (RFC 9457). @param {number} status */
function problem(status) {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Too Many Requests',
    status,
    detail: 'Too many requests, please try again later.',
  };
}

/** A limit that a function answered for one request. @param {unknown} limit @returns {number} */
function checkedLimit(limit) {
  if (Number.isInteger(limit) && Number(limit) >= 0 && Number(limit) <= MOST_LIMIT) return Number(limit);
  throw misuse(
    'ERR_RATE_LIMIT_OPTION_RANGE',
    `rateLimit: the function "limit" must answer a whole number from 0 to ${MOST_LIMIT}`,
  );
}

module.exports = { checkedLimit, readPlan };
