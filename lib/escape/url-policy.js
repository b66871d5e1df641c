// @ts-check
'use strict';

// The options of safeUrl.

const { Options } = require('../support/options');

/**
 * @typedef {object} UrlPolicy
 * @property {ReadonlySet<string>} schemes in lower case, with the colon
 * @property {boolean} relative whether a URL may have no scheme
 * @property {boolean} protocolRelative whether a URL may start with two slashes
 * @property {string} fallback
 */

/** Opens a page that cannot be found; browsers reserve it. */
const FALLBACK = 'about:invalid';
const SCHEMES = ['http', 'https', 'mailto', 'tel'];
// Browsers run these, or show content of the sender's choice under them.
const RUN = ['javascript', 'vbscript', 'livescript', 'mocha', 'data', 'blob', 'filesystem', 'view-source', 'jar'];

/** @type {import('../support/options/list').Kind<string>} */
const SCHEME = {
  one: `a scheme such as "https", without a colon; ${RUN.join(', ')} are never allowed`,
  many: 'schemes such as "https", without a colon',
  isText: true,
  read: (entry) =>
    typeof entry === 'string' && /^[a-z][a-z0-9+.-]*$/.test(entry) && !RUN.includes(entry) ? entry : undefined,
};

/** @param {readonly string[]} schemes @returns {ReadonlySet<string>} */
const withColons = (schemes) => new Set(schemes.map((scheme) => `${scheme}:`));

/** @type {Readonly<UrlPolicy>} */
const DEFAULT_URL_POLICY = Object.freeze({
  schemes: withColons(SCHEMES),
  relative: true,
  protocolRelative: false,
  fallback: FALLBACK,
});

/** @param {unknown} given @param {(text: string, policy: UrlPolicy) => boolean} isSafe @returns {UrlPolicy} */
function readUrlPolicy(given, isSafe) {
  const options = new Options('ESCAPE', 'safeUrl', given);
  const schemes = options.list('schemes', { of: SCHEME, min: 0, defined: true });
  const policy = {
    schemes: schemes === undefined ? DEFAULT_URL_POLICY.schemes : withColons(schemes),
    relative: options.boolean('relative', true),
    protocolRelative: options.boolean('protocolRelative', false),
    fallback: FALLBACK,
  };
  const fallback = options.raw('fallback', { defined: true });
  options.done();
  if (fallback === undefined || fallback === FALLBACK) return policy;
  // It is meant to be a constant of the app; a value of a client must not come in this way.
  const isFit = typeof fallback === 'string' && isSafe(fallback, { ...policy, relative: true });
  if (!isFit) throw options.unfit('fallback', 'a URL that these options allow, or a path');
  return { ...policy, fallback };
}

module.exports = { DEFAULT_URL_POLICY, RUN, readUrlPolicy, withColons };
