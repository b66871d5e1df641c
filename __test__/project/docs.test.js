// @ts-check
'use strict';

// The documentation as a program: generated pages are current, pages stay short, links work, and what pages name exists.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const portcullis = require('../..');
const { DESCRIPTIONS, MISUSES, REJECTIONS } = require('../../lib/support/errors');
const { PAGES, ROOT, blocksOf, faultOf, linksOf, proseOf, read } = require('../support/pages');

const MAX_README_LINES = 300;
const MAX_PAGE_LINES = 400;
/** Functions of other packages and of the language that the guides call by their bare name. */
const FOREIGN_CALLS = ['String', 'expressjwt', 'require'];

const GUIDE_PAGES = PAGES.filter((path) => path.startsWith('docs/'));
const lines = (/** @type {string} */ path) => read(path).split('\n').length - 1;
const contract = readdirSync(join(ROOT, 'types'))
  .map((name) => read(`types/${name}`))
  .join('\n');

describe('docs', () => {
  it('has generated pages that are current: run "npm run docs"', async () => {
    const { generated } = await import('../../scripts/docs.mjs');
    for (const [path, text] of Object.entries(generated())) assert.ok(read(path) === text, `${path} is stale`);
  });

  it('keeps the README and every page short', () => {
    assert.ok(lines('README.md') <= MAX_README_LINES, `README.md has ${lines('README.md')} lines`);
    const long = GUIDE_PAGES.filter((path) => lines(path) > MAX_PAGE_LINES);
    assert.deepEqual(long, []);
  });

  it('has no dead link or anchor', () => {
    const dead = PAGES.flatMap((path) =>
      linksOf(path).map((link) => ({ path, link: link.link, fault: faultOf(link) })),
    );
    assert.ok(dead.length > 100);
    assert.deepEqual(
      dead.filter(({ fault }) => fault !== undefined),
      [],
    );
  });

  it('links absolutely where a page is published without docs/', () => {
    for (const path of ['README.md', 'SECURITY.md', 'CHANGELOG.md', 'llms.txt']) {
      const relative = linksOf(path).filter(({ link }) => !link.startsWith('https:') && !link.startsWith('#'));
      assert.deepEqual(relative, [], path);
    }
  });

  it('has one guide for every area, and lists every page', async () => {
    const { GUIDES, PAGES: others } = await import('../../scripts/docs/guides.mjs');
    const known = [...GUIDES.map(({ name }) => name), ...others, 'agents'];
    assert.deepEqual(GUIDE_PAGES.map((path) => path.slice('docs/'.length, -'.md'.length)).sort(), known.sort());
    for (const { name } of GUIDES) {
      const page = `docs/${name}.md`;
      assert.match(read(page), /^# .+\n\n\S/, `${page} needs a title and a summary`);
      assert.match(read(page), /^## Common mistakes$/m, page);
      assert.ok(
        blocksOf(page).some(({ info }) => info === 'js'),
        `${page} needs an example`,
      );
    }
  });

  it('explains every export in exactly one guide', async () => {
    const { GUIDES } = await import('../../scripts/docs/guides.mjs');
    const explained = GUIDES.flatMap(({ exports }) => exports);
    assert.deepEqual([...explained].sort(), Object.keys(portcullis).sort());
    for (const { name, exports } of GUIDES) {
      for (const one of exports) assert.match(read(`docs/${name}.md`), new RegExp(`\\b${one}\\b`), name);
    }
  });

  it('names no error code that does not exist', () => {
    const codes = Object.keys(DESCRIPTIONS);
    const isKnown = (/** @type {string} */ name) =>
      name.endsWith('_') ? codes.some((code) => code.startsWith(name)) : codes.includes(name);
    for (const path of PAGES) {
      const named = [...new Set(read(path).match(/\bERR_[A-Z0-9_]+/g))];
      assert.deepEqual(
        named.filter((name) => !isKnown(name)),
        [],
        path,
      );
    }
  });

  it('takes from the package only what it exports', () => {
    const wrong = PAGES.flatMap((path) => blocksOf(path).map((block) => ({ path, ...block })))
      .filter(({ info }) => info === 'js' || info === 'ts')
      .flatMap(({ name, code }) => importsOf(code).map((one) => ({ name, one })))
      .filter(({ one }) => !(one in portcullis) && !new RegExp(`\\b(?:type|interface|class) ${one}\\b`).test(contract));
    assert.deepEqual(wrong, []);
  });

  it('calls in the text only functions of the package or of its types', () => {
    for (const path of PAGES) {
      const calls = [...proseOf(path).matchAll(/`(?:await |new )?(\w+)\(/g)].map(([, name]) => String(name));
      const wrong = calls.filter(
        (name) => !FOREIGN_CALLS.includes(name) && !new RegExp(`\\b${name}\\b`).test(contract),
      );
      assert.deepEqual(wrong, [], path);
    }
  });

  it('lists in its tables only options that the types have', () => {
    let count = 0;
    for (const path of GUIDE_PAGES) {
      for (const [table] of proseOf(path).matchAll(/^\| (?:Option|Member)\b.*\n(?:\|.*\n)+/gm)) {
        const [, , ...rows] = table.trim().split('\n');
        const names = rows.flatMap((row) =>
          [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
        );
        count += names.length;
        assert.deepEqual(
          names.filter((name) => !new RegExp(`\\b${name}\\??:`).test(contract)),
          [],
          path,
        );
      }
    }
    assert.ok(count > 80);
  });

  it('names only commands that exist', () => {
    const { scripts } = /** @type {any} */ (require('../../package.json'));
    for (const path of PAGES) {
      for (const [, name] of read(path).matchAll(/`npm run ([\w:]+)/g))
        assert.ok(String(name) in scripts, `${path}: ${name}`);
    }
  });
});

describe('descriptions of errors', () => {
  const loader = [...new Set(read(loaderPath()).match(/ERR_NATIVE_\w+/g))];

  it('describes every code once, those of the loader included, and no other', () => {
    const codes = [...Object.keys(REJECTIONS), ...MISUSES.keys(), ...loader];
    assert.deepEqual(Object.keys(DESCRIPTIONS).sort(), codes.sort());
    assert.ok(Object.isFrozen(DESCRIPTIONS));
  });

  it('writes each as one or more sentences that fit in a table', () => {
    for (const [code, text] of Object.entries(DESCRIPTIONS)) assert.match(text, /^[A-Z`][^|\n]+\.$/, code);
  });

  it('has a description for each rejection', () => {
    for (const [code, { description }] of Object.entries(REJECTIONS)) assert.equal(description, DESCRIPTIONS[code]);
  });
});

function loaderPath() {
  return require.resolve('../../lib/support/native').slice(ROOT.length + 1);
}

/** The names that a program takes from the package itself. @param {string} code */
function importsOf(code) {
  const lists = [...code.matchAll(/\{([^{}]*)\}(?: = require\(| from )'portcullis'/g)].map(([, list]) => String(list));
  return lists.flatMap((list) => list.split(',').map((name) => name.replace(/\btype\b/, '').trim())).filter(Boolean);
}
