'use strict';

const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const PAGE = join(__dirname, '../../../docs/dropins-input.md');

/**
 * A test for each deliberate difference; the page lists them by the same names, in the same order. The caller declares them,
 * because the runner counts tests by the file that does.
 * @param {string} name of the package @param {Record<string, () => unknown>} differences
 * @returns {Array<[title: string, test: () => unknown]>}
 */
function differenceTests(name, differences) {
  const tests = Object.entries(differences).map(
    ([title, test]) => /** @type {[string, () => unknown]} */ ([`differs in ${title}`, test]),
  );
  return [...tests, ['has a row in docs/dropins-input.md for each, and no other', () => holdPage(name, differences)]];
}

/** @param {string} name @param {object} differences */
function holdPage(name, differences) {
  const section = readFileSync(PAGE, 'utf8').split(`\n## ${name}\n`)[1]?.split('\n## ', 1)[0] ?? '';
  const table = section.split('\n| Case | Here |\n|---|---|\n')[1] ?? '';
  const rows = [...table.matchAll(/^\| (.+?) \| .+ \|$/gm)].map(([, row]) => row);
  assert.deepEqual(rows, Object.keys(differences));
}

module.exports = { differenceTests };
