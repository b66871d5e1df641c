// @ts-check
'use strict';

// The same policy for the Sanitizer API of browsers, so that a preview in the page shows what the server will keep.

const { misuse } = require('../support/errors');

/** @typedef {import('./policy').Policy} Policy */

const HTML = 'http://www.w3.org/1999/xhtml';
/** Unknown tags are removed with their content there; of these it keeps the content, as the server does. */
const UNWRAPPED =
  'a abbr acronym address article aside audio b bdi bdo big blockquote button caption center cite code col colgroup data dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup i ins kbd label legend li main map mark menu meter nav nobr ol optgroup option output p picture pre progress q rp rt ruby s samp search section select small span strike strong sub summary sup table tbody td textarea tfoot th thead time tr tt u ul var video'.split(
    ' ',
  );
/** What a SanitizerConfig cannot say, and would therefore let pass. */
const BEYOND = /** @type {const} */ (['values', 'classes', 'styles', 'rename', 'schemesByAttribute']);

/**
 * The SanitizerConfig of a policy, for `element.setHTML(html, { sanitizer })`.
 * @param {Policy} policy
 */
function toBrowser(policy) {
  const beyond = BEYOND.filter((name) => Object.keys(policy[name]).length > 0);
  if (policy.idPrefix !== '') beyond.push(/** @type {any} */ ('idPrefix'));
  if (policy.tags.includes('iframe')) beyond.push(/** @type {any} */ ('iframeHosts'));
  if (beyond.length > 0 || policy.disallowed === 'escape') {
    const what = beyond.length > 0 ? beyond.join(', ') : 'disallowed: "escape"';
    throw misuse(
      'ERR_HTML_OPTION',
      `toBrowser: a browser's Sanitizer has nothing like ${what}; use a policy without it`,
    );
  }
  return {
    elements: policy.tags.map((name) => element(name, policy.attributes[name] ?? [])),
    attributes: plain(policy.attributes['*'] ?? []).map((name) => ({ name, namespace: null })),
    ...(policy.disallowed === 'unwrap' && {
      replaceWithChildrenElements: UNWRAPPED.filter((name) => !policy.tags.includes(name)).map((name) => ({
        name,
        namespace: HTML,
      })),
    }),
    comments: false,
    dataAttributes: (policy.attributes['*'] ?? []).includes('data-*'),
  };
}

/** @param {string} name @param {readonly string[]} attributes */
function element(name, attributes) {
  return { name, namespace: HTML, attributes: plain(attributes).map((one) => ({ name: one, namespace: null })) };
}

/** @param {readonly string[]} names */
const plain = (names) => names.filter((name) => !name.endsWith('*'));

module.exports = { toBrowser };
