// @ts-check
'use strict';

// Whether a message quotes the input. Libraries quote values whole, cut, quoted again, or after a transform such as
// toLowerCase(). So three things are compared: single words; runs with a symbol, for values such as `P@s$w&rd`, whose words are
// too short to tell anything; and whole values, for those of common or short words only.

// A message is compared on the error path only; above these bounds every message counts as one that quotes.
const MAX_VALUES = 2000;
const MAX_CHARACTERS = 65_536;
/** What is shorter tells nothing, unless it is a word with a digit. */
const MIN_LENGTH = 3;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const DIGIT = /\p{N}/u;
const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}]/u;
const ESCAPE = /\\(?:u[\da-f]{4}|x[\da-f]{2}|[nrtbfv0])/g;
const SYMBOL = /[^\p{L}\p{N}\p{M}\s]/gu;

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
    const parts = partsOf(value);
    /** @private */ this.isComplete = parts !== undefined;
    /** @private */ this.text = plainOf((parts ?? []).join('\n'));
    /** @private */ this.phrases = phrasesOf(parts ?? []);
    /** @private */
    this.words = new Set(wordsOf(this.text).filter((word) => word.length > MIN_LENGTH && !VOCABULARY.has(word)));
    /** Messages repeat their words. @private @type {Map<string, boolean>} */ this.judged = new Map();
  }

  /** The keys of the issue may occur: its pointer shows them anyway. @param {string} message @param {readonly PropertyKey[]} keys */
  hasAnyOf(message, keys) {
    if (!this.isComplete) return true;
    const text = message.toLowerCase();
    const names = keys.map((key) => String(key).toLowerCase());
    if (this.phrases.some((phrase) => text.includes(phrase) && !names.includes(phrase))) return true;
    let rest = text;
    for (const name of names) if (isPhrase(name)) rest = rest.replaceAll(name, ' ');
    const known = new Set(names.flatMap(wordsOf));
    // The n of an escape would be read as a letter of the next word.
    return [plainOf(rest), plainOf(rest.replace(ESCAPE, ' '))].some(
      (form) =>
        wordsOf(form).some((word) => !known.has(word) && this.hasWord(word)) ||
        runsOf(form).some((run) => this.text.includes(run)),
    );
  }

  /** @private @param {string} word */
  hasWord(word) {
    const known = this.judged.get(word);
    if (known !== undefined) return known;
    const has = this.judge(word);
    this.judged.set(word, has);
    return has;
  }

  /** Whether the word is part of the input, or contains a word of it. @private @param {string} word */
  judge(word) {
    if (VOCABULARY.has(word)) return false;
    if (word.length < MIN_LENGTH && !DIGIT.test(word)) return false;
    if (this.text.includes(word)) return true;
    for (const one of this.words) if (word.includes(one)) return true;
    return false;
  }
}

/** Without backslashes, which a quotation adds. @param {string} text */
function plainOf(text) {
  return text.toLowerCase().replaceAll('\\', '');
}

/** Values of more than a word, as they are and as JSON quotes them. @param {string[]} parts */
function phrasesOf(parts) {
  const phrases = new Set();
  for (const part of parts) {
    const phrase = part.trim().toLowerCase();
    if (isPhrase(phrase)) phrases.add(phrase).add(JSON.stringify(phrase).slice(1, -1));
  }
  return [...phrases];
}

/** Whether comparing single words is not enough. @param {string} text */
function isPhrase(text) {
  return text.length >= MIN_LENGTH && BETWEEN_WORDS.test(text);
}

/** @param {string} text @returns {string[]} */
function wordsOf(text) {
  return text.match(WORD) ?? [];
}

/** Every three characters that have a symbol and no space. @param {string} text */
function runsOf(text) {
  const runs = new Set();
  for (const { index } of text.matchAll(SYMBOL)) {
    for (let from = Math.max(0, index - MIN_LENGTH + 1); from <= index; from += 1) {
      const run = text.slice(from, from + MIN_LENGTH);
      if (run.length === MIN_LENGTH && !/\s/.test(run)) runs.add(run);
    }
  }
  return [...runs];
}

/** Every key and value; undefined if there are too many. @param {unknown} root @returns {string[] | undefined} */
function partsOf(root) {
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
  return length > MAX_CHARACTERS ? undefined : parts;
}

module.exports = { Haystack };
