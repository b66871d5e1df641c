// @ts-check
'use strict';

// Requests as real programs send them, each with the verdict of the default policy and the reason for it.

const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const FOLDER = join(__dirname, '../vectors/ordinary-bodies');

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {'json' | 'form' | 'query' | 'cookie' | 'files'} kind
 * @property {any} [body] a value; for other kinds than JSON the text as it is sent, or pairs of a name and a value
 * @property {string} [text] JSON as it is sent
 * @property {keyof typeof GENERATORS} [generate]
 * @property {string} verdict 'pass', or the code of the refusal
 * @property {string} [pointer] where the refusal is
 * @property {Record<string, any>} [passesWith] the documented options that let it pass
 * @property {string} why
 */

/** @type {(length: number) => Array<Record<string, unknown>>} */
const rows = (length) =>
  Array.from({ length }, (_, i) => ({
    id: i + 1,
    sku: `SKU-${100_000 + i}`,
    'name.de': `Artikel Nr. ${i} – größer`,
    price: (i * 7) / 100,
    stock: i % 50,
    active: i % 3 === 0,
    tags: ['import', `batch-${i % 10}`],
    updated_at: '2026-01-01T00:00:00Z',
  }));

/** @param {number} depth @returns {object} */
const thread = (depth) => ({ text: `reply ${depth}`, replies: depth === 0 ? [] : [thread(depth - 1)] });

/** Bodies that are too long to write down. @type {Record<string, () => string>} */
const GENERATORS = {
  rows: () => JSON.stringify({ rows: rows(1_000) }),
  halfOfTheRows: () => JSON.stringify({ rows: rows(500) }),
  pairs: () => JSON.stringify(Array.from({ length: 5_000 }, (_, i) => ({ k: i, v: i % 7 }))),
  matrix: () => JSON.stringify(Array.from({ length: 64 }, (_, i) => Array.from({ length: 64 }, (_, j) => i * j))),
  image: () => JSON.stringify({ avatar: `data:image/png;base64,${Buffer.alloc(60_000, 'png').toString('base64')}` }),
  photo: () => JSON.stringify({ photo: Buffer.alloc(3_000_000, 'jpg').toString('base64') }),
  longText: () => JSON.stringify({ text: '漢'.repeat(30_000) }),
  thread: () => JSON.stringify(thread(14)),
  deepThread: () => JSON.stringify(thread(25)),
  idMap: () => JSON.stringify(Object.fromEntries(Array.from({ length: 900 }, (_, i) => [String(i * 37), { n: i }]))),
  manyFields: () => Array.from({ length: 400 }, (_, i) => `field_${i}=${i}`).join('&'),
};

/** @type {Entry[]} */
const ENTRIES = readdirSync(FOLDER)
  .sort()
  .flatMap((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')));

const BOUNDARY = 'x-boundary';
const multipart = (/** @type {Array<[string, string]>} */ fields) =>
  `${fields
    .map(([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')}--${BOUNDARY}--\r\n`;

/** The entry as a request. @param {Entry} entry */
function requestOf({ kind, body, text, generate }) {
  const content = generate === undefined ? text : /** @type {() => string} */ (GENERATORS[generate])();
  const post = (/** @type {string} */ type, /** @type {string} */ sent) => ({
    method: 'POST',
    headers: { 'content-type': type },
    body: sent,
  });
  if (kind === 'json') return post('application/json', content ?? JSON.stringify(body));
  if (kind === 'form') return post('application/x-www-form-urlencoded', content ?? body);
  if (kind === 'files') return post(`multipart/form-data; boundary=${BOUNDARY}`, multipart(body));
  if (kind === 'cookie') return { headers: { cookie: body } };
  return { path: `/?${body.replaceAll(' ', '%20')}` };
}

module.exports = { ENTRIES, GENERATORS, requestOf };
