// npm run test:runtimes: the tests in JavaScript on each Node.js that users run, and the published package on each of
// them, on Bun and on Deno. All of them use the one addon that is built here: Node-API promises that.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createChecks } from './checks.mjs';
import { nodeBinary, packageFolder } from './node-runtime.mjs';
import { packAsPublished, TRIPLES } from './pack.mjs';
import { collect, lastCount } from './run.mjs';
import { installSmoke, runSmoke } from './smoke.mjs';
import { RUNTIMES } from './versions.mjs';

const { platform, arch } = process;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const work = mkdtempSync(join(tmpdir(), 'portcullis-runtimes-'));
const { check, add, finish } = createChecks();
try {
  await checkSmoke();
  for (const version of RUNTIMES.node) await runSuite(version);
} finally {
  rmSync(work, { recursive: true, force: true });
}
finish();

async function checkSmoke() {
  const app = join(work, 'app');
  await check('install', () => installSmoke(app, packAsPublished(join(work, 'tarballs')), hostTriple()));
  for (const version of RUNTIMES.node) await check(`Node.js ${version}`, () => runSmoke(app, [nodeBinary(version)]));
  await check(`Bun ${RUNTIMES.bun}`, () => runSmoke(app, [bunBinary()]));
  await check(`Deno ${RUNTIMES.deno}`, () => runSmoke(app, [denoBinary(), 'run', '--allow-all']));
}

/** The C library is the one that the build chose: there is one addon for this machine, and it has been built. */
function hostTriple() {
  const { glibcVersionRuntime } = process.report.getReport().header;
  const libc = { linux: glibcVersionRuntime ? '-gnu' : '-musl', win32: '-msvc' }[platform] ?? '';
  return TRIPLES.find((triple) => triple === `${platform}-${arch}${libc}`);
}

function bunBinary() {
  const system = platform === 'win32' ? 'windows' : platform;
  const name = `@oven/bun-${system}-${arch === 'arm64' ? 'aarch64' : arch}`;
  return join(packageFolder(name, RUNTIMES.bun), 'bin', platform === 'win32' ? 'bun.exe' : 'bun');
}

function denoBinary() {
  const name = `@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}`;
  return join(packageFolder(name, RUNTIMES.deno), platform === 'win32' ? 'deno.exe' : 'deno');
}

/** Its output is shown only when a test fails; its counts are part of the sum. */
async function runSuite(version) {
  const start = performance.now();
  const { output, code } = await collect(nodeBinary(version), ['scripts/test.mjs', 'node']);
  const { passed = 0, failed = 0 } = lastCount(output) ?? {};
  const isWell = code === 0 && passed > 0 && failed === 0;
  if (!isWell) console.log(output);
  console.log(
    `${isWell ? 'pass' : 'FAIL'}  tests on Node.js ${version} (${((performance.now() - start) / 1000).toFixed(1)} s)`,
  );
  add({ passed, failed: isWell ? 0 : Math.max(1, failed) });
}
