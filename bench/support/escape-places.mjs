// The functions for other places than HTML text, beside what programs write without them. Those alternatives do less: most are
// built-in, and miss characters that matter in the place. Their results differ, so each case states what must hold of both.
import { deepStrictEqual, ok } from 'node:assert';

const SHORT = 'O\'Brien & "Söhne" <b>';
const CLEAN = 'a harmless value of some forty characters';
const LONG = 'It\'s a "quoted" remark with <b>markup</b> & more. ';
const URL_TEXT = 'https://shop.example/articles/4711?ref=mail&page=2#reviews';
const STATE = {
  user: { id: 4711, name: "O'Brien", tags: ['a', '<b>', 'c'] },
  items: Array.from({ length: 20 }, (_, id) => ({ id, title: `Item ${id} & more` })),
};

const sameLength = (ours, theirs) => ok(ours.length > 0 && theirs.length > 0);

/**
 * @param {typeof import('portcullis')} portcullis @param {(text: string) => string} theirs escape-html
 * @param {(text: string) => string} flat
 */
export function places(portcullis, theirs, flat) {
  const texts = { clean: flat(CLEAN), dirty: flat(SHORT), '4 KB': flat(LONG.repeat(82)) };
  const each = (owner, alternative, plain, target, equal = sameLength) =>
    Object.entries(texts).map(([size, text]) => ({
      name: `${owner}, ${size}`,
      target,
      equal,
      subjects: { portcullis: () => portcullis[owner](text), [alternative]: () => plain(text) },
    }));
  return [
    ...each('escapeAttribute', 'escape-html', theirs, '<= 1.1 of escape-html', deepStrictEqual),
    ...each('escapeUnquotedAttribute', 'replace with a function', numeric),
    ...each('escapeJsString', 'JSON.stringify', JSON.stringify),
    ...each('escapeUrlComponent', 'encodeURIComponent', encodeURIComponent),
    ...each('escapeCssString', 'replace with a function', hexadecimal),
    ...each('escapeLog', 'JSON.stringify', JSON.stringify),
    ...each('escapeCsv', 'quotes only', (text) => `"${text.replaceAll('"', '""')}"`),
    pair('jsonForScript, 1 KB', {
      portcullis: () => portcullis.jsonForScript(STATE),
      'JSON.stringify': () => JSON.stringify(STATE),
    }),
    pair('safeUrl', { portcullis: () => portcullis.safeUrl(URL_TEXT), 'new URL()': () => new URL(URL_TEXT).href }),
    pair('safeUrl, a path', {
      portcullis: () => portcullis.safeUrl('/a/b?c=d'),
      'new URL()': () => new URL('/a/b?c=d', URL_TEXT).href,
    }),
    templates(portcullis, theirs),
  ];
}

const pair = (name, subjects) => ({ name, equal: sameLength, subjects });

function templates({ html }, theirs) {
  const rows = Array.from({ length: 10 }, (_, id) => ({ id, title: `Item ${id} & more`, url: `/items/${id}` }));
  const ours = ({ id, title, url }) => html`<li id="row-${id}"><a href="${url}">${title}</a></li>`;
  const plain = ({ id, title, url }) => `<li id="row-${theirs(id)}"><a href="${theirs(url)}">${theirs(title)}</a></li>`;
  return {
    name: 'html, a list of 10 links',
    equal: deepStrictEqual,
    subjects: {
      portcullis: () => String(html`<ul>${rows.map(ours)}</ul>`),
      'template literal and escape-html': () => `<ul>${rows.map(plain).join('')}</ul>`,
    },
  };
}

const numeric = (text) => text.replace(/[^\w.-]/g, (character) => `&#${character.codePointAt(0)};`);
const hexadecimal = (text) => text.replace(/[^\w-]/g, (character) => `\\${character.codePointAt(0).toString(16)} `);
