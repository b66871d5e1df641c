// @ts-check
'use strict';

// Every example of the README is a whole program and runs as it stands, so that none of them can rot.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const DEADLINE_MS = 30_000;

/** The examples with the heading above each. */
const EXAMPLES = README.split(/^## /m).flatMap((section) => {
  const heading = section.split('\n', 1)[0];
  return [...section.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code], i) => ({
    name: i > 0 ? `${heading} (${i + 1})` : heading,
    code,
  }));
});

/** Runs in a process of its own, in the checkout, where `require('portcullis')` is the checkout itself. */
function run(/** @type {string} */ code) {
  return execFileSync(process.execPath, ['-'], {
    cwd: ROOT,
    input: code,
    encoding: 'utf8',
    stdio: 'pipe',
    timeout: DEADLINE_MS,
  });
}

describe('readme', () => {
  it('has examples', () => {
    assert.ok(EXAMPLES.length >= 5);
  });

  for (const { name, code } of EXAMPLES) {
    it(`runs the example of "${name}"`, () => {
      const printed = run(code).trimEnd().split('\n').filter(Boolean);
      const promised = [...code.matchAll(/^ *console\.log\(.*\); \/\/ (.+)$/gm)].map(([, comment]) => comment);
      assert.equal(printed.length, promised.length);
      for (const [i, comment] of promised.entries()) assert.equal(printed[i], said(comment));
    });
  }

  it('links only to files that are there', () => {
    const links = [...README.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path]) => path);
    for (const path of links) readFileSync(join(ROOT, path));
  });

  it('names only commands that are there', () => {
    const { scripts } = /** @type {any} */ (require('../package.json'));
    for (const [, name] of README.matchAll(/`npm run ([\w:]+)/g)) assert.ok(name in scripts, name);
  });
});

/** What an example promises to print stands behind it, up to a remark. */
function said(/** @type {string} */ comment) {
  return comment.startsWith('&') ? comment : comment.split(/[:,] /, 1)[0];
}
