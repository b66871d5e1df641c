// @ts-check
'use strict';

// SVG that others upload, made safe. Policy only: options, what counts as an SVG, and coded errors; core holds the lists of what
// is allowed.

const { isSharedArrayBuffer, isUint8Array } = require('node:util/types');

const { BOUNDS } = require('../support/bounds');
const { misuse, rejection } = require('../support/errors');
const native = require('../support/native');
const { Options } = require('../support/options');
const { show } = require('../support/options/given');

/** @typedef {{ svg: string, removed: { kind: string, name: string, element?: string, count: number }[] }} SvgReport */
/** @typedef {string | Uint8Array} Svg */

/** @param {unknown} [given] */
function createSvgSanitizer(given) {
  return prepare('createSvgSanitizer', given);
}

/** @type {ReturnType<typeof prepare> | undefined} */
let usual;

/** With the defaults. @param {Svg} svg @returns {string} */
function sanitizeSvg(svg) {
  usual ??= prepare('sanitizeSvg', undefined);
  return usual(svg);
}

/** @param {string} owner the function that messages name @param {unknown} given */
function prepare(owner, given) {
  const prepared = new native.SvgSanitizer(readOptions(owner, given));
  const sanitize = (/** @type {Svg} */ svg) => accepted(prepared.sanitize(read(owner, svg)));
  const report = (/** @type {Svg} */ svg) => /** @type {SvgReport} */ (accepted(prepared.report(read(owner, svg))));
  return Object.freeze(Object.assign(sanitize, { report }));
}

/** @param {string} owner @param {unknown} given */
function readOptions(owner, given) {
  const options = new Options('SVG', owner, given);
  const bound = (/** @type {string} */ name) => options.integer(name, BOUNDS.SVG[name].fallback, BOUNDS.SVG[name]);
  const read = {
    maxBytes: bound('maxBytes'),
    maxElements: bound('maxElements'),
    maxDepth: bound('maxDepth'),
    maxAttributes: bound('maxAttributes'),
    maxDrawn: bound('maxDrawn'),
    dataImages: options.boolean('dataImages', true),
    animations: options.boolean('animations', true),
    idPrefix: options.string('idPrefix', '', { defined: true }),
  };
  options.done();
  return read;
}

/** @param {string} owner @param {unknown} svg @returns {Svg} */
function read(owner, svg) {
  if (typeof svg === 'string') return svg;
  if (!isUint8Array(svg))
    throw misuse('ERR_SVG_INPUT', `${owner}: the SVG must be a string or a Buffer, not ${show(svg)}`);
  // Another thread could change the bytes after they were checked.
  if (!isSharedArrayBuffer(svg.buffer)) return svg;
  throw misuse('ERR_SVG_INPUT', `${owner}: the SVG must not be in a SharedArrayBuffer; pass a copy`);
}

/**
 * The value of a verdict; a rejection is thrown.
 * @template T @param {T | number} verdict @returns {T}
 */
function accepted(verdict) {
  if (typeof verdict === 'number') throw rejection(verdict);
  return verdict;
}

module.exports = { createSvgSanitizer, sanitizeSvg };
