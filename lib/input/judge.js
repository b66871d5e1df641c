// @ts-check
'use strict';

// Judges the parsed value of one source, and changes it where a mode says so.

const { callHook } = require('../support/hook');
const { CODES } = require('./keys');
const { pointerTo, pointerToName } = require('./pointer');
const { rejected } = require('./refusal');
const { Walk } = require('./walk');

/** @typedef {import('./rules').Rules} Rules */
/** @typedef {import('./refusal').Source} Source */
/** @typedef {import('./refusal').Refusal} Refusal */
/** @typedef {{ rule: string | undefined, code: string, action: string }} Told */

/** Most findings of one source of a request that are reported: a body may hold thousands. */
const MOST_REPORTS = 20;
const RULES = new Map(Object.entries(CODES).map(([rule, code]) => [code, rule]));

/**
 * Returns the error if the value is rejected. Whoever passes it on tells `onReport` of it.
 * @param {Rules} rules @param {import('./walk').Kind} kind @param {unknown} value @param {object} [req]
 */
const judge = (rules, kind, value, req) => inspect(rules, kind, value, req).rejection;

/** The same, and whether the value was changed. @param {Rules} rules @param {import('./walk').Kind} kind @param {unknown} value @param {object} [req] */
function inspect(rules, kind, value, req) {
  const tell = createTeller(rules, kind.source, req);
  const placeOf = kind.isForm ? pointerToName : pointerTo;
  const verdict = { rejection: /** @type {Refusal | undefined} */ (undefined), isChanged: false };
  const walk = new Walk(rules, kind, ({ segments, ...finding }) => {
    const place = () => placeOf(segments());
    if (finding.action === 'reject') verdict.rejection = rejected(finding.code, kind.source, place());
    else tell(finding, place);
    verdict.isChanged ||= finding.action !== 'report';
  });
  walk.run(value);
  return verdict;
}

/** @param {Rules} rules @param {Source} source @param {object | undefined} req @returns {(told: Told, place: () => string | undefined) => void} */
function createTeller({ onReport }, source, req) {
  if (onReport === undefined) return () => {};
  let count = 0;
  return (told, place) => {
    if (++count <= MOST_REPORTS) callHook('portcullis: onReport', onReport, { source, ...told, pointer: place(), req });
  };
}

/** Tells of a request that is refused because of what it holds, and not of what it lacks. @param {Rules} rules @param {unknown} error @param {object} [req] */
function tellRejection(rules, error, req) {
  const { source, code, pointer } = /** @type {Partial<Refusal & { source: Source, pointer: string }>} */ (error ?? {});
  if (rules.onReport === undefined || source === undefined || code === undefined) return;
  createTeller(rules, source, req)({ rule: RULES.get(code), code, action: 'reject' }, () => pointer);
}

module.exports = { createTeller, inspect, judge, tellRejection };
