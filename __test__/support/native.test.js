// @ts-check
'use strict';

// The loader's promises: the right addon or an error that says what to do, and a process that outlives a panic.

const assert = require('node:assert/strict');
const { after, before, describe, it } = require('node:test');
const { execFileSync } = require('node:child_process');
const { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, relative } = require('node:path');
const { Worker } = require('node:worker_threads');

const native = require('../../lib/support/native');
const manifest = require('../../package.json');

const ROOT = join(__dirname, '../..');
const LOADER = join(ROOT, 'lib', 'support', 'native.js');
const TRIPLES = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm64-gnu',
  'linux-arm64-musl',
  'linux-x64-gnu',
  'linux-x64-musl',
  'win32-arm64-msvc',
  'win32-x64-msvc',
];

/** Loads the addon in a fresh process after `before` ran there; answers the error's code and message. */
function loadAfter(/** @type {string} */ before) {
  const script = `${before}; try { require(${JSON.stringify(LOADER)}); console.log('loaded') }
    catch (error) { console.log(error.code + ' ' + error.message) }`;
  return execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' });
}

const pretend = (/** @type {string} */ platform, /** @type {string} */ arch) =>
  `for (const [k, value] of Object.entries({ platform: '${platform}', arch: '${arch}' })) Object.defineProperty(process, k, { value })`;

/** Answers what `require` gives for the names that match, as a stand-in for another addon or a broken one. */
const standIn = (/** @type {string} */ body) =>
  `const Module = require('module'); const load = Module._load;
   Module._load = function (name, ...rest) { if (/\\.node$|^@portcullis/.test(name)) { ${body} } return load.call(this, name, ...rest) }`;

describe('native loader', () => {
  it('loads the addon of the same version', () => {
    assert.equal(native.version(), manifest.version);
  });

  it('refuses an addon of another version and names both', () => {
    const message = loadAfter(standIn("return { version: () => '0.0.9' }"));
    assert.match(message, /^ERR_NATIVE_VERSION /);
    assert.ok(
      message.includes(manifest.version) && message.includes('0.0.9') && message.includes('npm install portcullis'),
    );
  });

  for (const [platform, arch] of [
    ['freebsd', 'x64'],
    ['linux', 'ia32'],
    ['sunos', 'x64'],
  ]) {
    it(`names the supported platforms on ${platform} ${arch}`, () => {
      const message = loadAfter(pretend(platform, arch));
      assert.match(message, new RegExp(`^ERR_NATIVE_LOAD .*no build for ${platform}-${arch}`));
      for (const triple of TRIPLES) assert.ok(message.includes(triple), triple);
    });
  }

  it('explains how to install a platform package that is missing', () => {
    assert.match(
      loadAfter(pretend('win32', 'arm64')),
      /^ERR_NATIVE_LOAD .*npm install portcullis --os=win32 --cpu=arm64\b/,
    );
  });

  it('does not fall back to another addon when the one that is there cannot be loaded', () => {
    const message = loadAfter(standIn("throw Object.assign(new Error('wrong libc'), { code: 'ERR_DLOPEN_FAILED' })"));
    assert.match(message, /^ERR_NATIVE_LOAD .*wrong libc/);
  });

  it('is not led elsewhere by the environment', () => {
    assert.doesNotMatch(readFileSync(LOADER, 'utf8'), /process\.env|child_process/);
  });
});

