// npm run bundlers:check: an app that uses the published package, built by the usual bundlers and by a file tracer.
// Each result is run without the node_modules folder it was built from, except where the package stays outside of it.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { createChecks } from './checks.mjs';
import { drive, install } from './consumers.mjs';
import { packAsPublished } from './pack.mjs';
import { run } from './run.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const PACKAGES = [
  'portcullis',
  'portcullis/escape-html',
  'portcullis/express-mongo-sanitize',
  'portcullis/hpp',
  'portcullis/jsonwebtoken',
];

process.chdir(ROOT);
const work = mkdtempSync(join(tmpdir(), 'portcullis-bundlers-'));
const app = join(work, 'app');
const entry = join(app, 'app.js');
const { check, finish } = createChecks();
try {
  install(join(ROOT, '__test__', 'consumers', 'cjs'), app, packAsPublished(join(work, 'tarballs')));
  await checkBundlers();
} finally {
  rmSync(work, { recursive: true, force: true });
}
finish();

async function checkBundlers() {
  await check('esbuild, --loader:.node=copy', () => driveAlone(esbuild({ loader: { '.node': 'copy' } })));
  await check('esbuild, --external:portcullis', () => driveBesideModules(esbuild({ external: ['portcullis'] })));
  const loader = { module: { rules: [{ test: /\.node$/, loader: require.resolve('node-loader') }] } };
  await check('webpack, node-loader', () => driveAlone(webpack(loader)));
  const externals = Object.fromEntries(PACKAGES.map((name) => [name, `commonjs ${name}`]));
  await check('webpack, externals', () => driveBesideModules(webpack({ externals })));
  await check('rollup, the platform package external', () => driveBesideModules(rollup([/^@portcullis\//])));
  await check('rollup, external', () => driveBesideModules(rollup(PACKAGES)));
  await check('@vercel/nft', () => driveAlone(trace()));
  await check('@vercel/ncc', () => driveAlone(ncc()));
}

/** Runs what was built from a copy in a folder where no package can be found. */
async function driveAlone(building) {
  const built = await building;
  const alone = mkdtempSync(join(tmpdir(), 'portcullis-bundled-'));
  try {
    cpSync(built, alone, { recursive: true });
    await drive(alone, 'app.js');
  } finally {
    rmSync(alone, { recursive: true });
  }
}

async function driveBesideModules(building) {
  await drive(await building, 'app.js');
}

function folderFor(bundler) {
  return mkdtempSync(join(app, `${bundler}-`));
}

async function esbuild(options) {
  const outdir = folderFor('esbuild');
  const { build } = require('esbuild');
  await build({ entryPoints: [entry], bundle: true, platform: 'node', outdir, logLevel: 'error', ...options });
  return outdir;
}

async function webpack(options) {
  const path = folderFor('webpack');
  const config = { mode: 'production', target: 'node', context: app, entry, output: { path, filename: 'app.js' } };
  const stats = await promisify(require('webpack'))({ ...config, ...options });
  assert.equal(stats.hasErrors(), false, stats.toString({ all: false, errors: true }));
  return path;
}

async function rollup(external) {
  const dir = folderFor('rollup');
  const plugins = ['node-resolve', 'commonjs', 'json'].map((name) => require(`@rollup/plugin-${name}`).default());
  const bundle = await require('rollup').rollup({ input: entry, external, plugins, onLog() {} });
  await bundle.write({ dir, format: 'cjs' });
  await bundle.close();
  return dir;
}

async function trace() {
  const folder = folderFor('nft');
  const { nodeFileTrace } = require('@vercel/nft');
  const { fileList } = await nodeFileTrace([entry], { base: app, conditions: ['node', 'module-sync'] });
  for (const name of fileList) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(app, name), join(folder, name));
  }
  return folder;
}

async function ncc() {
  const folder = folderFor('ncc');
  // ncc is run as a program: as a library it prints, and leaves the writing of files to its caller.
  run(process.execPath, [require.resolve('@vercel/ncc/dist/ncc/cli.js'), 'build', entry, '-o', folder], { cwd: app });
  cpSync(join(folder, 'index.js'), join(folder, 'app.js'));
  return folder;
}
