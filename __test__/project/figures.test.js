// @ts-check
'use strict';

// The layout of records, and that what the README quotes stands in a record.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '../..');
const RECORD = {
  date: '2030-01-02',
  quick: false,
  machine: { cpu: 'Some CPU', cores: 2, memoryGib: 8, system: 'Linux 6.1, x64', node: '20.1.0 (V8 11, OpenSSL 3)' },
  versions: [['portcullis', '1.2.3']],
  rows: [
    { area: 'jwt', case: 'verify', subject: 'portcullis', nsPerOp: 1500 },
    { area: 'jwt', case: 'verify', subject: 'peer', nsPerOp: 30_000 },
    { area: 'jwt', case: 'sign', subject: 'portcullis', nsPerOp: 12.34 },
  ],
  stack: [
    {
      area: 'stack',
      case: 'GET /',
      subject: 'portcullis',
      nsPerOp: 1,
      rps: 9000,
      toBare: 0.8,
      toArticle: 6.123,
      cpuUs: 90,
    },
  ],
};
const figures = () => /** @type {Promise<any>} */ (import('../../scripts/figures.mjs'));

describe('figures', () => {
  it('writes a record with its machine, versions, every row and the ratio', async () => {
    const page = (await figures()).recordPage(RECORD);
    for (const line of [
      '# Benchmarks of 2030-01-02 on Node.js 20.1.0',
      '- Machine: Some CPU, 2 cores, 8 GiB',
      '- Node.js: 20.1.0 (V8 11, OpenSSL 3)',
      '| portcullis | 1.2.3 |',
      '| verify | portcullis | 1,500 | |',
      '| | peer | 30,000 | 0.0500 of it |',
      '| sign | portcullis | 12.3 | |',
      '| GET / | portcullis | 9,000 | 80.0 % | 6.12 x | 90.0 us |',
    ]) {
      assert.ok(page.split('\n').includes(line), line);
    }
    assert.doesNotMatch(page, /quick/);
  });

  it('says of a quick run that it measures nothing, and leaves an absent stack out', async () => {
    const page = (await figures()).recordPage({ ...RECORD, quick: true, stack: [] });
    assert.match(page, /\*\*A quick run: /);
    assert.doesNotMatch(page, /## stack/);
  });

  it('quotes a record between the marks of the README and touches nothing else', async () => {
    const { quoteFigures } = await figures();
    const quoted = quoteFigures('a\n<!-- figures -->\nold\n<!-- /figures -->\nz\n', RECORD);
    assert.equal(
      quoted,
      [
        'a',
        '<!-- figures -->',
        '2-core Some CPU, Node.js 20.1.0: [the record of 2030-01-02](bench/record/2030-01-02-node20.md).',
        '',
        '| Work | Time of a call | Ours beside others |',
        '|---|---:|---|',
        '| jwt: verify | 1.50 us | 0.0500 of peer |',
        '| jwt: sign | 12.3 ns |  |',
        '| a whole request, GET /, portcullis | 90.0 us of CPU | 80.0 % of bare Express, 6.1 x the article stack |',
        '<!-- /figures -->',
        'z',
        '',
      ].join('\n'),
    );
    assert.throws(() => quoteFigures('no marks', RECORD), /lacks the marks/);
  });

  it('has in the README marks, and a record for what stands between them', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const block = /<!-- figures -->\n([\s\S]*?)<!-- \/figures -->/.exec(readme)?.[1];
    assert.ok(block);
    for (const [, path] of block.matchAll(/\]\((bench\/record\/[\w-]+\.md)\)/g))
      assert.ok(existsSync(join(ROOT, path)), path);
  });
});
