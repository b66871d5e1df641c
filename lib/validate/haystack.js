// @ts-check
'use strict';

// Whether a message quotes the input. Libraries quote values whole, cut, quoted again, or after a transform such as
// toLowerCase(), so single words are compared and not whole values.

// A message is compared on the error path only; above these bounds every message counts as one that quotes.
const MAX_VALUES = 2000;
const MAX_CHARACTERS = 65_536;
/** Words of this length are too short to tell anything, unless they have a digit. */
const MIN_WORD = 3;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const DIGIT = /\p{N}/u;

/** Words of every library's own messages. That an input equals one of them tells nothing. */
const VOCABULARY = new Set(
  (
    'allowed and are array bigint boolean but characters date datetime email equal expected field format found from greater has input ' +
    'integer invalid items key least length less long more most must not null number object option pattern positive received ' +
    'required schema short should string than the this too type undefined unknown url uuid valid value values with'
  ).split(' '),
);

class Haystack {
  /** @param {unknown} value */
  constructor(value) {
    const text = textOf(value);
    /** @private */ this.isComplete = text !== undefined;
    /** @private */ this.text = (text ?? '').toLowerCase();
    /** @private @type {Set<string>} */
    this.words = new Set((this.text.match(WORD) ?? []).filter((word) => word.length >= 4 && !VOCABULARY.has(word)));
  }

  /** Whether a word of the message is part of the input, or contains a word of it. @param {string} message */
  hasAnyOf(message) {
    if (!this.isComplete) return true;
    return (message.toLowerCase().match(WORD) ?? []).some((word) => this.has(word));
  }

  /** @private @param {string} word */
  has(word) {
    if (VOCABULARY.has(word)) return false;
    if (word.length < MIN_WORD && !DIGIT.test(word)) return false;
    if (this.text.includes(word)) return true;
    for (const one of this.words) if (word.includes(one)) return true;
    return false;
  }
}

/** Every key and value, one a line; undefined if there are too many. @param {unknown} root @returns {string | undefined} */
function textOf(root) {
  const parts = [];
  const stack = [root];
  let length = 0;
  for (let count = 0; stack.length > 0; count += 1) {
    const value = stack.pop();
    if (count > MAX_VALUES || length > MAX_CHARACTERS) return undefined;
    if (value !== null && typeof value === 'object') {
      const keys = Object.keys(value);
      if (keys.length > MAX_VALUES) return undefined;
      for (const key of keys) {
        if (!Array.isArray(value)) stack.push(key);
        stack.push(/** @type {any} */ (value)[key]);
      }
    } else if (value !== undefined) {
      const part = String(value);
      length += part.length;
      parts.push(part);
    }
  }
  return length > MAX_CHARACTERS ? undefined : parts.join('\n');
}

module.exports = { Haystack };
