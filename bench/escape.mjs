import escapeHtmlPackage from 'escape-html';
import * as portcullis from 'portcullis';
import { places } from './support/escape-places.mjs';

const { escapeHtml } = portcullis;

const SIZES = [
  [10, '10 units'],
  [50, '50 units'],
  [500, '500 units'],
  [4096, '4 KB'],
  [102_400, '100 KB'],
];

// V8 keeps the first two with one byte for each character, the others with two.
const ALPHABETS = {
  ASCII: 'A harmless sentence of an ordinary comment, as many ',
  'Latin-1': 'Ein höflicher Satz über Äpfel und Öl, señor, año ',
  'two-byte': '日本語の文章はここにあります。текст русский ',
  emoji: 'hi 😀 there 🎉 you ok 🚀 ',
};

/** A special character at every eighth place, as in text with markup. */
const dirty = (text) =>
  Array.from({ length: text.length }, (_, at) => (at % 8 === 3 ? '<>&"\''[(at >> 3) % 5] : text[at])).join('');
const oneInTheMiddle = (text) => `${text.slice(0, text.length >> 1)}&${text.slice((text.length >> 1) + 1)}`;
const oneAtTheEnd = (text) => `${text.slice(0, -1)}'`;

const KINDS = [
  ['clean', (text) => text, '<= 1.1 of escape-html'],
  ['dirty', dirty, '<= 0.5 of escape-html'],
  ['one in the middle', oneInTheMiddle, '<= 1.1 of escape-html'],
  ['one at the end', oneAtTheEnd, '<= 1.1 of escape-html'],
];

/** A flat string, as a parser or a socket makes it: not a slice, and not a rope of what it was joined from. */
function flat(text) {
  const isLatin1 = [...text].every((char) => char <= '\xff');
  return isLatin1 ? Buffer.from(text, 'latin1').toString('latin1') : Buffer.from(text, 'utf16le').toString('utf16le');
}

const compared = (name, target, make) => ({
  name,
  target,
  subjects: { portcullis: () => escapeHtml(make()), 'escape-html': () => escapeHtmlPackage(make()) },
});

function sized(alphabet, kind, [size, label]) {
  const [name, make, target] = kind;
  const sample = ALPHABETS[alphabet];
  const text = flat(make(sample.repeat(Math.ceil(size / sample.length)).slice(0, size)));
  return compared(`${label}, ${alphabet}, ${name}`, target, () => text);
}

/** Strings that V8 does not keep in one piece. A rope is flattened by the first look, so each call makes its own. */
function shapes() {
  const parent = flat(ALPHABETS.ASCII.repeat(100));
  const halves = [flat(ALPHABETS.ASCII.repeat(5)), flat(ALPHABETS.ASCII.repeat(5))];
  return [
    compared('a slice of 500 units, clean', '<= 1.1 of escape-html', () => parent.slice(100, 600)),
    compared('a rope of 520 units, clean', '<= 1.1 of escape-html', () => halves[0] + halves[1]),
  ];
}

export const cases = () => [
  ...SIZES.flatMap((size) =>
    Object.keys(ALPHABETS).flatMap((alphabet) => KINDS.map((kind) => sized(alphabet, kind, size))),
  ),
  ...shapes(),
  ...places(portcullis, escapeHtmlPackage, flat),
];
