// @ts-check
'use strict';

// Parses bodies whose rules do not all reject. Core can only reject, so the bytes are first judged by every rule that is on.
// Most bodies pass. One that breaks a rule is judged again by what cannot be mended after parsing (size, depth, encoding,
// syntax, and duplicates that are rejected), then parsed, and the walker does what the mode of each rule says.

const { judge, createTeller } = require('./judge');
const { CODES } = require('./keys');

/** @typedef {import('./rules').Rules} Rules */
/** @typedef {import('./refusal').Refusal} Refusal */
/** @typedef {{ operators: boolean, dots: boolean, prototypes: boolean, duplicates: boolean }} Switches which rules reject */
/** @typedef {(body: Buffer) => unknown} Parse throws a Refusal */
/** @typedef {(body: Buffer, req?: object) => unknown} ParseOf */

const OFF = Object.freeze({ operators: false, dots: false, prototypes: false, duplicates: false });
const RULE_CODES = new Set(Object.values(CODES));

/**
 * @param {Rules} rules @param {import('./walk').Kind} kind @param {(switches: Switches) => Parse} create
 * @returns {ParseOf}
 */
function createBodyParser(rules, kind, create) {
  const { on } = rules;
  const strict = create(switchesOf(on, (mode) => mode !== false));
  if (!isSoft(on) && !kind.exempt?.length) return strict;
  const bounded = create({ ...OFF, duplicates: on.duplicates === 'reject' });
  const unique = create({ ...OFF, duplicates: on.duplicates !== false });
  // The bytes have passed the bound on keys.
  const walked = { ...rules, maxKeys: Infinity };
  return function parseAndWalk(body, req) {
    const offence = caught(strict, body);
    if (!(offence instanceof Offence)) return offence;
    const value = bounded(body);
    const rejection = judge(walked, kind, value, req);
    if (rejection !== undefined) throw rejection;
    if (on.duplicates !== 'reject') reportDuplicate(rules, caught(unique, body), req);
    return value;
  };
}

class Offence {
  /** @param {Refusal} error */
  constructor(error) {
    this.error = error;
  }
}

/** The value, or an offence against a rule. @param {Parse} parse @param {Buffer} body */
function caught(parse, body) {
  try {
    return parse(body);
  } catch (error) {
    const refusal = /** @type {Refusal} */ (error);
    if (RULE_CODES.has(refusal.code)) return new Offence(refusal);
    throw error;
  }
}

/** Once parsed, an object holds each key once: only the bytes tell of a duplicate. @param {Rules} rules @param {unknown} result @param {object} [req] */
function reportDuplicate(rules, result, req) {
  if (!(result instanceof Offence)) return;
  const { code, pointer } = /** @type {Refusal & { pointer?: string }} */ (result.error);
  const action = /** @type {string} */ (rules.on.duplicates);
  createTeller(rules, 'body', req)({ rule: 'duplicates', code, action }, () => pointer);
}

/** @param {Rules['on']} on @param {(mode: string | false) => boolean} test @returns {Switches} */
function switchesOf({ operators, dots, prototypes, duplicates }, test) {
  return {
    operators: test(operators),
    dots: test(dots),
    prototypes: test(prototypes),
    duplicates: test(duplicates),
  };
}

/** @param {Rules['on']} on */
const isSoft = (on) => Object.values(on).some((mode) => mode !== false && mode !== 'reject');

module.exports = { createBodyParser };
