// @ts-check
'use strict';

// The tagged template `html`. A template is read once, at its first use: every placeholder gets a writer for its place, and
// a place where escaping is not enough is an error. Later uses only write.

const { misuse } = require('../../support/errors');
const { SafeHtml } = require('../../support/safe-html');
const { show } = require('../../support/options/given');
const { checkText } = require('../text');
const { planOf } = require('./plan');

/** @typedef {import('./plan').Plan} Plan */

/** One plan per template in the source: the engine passes the same array for each of its uses. @type {WeakMap<object, Plan>} */
const PLANS = new WeakMap();

/**
 * @param {TemplateStringsArray} strings
 * @param {...unknown} values
 * @returns {InstanceType<typeof SafeHtml>}
 */
function html(strings, ...values) {
  const { chunks, writers } = PLANS.get(strings) ?? prepare(strings, values.length);
  let text = String(chunks[0]);
  for (let at = 0; at < writers.length; at++) text += writers[at]?.(values) + String(chunks[at + 1]);
  return new SafeHtml(text);
}

/** @param {TemplateStringsArray} strings @param {number} count of the values */
function prepare(strings, count) {
  // A list from a request has no `raw`, so a call with a value of a client in place of a template is refused.
  const isTemplate = Array.isArray(strings) && Array.isArray(strings.raw) && strings.length === count + 1;
  if (!isTemplate) {
    throw misuse('ERR_ESCAPE_TEMPLATE', `html: write html\`...\` with a template, not a call with ${show(strings)}`);
  }
  const plan = planOf(strings);
  PLANS.set(strings, plan);
  return plan;
}

/**
 * Marks markup of the app itself as trusted.
 * @param {string} text
 * @returns {InstanceType<typeof SafeHtml>}
 */
function dangerouslyTrustHtml(text) {
  checkText('dangerouslyTrustHtml', text);
  return new SafeHtml(text);
}

module.exports = { dangerouslyTrustHtml, html };
