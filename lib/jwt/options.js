// @ts-check
'use strict';

// What both verifiers and signers read from their options.

/** @typedef {InstanceType<typeof import('../options').Options>} OptionReader */

/** @param {OptionReader} read @returns {Uint8Array} */
function readSecret(read) {
  const key = read.raw('key');
  if (typeof key === 'string' && key.isWellFormed()) return Buffer.from(key, 'utf8');
  if (key instanceof Uint8Array) return key;
  throw read.wrong('key', 'a secret: well-formed text or a Uint8Array of at least 32 bytes');
}

/**
 * A string or a list of strings. Written as undefined it is refused: a policy that was meant and got lost on the way
 * (an unset environment variable, say) must not turn into no policy.
 * @param {OptionReader} read @param {string} name @returns {string[] | undefined}
 */
function readTexts(read, name) {
  if (!read.has(name)) return undefined;
  const value = read.raw(name);
  const list = Array.isArray(value) ? value : [value];
  if (list.length > 0 && list.every((text) => typeof text === 'string' && text !== '' && text.isWellFormed()))
    return list;
  throw read.wrong(name, 'a string or a list of strings, none of them empty (leave the option out to ask nothing)');
}

/** As readTexts, for one. @param {OptionReader} read @param {string} name @returns {string} */
function readText(read, name) {
  const [text, ...others] = /** @type {string[]} */ (readTexts(read, name));
  if (others.length > 0) throw read.wrong(name, 'one string');
  return text;
}

module.exports = { readSecret, readText, readTexts };