describe('native loader, C library', () => {
  /** Pretends to be a Linux process whose memory map is this text, on a system whose ldd belongs to the other library. */
  const mapped = (/** @type {string} */ map, /** @type {string} */ ldd) =>
    `${pretend('linux', 'x64')}; ${standIn(`throw Object.assign(new Error('none'), { code: 'MODULE_NOT_FOUND' })`)};
     const fs = require('fs'); const read = fs.readFileSync;
     fs.readFileSync = (path, ...rest) =>
       path === '/proc/self/maps' ? ${map} : path === '/usr/bin/ldd' ? '${ldd}' : read(path, ...rest)`;
  const line = (/** @type {string} */ path) => `7f1aa1c26000-7f1aa1d7b000 r-xp 00026000 fe:00 393233    ${path}`;
  const MAPS = [
    ['glibc', 'gnu', '/usr/lib/x86_64-linux-gnu/libc.so.6'],
    ['glibc under its older file name', 'gnu', '/lib/x86_64-linux-gnu/libc-2.31.so'],
    ['glibc that was replaced by an upgrade', 'gnu', '/usr/lib/x86_64-linux-gnu/libc.so.6 (deleted)'],
    ['glibc on Alpine', 'gnu', '/usr/glibc-compat/lib/libc.so.6'],
    ['musl', 'musl', '/lib/ld-musl-x86_64.so.1'],
    ['musl on Debian', 'musl', '/usr/lib/x86_64-linux-musl/libc.so'],
    ['musl beside a file that is named like glibc', 'musl', '/srv/libc.so.6.txt'],
  ];
  for (const [name, libc, path] of MAPS) {
    it(`is ${libc} for ${name}`, () => {
      const map = JSON.stringify(`${line('/usr/bin/node')}\n${line(path)}\n${line('[stack]')}\n`);
      const message = loadAfter(mapped(map, libc === 'gnu' ? 'musl libc' : 'GNU libc'));
      assert.match(message, new RegExp(`^ERR_NATIVE_LOAD .*for linux-x64-${libc}: `));
    });
  }

  for (const [header, libc] of [
    ["{ glibcVersionRuntime: '2.36' }", 'gnu'],
    ['{}', 'musl'],
  ]) {
    it(`is ${libc} by Node's report where /proc cannot be read, and the report's settings are kept`, () => {
      const report = `Object.defineProperty(process, 'report', { value: { excludeNetwork: false, getReport() {
        if (!this.excludeNetwork) throw new Error('slow'); return { header: ${header} } } } })`;
      const after = "process.on('exit', () => console.log('network: ' + !process.report.excludeNetwork))";
      const unreadable = "(() => { throw new Error('EACCES') })()";
      const message = loadAfter(`${mapped(unreadable, 'musl')}; ${report}; ${after}`);
      assert.match(message, new RegExp(`^ERR_NATIVE_LOAD .*for linux-x64-${libc}: [^]*\nnetwork: true\n$`));
    });
  }
});

describe('native loader, search for the platform package', () => {
  const host = String(readdirSync(join(ROOT, 'native')).find((name) => name.endsWith('.node'))).replace(
    /^portcullis\.|\.node$/g,
    '',
  );
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-loader-'));
  const app = join(folder, 'srv', 'app');
  const installed = join(app, 'node_modules', 'portcullis');
  after(() => rmSync(folder, { recursive: true }));
  before(() => {
    const loader = relative(ROOT, LOADER);
    for (const name of ['package.json', loader]) cpSync(join(ROOT, name), join(installed, name), { recursive: true });
  });

  /** Puts a platform package into a folder that says where it was loaded from, instead of an addon. */
  function put(/** @type {string} */ modules) {
    const path = join(modules, '@portcullis', host);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'package.json'), JSON.stringify({ name: `@portcullis/${host}`, main: 'main.js' }));
    writeFileSync(
      join(path, 'main.js'),
      `console.log('ran ' + __dirname); exports.version = () => '${manifest.version}'`,
    );
    return path;
  }

  /** Loads the installed copy in a fresh process with these variables. */
  function load(/** @type {Record<string, string>} */ env = {}) {
    const script = `try { require(${JSON.stringify(join(installed, relative(ROOT, LOADER)))}) }
      catch (error) { console.log(error.code + ' ' + error.message) }`;
    return execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', env: { ...process.env, ...env } });
  }

  for (const [place, env] of /** @type {const} */ ([
    ['path', 'NODE_PATH'],
    [join('home', '.node_modules'), 'HOME'],
    [join('home', '.node_libraries'), 'HOME'],
  ])) {
    it(`ignores ${place} of ${env}`, () => {
      const decoy = put(join(folder, place));
      const value = join(folder, place.split(/[\\/]/)[0]);
      const message = load({ [env]: value, ...(env === 'HOME' ? { USERPROFILE: value } : {}) });
      rmSync(decoy, { recursive: true });
      assert.match(message, new RegExp(`^ERR_NATIVE_LOAD .*@portcullis/${host} is missing.*npm install portcullis`));
    });
  }

  for (const [name, modules] of [
    ['beside Portcullis', join(app, 'node_modules')],
    ['in the dependencies of Portcullis', join(installed, 'node_modules')],
    ['above the app', join(folder, 'srv', 'node_modules')],
  ]) {
    it(`finds the package ${name}`, () => {
      const path = put(modules);
      const message = load({ NODE_PATH: join(folder, 'path') });
      rmSync(path, { recursive: true });
      assert.equal(message, `ran ${path}\n`);
    });
  }
});

