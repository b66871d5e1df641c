// @ts-check
'use strict';

// What a fresh checkout says when something is missing: one line, with the cure.

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { spawnSync } = require('node:child_process');
const { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const manifest = require('../../package.json');

const ROOT = join(__dirname, '../..');
const requirements = () => import('../../scripts/requirements.mjs');
const cargo = (/** @type {string} */ stdout) => ({ status: 0, stdout });

describe('prepare', () => {
  it('accepts every Node.js from the oldest that package.json names', async () => {
    const { nodeProblem } = await requirements();
    assert.equal(manifest.engines.node, '>=20');
    for (const version of ['20.0.0', '20.20.2', '22.1.0', '100.0.0']) assert.equal(nodeProblem(version), undefined);
  });

  it('refuses an older Node.js in one line with the cure', async () => {
    const { nodeProblem } = await requirements();
    for (const version of ['8.17.0', '18.20.4', '19.9.0']) {
      assert.match(
        String(nodeProblem(version)),
        /^Portcullis needs Node\.js 20 or newer; this is [\d.]+\. Install .+$/,
      );
    }
  });

  it('accepts Rust from the oldest that Cargo.toml names', async () => {
    const { rustProblem } = await requirements();
    const text = readFileSync(join(ROOT, 'Cargo.toml'), 'utf8');
    const oldest = /^rust-version = "(.+)"$/m.exec(text)?.[1];
    for (const version of [`${oldest}.0`, '1.99.1-nightly', '2.0.0']) {
      assert.equal(rustProblem(cargo(`cargo ${version} (abc 2025-01-01)\n`)), undefined, version);
    }
  });

  it('refuses an older Rust, and none, in one line with the cure', async () => {
    const { rustProblem } = await requirements();
    for (const version of ['1.87.0', '1.9.0', 'unknown']) {
      assert.match(
        String(rustProblem(cargo(`cargo ${version}\n`))),
        /^Portcullis needs Rust 1\.88 .+ "rustup update stable"\.$/,
      );
    }
    const none = rustProblem({ error: new Error('ENOENT'), status: null, stdout: null });
    assert.match(
      String(none),
      /^Portcullis builds .+ cargo was not found\. Install Rust from https:\/\/rustup\.rs .+$/,
    );
  });

  it('stops a checkout without cargo before anything is built, with that line alone', () => {
    const { status, stdout, stderr } = prepareWithoutTools({ built: false });
    assert.deepEqual([status, stdout], [1, '']);
    assert.match(stderr, /^[^\n]+cargo was not found[^\n]+\n$/);
  });

  it('starts nothing and prints nothing when all is fresh', () => {
    const { status, stdout, stderr } = prepareWithoutTools({ built: true });
    assert.deepEqual([status, stdout, stderr], [0, '', '']);
  });
});

/** Runs prepare with an empty PATH in a checkout that looks installed, and built where `built` says so. */
function prepareWithoutTools(/** @type {{ built: boolean }} */ { built }) {
  const checkout = mkdtempSync(join(tmpdir(), 'portcullis-prepare-'));
  try {
    for (const name of [
      'scripts',
      'package.json',
      'package-lock.json',
      'Cargo.toml',
      'Cargo.lock',
      'build.rs',
      'src',
      'core/Cargo.toml',
    ]) {
      cpSync(join(ROOT, name), join(checkout, name), { recursive: true });
    }
    for (const name of ['native', 'node_modules', 'core/src']) mkdirSync(join(checkout, name), { recursive: true });
    writeFileSync(join(checkout, 'node_modules', '.package-lock.json'), '{}');
    if (built) writeFileSync(join(checkout, 'native', 'portcullis.any.node'), '');
    return spawnSync(process.execPath, [join(checkout, 'scripts', 'prepare.mjs')], {
      encoding: 'utf8',
      env: { ...process.env, PATH: '', Path: '' },
    });
  } finally {
    rmSync(checkout, { recursive: true });
  }
}
