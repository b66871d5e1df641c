// @ts-check
'use strict';

const html = require('../../lib/escape');

/**
 * Converts any value to text first, as escape-html does: `null` becomes "null", and a symbol throws.
 * @param {any} value
 * @returns {string}
 */
function escapeHtml(value) {
  return html.escapeHtml(typeof value === 'string' ? value : toText(value));
}

/** What `'' + value` is: valueOf() comes before toString(), unlike in a template literal. @param {any} value */
function toText(value) {
  // biome-ignore lint/style/useTemplate: a template literal converts otherwise
  return '' + value;
}

module.exports = { escapeHtml };
