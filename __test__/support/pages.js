// @ts-check
'use strict';

// The documentation as data: its pages, their code blocks, links and anchors.

const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { dirname, join, posix } = require('node:path');

const ROOT = join(__dirname, '..', '..');
/** Absolute links to these are links to files of this repository. */
const OWN_SITES = [
  'https://github.com/portcullis/portcullis/blob/main/',
  'https://github.com/portcullis/portcullis/tree/main/',
  'https://raw.githubusercontent.com/portcullis/portcullis/main/',
];

const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');
const inDocs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
/** What users read. @type {readonly string[]} */
const PAGES = ['README.md', 'SECURITY.md', 'CHANGELOG.md', 'llms.txt', ...inDocs.map((name) => `docs/${name}`)];

/**
 * The fenced code blocks of a page, each under the last heading before it.
 * @param {string} path @returns {Array<{ name: string, info: string, code: string }>}
 */
function blocksOf(path) {
  let heading = '';
  const blocks = [];
  for (const [, title, info, code] of read(path).matchAll(/^#+ (.+)$|^```(.*)\n([\s\S]*?)^```$/gm)) {
    if (title !== undefined) heading = title;
    else blocks.push({ name: `${path}, ${heading}`, info: String(info), code: String(code) });
  }
  const seen = new Map();
  for (const block of blocks) {
    const count = (seen.get(block.name) ?? 0) + 1;
    seen.set(block.name, count);
    if (count > 1) block.name += ` (${count})`;
  }
  return blocks;
}

/** The text outside of code blocks. */
const proseOf = (/** @type {string} */ path) => read(path).replace(/^```.*\n[\s\S]*?^```$/gm, '');

/** The anchors that GitHub gives to headings. @param {string} path @returns {Set<string>} */
function anchorsOf(path) {
  const titles = [...proseOf(path).matchAll(/^#+ (.+)$/gm)].map(([, title]) => String(title));
  return new Set(
    titles.map((title) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Links into this repository. @param {string} path @returns {Array<{ link: string, file: string, anchor: string | undefined }>} */
function linksOf(path) {
  return [...proseOf(path).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => {
    const own = OWN_SITES.find((site) => link?.startsWith(site));
    if (own === undefined && /^[a-z]+:/.test(String(link))) return [];
    const [target = '', anchor] = String(link)
      .slice(own?.length ?? 0)
      .split('#');
    const base = own === undefined ? dirname(path) : '.';
    return [{ link: String(link), file: target === '' ? path : posix.join(base, target), anchor }];
  });
}

/** Why a link is dead, or undefined. @param {{ file: string, anchor: string | undefined }} link */
function faultOf({ file, anchor }) {
  if (!existsSync(join(ROOT, file))) return 'no such file';
  if (anchor !== undefined && !anchorsOf(file).has(anchor)) return 'no such heading';
  return undefined;
}

module.exports = { PAGES, ROOT, blocksOf, faultOf, linksOf, proseOf, read };