describe('native border', () => {
  it('turns every panic into ERR_INTERNAL, and the process keeps working', () => {
    for (let i = 0; i < 3; i++) assert.throws(() => native.__panic(), { code: 'ERR_INTERNAL' });
    assert.equal(native.version(), manifest.version);
  });

  it('turns a panic of a raw callback into ERR_INTERNAL, also one while its result is converted', () => {
    const panic = native.__panicFunction();
    for (const place of [0, 1, 1]) assert.throws(() => panic(place), { code: 'ERR_INTERNAL' });
    assert.equal(native.version(), manifest.version);
  });

  it('hides the text of a panic from the caller', () => {
    assert.throws(
      () => native.__panic(),
      (/** @type {any} */ error) => !/asked to panic/.test(`${error.message}${error.stack}`),
    );
  });

  it('loads in worker threads that come and go', async () => {
    const source = `require('node:worker_threads').parentPort.postMessage(require(${JSON.stringify(LOADER)}).version())`;
    for (let i = 0; i < 5; i++) {
      const worker = new Worker(source, { eval: true });
      const [version] = await require('node:events').once(worker, 'message');
      assert.equal(version, manifest.version);
      await worker.terminate();
    }
  });
});

describe('platform packages', () => {
  const folders = readdirSync(join(ROOT, 'npm')).sort();

  it('are one for each triple that the loader and the build know', () => {
    const targets = manifest.napi.targets.map(tripleOf).sort();
    assert.deepEqual([folders, targets], [TRIPLES, TRIPLES]);
    for (const triple of TRIPLES)
      assert.ok(readFileSync(LOADER, 'utf8').includes(`require('@portcullis/${triple}')`), triple);
  });

  for (const triple of folders) {
    it(`describe ${triple} as npm must know it`, () => {
      const own = JSON.parse(readFileSync(join(ROOT, 'npm', triple, 'package.json'), 'utf8'));
      const [os, cpu, abi] = triple.split('-');
      const libc = os === 'linux' ? [abi === 'gnu' ? 'glibc' : 'musl'] : undefined;
      assert.deepEqual([own.name, own.os, own.cpu, own.libc], [`@portcullis/${triple}`, [os], [cpu], libc]);
      assert.deepEqual([own.main, own.files], [`portcullis.${triple}.node`, [`portcullis.${triple}.node`]]);
      for (const key of /** @type {const} */ (['version', 'license', 'engines']))
        assert.deepEqual(own[key], manifest[key], key);
      assert.equal(own.scripts, undefined);
    });
  }

  it('and the crates have the version of the main package', () => {
    const workspace = readFileSync(join(ROOT, 'Cargo.toml'), 'utf8');
    assert.equal(/^version = "(.+)"$/m.exec(workspace)?.[1], manifest.version);
  });
});

/** napi-rs names a build by platform, architecture and, where there are several, ABI. */
function tripleOf(/** @type {string} */ target) {
  const [arch, , system, abi] = target.split('-');
  const cpu = arch === 'aarch64' ? 'arm64' : 'x64';
  const os = { darwin: 'darwin', linux: 'linux', windows: 'win32' }[system];
  return [os, cpu, abi].filter(Boolean).join('-');
}
