// @ts-check
'use strict';

// The layout of records, and what the documentation makes of them.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const { ROOT, linksOf, read } = require('../support/pages');

const RECORD = {
  date: '2030-01-02',
  quick: false,
  machine: { cpu: 'Some CPU', cores: 2, memoryGib: 8, system: 'Linux 6.1, x64', node: '26.1.0 (V8 14, OpenSSL 3)' },
  versions: [
    ['portcullis', '1.2.3'],
    ['cors', '2.0.0'],
    ['peer', '3.0.0'],
  ],
  rows: [
    { area: 'cors', case: 'an allowed origin, the last of 1,000', subject: 'portcullis', nsPerOp: 91.1 },
    { area: 'cors', case: 'an allowed origin, the last of 1,000', subject: 'cors', nsPerOp: 10_596 },
    { area: 'jwt', case: 'verify HS256, nine claims', subject: 'portcullis', nsPerOp: 1500 },
    { area: 'jwt', case: 'verify HS256, nine claims', subject: 'peer (text)', nsPerOp: 30_000 },
    { area: 'jwt', case: 'verify HS256, nine claims', subject: 'portcullis (copies)', nsPerOp: 3000 },
    { area: 'jwt', case: 'verify HS256, nine claims', subject: 'by hand', nsPerOp: 750 },
    { area: 'jwt', case: 'sign', subject: 'portcullis', nsPerOp: 12.34 },
    { area: 'rate-limit', case: 'middleware, draft-8, IPv4', subject: 'portcullis', nsPerOp: 1000 },
    { area: 'rate-limit', case: 'middleware, draft-8, IPv4', subject: 'peer', nsPerOp: 1001 },
    { area: 'password', case: 'verify, 19 MiB, 2 passes', subject: 'portcullis', nsPerOp: 17_000_000 },
    { area: 'password', case: 'verify, 19 MiB, 2 passes', subject: 'peer', nsPerOp: 12_750_000 },
  ],
  stack: [
    ['article', 800],
    ['best', 200],
    ['portcullis (web)', 100],
    ['portcullis (api)', 90],
  ].map(([subject, cpuUs]) => ({
    area: 'stack',
    case: 'GET /me',
    subject,
    nsPerOp: 1,
    rps: 9000,
    toBare: 0.8,
    toArticle: 6.123,
    cpuUs,
  })),
};
const README = 'a\n<!-- figures -->\nold\n<!-- /figures -->\nz\n';

/** @returns {Promise<any>} */
const figures = () => import('../../scripts/figures.mjs');
/** @returns {Promise<any>} */
const units = () => import('../../scripts/docs/units.mjs');

/** The README with the figures of a record. @param {any} record */
async function quoted(record, readme = README) {
  const { quoteFigures } = await import('../../scripts/docs/figures.mjs');
  return quoteFigures(readme, await parsed(record));
}

/** The record as data again. @param {any} record */
async function parsed(record) {
  const { parseRecord } = await import('../../scripts/docs/record.mjs');
  return parseRecord((await figures()).recordPage(record), 'bench/record/2030-01-02-node26.md');
}

