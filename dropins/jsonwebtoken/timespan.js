// @ts-check
'use strict';

// Time spans such as "2 days", "1.5h" or "-10 s": a decimal number, optional spaces, and a unit in any case. Without a unit
// the text is in milliseconds. A value of type number is in seconds.

const MAX_SPAN_LENGTH = 100;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Each unit with its names: short ones, and long ones that may be in the plural. @type {Array<[number, string[], string[]]>} */
const UNITS = [
  [1, ['ms'], ['millisecond', 'msec']],
  [SECOND_MS, ['s'], ['second', 'sec']],
  [MINUTE_MS, ['m'], ['minute', 'min']],
  [HOUR_MS, ['h'], ['hour', 'hr']],
  [DAY_MS, ['d'], ['day']],
  [7 * DAY_MS, ['w'], ['week']],
  [365.25 * DAY_MS, ['y'], ['year', 'yr']],
];

/** @type {ReadonlyMap<string, number>} */
const UNIT_MS = new Map(
  UNITS.flatMap(([ms, short, long]) =>
    [...short, ...long, ...long.map((name) => `${name}s`)].map((name) => /** @type {[string, number]} */ ([name, ms])),
  ),
);

// The number must end in a digit: "1." is not a number. Two runs of digits meet only at a dot, so that no
// text is tried twice.
const SPAN = /^(-?(?:\d*\.)?\d+) *([a-z]*)$/i;

/** @param {string} text @returns {number | undefined} milliseconds, which may be fractions of one */
function parseSpan(text) {
  // An empty span has its own message; other texts are not shown in an error.
  if (text === '') throw new Error('val is not a non-empty string or a valid number. val=""');
  if (text.length > MAX_SPAN_LENGTH) return undefined;
  const match = SPAN.exec(text);
  if (match === null) return undefined;
  const unitMs = match[2] === '' ? 1 : UNIT_MS.get(match[2].toLowerCase());
  return unitMs === undefined ? undefined : Number.parseFloat(match[1]) * unitMs;
}

/**
 * The time that is a span after another, in seconds; undefined if the span is invalid.
 * @param {unknown} span a number of seconds, or a text @param {number} from seconds @returns {number | undefined}
 */
function timeAfter(span, from) {
  if (typeof span === 'number') return from + span;
  if (typeof span !== 'string') return undefined;
  const ms = parseSpan(span);
  return ms === undefined ? undefined : Math.floor(from + ms / SECOND_MS);
}

module.exports = { parseSpan, timeAfter };
