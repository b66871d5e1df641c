// @ts-check
'use strict';

// Loads the native addon: the build of a checkout, else the platform package that npm installed. Each path is a literal
// inside `try`, because bundlers and file tracers follow those and accept that seven of the eight are missing. Nothing
// in the environment can select another file, and no child process is started to learn about the platform.

const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { version } = require('../../package.json');

const SUPPORTED = ['darwin-*', 'linux-*-gnu', 'linux-*-musl', 'win32-*-msvc'].flatMap((name) =>
  ['arm64', 'x64'].map((arch) => name.replace('*', arch)),
);

/** Returns undefined outside a checkout. A file that exists and cannot be loaded is an error. @param {string} triple */
function loadBuild(triple) {
  try {
    switch (triple) {
      case 'darwin-arm64':
        return require('../../native/portcullis.darwin-arm64.node');
      case 'darwin-x64':
        return require('../../native/portcullis.darwin-x64.node');
      case 'linux-arm64-gnu':
        return require('../../native/portcullis.linux-arm64-gnu.node');
      case 'linux-arm64-musl':
        return require('../../native/portcullis.linux-arm64-musl.node');
      case 'linux-x64-gnu':
        return require('../../native/portcullis.linux-x64-gnu.node');
      case 'linux-x64-musl':
        return require('../../native/portcullis.linux-x64-musl.node');
      case 'win32-arm64-msvc':
        return require('../../native/portcullis.win32-arm64-msvc.node');
      case 'win32-x64-msvc':
        return require('../../native/portcullis.win32-x64-msvc.node');
    }
  } catch (/** @type {any} */ error) {
    if (error?.code !== 'MODULE_NOT_FOUND') {
      throw failure(`Portcullis cannot load its own build for ${triple}. Build it again with "npm run build"`, error);
    }
  }
}

/** @param {string} triple */
function loadPackage(triple) {
  if (!isInstalled(triple)) throw failure(explain(triple, 'is missing'));
  try {
    switch (triple) {
      case 'darwin-arm64':
        return require('@portcullis/darwin-arm64');
      case 'darwin-x64':
        return require('@portcullis/darwin-x64');
      case 'linux-arm64-gnu':
        return require('@portcullis/linux-arm64-gnu');
      case 'linux-arm64-musl':
        return require('@portcullis/linux-arm64-musl');
      case 'linux-x64-gnu':
        return require('@portcullis/linux-x64-gnu');
      case 'linux-x64-musl':
        return require('@portcullis/linux-x64-musl');
      case 'win32-arm64-msvc':
        return require('@portcullis/win32-arm64-msvc');
      case 'win32-x64-msvc':
        return require('@portcullis/win32-x64-msvc');
    }
  } catch (/** @type {any} */ error) {
    throw failure(explain(triple, error?.code === 'MODULE_NOT_FOUND' ? 'is missing' : 'cannot be loaded'), error);
  }
}

/**
 * Whether a node_modules folder above this file has the package; without it Node would search NODE_PATH and the user's
 * home folder. In a bundle `module` has no paths. Yarn's Plug'n'Play and Deno find packages by their lock file.
 * @param {string} triple
 */
function isInstalled(triple) {
  const { paths } = /** @type {NodeJS.Module} */ (module);
  if (!paths?.length || process.versions.pnp || process.versions.deno) return true;
  return paths.some((folder) => existsSync(join(folder, '@portcullis', triple, 'package.json')));
}

function platformTriple() {
  const { platform, arch } = process;
  if (platform === 'linux') return `linux-${arch}-${isGlibc() ? 'gnu' : 'musl'}`;
  if (platform === 'win32') return `win32-${arch}-msvc`;
  return `${platform}-${arch}`;
}

// The memory map of this process shows which C library it uses, and takes 0.3 ms to read. /usr/bin/ldd describes the
// system, which may have both; Node's report takes 5 to 20 ms.
function isGlibc() {
  try {
    return /\/libc(?:\.so\.6|-2\.\d+\.so)(?: \(deleted\))?$/m.test(readFileSync('/proc/self/maps', 'latin1'));
  } catch {
    return hasGlibcVersion(/** @type {any} */ (process.report));
  }
}

/** @param {any} report used if /proc cannot be read */
function hasGlibcVersion(report) {
  const { excludeNetwork = false } = report;
  try {
    report.excludeNetwork = true;
    return Boolean(report.getReport().header.glibcVersionRuntime);
  } finally {
    report.excludeNetwork = excludeNetwork;
  }
}

/** @param {string} triple @param {'is missing' | 'cannot be loaded'} state */
function explain(triple, state) {
  const [platform, arch, libc] = triple.split('-');
  const flag = platform === 'linux' ? ` --libc=${libc === 'gnu' ? 'glibc' : libc}` : '';
  return (
    `Portcullis could not load its native addon for ${triple}: the package @portcullis/${triple} ${state}. It is an ` +
    'optional dependency, which npm leaves out with --omit=optional, or when the lock file was made on another ' +
    `platform. Install it with: npm install portcullis --os=${platform} --cpu=${arch}${flag}`
  );
}

/** @param {string} message @param {any} [cause] */
function failure(message, cause) {
  const reason = cause ? ` (${String(cause.message).split('\n')[0]})` : '';
  return Object.assign(new Error(message + reason, { cause }), { code: 'ERR_NATIVE_LOAD' });
}

function load() {
  if (typeof String.prototype.isWellFormed !== 'function') {
    throw failure(`Portcullis needs Node.js 20 or newer; this is ${process.version}.`);
  }
  const triple = platformTriple();
  if (!SUPPORTED.includes(triple)) {
    throw failure(
      `Portcullis has no build for ${triple}. It supports: ${SUPPORTED.join(', ')}. ` +
        'Run on one of these, or build from source with "npm run build" in a checkout (Rust >= 1.88).',
    );
  }
  return checked(loadBuild(triple) ?? loadPackage(triple));
}

/** @param {any} native */
function checked(native) {
  if (native.version() === version) return native;
  const found = `Portcullis ${version} found a native addon of version ${native.version()}. Both must be the same: `;
  const cure = 'reinstall with "npm install portcullis", or rebuild a checkout with "npm run build".';
  throw Object.assign(new Error(found + cure), { code: 'ERR_NATIVE_VERSION' });
}

module.exports = load();
