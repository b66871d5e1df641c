// @ts-check
'use strict';

// Finds the option that a wrong name means: a typing error, another package's name, or our name without its unit.

// Node.js allows any length; a message does not need it.
const MAX_SHOWN = 64;

/**
 * What is wrong with a name that no option has, and what to write instead.
 * @param {string} name @param {readonly string[]} known
 * @param {string} path in front of the names @param {string | undefined} hint the sentence of the table of hints
 */
function unknownOption(name, known, path, hint) {
  const wrong = `unknown option ${JSON.stringify(path + name.slice(0, MAX_SHOWN))}`;
  if (hint !== undefined) return `${wrong}; ${hint}`;
  const near = nearest(name, known);
  if (near !== undefined) return `${wrong}; did you mean "${path}${near}"?`;
  return known.length === 0
    ? `${wrong}; there are no options`
    : `${wrong}; known options: ${known.map((one) => path + one).join(', ')}`;
}

/** @param {string} name @param {readonly string[]} known @returns {string | undefined} */
function nearest(name, known) {
  const given = name.toLowerCase().slice(0, MAX_SHOWN);
  const scored = known
    .map((one) => ({ one, score: distance(given, one.toLowerCase()) }))
    .filter(({ one, score }) => score <= allowed(given, one) || isPart(given, one.toLowerCase()));
  return scored.sort((a, b) => a.score - b.score)[0]?.one;
}

/** How many typing errors a name may have: three in ten characters, so that short names are not confused. @param {string} given @param {string} one */
function allowed(given, one) {
  return Math.floor(0.3 * (Math.max(given.length, one.length) + 1));
}

/** Whether one name is the start or the end of the other. @param {string} given @param {string} one */
function isPart(given, one) {
  const [short, long] = given.length < one.length ? [given, one] : [one, given];
  return short.length >= 3 && (long.startsWith(short) || long.endsWith(short));
}

/**
 * Edits that turn one text into the other: insert, delete, replace, or swap two neighbours.
 * @param {string} one @param {string} other @returns {number}
 */
function distance(one, other) {
  const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  const at = (/** @type {number} */ i, /** @type {number} */ j) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwap) row[j] = Math.min(at(i, j), at(i - 2, j - 2) + 1);
    }
  }
  return at(one.length, other.length);
}

/**
 * A wrong value of an option with a fixed set of values. It is shown only if it is a typing error of one of them: any
 * other text may be a secret that was passed in the wrong place.
 * @param {string} text @param {readonly string[]} values
 */
function showNear(text, values) {
  return nearest(text, values) === undefined || text.length > MAX_SHOWN ? 'another string' : JSON.stringify(text);
}

module.exports = { nearest, showNear, unknownOption };
