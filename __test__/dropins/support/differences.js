'use strict';

const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { describe, it } = require('node:test');

const PAGE = join(__dirname, '../../../docs/dropins-input.md');

/**
 * Declares a test for each deliberate difference; the page lists them by the same names, in the same order.
 * @param {string} name of the package @param {Record<string, () => unknown>} differences
 */
function describeDifferences(name, differences) {
  describe(`dropins/${name}, differences`, () => {
    for (const [title, test] of Object.entries(differences)) it(`differs in ${title}`, test);

    it('has a row in docs/dropins-input.md for each, and no other', () => {
      const section = readFileSync(PAGE, 'utf8').split(`\n## ${name}\n`)[1]?.split('\n## ', 1)[0] ?? '';
      const table = section.split('\n| Case | Here |\n|---|---|\n')[1] ?? '';
      const rows = [...table.matchAll(/^\| (.+?) \| .+ \|$/gm)].map(([, row]) => row);
      assert.deepEqual(rows, Object.keys(differences));
    });
  });
}

module.exports = { describeDifferences };
