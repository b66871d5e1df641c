// npm run bench:record [-- --node <version>] [--stack] [--quick]: runs every benchmark and keeps its figures with their
// machine and versions in bench/record/<date>-node<major>.md, since a figure without them means nothing. The documentation
// quotes records that are not quick.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { recordName, recordPage } from '../scripts/figures.mjs';
import { onWantedNode } from '../scripts/node-runtime.mjs';

const ROOT = new URL('..', import.meta.url);
const GIB = 1024 ** 3;
// The benchmarks run on the Node.js that runs this.
const args = onWantedNode();
const quick = args.includes('--quick');
const BENCH_FLAGS = quick ? ['--json', '--quick'] : ['--json'];

const record = {
  date: new Date().toISOString().slice(0, 10),
  quick,
  machine: machine(),
  versions: versions(),
  rows: await figures('bench/run.mjs'),
  stack: args.includes('--stack') ? await figures('bench/stack.mjs') : [],
};
mkdirSync(new URL('bench/record', ROOT), { recursive: true });
write(`bench/record/${recordName(record)}.md`, recordPage(record));
if (!record.quick) {
  const { generated } = await import('../scripts/docs.mjs');
  for (const [path, text] of Object.entries(generated())) write(path, text);
}

/** Runs a benchmark and collects the JSON lines that it prints. */
async function figures(script) {
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, ROOT)), ...BENCH_FLAGS], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  let output = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    output += chunk;
    process.stdout.write(chunk);
  }
  if ((await ended) !== 0) throw new Error(`${script} failed; nothing was recorded`);
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line));
}

function machine() {
  const [cpu] = cpus();
  const { node, v8, openssl } = process.versions;
  return {
    cpu: cpu?.model.trim() || 'unknown processor',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / GIB),
    system: `${type()} ${release()}, ${process.arch}`,
    node: `${node} (V8 ${v8}, OpenSSL ${openssl})`,
  };
}

/** The package, and every other one that a benchmark names. */
function versions() {
  const own = JSON.parse(read('package.json'));
  const sources = readdirSync(new URL('bench', ROOT), { recursive: true }).filter((name) => name.endsWith('.mjs'));
  const text = sources.map((name) => read(`bench/${name}`)).join('\n');
  const peers = Object.keys({ ...own.dependencies, ...own.devDependencies }).filter((name) =>
    text.includes(`'${name}'`),
  );
  const installed = peers.sort().map((name) => [name, JSON.parse(read(`node_modules/${name}/package.json`)).version]);
  return [[own.name, own.version], ...installed];
}

function read(path) {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

function write(path, text) {
  writeFileSync(new URL(path, ROOT), text);
  console.log(`Wrote ${path}`);
}
