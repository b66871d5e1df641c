// A set of patterns beside a loop over the same RegExps. In JavaScript each pattern costs a pass of its own over the text.
import { createPatterns, createThreatScanner } from 'portcullis';

const WORDS = [
  'casino',
  'viagra',
  'lottery',
  'bitcoin',
  'forex',
  'replica',
  'refinance',
  'jackpot',
  'giveaway',
  'sweepstake',
];
const SHAPES = [
  /\b\d{3}-\d{2}-\d{4}\b/,
  /\b(?:\d[ -]?){13,16}\b/,
  /[\w.+-]+@[\w-]+\.[\w.]+/,
  /\bhttps?:\/\/[^\s/]+\.(?:xyz|top|click)\b/i,
  /^\s*(?:re|fwd?):/i,
];

/** @param {number} count */
function patternsOf(count) {
  const words = Array.from({ length: count }, (_, at) => new RegExp(`\\b${WORDS[at % WORDS.length]}${at}\\b`, 'i'));
  return count < 10 ? SHAPES.slice(0, count) : [...SHAPES, ...words].slice(0, count);
}

const SENTENCE = 'Thank you for the order; the gate of iron will be made to measure and painted black by next week. ';
const TEXTS = [
  ['30 units', SENTENCE.slice(0, 30)],
  ['500 units', SENTENCE.repeat(6).slice(0, 500)],
  ['10,000 units', SENTENCE.repeat(110).slice(0, 10_000)],
  ['500 units, two-byte', 'Спасибо за заказ, ворота будут готовы на следующей неделе. '.repeat(9).slice(0, 500)],
];

/** Flat, as text from the network is. @param {string} text */
const flat = (text) => Buffer.from(text).toString();

function compared(count, [label, made]) {
  const patterns = patternsOf(count);
  const set = createPatterns(patterns);
  const text = flat(made);
  return {
    name: `${count} patterns that do not match, ${label}`,
    subjects: {
      'createPatterns test': () => set.test(text),
      'a loop of RegExps': () => patterns.some((one) => one.test(text)),
    },
  };
}

function matched(count) {
  const patterns = patternsOf(count);
  const set = createPatterns(patterns);
  const text = flat(`${SENTENCE.repeat(5)} ada@example.com`);
  return {
    name: `which of ${count} patterns match, 510 units, one does`,
    subjects: {
      'createPatterns match': () => set.match(text),
      'a loop of RegExps': () => patterns.flatMap((one, at) => (one.test(text) ? [at] : [])),
    },
  };
}

/** Quadratic in a RegExp: it starts again at every place. */
function hostile() {
  const patterns = [/\s+$/, /(?:a+)+b/];
  const set = createPatterns(patterns);
  const text = flat(`${' '.repeat(2_000)}x`);
  return {
    name: 'white space that does not end the text, 2,000 units',
    subjects: {
      'createPatterns test': () => set.test(text),
      'a loop of RegExps': () => patterns.some((one) => one.test(text)),
    },
  };
}

function scans() {
  const scanner = createThreatScanner();
  const nothing = { scan: () => [] };
  return TEXTS.slice(0, 2).map(([label, text]) => ({
    name: `threats: scan an ordinary text, ${label}`,
    subjects: {
      'createThreatScanner scan': () => scanner.scan(text),
      'a function that returns []': () => nothing.scan(),
    },
  }));
}

export const cases = () => [
  ...[1, 5, 50].flatMap((count) => TEXTS.map((text) => compared(count, text))),
  matched(5),
  matched(50),
  hostile(),
  ...scans(),
];
