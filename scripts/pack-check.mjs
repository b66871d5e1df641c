// npm run pack:check: checks the package as users install it. Packs, lints the tarball, checks its contents, and runs a
// hardened app in a new folder for each way of using the package.
// node scripts/pack-check.mjs --from <folder>: checks the tarballs of a release there, which hold the addon of every platform.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createChecks } from './checks.mjs';
import { drive, install } from './consumers.mjs';
import { checkGlibc } from './glibc.mjs';
import { packAsPublished, packedIn, TRIPLES } from './pack.mjs';
import { run } from './run.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CONSUMERS = join(ROOT, '__test__', 'consumers');
const BIN = (name) => join(ROOT, 'node_modules', '.bin', name);
const ALLOWED =
  /^package\/(package\.json|index\.js|index\.d\.ts|types\/[\w-]+\.d\.ts|types\/express\.js|(lib|dropins)\/[\w-]+(\/[\w-]+)*\.js|dropins\/[\w-]+\/index\.d\.ts|README\.md|SECURITY\.md|LICENSE)$/;
/** Bound of the main tarball, which holds no addon: every user downloads it. Room for some fifteen areas of 20 KB each. */
const MAX_TARBALL_BYTES = 320_000;

const { from } = parseArgs({ options: { from: { type: 'string' } } }).values;
process.chdir(ROOT);
const work = mkdtempSync(join(tmpdir(), 'portcullis-consumers-'));
const { check, finish } = createChecks();
try {
  await checkAll();
} finally {
  rmSync(work, { recursive: true, force: true });
}
finish();

async function checkAll() {
  const tarballs = from ? packedIn(from) : packAsPublished(join(work, 'tarballs'));
  if (from) {
    for (const triple of TRIPLES) {
      await check(`the addon of ${triple}`, () => checkAddon(tarballs.platforms[`@portcullis/${triple}`], triple));
    }
  }
  await check('the tarball holds only what is listed', () => checkFiles(tarballs.main));
  await check(`the tarball has at most ${MAX_TARBALL_BYTES / 1000} KB`, () => checkSize(tarballs.main));
  await check('the tarball runs no script and asks for every platform', () => checkManifest(tarballs.main));
  await check('publint', () => run(BIN('publint'), ['run', tarballs.main, '--strict']));
  await check('attw', () => run(BIN('attw'), [tarballs.main, '--no-definitely-typed']));
  for (const name of ['cjs', 'esm', 'express4', 'express5']) {
    await check(`consumer ${name}`, async () => drive(installed(name, tarballs), 'app.js'));
  }
  for (const mode of ['node16', 'bundler']) {
    await check(`consumer ts, moduleResolution ${mode}`, async () => {
      const folder = installed('ts', tarballs);
      run(BIN('tsc'), ['--project', `tsconfig.${mode}.json`], { cwd: folder });
      await drive(folder, join(`dist-${mode}`, 'app.js'));
    });
  }
  const folder = installed('cjs', tarballs);
  await check('loader, on a platform without a build', () =>
    checkRefusal(folder, 'freebsd', 'x64', /no build for freebsd-x64.*It supports: darwin-arm64.*Run on one of these/),
  );
  await check('loader, where the platform package is missing', () =>
    checkRefusal(folder, 'darwin', 'arm64', /darwin-arm64 is missing.*npm install portcullis --os=darwin --cpu=arm64/),
  );
}

/** A consumer is installed once, by the first check that needs it. */
function installed(name, tarballs) {
  const folder = join(work, name);
  if (!existsSync(folder)) install(join(CONSUMERS, name), folder, tarballs);
  return folder;
}

function checkFiles(tarball) {
  const files = run('tar', ['-tzf', tarball]).trim().split('\n');
  assert.deepEqual(
    files.filter((name) => !ALLOWED.test(name)),
    [],
  );
  for (const name of [
    'index.js',
    'index.d.ts',
    'types/jwt.d.ts',
    'lib/support/native.js',
    'dropins/jsonwebtoken/index.js',
    'dropins/escape-html/index.js',
    'dropins/express-mongo-sanitize/index.js',
    'dropins/hpp/index.js',
    'dropins/xss-clean/index.js',
    'README.md',
    'LICENSE',
  ]) {
    assert.ok(files.includes(`package/${name}`), `${name} is missing`);
  }
}

/** A build of a release runs on the oldest glibc; one of this machine is made for this machine. */
function checkAddon(tarball, triple) {
  const folder = mkdtempSync(join(work, 'addon-'));
  run('tar', ['-xzf', tarball, '-C', folder]);
  const addon = join(folder, 'package', `portcullis.${triple}.node`);
  assert.ok(existsSync(addon), 'the tarball holds no addon');
  if (triple.endsWith('-gnu')) checkGlibc(addon);
}

function checkSize(tarball) {
  const { size } = statSync(tarball);
  console.log(`      ${(size / 1000).toFixed(1)} KB packed`);
  assert.ok(size <= MAX_TARBALL_BYTES, `the tarball has ${size} bytes; the bound is ${MAX_TARBALL_BYTES}`);
}

function checkManifest(tarball) {
  const manifest = JSON.parse(run('tar', ['-xzOf', tarball, 'package/package.json']));
  const { version } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8'));
  assert.equal(manifest.scripts, undefined);
  assert.equal(manifest.devDependencies, undefined);
  assert.deepEqual(
    manifest.optionalDependencies,
    Object.fromEntries(TRIPLES.map((triple) => [`@portcullis/${triple}`, version])),
  );
}

function checkRefusal(folder, platform, arch, expected) {
  const pretend = `for (const [k, value] of [['platform', '${platform}'], ['arch', '${arch}']]) Object.defineProperty(process, k, { value });`;
  const script = `${pretend} try { require('portcullis'); } catch (error) { process.stdout.write(error.code + ' ' + error.message); }`;
  const message = run(process.execPath, ['-e', script], { cwd: folder });
  assert.match(message, /^ERR_NATIVE_LOAD /);
  assert.match(message, expected);
}
