// @ts-check
'use strict';

// A naive reader of JSON that V8 has accepted, as the twin of the native guard: it walks the text with a recursion and a
// regular expression, and names every offence against a policy, each with the code that the guard may return for it.

const TOKEN = /[\s]*("(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|true|false|null|[[\]{},:])/y;

/**
 * @param {string} text accepted by JSON.parse
 * @param {{ maxDepth: number, maxKeys: number, maxKeyLength: number, strict: boolean, operators: boolean, dots: boolean, prototypes: boolean, duplicates: boolean }} policy
 * @returns {Set<string>} codes
 */
function offences(text, policy) {
  const tokens = tokensOf(text);
  const found = new Set();
  let [at, keys] = [0, 0];

  /** @param {number} depth @param {boolean} inConstructor */
  function value(depth, inConstructor) {
    const token = /** @type {string} */ (tokens[at++]);
    if (token === '{' || token === '[') {
      if (depth >= policy.maxDepth) found.add('ERR_INPUT_DEPTH');
      return token === '{' ? object(depth, inConstructor) : array(depth);
    }
    if (depth === 0 && policy.strict) found.add('ERR_INPUT_SYNTAX');
    if (token.startsWith('"')) string(token);
    else if (/^-?\d/.test(token) && !Number.isFinite(Number(token))) found.add('ERR_INPUT_NUMBER');
  }

  /** @param {string} token @returns {string} */
  function string(token) {
    const text = JSON.parse(token);
    if (!text.isWellFormed()) found.add('ERR_INPUT_SURROGATE');
    return text;
  }

  /** @param {number} depth */
  function array(depth) {
    for (; tokens[at] !== ']'; at += Number(tokens[at] === ',')) value(depth + 1, false);
    at++;
  }

  /** @param {number} depth @param {boolean} inConstructor */
  function object(depth, inConstructor) {
    const names = new Set();
    while (tokens[at] !== '}') {
      const name = string(/** @type {string} */ (tokens[at]));
      at += 2;
      judge(name, inConstructor);
      if (policy.duplicates && names.has(name)) found.add('ERR_INPUT_DUPLICATE_KEY');
      names.add(name);
      value(depth + 1, name === 'constructor');
      at += Number(tokens[at] === ',');
    }
    at++;
  }

  /** @param {string} name @param {boolean} inConstructor */
  function judge(name, inConstructor) {
    keys++;
    const isPrototype = name === '__proto__' || (inConstructor && name === 'prototype');
    if (keys > policy.maxKeys) found.add('ERR_INPUT_KEYS');
    if (Buffer.byteLength(name) > policy.maxKeyLength) found.add('ERR_INPUT_KEY_LENGTH');
    if (policy.operators && name.startsWith('$')) found.add('ERR_INPUT_OPERATOR_KEY');
    if (policy.dots && name.includes('.')) found.add('ERR_INPUT_DOTTED_KEY');
    if (policy.prototypes && isPrototype) found.add('ERR_INPUT_PROTOTYPE_KEY');
  }

  value(0, false);
  return found;
}

/** @param {string} text @returns {string[]} */
function tokensOf(text) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text))
    tokens.push(/** @type {string} */ (match[1]));
  return tokens;
}

module.exports = { offences };
