// @ts-check
'use strict';

// The options of a source of remote keys. types/jwt.d.ts gives their bounds and defaults with reasons.

const { BOUNDS } = require('../../support/bounds');
const { Options } = require('../../support/options');

/** @typedef {InstanceType<typeof Options>} OptionReader */
/** @typedef {ReturnType<typeof readJwksOptions>} Settings */

const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;
const DAY = 24 * HOUR;

/** Where plain HTTP stays inside the machine. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * How messages name the function and the option; `keyId`: of the only key at this address.
 * @typedef {{ area: string, owner: string, path: string, keyId?: string }} Origin
 */

/** @type {Origin} */
const CREATE_VERIFIER = { area: 'JWT', owner: 'createVerifier', path: 'jwks.' };

/** @param {unknown} given @param {Origin} [origin] */
function readJwksOptions(given, { area, owner, path, keyId } = CREATE_VERIFIER) {
  const read = new Options(area, owner, given, path);
  const settings = {
    url: readUrl(read),
    headers: readHeaders(read),
    prefetch: read.boolean('prefetch', true),
    freshForMs: read.integer('freshForMs', 10 * 60 * SECOND, { min: 30 * SECOND, max: DAY }),
    staleForMs: read.integer('staleForMs', DAY, { min: 0, max: 7 * DAY }),
    cooldownMs: read.integer('cooldownMs', 30 * SECOND, { min: SECOND, max: HOUR }),
    unknownKidForMs: read.integer('unknownKidForMs', 60 * SECOND, { min: 0, max: HOUR }),
    timeoutMs: read.integer('timeoutMs', 5 * SECOND, { min: 100, max: 60 * SECOND }),
    maxBytes: read.integer('maxBytes', 512 * 1024, { min: 1024, max: 16 * 1024 * 1024 }),
    maxKeys: read.integer('maxKeys', 100, BOUNDS.JWT.keys),
    keyId,
    fetch: read.function('fetch'),
    monotonic: readMonotonic(read),
  };
  read.done();
  return settings;
}

/**
 * The operator chooses the address, so a private one is as good as any. What must not be is a set of keys that somebody
 * on the way can replace.
 * @param {OptionReader} read @returns {URL}
 */
function readUrl(read) {
  const given = read.raw('url', { required: true });
  const url = typeof given === 'string' || given instanceof URL ? parseUrl(String(given)) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (url === undefined || !isSafe) {
    const refuse = url === undefined && typeof given !== 'string' ? 'wrong' : 'malformed';
    throw read[refuse]('url', 'an absolute https: URL (http: only for localhost, 127.0.0.1 and [::1])');
  }
  if (url.username !== '' || url.password !== '') {
    throw read.conflict('url', 'must not contain credentials: send them in `headers`');
  }
  if (/[/.]undefined(?=[/.:]|$)/.test(`${url.origin}${url.pathname}`)) {
    throw read.conflict('url', 'must not contain "undefined": is the environment variable set?');
  }
  url.hash = '';
  return url;
}

/** @param {string} text */
function parseUrl(text) {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** @param {OptionReader} read @returns {Readonly<Record<string, string>>} */
function readHeaders(read) {
  const standard = { accept: 'application/jwk-set+json, application/json' };
  const given = read.raw('headers');
  if (given === undefined) return standard;
  const isTexts = given !== null && typeof given === 'object' && Object.values(given).every(isText);
  try {
    if (isTexts && !Array.isArray(given)) return { ...standard, ...Object.fromEntries(new Headers(given)) };
  } catch {
    // The reason would quote the value, which may be a secret.
  }
  throw read.conflict('headers', 'must be an object of header names and string values, as HTTP allows them');
}

/** @param {unknown} value */
const isText = (value) => typeof value === 'string';

/** @param {OptionReader} read @returns {() => number} */
function readMonotonic(read) {
  const clock = read.function('monotonic') ?? (() => performance.now());
  if (Number.isFinite(clock())) return clock;
  throw read.conflict('monotonic', 'must return a finite number of milliseconds');
}

module.exports = { readJwksOptions };
