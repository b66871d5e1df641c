// @ts-check
'use strict';

// Reads the options of securityHeaders() at set-up: a preset, changed by helmet's own options. helmet ignores some names that
// it does not know; here a misspelling is refused, because a default would silently take the place of the app's policy.

const { Options } = require('../support/options');
const { unknownOption } = require('../support/options/names');

/** @typedef {InstanceType<typeof Options>} OptionReader */

/**
 * helmet's options: their older names, and the settings that each accepts. `[]`: true or false only.
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
 * web: helmet's defaults, byte for byte. api: the list of the OWASP REST Security Cheat Sheet, without headers that
 * only matter to rendered pages.
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
      throw options.conflict(alias, `cannot be combined with "${name}": they are the same option`);
    }
  }
  const extra = [
    ['Cache-Control', textOrFalse(options, 'cacheControl', preset.cacheControl)],
    ['Permissions-Policy', textOrFalse(options, 'permissionsPolicy', false)],
  ];
  options.done();
  return { policy, extra: /** @type {Array<[string, string]>} */ (extra.filter(([, value]) => value !== false)) };
}

/** helmet uses its defaults for `frameguard: 'deny'` and misspelt settings; here they are refused. */
function checkSettings(
  /** @type {OptionReader} */ options,
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
    throw options.refuse(unknownOption(stranger, settings, `${name}.`, undefined));
  }
}

/** @param {OptionReader} options @param {string} name @param {any} fallback */
function textOrFalse(options, name, fallback) {
  return options.raw(name) === false
    ? false
    : (options.string(name, fallback === false ? undefined : fallback) ?? false);
}

module.exports = { readOptions };
