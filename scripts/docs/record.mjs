// Reads the pages in bench/record back into data, so that the documentation quotes what was recorded and nothing else.
import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../bench/record/', import.meta.url);

/**
 * @typedef {{ subject: string, nsPerOp: number }} Subject
 * @typedef {{ name: string, ours: Subject, others: Subject[] }} Case
 * @typedef {{ path: string, date: string, machine: string, node: string, versions: Map<string, string>,
 *   areas: Map<string, Case[]>, stack: { columns: string[], rows: string[][] } }} Record
 */

/** The latest record of each major version of Node.js, the newest version first. @returns {Record[]} */
export function latestRecords() {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));
  const records = names.map((name) => parseRecord(readFileSync(new URL(name, FOLDER), 'utf8'), `bench/record/${name}`));
  const byMajor = new Map();
  for (const record of records.sort((a, b) => a.date.localeCompare(b.date))) byMajor.set(majorOf(record), record);
  if (byMajor.size === 0) throw new Error('bench/record is empty: run "npm run bench:record" first');
  return [...byMajor.values()].sort((a, b) => majorOf(b) - majorOf(a));
}

/** @param {string} page @param {string} path @returns {Record} */
export function parseRecord(page, path) {
  const [head, ...sections] = page.split(/^## /m);
  const tables = new Map(sections.map((section) => [section.split('\n', 1)[0].trim(), tableOf(section)]));
  const { columns = [], rows = [] } = tables.get('stack') ?? {};
  tables.delete('stack');
  return {
    path,
    date: fact(head, /^# Benchmarks of ([\d-]+)/m, path),
    machine: fact(head, /^- Machine: (.+)$/m, path),
    node: fact(head, /^- Node\.js: ([\d.]+)/m, path),
    versions: new Map(tableOf(head).rows.map(([name, version]) => [name, version])),
    areas: new Map([...tables].map(([area, table]) => [area, casesOf(table.rows)])),
    stack: { columns, rows },
  };
}

const majorOf = ({ node }) => Number(node.split('.', 1)[0]);

function fact(head, pattern, path) {
  const found = pattern.exec(head)?.[1];
  if (found === undefined) throw new Error(`${path} has no line like ${pattern}`);
  return found;
}

/** The one table of a section: its column titles, and its rows as cells. */
function tableOf(section) {
  const lines = section.split('\n').filter((line) => line.startsWith('|') && !line.startsWith('|--'));
  const [columns = [], ...rows] = lines.map((line) =>
    line
      .slice(1, line.lastIndexOf('|'))
      .split('|')
      .map((cell) => cell.trim()),
  );
  return { columns, rows };
}

/** A row without a name belongs to the case above it; the first subject of a case is ours. @returns {Case[]} */
function casesOf(rows) {
  const cases = [];
  for (const [name, subject, time] of rows) {
    const measured = { subject, nsPerOp: Number(time.replaceAll(',', '')) };
    if (name !== '') cases.push({ name, ours: measured, others: [] });
    else cases.at(-1).others.push(measured);
  }
  return cases;
}
