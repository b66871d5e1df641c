// npm run bench:record [-- --stack] [--quick]: runs every benchmark and keeps its figures with their machine and versions
// in bench/record/<date>.md, since a figure without them says nothing. The layout is fixed, so that two records compare.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('..', import.meta.url);
const GIB = 1024 ** 3;

const quick = process.argv.includes('--quick');
const date = new Date().toISOString().slice(0, 10);
const rows = await figures('bench/run.mjs');
const stack = process.argv.includes('--stack') ? await figures('bench/stack.mjs') : [];
const path = new URL(`bench/record/${date}.md`, ROOT);
mkdirSync(new URL('.', path), { recursive: true });
writeFileSync(path, [...head(), ...versions(), ...areaTables(rows), ...stackTable(stack)].join('\n'));
console.log(`Wrote ${fileURLToPath(path)}`);

/** Runs a benchmark and collects the JSON lines that it prints. @returns {Promise<any[]>} */
async function figures(script) {
  const flags = ['--json', ...(quick ? ['--quick'] : [])];
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, ROOT)), ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  let output = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    output += chunk;
    process.stdout.write(chunk);
  }
  if ((await ended) !== 0) throw new Error(`${script} failed; nothing was recorded`);
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

function head() {
  const [cpu] = cpus();
  return [
    `# Benchmarks of ${date}`,
    '',
    'Median times of one call; the first subject of each case is ours. Ratios travel between machines, nanoseconds do not.',
    ...(quick ? ['', '**A quick run: it shows that the benchmarks work, not what they measure.**'] : []),
    '',
    `- Machine: ${cpu?.model.trim() ?? 'unknown'}, ${cpus().length} cores, ${(totalmem() / GIB).toFixed(0)} GiB`,
    `- System: ${type()} ${release()}, ${process.arch}`,
    `- Node.js: ${process.versions.node} (V8 ${process.versions.v8}, OpenSSL ${process.versions.openssl})`,
    '',
  ];
}

/** The package and every other one that a benchmark names. */
function versions() {
  const { version, dependencies, devDependencies } = readJson('package.json');
  const sources = readdirSync(new URL('bench', ROOT))
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => readFileSync(new URL(`bench/${name}`, ROOT), 'utf8'))
    .join('\n');
  const peers = Object.keys({ ...dependencies, ...devDependencies })
    .filter((name) => sources.includes(`'${name}'`))
    .sort();
  const lines = peers.map((name) => `| ${name} | ${readJson(`node_modules/${name}/package.json`).version} |`);
  return ['| package | version |', '|---|---|', `| portcullis | ${version} |`, ...lines, ''];
}

function areaTables(rows) {
  return [...grouped(rows)].flatMap(([area, cases]) => [
    `## ${area}`,
    '',
    '| case | subject | ns per call | ours is |',
    '|---|---|---:|---:|',
    ...cases.map((row) =>
      line(
        row,
        cases.find((other) => other.case === row.case),
      ),
    ),
    '',
  ]);
}

function line(row, ours) {
  const ratio = row === ours ? '' : `${(ours.nsPerOp / row.nsPerOp).toFixed(3)} of it`;
  return `| ${row === ours ? row.case : ''} | ${row.subject} | ${number(row.nsPerOp)} | ${ratio} |`;
}

function stackTable(rows) {
  if (rows.length === 0) return [];
  return [
    '## stack',
    '',
    'Whole requests over loopback, keep-alive; server and load are processes of their own.',
    '',
    '| case | subject | requests per second | of bare | of the article stack | server CPU per request |',
    '|---|---|---:|---:|---:|---:|',
    ...rows.map(
      (row) =>
        `| ${row.case} | ${row.subject} | ${number(row.rps)} | ${(row.toBare * 100).toFixed(1)} % | ${row.toArticle.toFixed(2)} x | ${row.cpuUs.toFixed(1)} us |`,
    ),
    '',
  ];
}

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.area, [...(groups.get(row.area) ?? []), row]);
  return groups;
}

const number = (value) => value.toLocaleString('en-US', { maximumFractionDigits: value < 1000 ? 1 : 0 });

function readJson(path) {
  return JSON.parse(readFileSync(new URL(path, ROOT), 'utf8'));
}
