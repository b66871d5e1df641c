// @ts-check
'use strict';

// Security headers. helmet knows their names, values and rules; it runs once, at set-up, against a response that records,
// and each request gets the record replayed. A CSP with a function in a directive (a nonce) is the slow path: that one
// header is computed per request, by helmet's own middleware.

const { validateHeaderValue } = require('node:http');
const helmet = /** @type {any} */ (require('helmet'));

const { misuse } = require('./errors');
const { Options } = require('./options');
const { createReplay } = require('./replay');

/**
 * helmet's options: other names they go by, and the settings inside. `[]`: true or false only.
 * @type {Record<string, { alias?: string, settings: string[] }>}
 */
const HELMET_OPTIONS = {
  contentSecurityPolicy: { settings: ['useDefaults', 'directives', 'reportOnly'] },
  crossOriginEmbedderPolicy: { settings: ['policy'] },
  crossOriginOpenerPolicy: { settings: ['policy'] },
  crossOriginResourcePolicy: { settings: ['policy'] },
  originAgentCluster: { settings: [] },
  referrerPolicy: { settings: ['policy'] },
  strictTransportSecurity: { alias: 'hsts', settings: ['maxAge', 'includeSubDomains', 'preload'] },
  xContentTypeOptions: { alias: 'noSniff', settings: [] },
  xDnsPrefetchControl: { alias: 'dnsPrefetchControl', settings: ['allow'] },
  xDownloadOptions: { alias: 'ieNoOpen', settings: [] },
  xFrameOptions: { alias: 'frameguard', settings: ['action'] },
  xPermittedCrossDomainPolicies: { alias: 'permittedCrossDomainPolicies', settings: ['permittedPolicies'] },
  xPoweredBy: { alias: 'hidePoweredBy', settings: [] },
  xXssProtection: { alias: 'xssFilter', settings: [] },
};

/**
 * web: helmet's defaults, byte for byte. api: the OWASP REST Security Cheat Sheet's list; the headers that only matter to
 * a rendered page are left out.
 */
const PRESETS = {
  web: { helmet: {}, cacheControl: false },
  api: {
    helmet: {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
      },
      crossOriginOpenerPolicy: false,
      crossOriginResourcePolicy: false,
      originAgentCluster: false,
      xDnsPrefetchControl: false,
      xDownloadOptions: false,
      xFrameOptions: { action: 'deny' },
      xPermittedCrossDomainPolicies: false,
      xXssProtection: false,
    },
    cacheControl: 'no-store',
  },
};

/** @param {unknown} [given] */
function securityHeaders(given) {
  const { replay, perRequest } = prepareHeaders(given);
  if (!perRequest) {
    return function securityHeaders(/** @type {any} */ _req, /** @type {any} */ res, /** @type {any} */ next) {
      replay(res);
      next();
    };
  }
  return function securityHeaders(/** @type {any} */ req, /** @type {any} */ res, /** @type {any} */ next) {
    replay(res);
    perRequest(req, res, next);
  };
}

/** What a request needs: the replay, and helmet's CSP middleware where the policy has functions. @param {unknown} given */
function prepareHeaders(given) {
  const { policy, extra } = readOptions(given);
  const { contentSecurityPolicy: csp } = policy;
  const dynamic = hasFunctions(csp);
  const { headers, removed } = guarded(() => record(helmet(dynamic ? { ...policy, contentSecurityPolicy: false } : policy)));
  headers.push(...extra);
  guarded(() => headers.forEach(([name, value]) => validateHeaderValue(name, value)));
  return {
    replay: createReplay(headers, { removePoweredBy: removed.includes('X-Powered-By') }),
    perRequest: dynamic ? guarded(() => helmet.contentSecurityPolicy(csp)) : undefined,
  };
}

/** @param {unknown} given */
function readOptions(given) {
  const options = new Options('HEADERS', 'securityHeaders', given);
  const preset = PRESETS[options.oneOf('preset', 'web', /** @type {const} */ (['web', 'api']))];
  /** @type {Record<string, any>} */
  const policy = { ...preset.helmet };
  for (const [name, { alias, settings }] of Object.entries(HELMET_OPTIONS)) {
    for (const spelling of alias ? [name, alias] : [name]) {
      const value = options.raw(spelling);
      if (value === undefined) continue;
      checkSettings(options, spelling, value, settings);
      policy[name] = value;
    }
    if (alias && options.raw(name) !== undefined && options.raw(alias) !== undefined) {
      throw options.wrong(alias, `left out, as "${name}" is given and means the same`);
    }
  }
  const extra = [
    ['Cache-Control', textOrFalse(options, 'cacheControl', preset.cacheControl)],
    ['Permissions-Policy', textOrFalse(options, 'permissionsPolicy', false)],
  ];
  options.done();
  return { policy, extra: /** @type {Array<[string, string]>} */ (extra.filter(([, value]) => value !== false)) };
}

/** helmet takes `frameguard: 'deny'` and misspelt settings for its defaults; here they are refused. */
function checkSettings(
  /** @type {Options} */ options,
  /** @type {string} */ name,
  /** @type {any} */ value,
  /** @type {string[]} */ settings,
) {
  if (typeof value === 'boolean') return;
  if (settings.length === 0) throw options.wrong(name, 'true or false');
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw options.wrong(name, `true, false or an object with ${settings.join(', ')}`);
  }
  const stranger = Object.keys(value).find((setting) => !settings.includes(setting));
  if (stranger !== undefined) {
    throw misuse(
      'ERR_HEADERS_OPTION',
      `securityHeaders: option "${name}" has no setting "${stranger}"; known are: ${settings.join(', ')}`,
    );
  }
}

/** @param {Options} options @param {string} name @param {string | false} fallback */
function textOrFalse(options, name, fallback) {
  return options.raw(name) === false ? false : options.string(name, fallback === false ? undefined : fallback) ?? false;
}

/** Whether a request decides a part of the policy. Iterables that helmet must walk anew count as such. @param {any} csp */
function hasFunctions(csp) {
  const directives = Object.values(csp?.directives ?? {});
  return directives.some((value) => {
    if (value === null || typeof value !== 'object') return false;
    return !(Array.isArray(value) || value instanceof Set) || [...value].some((part) => typeof part !== 'string');
  });
}

/** @param {(req: any, res: any, next: (error?: unknown) => void) => void} middleware */
function record(middleware) {
  const headers = /** @type {Array<[string, string]>} */ ([]);
  const removed = /** @type {string[]} */ ([]);
  const res = {
    setHeader: (/** @type {string} */ name, /** @type {string} */ value) => headers.push([name, value]),
    removeHeader: (/** @type {string} */ name) => removed.push(name),
  };
  middleware({}, res, (error) => {
    if (error) throw error;
  });
  return { headers, removed };
}

/** @template T @param {() => T} work @returns {T} */
function guarded(work) {
  try {
    return work();
  } catch (/** @type {any} */ error) {
    throw misuse('ERR_HEADERS_OPTION', `securityHeaders: ${error.message}`);
  }
}

module.exports = { prepareHeaders, securityHeaders };
