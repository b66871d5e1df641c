// @ts-check
'use strict';

// The guard of json() without HTTP: for other frameworks, and for messages of queues and sockets.

const { isUint8Array } = require('node:util/types');

const { misuse } = require('../support/errors');
const { Options } = require('../support/options');
const { show } = require('../support/options/given');
const { tellRejection } = require('./judge');
const { readParser } = require('./json');
const { readLimit } = require('./limit');
const { readPointers } = require('./pointer');
const { refusal } = require('./refusal');
const { readRules } = require('./rules');

/** @typedef {(bytes: unknown) => unknown} Parse */

const DEFAULTS = Object.freeze({});
/** Preparing a policy takes longer than most bodies, so each object of options is read once. @type {WeakMap<object, Parse>} */
const prepared = new WeakMap();

/** @param {unknown} bytes @param {unknown} [options] */
function parseJson(bytes, options = DEFAULTS) {
  const isKept = typeof options === 'object' && options !== null;
  let parse = isKept ? prepared.get(options) : undefined;
  if (parse === undefined) {
    parse = createJsonParser(options);
    if (isKept) prepared.set(options, parse);
  }
  return parse(bytes);
}

/** @param {unknown} given @returns {Parse} */
function createJsonParser(given) {
  const options = new Options('INPUT', 'parseJson', given);
  const own = { limit: readLimit(options), rules: readRules(options) };
  const exempt = readPointers(options);
  const parse = readParser(options, own, { source: 'body', exempt });
  options.done();
  return (bytes) => {
    try {
      return parse(bytesOf(bytes));
    } catch (error) {
      tellRejection(own.rules, error, undefined);
      throw error;
    }
  };
}

/** @param {unknown} given @returns {Buffer} */
function bytesOf(given) {
  if (isUint8Array(given)) return Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  if (typeof given !== 'string') {
    throw misuse('ERR_INPUT_OPTION', `parseJson: expected a Uint8Array or a string, not ${show(given)}`);
  }
  // Buffer.from would turn each half of a pair into the same character.
  if (!given.isWellFormed()) throw refusal('ERR_INPUT_SURROGATE', 'the text contains half of a surrogate pair');
  return Buffer.from(given);
}

module.exports = { parseJson };
