// @ts-check
'use strict';

// The header fields of a limiter, as express-rate-limit writes them. Their constant parts are prepared once.
//   draft-6: RateLimit-Policy: 5;w=60   RateLimit-Limit: 5   RateLimit-Remaining: 4   RateLimit-Reset: 60
//   draft-7: RateLimit-Policy: 5;w=60   RateLimit: limit=5, remaining=4, reset=60
//   draft-8: RateLimit-Policy: "5-in-1min"; q=5; w=60   RateLimit: "5-in-1min"; r=4; t=60
// draft-8's optional partition key is omitted: from a plain hash of the client's key, anyone could confirm a guess of it.

const { misuse } = require('../support/errors');

const DRAFTS = /** @type {const} */ (['draft-6', 'draft-7', 'draft-8']);

/** Milliseconds to whole seconds, never earlier than the real instant. @param {number} ms */
const seconds = (ms) => Math.ceil(ms / 1000);

/**
 * A name as a structured-field string (RFC 9651 section 3.3.3): printable ASCII, quoted.
 * @param {unknown} name
 */
function quote(name) {
  if (typeof name !== 'string' || !/^[\x20-\x7e]+$/.test(name)) {
    throw misuse(
      'ERR_RATE_LIMIT_OPTION',
      'rateLimit: option "identifier" must be a non-empty string of printable ASCII characters',
    );
  }
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/** `5-in-1min`, as express-rate-limit names a policy. @param {number} limit @param {number} windowMs */
function defaultName(limit, windowMs) {
  const [sec, min, hours, days] = [1e3, 6e4, 36e5, 864e5].map((unit) => windowMs / unit);
  if (sec < 60) return `${limit}-in-${sec}sec`;
  if (min < 60) return `${limit}-in-${min}min`;
  if (hours < 24) return `${limit}-in-${hours}hr${hours > 1 ? 's' : ''}`;
  return `${limit}-in-${days}day${days > 1 ? 's' : ''}`;
}

/** The constant text of draft-8 for one limit. */
class Policy {
  /** @param {number} limit @param {number} windowMs @param {unknown} name */
  constructor(limit, windowMs, name) {
    const quoted = quote(name);
    this.limit = limit;
    this.head = `${quoted}; r=`;
    this.text = `${quoted}; q=${limit}; w=${seconds(windowMs)}`;
  }
}

/** @typedef {import('./plan').Request} Request */
/** @typedef {import('./plan').Response} Response */
/** @typedef {InstanceType<typeof import('./info').RateLimitInfo>} RateLimitInfo */
/** @typedef {(req: Request, res: Response, info: RateLimitInfo) => void} Writer */
/** @typedef {string | ((req: Request, res: Response) => unknown) | undefined} Identifier */

/** Another limiter of the same request may have written its fields before: both are kept. */
function append(/** @type {Response} */ res, /** @type {string} */ name, /** @type {string} */ value) {
  const before = res.getHeader(name);
  res.setHeader(name, before === undefined ? value : [before, value].flat().map(String));
}

/** @param {Response} res @param {RateLimitInfo} info @param {Policy} policy */
function setDraft8(res, info, policy) {
  append(res, 'RateLimit', `${policy.head}${info.remaining}; t=${seconds(info.resetMs)}`);
  append(res, 'RateLimit-Policy', policy.text);
}

/** @param {Response} res @param {RateLimitInfo} info @param {string} window as in the policy */
function setDraft7(res, info, window) {
  res.setHeader('RateLimit-Policy', `${info.limit}${window}`);
  res.setHeader('RateLimit', `limit=${info.limit}, remaining=${info.remaining}, reset=${seconds(info.resetMs)}`);
}

/** @param {Response} res @param {RateLimitInfo} info @param {string} window as in the policy */
function setDraft6(res, info, window) {
  res.setHeader('RateLimit-Policy', `${info.limit}${window}`);
  res.setHeader('RateLimit-Limit', String(info.limit));
  res.setHeader('RateLimit-Remaining', String(info.remaining));
  res.setHeader('RateLimit-Reset', String(seconds(info.resetMs)));
}

/** `X-RateLimit-Reset` is a date, so the server's date is sent with it. @param {Response} res @param {RateLimitInfo} info */
function setLegacy(res, info) {
  res.setHeader('X-RateLimit-Limit', String(info.limit));
  res.setHeader('X-RateLimit-Remaining', String(info.remaining));
  res.setHeader('Date', new Date().toUTCString());
  res.setHeader('X-RateLimit-Reset', String(seconds(info.resetTime.getTime())));
}

/**
 * Returns the draft-8 policy of a request.
 * @param {Identifier} identifier @param {number} windowMs @param {number | undefined} limit undefined where it varies
 * @returns {(req: Request, res: Response, limit: number) => Policy}
 */
function policies(identifier, windowMs, limit) {
  if (typeof identifier === 'function') {
    return (req, res, current) => new Policy(current, windowMs, identifier(req, res));
  }
  const policyFor = (/** @type {number} */ current) =>
    new Policy(current, windowMs, identifier ?? defaultName(current, windowMs));
  const prepared = policyFor(limit ?? 0);
  return limit === undefined ? (_req, _res, current) => policyFor(current) : () => prepared;
}

/**
 * Returns the function that writes the header fields of one limiter.
 * @param {{ standardHeaders: string | false, legacyHeaders: boolean, identifier: Identifier, windowMs: number,
 *   limit: number | undefined }} terms
 * @returns {Writer}
 */
function headerWriter({ standardHeaders, legacyHeaders, identifier, windowMs, limit }) {
  const policyOf = policies(identifier, windowMs, limit);
  const window = `;w=${seconds(windowMs)}`;
  /** @type {Record<string, Writer>} */
  const writers = {
    'draft-6': (_req, res, info) => setDraft6(res, info, window),
    'draft-7': (_req, res, info) => setDraft7(res, info, window),
    'draft-8': (req, res, info) => setDraft8(res, info, policyOf(req, res, info.limit)),
  };
  const writeStandard = standardHeaders === false ? undefined : writers[standardHeaders];
  return function writeHeaders(req, res, info) {
    if (res.headersSent) return;
    if (legacyHeaders) setLegacy(res, info);
    if (writeStandard !== undefined) writeStandard(req, res, info);
  };
}

/**
 * Reads which header fields a limiter writes.
 * @param {InstanceType<typeof import('../support/options').Options>} options
 * @param {{ windowMs: number, limit: number | undefined }} terms
 */
function readHeaders(options, terms) {
  const standard = options.raw('standardHeaders') ?? 'draft-8';
  const standardHeaders = standard === true ? 'draft-6' : standard;
  if (standardHeaders !== false && !DRAFTS.includes(standardHeaders)) {
    throw options.unfit('standardHeaders', `true, false or one of ${DRAFTS.map((draft) => `"${draft}"`).join(', ')}`);
  }
  const identifier = options.raw('identifier');
  if (identifier !== undefined && typeof identifier !== 'string' && typeof identifier !== 'function') {
    throw options.wrong('identifier', 'a string or a function');
  }
  const resolved = { standardHeaders, identifier, legacyHeaders: options.boolean('legacyHeaders', false) };
  return { resolved, write: headerWriter({ ...resolved, ...terms }) };
}

module.exports = { readHeaders, seconds };
