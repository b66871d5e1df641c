// @ts-check
'use strict';

// The header fields of a limiter, as express-rate-limit writes them; what never changes is prepared once.
//   draft-6: RateLimit-Policy: 5;w=60   RateLimit-Limit: 5   RateLimit-Remaining: 4   RateLimit-Reset: 60
//   draft-7: RateLimit-Policy: 5;w=60   RateLimit: limit=5, remaining=4, reset=60
//   draft-8: RateLimit-Policy: "5-in-1min"; q=5; w=60   RateLimit: "5-in-1min"; r=4; t=60
// draft-8's optional partition key is left out: a plain hash of the client's key lets anyone confirm a guess of it.

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
      'rateLimit: the identifier must be a string of printable ASCII that is not empty',
    );
  }
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/** `5-in-1min`, the name that express-rate-limit gives to a policy. @param {number} limit @param {number} windowMs */
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

/** Another limiter of the same request may have spoken already: both stay. */
function append(/** @type {any} */ res, /** @type {string} */ name, /** @type {string} */ value) {
  const before = res.getHeader(name);
  res.setHeader(name, before === undefined ? value : [].concat(before, /** @type {any} */ (value)));
}

/** @param {any} res @param {any} info @param {Policy} policy */
function setDraft8(res, info, policy) {
  append(res, 'RateLimit', `${policy.head}${info.remaining}; t=${seconds(info.resetMs)}`);
  append(res, 'RateLimit-Policy', policy.text);
}

/** @param {any} res @param {any} info @param {number} windowMs */
function setDraft7(res, info, windowMs) {
  res.setHeader('RateLimit-Policy', `${info.limit};w=${seconds(windowMs)}`);
  res.setHeader('RateLimit', `limit=${info.limit}, remaining=${info.remaining}, reset=${seconds(info.resetMs)}`);
}

/** @param {any} res @param {any} info @param {number} windowMs */
function setDraft6(res, info, windowMs) {
  res.setHeader('RateLimit-Policy', `${info.limit};w=${seconds(windowMs)}`);
  res.setHeader('RateLimit-Limit', String(info.limit));
  res.setHeader('RateLimit-Remaining', String(info.remaining));
  res.setHeader('RateLimit-Reset', String(seconds(info.resetMs)));
}

/** `X-RateLimit-Reset` is a date, so the server's own goes with it. @param {any} res @param {any} info */
function setLegacy(res, info) {
  res.setHeader('X-RateLimit-Limit', String(info.limit));
  res.setHeader('X-RateLimit-Remaining', String(info.remaining));
  res.setHeader('Date', new Date().toUTCString());
  res.setHeader('X-RateLimit-Reset', String(seconds(info.resetTime.getTime())));
}

/**
 * The function that writes the header fields of one limiter.
 * @param {{ standardHeaders: string | false, legacyHeaders: boolean, windowMs: number, limit: number | undefined,
 *   identifier: string | ((req: any, res: any) => string) | undefined }} plan `limit` is undefined where it varies
 * @returns {(req: any, res: any, info: any) => void}
 */
function headerWriter({ standardHeaders, legacyHeaders, windowMs, limit, identifier }) {
  const nameFor = (/** @type {number} */ current) =>
    typeof identifier === 'string' ? identifier : defaultName(current, windowMs);
  const fixed = typeof identifier !== 'function' && new Policy(limit ?? 0, windowMs, nameFor(limit ?? 0));
  const policyOf = (/** @type {any} */ req, /** @type {any} */ res, /** @type {number} */ current) => {
    if (fixed && limit !== undefined) return fixed;
    return new Policy(current, windowMs, typeof identifier === 'function' ? identifier(req, res) : nameFor(current));
  };
  return function writeHeaders(req, res, info) {
    if (res.headersSent) return;
    if (legacyHeaders) setLegacy(res, info);
    if (standardHeaders === 'draft-8') setDraft8(res, info, policyOf(req, res, info.limit));
    else if (standardHeaders === 'draft-7') setDraft7(res, info, windowMs);
    else if (standardHeaders === 'draft-6') setDraft6(res, info, windowMs);
  };
}

module.exports = { DRAFTS, headerWriter, seconds };
