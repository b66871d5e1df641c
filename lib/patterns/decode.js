// @ts-check
'use strict';

// The forms in which a probe may hide. Each step runs a fixed number of times over a text of bounded length, and only replaces
// what it reads from left to right, so that the work is linear.

const PERCENT = /(?:%[0-9a-f]{2})+/gi;
const PERCENT_UNICODE = /%u([0-9a-f]{4})/gi;
const ENTITY =
  /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(tab|newline|colon|lpar|rpar|quot|apos|sol|bsol|semi|grave|equals));?/gi;

/**
 * `&lt;` and `&gt;` are left alone: text that shows markup has them, as it should.
 * @type {Readonly<Record<string, string>>}
 */
const NAMED = {
  tab: '\t',
  newline: '\n',
  colon: ':',
  lpar: '(',
  rpar: ')',
  quot: '"',
  apos: "'",
  sol: '/',
  bsol: '\\',
  semi: ';',
  grave: '`',
  equals: '=',
};

/**
 * The text itself, and every other form of it that differs: percent-decoded once and twice, then with HTML entities decoded, then
 * without NUL and with SQL comments as spaces.
 * @param {string} text @returns {string[]}
 */
function formsOf(text) {
  const forms = [text];
  let form = text;
  for (const step of [decodePercent, decodePercent, decodeEntities, dropFillers]) {
    const next = step(form);
    if (next !== form) forms.push(next);
    form = next;
  }
  return forms;
}

/** @param {string} text */
function decodePercent(text) {
  if (!text.includes('%')) return text;
  const decoded = text
    .replace(PERCENT, decodeRun)
    .replace(PERCENT_UNICODE, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)));
  // In a form, "+" is a space; in a text without escapes it is a plus.
  return decoded === text ? text : decoded.replaceAll('+', ' ');
}

/** Bytes that are not UTF-8 are read one by one. @param {string} run */
function decodeRun(run) {
  try {
    return decodeURIComponent(run);
  } catch {
    return Buffer.from(run.replaceAll('%', ''), 'hex').toString('latin1');
  }
}

/** @param {string} text */
function decodeEntities(text) {
  return text.includes('&') ? text.replace(ENTITY, decodeEntity) : text;
}

/** @param {string} whole @param {string | undefined} decimal @param {string | undefined} hex @param {string | undefined} name */
function decodeEntity(whole, decimal, hex, name) {
  if (name !== undefined) return /** @type {string} */ (NAMED[name.toLowerCase()]);
  const point = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
  return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
}

/** @param {string} text */
function dropFillers(text) {
  const whole = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return whole.includes('/*') ? dropComments(whole) : whole;
}

/**
 * A loop and not a RegExp, which would look for the end of an open comment again from each place. MySQL runs what a comment
 * that starts with "!" and a version holds, so that stays.
 * @param {string} text
 */
function dropComments(text) {
  let kept = '';
  let from = 0;
  for (let start = text.indexOf('/*'); start >= 0; start = text.indexOf('/*', from)) {
    const end = text.indexOf('*/', start + 2);
    if (end < 0) break;
    const inside = text[start + 2] === '!' ? text.slice(start + 3, end).replace(/^\d+/, '') : '';
    kept += `${text.slice(from, start)} ${inside} `;
    from = end + 2;
  }
  return kept + text.slice(from);
}

module.exports = { formsOf };