describe('figures', () => {
  it('writes a record with its machine, versions, every row and the ratio', async () => {
    const page = (await figures()).recordPage(RECORD);
    for (const line of [
      '# Benchmarks of 2030-01-02 on Node.js 26.1.0',
      '- Machine: Some CPU, 2 cores, 8 GiB',
      '- Node.js: 26.1.0 (V8 14, OpenSSL 3)',
      '| portcullis | 1.2.3 |',
      '| verify HS256, nine claims | portcullis | 1,500 | |',
      '| | peer (text) | 30,000 | 0.0500 of it |',
      '| sign | portcullis | 12.3 | |',
      '| GET /me | portcullis (web) | 9,000 | 80.0 % | 6.12 x | 100.0 us |',
    ]) {
      assert.ok(page.split('\n').includes(line), line);
    }
    assert.doesNotMatch(page, /quick/);
  });

  it('marks a quick run as no measurement, and omits an absent stack', async () => {
    const page = (await figures()).recordPage({ ...RECORD, quick: true, stack: [] });
    assert.match(page, /\*\*A quick run: /);
    assert.doesNotMatch(page, /## stack/);
  });

  it('reads a record back as it was written', async () => {
    const { date, node, machine, versions, areas, stack } = await parsed(RECORD);
    assert.deepEqual([date, node, machine], ['2030-01-02', '26.1.0', 'Some CPU, 2 cores, 8 GiB']);
    assert.equal(versions.get('portcullis'), '1.2.3');
    assert.deepEqual(areas.get('jwt')?.[0], {
      name: 'verify HS256, nine claims',
      ours: { subject: 'portcullis', nsPerOp: 1500 },
      others: [
        { subject: 'peer (text)', nsPerOp: 30_000 },
        { subject: 'portcullis (copies)', nsPerOp: 3000 },
        { subject: 'by hand', nsPerOp: 750 },
      ],
    });
    assert.equal(stack.columns.at(-1), 'server CPU per request');
    assert.equal(stack.rows.length, 4);
  });

  const SPEEDS = /** @type {Array<[ours: number, other: number, text: string]>} */ ([
    [91.1, 10_596, '116 times faster than peer'],
    [1, 18.24, '18.2 times faster than peer'],
    [1, 1.5, '1.5 times faster than peer'],
    [566.6, 425.3, '1.33 times slower than peer'],
    [1000, 1001, 'as fast as peer'],
  ]);
  for (const [ours, other, text] of SPEEDS) {
    it(`writes ${other} ns against ${ours} ns as "${text}"`, async () => {
      const { speed } = await units();
      assert.equal(speed({ subject: 'ours', nsPerOp: ours }, { subject: 'peer', nsPerOp: other }), text);
    });
  }

  it('quotes five figures in the README, each with its version of Node.js, and touches nothing else', async () => {
    const lines = (await quoted(RECORD)).split('\n');
    assert.deepEqual(lines.slice(0, 2), ['a', '<!-- figures -->']);
    assert.deepEqual(lines.slice(7), ['<!-- /figures -->', 'z', '']);
    const five = lines.slice(2, 7);
    assert.deepEqual(
      five.map((/** @type {string} */ line) => line.endsWith(' (Node.js 26.1.0).')),
      [true, true, true, true, true],
    );
    assert.match(five[0], /: 8 times faster than helmet, .* together; 2 times faster than the same with fast-jwt/);
    assert.match(five[1], /: 20 times faster than peer \(text\) \(Node/);
    assert.match(five[4], /: 1\.33 times slower than peer /);
  });

  it('refuses a README without marks, and a record without a figure that the README quotes', async () => {
    await assert.rejects(quoted(RECORD, 'no marks'), /lacks the marks/);
    const rows = RECORD.rows.filter(({ area }) => area !== 'cors');
    await assert.rejects(quoted({ ...RECORD, rows }), /quotes a case .*an allowed origin.* of cors; recorded: none/);
    await assert.rejects(quoted({ ...RECORD, stack: [] }), /CPU time of portcullis, article and best/);
  });

  it('shows every case of a record in docs/figures.md, under its version of Node.js', async () => {
    const { figuresPage } = await import('../../scripts/docs/figures.mjs');
    const page = figuresPage([await parsed(RECORD)]);
    for (const line of [
      '## Node.js 26.1.0',
      '| an allowed origin, the last of 1,000 | 91.1 ns | 116 times faster than cors |',
      '| verify HS256, nine claims | 1.5 µs | 20 times faster than peer (text); 2 times faster than portcullis (copies); 2 times slower than by hand |',
      '| sign | 12.3 ns |  |',
    ]) {
      assert.ok(page.split('\n').includes(line), line);
    }
  });

  it('links from docs/figures.md to records that exist', () => {
    const records = linksOf('docs/figures.md').filter(({ file }) => file.startsWith('bench/record/'));
    assert.ok(records.length > 0);
    for (const { file } of records) assert.ok(existsSync(join(ROOT, file)), file);
  });

  it('promises no ratio on the machine of the reader', () => {
    for (const path of ['README.md', 'docs/figures.md']) assert.doesNotMatch(read(path), /[Rr]atios travel/);
  });
});
