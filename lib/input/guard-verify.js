// @ts-check
'use strict';

// The guard as the option `verify` of a parser of body-parser, which calls it with the bytes before it parses them.

const { BOUNDS } = require('../support/bounds');
const { createFormParser } = require('./form-parser');
const { tellRejection } = require('./judge');
const { createChecker } = require('./parse');
const { refusal } = require('./refusal');
const { FORM_TYPE, mediaTypeOf } = require('./type');

/** @typedef {import('./request').Request} Request */

/**
 * Rules that do not reject, and exemptions, are left to guard() itself, which sees the parsed body.
 * @param {import('./rules').Rules} rules @param {readonly string[][]} exempt @returns {import('./verify').Verify}
 */
function createVerify(rules, exempt) {
  const { on, maxDepth, maxKeys, maxKeyLength } = rules;
  const rejects = (/** @type {string | false} */ mode) => mode === 'reject' && exempt.length === 0;
  const switches = {
    operators: rejects(on.operators),
    dots: rejects(on.dots),
    prototypes: rejects(on.prototypes),
  };
  const policy = { limit: BOUNDS.INPUT.limit.max, maxDepth, maxKeys, maxKeyLength, ...switches };
  const checkJson = createChecker({ ...policy, duplicates: on.duplicates === 'reject', strict: false });
  const checkForm = createFormParser({ ...policy, extended: true });
  return function verify(req, _res, body, encoding) {
    try {
      if (encoding !== 'utf-8') throw refusal('ERR_INPUT_CHARSET', 'the charset must be utf-8', { charset: encoding });
      const isForm = mediaTypeOf(req.headers['content-type']) === FORM_TYPE;
      if (isForm) checkForm(body);
      else checkJson(body);
    } catch (error) {
      tellRejection(rules, error, req);
      throw withoutBody(error);
    }
  };
}

/** body-parser assigns the whole body to the error, where a logger would find it. @param {unknown} error */
function withoutBody(error) {
  return Object.defineProperty(/** @type {object} */ (error), 'body', { get: () => undefined, set: () => {} });
}

module.exports = { createVerify };
